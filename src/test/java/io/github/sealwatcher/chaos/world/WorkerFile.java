package io.github.sealwatcher.chaos.world;

import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Properties;

/** The worker's properties: the shipped ones, with what a quick return after a kill needs. */
final class WorkerFile {
    private static final Path SHIPPED = Path.of("config/connect-distributed.properties");

    private WorkerFile() {}

    static void write(
            Path file, String bootstrapServers, int port, boolean atLeastOnce, Map<String, String> overrides) {
        Properties properties = new Properties();
        try (Reader reader = Files.newBufferedReader(SHIPPED)) {
            properties.load(reader);
            properties.setProperty("bootstrap.servers", bootstrapServers);
            properties.setProperty("listeners", "http://127.0.0.1:" + port);
            properties.setProperty(
                    "plugin.path", Path.of("target/plugin").toAbsolutePath().toString());
            properties.setProperty("exactly.once.source.support", atLeastOnce ? "disabled" : "enabled");
            properties.setProperty("offset.flush.interval.ms", "1000");
            properties.setProperty("offset.storage.partitions", "1");
            properties.setProperty("status.storage.partitions", "1");
            // What a killed task leaves open holds up its successor until then; a minute by default.
            properties.setProperty("producer.transaction.timeout.ms", "10000");
            properties.setProperty("scheduled.rebalance.max.delay.ms", "0");
            properties.setProperty("session.timeout.ms", "6000");
            properties.setProperty("heartbeat.interval.ms", "2000");
            properties.putAll(overrides);
            try (Writer writer = Files.newBufferedWriter(file)) {
                properties.store(writer, null);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
