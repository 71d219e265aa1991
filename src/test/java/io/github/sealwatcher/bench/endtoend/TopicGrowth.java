package io.github.sealwatcher.bench.endtoend;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** How fast a connector writes to its container topics, and how much. */
final class TopicGrowth implements AutoCloseable {

    private static final Duration LIMIT = Duration.ofMinutes(10);
    private static final Duration WAIT = Duration.ofMillis(50);
    private static final String EVENTS = ".events";
    /** Of containers: their events and their state. */
    private static final int TOPICS = 2;
    /** How often to look how far they have grown. */
    private static final long LOOK_NS = TimeUnit.MILLISECONDS.toNanos(50);
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

    /**
     * Waits until so many records came to the events topic, and nothing more for some seconds; then consumes all of it. No
     * consumer runs meanwhile, which would take processor time from what is measured.
     */
    Growth until(String prefix, Map<TopicPartition, Long> from, long expectedEvents) {
        long first = 0;
        long firstNs = 0;
        long grown = 0;
        long lastNs = System.nanoTime();
        long limitNs = System.nanoTime() + LIMIT.toNanos();
        List<TopicPartition> partitions = List.of();
        Map<TopicPartition, Long> ends = Map.of();
        while (events(ends, from) < expectedEvents || System.nanoTime() - lastNs < QUIET_NS) {
            LockSupport.parkNanos(LOOK_NS);
            partitions = partitions.size() < TOPICS ? partitions(prefix) : partitions;
            ends = consumer.endOffsets(partitions);
            if (System.nanoTime() > limitNs) {
                throw new IllegalStateException(
                        "only " + events(ends, from) + " of " + expectedEvents + " events of " + prefix + " came");
            }
            long now = total(ends, from);
            if (now > grown) {
                grown = now;
                lastNs = System.nanoTime();
                if (first == 0) {
                    first = now;
                    firstNs = lastNs;
                }
            }
        }
        return consume(from, ends, (lastNs - firstNs) / 1e9, (double) first / grown);
    }

    private static long total(Map<TopicPartition, Long> ends, Map<TopicPartition, Long> from) {
        return ends.entrySet().stream()
                .mapToLong(end -> end.getValue() - from.getOrDefault(end.getKey(), 0L))
                .sum();
    }

    private static long events(Map<TopicPartition, Long> ends, Map<TopicPartition, Long> from) {
        return ends.entrySet().stream()
                .filter(end -> end.getKey().topic().endsWith(EVENTS))
                .mapToLong(end -> end.getValue() - from.getOrDefault(end.getKey(), 0L))
                .sum();
    }

    private Growth consume(
            Map<TopicPartition, Long> from, Map<TopicPartition, Long> ends, double seconds, double early) {
        long events = 0;
        long records = 0;
        long bytes = 0;
        consumer.assign(ends.keySet());
        ends.keySet().forEach(partition -> consumer.seek(partition, from.getOrDefault(partition, 0L)));
        while (ends.entrySet().stream().anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
            for (ConsumerRecord<byte[], byte[]> record : consumer.poll(WAIT)) {
                records++;
                events += record.topic().endsWith(EVENTS) ? 1 : 0;
                bytes += Math.max(0, record.serializedKeySize()) + Math.max(0, record.serializedValueSize());
            }
        }
        consumer.unsubscribe();
        return new Growth(seconds, early, events, records, bytes);
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
