package io.github.sealwatcher.testkit;

import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.metadata.storage.Formatter;
import org.jspecify.annotations.Nullable;

/**
 * A Kafka broker that is its own controller, inside this JVM, on loopback and with its data in a temporary directory.
 * Can be stopped and started again over the same data and address.
 */
public final class EmbeddedKafka implements AutoCloseable {
    private final Path directory;
    private final boolean scratch;
    private final int brokerPort;
    private final int controllerPort;
    private final Map<String, String> overrides;
    private @Nullable KafkaRaftServer server;

    private EmbeddedKafka(
            Path directory, boolean scratch, int brokerPort, int controllerPort, Map<String, String> overrides) {
        this.directory = directory;
        this.scratch = scratch;
        this.brokerPort = brokerPort;
        this.controllerPort = controllerPort;
        this.overrides = Map.copyOf(overrides);
    }

    public static EmbeddedKafka started() {
        return started(Map.of());
    }

    /**
     * @param overrides broker properties that replace the frugal ones
     */
    public static EmbeddedKafka started(Map<String, String> overrides) {
        return startedIn(
                new EmbeddedKafka(ScratchDirectory.create("seal-kafka-"), true, Ports.free(), Ports.free(), overrides));
    }

    /**
     * A broker over data that outlives it, whatever way it ended.
     *
     * @param directory is made and formatted when it isn't there; never deleted
     */
    public static EmbeddedKafka startedOver(
            Path directory, int brokerPort, int controllerPort, Map<String, String> overrides) {
        return startedIn(new EmbeddedKafka(directory, false, brokerPort, controllerPort, overrides));
    }

    private static EmbeddedKafka startedIn(EmbeddedKafka kafka) {
        try {
            if (!Files.exists(kafka.directory.resolve("meta.properties"))) {
                kafka.format();
            }
            kafka.start();
            return kafka;
        } catch (RuntimeException e) {
            kafka.close();
            throw e;
        }
    }

    public String bootstrapServers() {
        return "localhost:" + brokerPort;
    }

    /** Does nothing when it runs. */
    public synchronized void start() {
        if (server != null) {
            return;
        }
        KafkaRaftServer starting = new KafkaRaftServer(new KafkaConfig(properties(), false), Time.SYSTEM);
        server = starting;
        starting.startup();
    }

    /** Stops in good order; data and address stay. */
    public synchronized void stop() {
        KafkaRaftServer running = server;
        server = null;
        if (running != null) {
            running.shutdown();
            running.awaitShutdown();
        }
    }

    @Override
    public synchronized void close() {
        stop();
        if (scratch) {
            ScratchDirectory.delete(directory);
        }
    }

    private void format() {
        try {
            new Formatter()
                    .setPrintStream(new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8))
                    .setClusterId(Uuid.randomUuid().toString())
                    .setNodeId(1)
                    .setControllerListenerName("CONTROLLER")
                    .addDirectory(directory.toString())
                    .setMetadataLogDirectory(Optional.of(directory.toString()))
                    .run();
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IllegalStateException("Cannot format " + directory, e);
        }
    }

    private Map<String, String> properties() {
        Map<String, String> properties = new HashMap<>(FRUGAL);
        properties.put("log.dirs", directory.toString());
        properties.put("controller.quorum.voters", "1@localhost:" + controllerPort);
        properties.put("listeners", "BROKER://localhost:" + brokerPort + ",CONTROLLER://localhost:" + controllerPort);
        properties.put("advertised.listeners", "BROKER://localhost:" + brokerPort);
        properties.putAll(overrides);
        return properties;
    }

    /** One of everything, and little memory: it serves one machine for an hour. */
    private static final Map<String, String> FRUGAL = Map.ofEntries(
            Map.entry("node.id", "1"),
            Map.entry("process.roles", "broker,controller"),
            Map.entry("controller.listener.names", "CONTROLLER"),
            Map.entry("inter.broker.listener.name", "BROKER"),
            Map.entry("listener.security.protocol.map", "BROKER:PLAINTEXT,CONTROLLER:PLAINTEXT"),
            Map.entry("default.replication.factor", "1"),
            Map.entry("offsets.topic.replication.factor", "1"),
            Map.entry("offsets.topic.num.partitions", "1"),
            Map.entry("transaction.state.log.replication.factor", "1"),
            Map.entry("transaction.state.log.min.isr", "1"),
            Map.entry("transaction.state.log.num.partitions", "1"),
            Map.entry("share.coordinator.state.topic.replication.factor", "1"),
            Map.entry("share.coordinator.state.topic.min.isr", "1"),
            Map.entry("group.initial.rebalance.delay.ms", "0"),
            Map.entry("auto.create.topics.enable", "false"),
            Map.entry("num.network.threads", "1"),
            Map.entry("num.io.threads", "2"),
            Map.entry("background.threads", "2"),
            Map.entry("log.cleaner.dedupe.buffer.size", Integer.toString(4 << 20)),
            Map.entry("log.index.size.max.bytes", Integer.toString(1 << 20)));
}
