package io.github.sealwatcher.it;

import io.github.sealwatcher.testkit.Await;
import io.github.sealwatcher.testkit.Command;
import io.github.sealwatcher.testkit.ConnectRest;
import io.github.sealwatcher.testkit.Ports;
import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.apache.kafka.common.Uuid;

/** A broker and a distributed worker of a platform's Kafka, each a process with the jars of that version and no other. */
final class PlatformCluster implements AutoCloseable {

    private static final Duration LIMIT = Duration.ofMinutes(2);
    private static final Path CONFIGURATION = Path.of("src/workers");
    private static final String BROKER = "kafka.Kafka";
    private static final String STORAGE_TOOL = "kafka.tools.StorageTool";
    private static final String WORKER = "org.apache.kafka.connect.cli.ConnectDistributed";

    private final WorkerPlatform platform;
    private final Path directory;
    private final Overrides overrides;
    private final int brokerPort = Ports.free();
    private final ConnectRest rest = new ConnectRest(URI.create("http://127.0.0.1:" + Ports.free()));
    private final Thread atExit = new Thread(this::killAll, "cluster-remains");
    private Process broker;
    private Process worker;

    /** What the worker gets beside the shipped settings: options of its JVM, and properties. */
    record Overrides(List<String> jvmOptions, Map<String, String> properties) {

        static final Overrides NONE = new Overrides(List.of(), Map.of());
    }

    /** @param directory for data and logs; empty */
    PlatformCluster(WorkerPlatform platform, Path directory, Overrides overrides) {
        this.platform = platform;
        this.directory = directory;
        this.overrides = overrides;
        Runtime.getRuntime().addShutdownHook(atExit);
    }

    /** Returns when the worker takes requests. */
    void start() {
        Path brokerFile = write("broker.properties", brokerProperties());
        Process format = begin(
                "format.log",
                List.of(),
                STORAGE_TOOL,
                List.of("format", "-t", clusterId(), "-c", brokerFile.toString()));
        Await.until("the broker's directory to be formatted", LIMIT, () -> !format.isAlive());
        if (format.exitValue() != 0) {
            throw new IllegalStateException("the broker's directory can't be formatted: " + text("format.log"));
        }
        broker = begin("broker.log", List.of(), BROKER, List.of(brokerFile.toString()));
        write("worker.properties", workerProperties());
        startWorker();
    }

    /** Starts the worker, for the first time or again, and returns when it knows the connector's class. */
    void startWorker() {
        Path file = directory.resolve("worker.properties");
        worker = begin("worker.log", overrides.jvmOptions(), WORKER, List.of(file.toString()));
        // GET /health is not there before 3.9, and earlier answers of any kind come before the plugins are loaded.
        Await.until("the worker to know the plugin; see " + directory.resolve("worker.log"), LIMIT, () -> {
            if (!worker.isAlive() || !broker.isAlive()) {
                throw new IllegalStateException("broker or worker ended; see the logs in " + directory);
            }
            return answers();
        });
    }

    /** SIGKILL; returns when it is gone. */
    void killWorker() {
        kill(worker);
    }

    /** The broker takes and answers nothing any more, but is there. */
    void freezeBroker() {
        Command.run("kill", "-STOP", Long.toString(broker.pid()));
    }

    void thawBroker() {
        Command.run("kill", "-CONT", Long.toString(broker.pid()));
    }

    ConnectRest rest() {
        return rest;
    }

    String bootstrapServers() {
        return "localhost:" + brokerPort;
    }

    /** What the worker has logged up to now. */
    List<String> workerLog() {
        return text("worker.log").lines().toList();
    }

    @Override
    public void close() {
        killAll();
        try {
            Runtime.getRuntime().removeShutdownHook(atExit);
        } catch (IllegalStateException e) {
            // The JVM is going down: then the hook finds nothing left to do.
            return;
        }
    }

    private void killAll() {
        kill(worker);
        kill(broker);
    }

