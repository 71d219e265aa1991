package io.github.sealwatcher.chaos;

import io.github.sealwatcher.quickstart.Await;
import io.github.sealwatcher.quickstart.Command;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** Another Debian's Podman, by {@code bin/podman-matrix}. */
final class MatrixPodman implements Podman {
    private static final Duration LIMIT = Duration.ofMinutes(5);
    private static final Duration END = Duration.ofSeconds(20);

    private final String suite;
    private final String logSize;
    private final Path socket;

    MatrixPodman(String suite, String logSize) {
        this.suite = suite;
        this.logSize = logSize;
        // The last line, as what it installs and builds before may speak too.
        this.socket = Path.of(up().lines().reduce((first, second) -> second).orElseThrow());
    }

    @Override
    public String run(String... arguments) {
        return matrix(Stream.concat(Stream.of("run", suite, "podman"), Stream.of(arguments)));
    }

    @Override
    public String image() {
        return "localhost/busybox:latest";
    }

    @Override
    public Path socket() {
        return socket;
    }

    @Override
    public Path eventsLog() {
        return root().resolve("run/libpod/events/events.log");
    }

    @Override
    public boolean isOurs() {
        return true;
    }

    @Override
    public void startService() {
        up();
    }

    @Override
    public void terminateService() {
        end(ProcessHandle::destroy);
    }

    @Override
    public void killService() {
        end(ProcessHandle::destroyForcibly);
    }

    @Override
    public void close() {
        matrix(Stream.of("down", suite));
    }

    private String up() {
        return matrix(Stream.of("up", suite));
    }

    private Path root() {
        return socket.getParent().getParent();
    }

    private void end(Consumer<ProcessHandle> signal) {
        ProcessHandle.of(pid()).ifPresent(process -> {
            signal.accept(process);
            Await.until("the end of the Podman service", END, () -> !process.isAlive());
        });
    }

    private long pid() {
        try {
            return Long.parseLong(
                    Files.readString(Path.of(root() + ".state.service.pid")).strip());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String matrix(Stream<String> arguments) {
        List<String> line =
                Stream.concat(Stream.of("bin/podman-matrix"), arguments).toList();
        return new Command(line, Map.of("EVENTS_MAX", logSize), LIMIT).run();
    }
}
