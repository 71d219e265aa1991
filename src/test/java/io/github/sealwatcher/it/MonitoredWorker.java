package io.github.sealwatcher.it;

import io.github.sealwatcher.fault.FakePodman;
import io.github.sealwatcher.testkit.Ports;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A real worker whose connector follows an inventory of scripted hosts, with a queue that a few dozen events fill when the
 * broker takes none.
 */
final class MonitoredWorker implements AutoCloseable {

    static final String CONNECTOR = "monitored";
    static final String HOST = "edge-1";
    static final String OTHER_HOST = "edge-2";

    private final Path inventory;
    private final FakePodman host = FakePodman.start();
    private final FakePodman other = FakePodman.start();
    private final PlatformCluster cluster;
    private final WorkerMetrics metrics;

    /** @param moreOptions for the worker's JVM */
    MonitoredWorker(WorkerPlatform platform, Path directory, List<String> moreOptions) {
        int port = Ports.free();
        List<String> options = new ArrayList<>(WorkerMetrics.jvmOptions(port));
        options.addAll(moreOptions);
        // A worker that misses its broker for an interval of its heartbeats stops its tasks, and their metrics are
        // gone.
        this.cluster = new PlatformCluster(
                platform,
                directory,
                new PlatformCluster.Overrides(
                        options,
                        Map.of(
                                "exactly.once.source.support", "disabled",
                                "session.timeout.ms", "600000",
                                "heartbeat.interval.ms", "190000")));
        this.metrics = new WorkerMetrics(CONNECTOR, port);
        this.inventory = directory.resolve("hosts");
    }

    /** Starts broker, worker and connector with one host. */
    void start() {
        follow(HOST);
        cluster.start();
        Stage.createConnector(cluster.rest(), CONNECTOR, config());
    }

    FakePodman host() {
        return host;
    }

    FakePodman other() {
        return other;
    }

    PlatformCluster cluster() {
        return cluster;
    }

    WorkerMetrics metrics() {
        return metrics;
    }

    /** Replaces the settings that are given. */
    void configure(String key, String value) {
        Map<String, String> config = new HashMap<>(config());
        config.put("connector.class", Stage.CONNECTOR_CLASS);
        config.put("tasks.max", "1");
        config.put(key, value);
        cluster.rest().configure(CONNECTOR, config);
    }

    /** These hosts are in the inventory from now on. */
    void follow(String... hosts) {
        var lines = new StringBuilder();
        for (String name : hosts) {
            FakePodman podman = name.equals(HOST) ? host : other;
            lines.append(name).append('=').append(podman.uri()).append('\n');
        }
        write(lines.toString());
    }

    void spoilInventory() {
        write("edge-1=nonsense://\n");
    }

    private Map<String, String> config() {
        return Map.ofEntries(
                Map.entry("podman.hosts.file", inventory.toAbsolutePath().toString()),
                Map.entry("podman.hosts.file.poll.ms", "200"),
                Map.entry("podman.hosts", ""),
                Map.entry("retry.backoff.ms", "100"),
                Map.entry("retry.backoff.max.ms", "200"),
                Map.entry("resync.interval.ms", "2000"),
                Map.entry("ping.interval.ms", "1000"),
                Map.entry("heartbeat.interval.ms", "2000"),
                Map.entry("events.include", "start,die"),
                Map.entry("state.topic.enabled", "false"),
                Map.entry("record.max.bytes", "4096"),
                Map.entry("max.batch.size", "10"),
                Map.entry("max.queue.size", "20"),
                Map.entry("producer.override.buffer.memory", "65536"),
                Map.entry("producer.override.batch.size", "4096"));
    }

    private void write(String text) {
        try {
            // As an editor does it: never half of a file.
            Path whole = inventory.resolveSibling("hosts.new");
            Files.writeString(whole, text);
            Files.move(whole, inventory, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        metrics.close();
        cluster.close();
        host.close();
        other.close();
    }
}
