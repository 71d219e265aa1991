package io.github.sealwatcher.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.sealwatcher.testkit.ConnectRest;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.stream.Collectors;
import org.awaitility.Awaitility;

/** A Connect worker in a JVM of its own, with the shipped worker configuration: one that can be killed. */
final class WorkerProcess implements AutoCloseable {

    private static final Duration LIMIT = Duration.ofSeconds(60);

    private final Path properties;
    private final Path output;
    private final ConnectRest rest;
    private Process process;

    /**
     * Starts nothing yet.
     *
     * @param name of its group and of its files in target
     * @param overrides worker properties that are added or replaced
     */
    WorkerProcess(String name, String bootstrapServers, Map<String, String> overrides) {
        this.properties = Path.of("target", name + ".properties");
        this.output = Path.of("target", name + ".log");
        URI uri = URI.create("http://localhost:" + freePort());
        this.rest = new ConnectRest(uri);
        Properties all = new Properties();
        try (BufferedReader shipped = Files.newBufferedReader(Path.of("config/connect-distributed.properties"))) {
            all.load(shipped);
            all.putAll(Map.of(
                    "bootstrap.servers",
                    bootstrapServers,
                    "plugin.path",
                    Stage.PLUGINS.toAbsolutePath().toString(),
                    "listeners",
                    uri.toString(),
                    "group.id",
                    name,
                    "config.storage.topic",
                    name + "-configs",
                    "offset.storage.topic",
                    name + "-offsets",
                    "status.storage.topic",
                    name + "-status",
                    "scheduled.rebalance.max.delay.ms",
                    "0"));
            // A dead worker is missed soon, and so is the transaction that it left open: until the broker has ended
            // that one, no worker can read the stored offsets to their end and start.
            all.putAll(Map.of(
                    "session.timeout.ms", "2000",
                    "heartbeat.interval.ms", "500",
                    "producer.transaction.timeout.ms", "5000"));
            all.putAll(overrides);
            try (Writer writer = Files.newBufferedWriter(properties)) {
                all.store(writer, null);
            }
            Files.deleteIfExists(output);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    ConnectRest rest() {
        return rest;
    }

    /** Starts it, for the first time or again, and returns when it takes requests. */
    void start() {
        try {
            process = new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                            "-Xmx512m",
                            "-XX:+UseSerialGC",
                            "-XX:TieredStopAtLevel=1",
                            "-Dtest.kafka.log.level=info",
                            "-Dtest.log.level=debug",
                            "-cp",
                            classPathWithoutThePlugin(),
                            WorkerMain.class.getName(),
                            properties.toString())
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.appendTo(output.toFile()))
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Awaitility.await("the worker")
                .atMost(LIMIT)
                .untilAsserted(() -> assertThat(rest.isHealthy())
                        .as("see %s; alive: %s", output, process.isAlive())
                        .isTrue());
    }

    /** SIGKILL. */
    void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    @Override
    public void close() {
        if (process != null) {
            process.destroyForcibly();
        }
    }

    private static String classPathWithoutThePlugin() {
        List<String> path = Arrays.asList(System.getProperty("java.class.path").split(File.pathSeparator, -1));
        return path.stream()
                .filter(entry -> !Path.of(entry).endsWith("target/classes"))
                .collect(Collectors.joining(File.pathSeparator));
    }

    private static int freePort() {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
