package io.github.sealwatcher.testkit;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.common.utils.Exit;
import org.apache.kafka.connect.cli.ConnectDistributed;
import org.apache.kafka.connect.runtime.Connect;

/** A distributed Kafka Connect worker inside this JVM, with its REST interface on a free port of loopback. */
public final class EmbeddedConnect implements AutoCloseable {
    /** System property: {@code true} turns on exactly-once source support where the caller does not say otherwise. */
    public static final String EXACTLY_ONCE_PROPERTY = "quickstart.exactly.once";

    private static final Duration LIMIT = Duration.ofMinutes(1);

    private final Connect<?> connect;
    private final ConnectRest rest;

    private EmbeddedConnect(Connect<?> connect, ConnectRest rest) {
        this.connect = connect;
        this.rest = rest;
    }

    /**
     * A worker that has joined its group and takes requests.
     *
     * @param pluginPath the directory that holds plugin directories, such as {@code target/plugin}
     */
    public static EmbeddedConnect started(String bootstrapServers, Path pluginPath) {
        return started(bootstrapServers, pluginPath, Map.of());
    }

    /**
     * @param overrides worker properties that are added or replaced; workers of one {@code group.id} and broker form a
     *     cluster
     */
    public static EmbeddedConnect started(String bootstrapServers, Path pluginPath, Map<String, String> overrides) {
        URI uri = URI.create("http://localhost:" + Ports.free());
        Map<String, String> properties = properties(bootstrapServers, pluginPath, uri);
        properties.putAll(overrides);
        EmbeddedConnect worker = new EmbeddedConnect(startedConnect(properties), new ConnectRest(uri));
        try {
            Await.until("the Connect worker", LIMIT, worker.rest::isHealthy);
            return worker;
        } catch (RuntimeException e) {
            worker.close();
            throw e;
        }
    }

    private static Connect<?> startedConnect(Map<String, String> properties) {
        // A worker that can't start ends the JVM.
        Exit.setExitProcedure((status, message) -> {
            throw new IllegalStateException("The Connect worker cannot start, see its log");
        });
        try {
            return new ConnectDistributed().startConnect(properties);
        } finally {
            Exit.resetExitProcedure();
        }
    }

    public ConnectRest rest() {
        return rest;
    }

    @Override
    public void close() {
        connect.stop();
        // The worker has a shutdown hook of its own: whoever came first, wait for its end.
        connect.awaitStop();
    }

    private static Map<String, String> properties(String bootstrapServers, Path pluginPath, URI uri) {
        Map<String, String> properties = new HashMap<>(FRUGAL);
        properties.put("bootstrap.servers", bootstrapServers);
        properties.put("plugin.path", pluginPath.toAbsolutePath().toString());
        properties.put("listeners", uri.toString());
        properties.put(
                "exactly.once.source.support", Boolean.getBoolean(EXACTLY_ONCE_PROPERTY) ? "enabled" : "disabled");
        return properties;
    }

    /** One partition and one copy of everything, and no waiting for workers that may come or come back. */
    private static final Map<String, String> FRUGAL = Map.ofEntries(
            Map.entry("group.id", "quickstart"),
            Map.entry("plugin.discovery", "service_load"),
            Map.entry("key.converter", "org.apache.kafka.connect.json.JsonConverter"),
            Map.entry("key.converter.schemas.enable", "false"),
            Map.entry("value.converter", "org.apache.kafka.connect.json.JsonConverter"),
            Map.entry("value.converter.schemas.enable", "false"),
            Map.entry("config.storage.topic", "connect-configs"),
            Map.entry("config.storage.replication.factor", "1"),
            Map.entry("offset.storage.topic", "connect-offsets"),
            Map.entry("offset.storage.replication.factor", "1"),
            Map.entry("offset.storage.partitions", "1"),
            Map.entry("status.storage.topic", "connect-status"),
            Map.entry("status.storage.replication.factor", "1"),
            Map.entry("status.storage.partitions", "1"),
            Map.entry("offset.flush.interval.ms", "5000"),
            Map.entry("scheduled.rebalance.max.delay.ms", "0"));
}
