package io.github.sealwatcher.bench.endtoend;

import io.github.sealwatcher.testkit.Await;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Watches the ends of a prefix's topics from outside, so that nobody has to read the records while it is measured. */
final class TopicGrowth implements AutoCloseable {

    private static final Duration LIMIT = Duration.ofMinutes(10);
    private static final long QUIET_NS = TimeUnit.SECONDS.toNanos(3);

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
                Map.of("bootstrap.servers", bootstrapServers, "isolation.level", "read_uncommitted"),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer());
    }

    /** Where the topics end. */
    Map<TopicPartition, Long> ends(String prefix) {
        List<TopicPartition> partitions = consumer.listTopics().values().stream()
                .flatMap(List::stream)
                .map(info -> new TopicPartition(info.topic(), info.partition()))
                .filter(partition -> partition.topic().startsWith(prefix + ".container."))
                .toList();
        return consumer.endOffsets(partitions);
    }

    /** Waits until something came since {@code from}, and nothing more for some seconds. */
    Growth until(String prefix, Map<TopicPartition, Long> from) {
        long[] seen = {0, 0, 0, 0};
        Await.until("records of " + prefix, LIMIT, () -> {
            long grown = grown(from, ends(prefix));
            long nowNs = System.nanoTime();
            if (grown > seen[0]) {
                if (seen[0] == 0) {
                    seen[1] = nowNs;
                    seen[3] = grown;
                }
                seen[0] = grown;
                seen[2] = nowNs;
            }
            return seen[0] > 0 && nowNs - seen[2] > QUIET_NS;
        });
        return read(from, ends(prefix), (seen[2] - seen[1]) / 1e9, (double) seen[3] / seen[0]);
    }

    private static long grown(Map<TopicPartition, Long> from, Map<TopicPartition, Long> to) {
        return to.entrySet().stream()
                .mapToLong(end -> end.getValue() - from.getOrDefault(end.getKey(), 0L))
                .sum();
    }

    /** Counts it, now that nobody is in a hurry: markers of transactions are no records. */
    private Growth read(Map<TopicPartition, Long> from, Map<TopicPartition, Long> to, double seconds, double early) {
        consumer.assign(to.keySet());
        to.keySet().forEach(partition -> consumer.seek(partition, from.getOrDefault(partition, 0L)));
        long events = 0;
        long records = 0;
        long bytes = 0;
        while (to.entrySet().stream().anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
            for (ConsumerRecord<byte[], byte[]> record : consumer.poll(Duration.ofMillis(200))) {
                records++;
                events += record.topic().endsWith(".events") ? 1 : 0;
                bytes += Math.max(0, record.serializedKeySize()) + Math.max(0, record.serializedValueSize());
            }
        }
        return new Growth(seconds, early, events, records, bytes);
    }

    @Override
    public void close() {
        consumer.close();
    }
}
