package io.github.sealwatcher.soak;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Follows the topic that Connect keeps its offsets in, and knows how large the newest of each host is. One thread. */
final class OffsetSizes implements AutoCloseable {
    private static final String TOPIC = "kafka-connect-podman-offsets";
    private static final Duration WAIT = Duration.ofMillis(200);

    private final KafkaConsumer<byte[], byte[]> consumer;
    private final Map<ByteBuffer, Integer> newest = new HashMap<>();

    /** @param largest the largest offset of a host, in bytes */
    record Sizes(long largest, long all) {}

    OffsetSizes(String bootstrapServers) {
        consumer = new KafkaConsumer<>(
                Map.of("bootstrap.servers", bootstrapServers),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer());
        List<TopicPartition> partitions = consumer.partitionsFor(TOPIC).stream()
                .map(found -> new TopicPartition(TOPIC, found.partition()))
                .toList();
        consumer.assign(partitions);
        consumer.seekToBeginning(partitions);
    }

    Sizes now() {
        ConsumerRecords<byte[], byte[]> records;
        do {
            records = consumer.poll(WAIT);
            for (ConsumerRecord<byte[], byte[]> record : records) {
                newest.put(ByteBuffer.wrap(record.key()), Math.max(0, record.serializedValueSize()));
            }
        } while (!records.isEmpty());
        return new Sizes(
                newest.values().stream().mapToInt(Integer::intValue).max().orElse(0),
                newest.values().stream().mapToInt(Integer::intValue).sum());
    }

    @Override
    public void close() {
        consumer.close();
    }
}
