package io.github.sealwatcher.examples;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serializer;

/** JSON as JsonConverter writes it, with schemas or without. Jackson keeps time_ns as a whole number. */
final class JsonSerde implements Serde<JsonNode> {
    private static final ObjectMapper JSON = new ObjectMapper();

    @Override
    public Serializer<JsonNode> serializer() {
        return (topic, node) -> node == null ? null : node.toString().getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public Deserializer<JsonNode> deserializer() {
        return (topic, bytes) -> bytes == null ? null : parsed(topic, bytes);
    }

    private static JsonNode parsed(String topic, byte[] bytes) {
        try {
            JsonNode node = JSON.readTree(bytes);
            JsonNode payload = node.get("payload");
            // A tombstone with schemas is a null payload in some converters' hands.
            return payload == null ? node : payload.isNull() ? null : payload;
        } catch (IOException e) {
            throw new SerializationException("no JSON in " + topic + ": " + e.getMessage(), e);
        }
    }
}