    private static void kill(Process process) {
        if (process != null) {
            process.destroyForcibly();
            Await.until("the end of a killed process", LIMIT, () -> !process.isAlive());
        }
    }

    private boolean answers() {
        try {
            rest.validate(Stage.CONNECTOR_CLASS, Map.of("connector.class", Stage.CONNECTOR_CLASS, "name", "probe"));
            return true;
        } catch (UncheckedIOException | IllegalStateException e) {
            return false;
        }
    }

    private Process begin(String log, List<String> options, String mainClass, List<String> arguments) {
        List<String> line = new ArrayList<>();
        line.add(platform.javaHome().resolve("bin/java").toString());
        line.addAll(List.of("-Xmx512m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"));
        line.addAll(options);
        // Each version reads the one that is meant for it.
        line.add("-Dlog4j.configuration="
                + CONFIGURATION.resolve("log4j.properties").toUri());
        line.add("-Dlog4j2.configurationFile="
                + CONFIGURATION.resolve("log4j2.xml").toUri());
        line.addAll(List.of("-cp", platform.jars().toAbsolutePath() + "/*", mainClass));
        line.addAll(arguments);
        try {
            return new ProcessBuilder(line)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.appendTo(
                            directory.resolve(log).toFile()))
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String clusterId() {
        return Uuid.randomUuid().toString();
    }

    private Properties brokerProperties() {
        int controllerPort = Ports.free();
        Properties properties = new Properties();
        properties.putAll(Map.ofEntries(
                Map.entry("node.id", "1"),
                Map.entry("process.roles", "broker,controller"),
                Map.entry("controller.listener.names", "CONTROLLER"),
                Map.entry("inter.broker.listener.name", "BROKER"),
                Map.entry("listener.security.protocol.map", "BROKER:PLAINTEXT,CONTROLLER:PLAINTEXT"),
                Map.entry("controller.quorum.voters", "1@localhost:" + controllerPort),
                Map.entry(
                        "listeners", "BROKER://localhost:" + brokerPort + ",CONTROLLER://localhost:" + controllerPort),
                Map.entry("advertised.listeners", "BROKER://localhost:" + brokerPort),
                Map.entry(
                        "log.dirs", directory.resolve("kafka").toAbsolutePath().toString()),
                Map.entry("default.replication.factor", "1"),
                Map.entry("offsets.topic.replication.factor", "1"),
                Map.entry("offsets.topic.num.partitions", "1"),
                Map.entry("transaction.state.log.replication.factor", "1"),
                Map.entry("transaction.state.log.min.isr", "1"),
                Map.entry("transaction.state.log.num.partitions", "1"),
                Map.entry("transaction.abort.timed.out.transaction.cleanup.interval.ms", "1000"),
                Map.entry("group.initial.rebalance.delay.ms", "0"),
                Map.entry("group.min.session.timeout.ms", "500")));
        return properties;
    }

    /** The shipped ones, on exactly-once; a killed worker and the transaction that it left open are missed soon. */
    private Properties workerProperties() {
        Properties properties = new Properties();
        try (Reader shipped = Files.newBufferedReader(Path.of("config/connect-distributed.properties"))) {
            properties.load(shipped);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        properties.putAll(Map.of(
                "bootstrap.servers", bootstrapServers(),
                "plugin.path", Stage.PLUGINS.toAbsolutePath().toString(),
                "listeners", rest.uri().toString(),
                "exactly.once.source.support", "enabled",
                "producer.transaction.timeout.ms", "5000",
                "scheduled.rebalance.max.delay.ms", "0",
                "session.timeout.ms", "2000",
                "heartbeat.interval.ms", "500"));
        properties.putAll(overrides.properties());
        return properties;
    }

    private Path write(String name, Properties properties) {
        Path file = directory.resolve(name);
        try (Writer writer = Files.newBufferedWriter(file)) {
            properties.store(writer, null);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return file;
    }

    private String text(String name) {
        try {
            return Files.readString(directory.resolve(name));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
