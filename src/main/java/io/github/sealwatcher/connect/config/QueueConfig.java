package io.github.sealwatcher.connect.config;

import java.util.List;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigDef.Importance;

/**
 * How much waits for Kafka.
 *
 * @param batch how many changes are handed to the worker at once
 * @param changes how many changes wait at most
 * @param bytes how many bytes wait at most, as estimated
 */
public record QueueConfig(int batch, int changes, long bytes) {

    static final String BATCH = "max.batch.size";
    static final String SIZE = "max.queue.size";
    static final String BYTES = "max.queue.size.in.bytes";

    static ConfigSection section() {
        return new ConfigSection(
                "Queue",
                false,
                List.of(
                        ConfigKey.count(
                                        BATCH,
                                        2048,
                                        1,
                                        "Batch size",
                                        "How many changes are handed to the worker at most at once.")
                                .rated(Importance.LOW),
                        ConfigKey.count(
                                        SIZE,
                                        8192,
                                        1,
                                        "Queue size",
                                        "How many changes of all of a task's hosts wait for the worker at most. When they"
                                                + " do, the hosts are read more slowly; nothing is dropped.")
                                .rated(Importance.LOW),
                        ConfigKey.bytes(
                                        BYTES,
                                        64L * 1024 * 1024,
                                        "Queue size in bytes",
                                        "How many bytes of changes, roughly, wait for the worker at most.")
                                .rated(Importance.LOW)));
    }

    /** @throws InvalidSettingException if two values don't fit together */
    static QueueConfig from(AbstractConfig values) {
        int batch = values.getInt(BATCH);
        int size = values.getInt(SIZE);
        if (size < batch) {
            throw new InvalidSettingException(SIZE, "expected at least " + BATCH + " (" + batch + "), found " + size);
        }
        return new QueueConfig(batch, size, values.getLong(BYTES));
    }
}
