package io.github.sealwatcher.chaos.world;

import io.github.sealwatcher.testkit.Await;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A JVM of its own with our class path, to be killed and started again. */
public final class JavaProcess implements AutoCloseable {
    private static final Duration END = Duration.ofSeconds(20);

    private final List<String> line = new ArrayList<>();
    private final Path log;
    private final Map<String, String> environment;
    private Process process;
    private boolean over;

    /**
     * @param environment variables that are added to ours
     * @param memory such as {@code 384m}
     */
    JavaProcess(Path log, Map<String, String> environment, String memory, String mainClass, String... arguments) {
        this(log, environment, memory, List.of(), mainClass, arguments);
    }

    /** @param options of the JVM, which replace ours */
    JavaProcess(
            Path log,
            Map<String, String> environment,
            String memory,
            List<String> options,
            String mainClass,
            String... arguments) {
        this.log = log;
        this.environment = Map.copyOf(environment);
        line.add(ProcessHandle.current().info().command().orElse("java"));
        line.addAll(List.of(
                "-Xmx" + memory, "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xshare:auto", "-XX:-UsePerfData"));
        line.addAll(options);
        line.add("-Dlog4j2.configurationFile=log4j2-chaos.xml");
        line.addAll(List.of("-cp", System.getProperty("java.class.path"), mainClass));
        line.addAll(List.of(arguments));
        // It would outlive a JVM that is told to end.
        Runtime.getRuntime().addShutdownHook(new Thread(this::end, "end-of-" + mainClass));
    }

    private synchronized void end() {
        over = true;
        kill();
    }

    /** Returns at once. Does nothing when it runs. */
    public synchronized void start() {
        if (isAlive() || over) {
            return;
        }
        try {
            ProcessBuilder builder = new ProcessBuilder(line)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
            builder.environment().putAll(environment);
            process = builder.start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** kill -9; returns when it is gone. */
    public synchronized void kill() {
        Process running = process;
        if (running != null) {
            running.destroyForcibly();
            Await.until("the end of a killed process", END, () -> !running.isAlive());
        }
    }

    /** The process id of the last start. */
    public synchronized long pid() {
        return process.pid();
    }

    synchronized boolean isAlive() {
        return process != null && process.isAlive();
    }

    @Override
    public void close() {
        kill();
    }
}
