package io.github.sealwatcher.chaos.world;

import io.github.sealwatcher.testkit.Await;
import io.github.sealwatcher.testkit.ConnectRest;
import io.github.sealwatcher.testkit.Ports;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** A broker and a Connect worker, each a process that can be killed. */
public final class Cluster implements AutoCloseable {
    private static final String DEFAULT_MEMORY = "384m";
    private static final Duration LIMIT = Duration.ofMinutes(5);

    private final String bootstrapServers;
    private final JavaProcess broker;
    private final JavaProcess worker;
    private final ConnectRest rest;

    public Cluster(Path directory, boolean atLeastOnce) {
        this(directory, atLeastOnce, Duration.ZERO);
    }

    /** @param skew how far the worker's wall clock is ahead of the machine's; the broker's is the machine's */
    public Cluster(Path directory, boolean atLeastOnce, Duration skew) {
        this(directory, atLeastOnce, skew, DEFAULT_MEMORY, Map.of(), List.of());
    }

    /**
     * Starts nothing yet.
     *
     * @param memory the worker's, such as {@code 512m}
     * @param overrides properties of the worker that are added or replaced
     */
    public Cluster(Path directory, boolean atLeastOnce, String memory, Map<String, String> overrides) {
        this(directory, atLeastOnce, Duration.ZERO, memory, overrides, List.of());
    }

    /** @param options of both JVMs, which replace those that make them start fast */
    public Cluster(
            Path directory, boolean atLeastOnce, String memory, Map<String, String> overrides, List<String> options) {
        this(directory, atLeastOnce, Duration.ZERO, memory, overrides, options);
    }

    private Cluster(
            Path directory,
            boolean atLeastOnce,
            Duration skew,
            String memory,
            Map<String, String> overrides,
            List<String> options) {
        int port = Ports.free();
        bootstrapServers = "localhost:" + port;
        broker = new JavaProcess(
                directory.resolve("broker.log"),
                Map.of(),
                DEFAULT_MEMORY,
                options,
                BrokerMain.class.getName(),
                directory.resolve("kafka").toString(),
                Integer.toString(port),
                Integer.toString(Ports.free()));
        int restPort = Ports.free();
        rest = new ConnectRest(URI.create("http://127.0.0.1:" + restPort));
        Path file = directory.resolve("worker.properties");
        WorkerFile.write(file, bootstrapServers, restPort, atLeastOnce, overrides);
        worker = new JavaProcess(
                directory.resolve("worker.log"),
                FakeTime.environment(skew),
                memory,
                options,
                "org.apache.kafka.connect.cli.ConnectDistributed",
                file.toString());
    }

    /** Starts what doesn't run, and returns when the worker takes requests. */
    public void start() {
        broker.start();
        Await.until("the worker", LIMIT, () -> {
            // A worker that finds no broker at its start gives up.
            worker.start();
            return rest.isHealthy();
        });
    }

    public String bootstrapServers() {
        return bootstrapServers;
    }

    public JavaProcess broker() {
        return broker;
    }

    public JavaProcess worker() {
        return worker;
    }

    public ConnectRest rest() {
        return rest;
    }

    @Override
    public void close() {
        worker.close();
        broker.close();
    }
}
