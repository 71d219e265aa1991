package io.github.sealwatcher.fleet;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * What a connector has written into the topic that Connect keeps its offsets in.
 *
 * @param records stored offsets
 * @param bytes of their keys and values
 * @param slots numbers in the log that were used up: each transaction takes one more than its records
 */
public record OffsetVolume(long records, long bytes, long slots) {
    private static final String TOPIC = "kafka-connect-podman-offsets";
    private static final Duration WAIT = Duration.ofMillis(500);

    /** What was written between two moments. */
    public static OffsetVolume between(String bootstrapServers, long fromMs, long toMs) {
        try (var consumer = new KafkaConsumer<>(
                Map.of("bootstrap.servers", bootstrapServers),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer())) {
            List<TopicPartition> partitions = consumer.partitionsFor(TOPIC).stream()
                    .map(found -> new TopicPartition(TOPIC, found.partition()))
                    .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            long records = 0;
            long bytes = 0;
            long first = Long.MAX_VALUE;
            long last = 0;
            while (partitions.stream().anyMatch(one -> consumer.position(one) < ends.get(one))) {
                for (ConsumerRecord<byte[], byte[]> record : consumer.poll(WAIT)) {
                    if (record.timestamp() >= fromMs && record.timestamp() < toMs) {
                        records++;
                        bytes += Math.max(0, record.serializedKeySize()) + Math.max(0, record.serializedValueSize());
                        first = Math.min(first, record.offset());
                        last = Math.max(last, record.offset());
                    }
                }
            }
            return new OffsetVolume(records, bytes, records == 0 ? 0 : last - first + 1);
        }
    }
}
