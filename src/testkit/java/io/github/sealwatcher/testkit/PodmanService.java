package io.github.sealwatcher.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A real Podman service of one's own, with an image to run: its containers, history, locks on files and networks are
 * apart from those of any other. Starts, stops and is killed at will; containers live on meanwhile, as Podman's do.
 *
 * <p>Closing it, or the end of the JVM, removes its containers and everything else it brought into the world.
 */
public final class PodmanService implements AutoCloseable {
    /** An image with busybox and links for {@code sh}, {@code sleep}, {@code true} and the like. */
    public static final String IMAGE = BusyboxImage.NAME;

    private static final Duration LIMIT = Duration.ofSeconds(20);
    private static final Duration PING_LIMIT = Duration.ofSeconds(1);

    private final PodmanLayout layout;
    private final PodmanNetwork network;
    private final PodmanOptions options;
    private final Thread atExit = new Thread(this::removeAll, "podman-remains");
    private @Nullable Process process;

    private PodmanService(PodmanLayout layout, PodmanNetwork network, PodmanOptions options) {
        this.layout = layout;
        this.network = network;
        this.options = options;
    }

    /** A service that is not started yet, with the image imported; of the Podman that {@code podman.suite} names. */
    public static PodmanService create(PodmanOptions options) {
        return create(options, PodmanInstallation.chosen(options));
    }

    /** The same, of a certain Podman. */
    public static PodmanService create(PodmanOptions options, PodmanInstallation installation) {
        PodmanSettings settings = PodmanTrial.workingSettings(installation);
        PodmanLayout layout = new PodmanLayout(ScratchDirectory.create("seal-"), settings, installation);
        PodmanNetwork network = PodmanNetwork.unused(layout.networks());
        PodmanService service = new PodmanService(layout, network, options);
        Runtime.getRuntime().addShutdownHook(service.atExit);
        try {
            network.write();
            layout.settings().write(layout.configuration(), network, options);
            BusyboxImage.importInto(layout);
            return service;
        } catch (IOException e) {
            service.close();
            throw new UncheckedIOException(e);
        } catch (RuntimeException e) {
            service.close();
            throw e;
        }
    }

    /** A service with default options that already answers. */
    public static PodmanService started() {
        PodmanService service = create(PodmanOptions.DEFAULTS);
        try {
            return service.start();
        } catch (RuntimeException e) {
            service.close();
            throw e;
        }
    }

    /** Starts the service and returns when it answers. Does nothing when it runs. */
    public synchronized PodmanService start() {
        if (isRunning()) {
            return this;
        }
        try {
            // What a killed service leaves behind would look like a service that refuses connections.
            Files.deleteIfExists(socket());
            Process started = layout.command(List.of("system", "service", "--time=0", uri()))
                    .builder()
                    .redirectErrorStream(true)
                    .redirectOutput(
                            ProcessBuilder.Redirect.appendTo(layout.serviceLog().toFile()))
                    .start();
            process = started;
            boolean ready = Await.within(LIMIT, () -> !started.isAlive() || UnixPing.answers(socket(), PING_LIMIT));
            if (!ready || !started.isAlive()) {
                kill();
                throw new IllegalStateException(
                        "The Podman service does not answer: " + Files.readString(layout.serviceLog()));
            }
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Starts another API service for the same containers, beside the one at the socket; the caller's to end.
     *
     * @param arguments of {@code podman system service}
     */
    public Process serveToo(String... arguments) {
        List<String> line = new ArrayList<>(List.of("system", "service", "--time=0"));
        line.addAll(List.of(arguments));
        try {
            return layout.command(line)
                    .builder()
                    .redirectErrorStream(true)
                    .redirectOutput(
                            ProcessBuilder.Redirect.appendTo(layout.serviceLog().toFile()))
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Ends the service as systemd does, with SIGTERM; containers run on. */
    public synchronized void stop() {
        end(Process::destroy);
    }

    /** Ends the service with SIGKILL: the socket file stays, streams break off; containers run on. */
    public synchronized void kill() {
        end(Process::destroyForcibly);
    }

    /**
     * Does what a reboot of the machine does: service, containers and their monitors end at once and without a word, and what
     * was kept in memory is gone, the event history included. The service is left for {@link #start} to start.
     */
    public synchronized void reboot() {
        List<String> containers =
                podman("ps", "--all", "--quiet", "--no-trunc").lines().toList();
        kill();
        PodmanRemains.of(layout).forget(containers);
    }

    /** Stops and starts it. */
    public synchronized void restart() {
        stop();
        start();
    }

    public synchronized boolean isRunning() {
        return process != null && process.isAlive();
    }

    /**
     * The PID of the running service.
     *
     * @throws IllegalStateException when it is not running
     */
    public synchronized long pid() {
        if (process == null || !process.isAlive()) {
            throw new IllegalStateException("The Podman service is not running");
        }
        return process.pid();
    }

    public Path socket() {
        return layout.socket();
    }

    /** The socket as a {@code unix://} address. */
    public String uri() {
        return "unix://" + socket();
    }

    /** Podman's own event history, while the events logger is {@code file}; appears with the first event. */
    public Path eventsLog() {
        return layout.eventsLog();
    }

    /** Whether {@link #eventsLog} is where the events are. */
    public boolean hasEventsLog() {
        return options.eventsLogger().equals("file");
    }

    /** Has all events forgotten that were kept so far. */
    public void deleteEvents() {
        if (options.eventsLogger().equals(PodmanOptions.JOURNALD)) {
            layout.installation().run("journalctl", "--rotate");
            layout.installation().run("journalctl", "--vacuum-size=1");
            return;
        }
        try {
            Files.deleteIfExists(eventsLog());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Runs a {@code podman} command on the same containers, beside the service and whether or not it runs.
     *
     * @return its standard output, without the last line end
     * @throws IllegalStateException when it fails, with its standard error
     */
    public String podman(String... arguments) {
        return layout.podman(arguments);
    }

    /** Begins a {@code podman} command that goes on until it is destroyed, with its output in a file. */
    public Process begin(Path output, String... arguments) {
        try {
            return layout.command(List.of(arguments))
                    .builder()
                    .redirectErrorStream(true)
                    .redirectOutput(output.toFile())
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        removeAll();
        try {
            Runtime.getRuntime().removeShutdownHook(atExit);
        } catch (IllegalStateException e) {
            // The JVM is going down: then the hook finds nothing left to do.
            return;
        }
    }

    private synchronized void removeAll() {
        if (!Files.exists(layout.directory())) {
            return;
        }
        // First the service, so that no new container comes up meanwhile.
        kill();
        PodmanRemains.of(layout).remove();
        network.remove();
    }

    private void end(Consumer<Process> signal) {
        Process running = process;
        if (running == null) {
            return;
        }
        process = null;
        // Rootless Podman runs the service as a child of the process that was started.
        List<ProcessHandle> children = running.descendants().toList();
        signal.accept(running);
        try {
            if (!running.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS)) {
                running.destroyForcibly().waitFor();
            }
        } catch (InterruptedException e) {
            running.destroyForcibly();
            Thread.currentThread().interrupt();
        }
        children.forEach(ProcessHandle::destroyForcibly);
    }
}
