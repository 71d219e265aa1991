package io.github.sealwatcher.trail.sample;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.sealwatcher.trail.topic.Kind;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;

/**
 * A record as the connector writes it, before it is anywhere.
 *
 * @param value null for a tombstone
 */
public record SampleRecord(Kind kind, ObjectNode key, ObjectNode value, Map<String, String> headers, long stampMs) {

    byte[] keyBytes() {
        return bytes(key);
    }

    byte[] valueBytes() {
        return value == null ? null : bytes(value);
    }

    ProducerRecord<byte[], byte[]> toProduce(String topic) {
        return new ProducerRecord<>(topic, null, stampMs, keyBytes(), valueBytes(), kafkaHeaders());
    }

    /** As a consumer gets it from there. */
    public ConsumerRecord<byte[], byte[]> at(String topic, long offset) {
        return new ConsumerRecord<>(
                topic,
                0,
                offset,
                stampMs,
                TimestampType.CREATE_TIME,
                0,
                0,
                keyBytes(),
                valueBytes(),
                kafkaHeaders(),
                Optional.empty());
    }

    private RecordHeaders kafkaHeaders() {
        RecordHeaders all = new RecordHeaders();
        headers.forEach((name, value) -> all.add(name, value.getBytes(StandardCharsets.UTF_8)));
        return all;
    }

    private static byte[] bytes(ObjectNode node) {
        return node.toString().getBytes(StandardCharsets.UTF_8);
    }
}
