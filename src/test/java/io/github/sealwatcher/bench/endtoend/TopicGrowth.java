package io.github.sealwatcher.bench.endtoend;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Consumes what a connector writes to its container topics, counts it and looks at the clock; reads none of it. */
final class TopicGrowth implements AutoCloseable {

    private static final Duration LIMIT = Duration.ofMinutes(10);
    private static final Duration WAIT = Duration.ofMillis(50);
    private static final int TOPICS = 2;
    /** The rows of the last events come right after them. */
    private static final long QUIET_NS = TimeUnit.SECONDS.toNanos(2);

    private final KafkaConsumer<byte[], byte[]> consumer;

    /**
     * What came.
     *
     * @param seconds from the moment at which the first of it was there to the last
     * @param early the part of it that was there at that first moment
     */
    record Growth(double seconds, double early, long events, long records, long bytes) {

        /** How long all of it took, by what came after the first moment. */
        double wholeSeconds() {
            return seconds / (1 - early);
        }
    }

    TopicGrowth(String bootstrapServers) {
        consumer = new KafkaConsumer<>(
                Map.of(
                        "bootstrap.servers", bootstrapServers,
                        "isolation.level", "read_committed",
                        "max.poll.records", "5000",
                        "auto.offset.reset", "earliest"),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer());
    }

    /** Where the topics end. */
    Map<TopicPartition, Long> ends(String prefix) {
        return consumer.endOffsets(partitions(prefix));
    }

    /** Consumes from there on until so many records came to the events topic, and nothing more for some seconds. */
    Growth until(String prefix, Map<TopicPartition, Long> from, long expectedEvents) {
        consumer.assign(List.of());
        long events = 0;
        long records = 0;
        long bytes = 0;
        long first = 0;
        long firstNs = 0;
        long lastNs = System.nanoTime();
        long limitNs = System.nanoTime() + LIMIT.toNanos();
        while (events < expectedEvents || System.nanoTime() - lastNs < QUIET_NS) {
            assignWhatExists(prefix, from);
            if (System.nanoTime() > limitNs) {
                throw new IllegalStateException(
                        "only " + events + " of " + expectedEvents + " events of " + prefix + " came");
            }
            if (consumer.assignment().isEmpty()) {
                continue;
            }
            var polled = consumer.poll(WAIT);
            for (ConsumerRecord<byte[], byte[]> record : polled) {
                records++;
                events += record.topic().endsWith(".events") ? 1 : 0;
                bytes += Math.max(0, record.serializedKeySize()) + Math.max(0, record.serializedValueSize());
            }
            if (!polled.isEmpty()) {
                lastNs = System.nanoTime();
                if (first == 0) {
                    first = records;
                    firstNs = lastNs;
                }
            }
        }
        return new Growth((lastNs - firstNs) / 1e9, (double) first / records, events, records, bytes);
    }

    private void assignWhatExists(String prefix, Map<TopicPartition, Long> from) {
        if (consumer.assignment().isEmpty()) {
            List<TopicPartition> partitions = partitions(prefix);
            // Both or none: whoever is assigned anew begins anew.
            if (partitions.size() == TOPICS) {
                consumer.assign(partitions);
                partitions.forEach(partition -> consumer.seek(partition, from.getOrDefault(partition, 0L)));
            }
        }
    }

    private List<TopicPartition> partitions(String prefix) {
        return consumer.listTopics().values().stream()
                .flatMap(List::stream)
                .map(info -> new TopicPartition(info.topic(), info.partition()))
                .filter(partition -> partition.topic().startsWith(prefix + ".container."))
                .toList();
    }

    @Override
    public void close() {
        consumer.close();
    }
}
