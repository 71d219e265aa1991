package io.github.sealwatcher.chaos.world;

import io.github.sealwatcher.testkit.Command;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** A Podman that runs already and isn't ours: containers are made and removed in it, but nothing is broken. */
public record ExistingPodman(Path socket) implements Podman {
    private static final Duration LIMIT = Duration.ofMinutes(1);

    @Override
    public String run(String... arguments) {
        List<String> line = Stream.concat(
                        Stream.of("podman", "--url", "unix://" + socket.toAbsolutePath()), Stream.of(arguments))
                .toList();
        return new Command(line, Map.of(), LIMIT).run();
    }

    @Override
    public String image() {
        return "localhost/busybox:latest";
    }

    @Override
    public Path eventsLog() {
        return Path.of(System.getProperty("chaos.events.log", "/run/libpod/events/events.log"));
    }

    @Override
    public void deleteLog() {
        throw new IllegalStateException("not our log to delete");
    }

    @Override
    public boolean isOurs() {
        return false;
    }

    @Override
    public void startService() {
        // It runs, and nobody has ended it.
    }

    @Override
    public void terminateService() {
        throw new IllegalStateException("not our service to end");
    }

    @Override
    public void killService() {
        throw new IllegalStateException("not our service to kill");
    }

    @Override
    public long servicePid() {
        throw new IllegalStateException("not our service to freeze");
    }

    @Override
    public void close() {
        // What we made in it, the churn removes itself.
    }
}
