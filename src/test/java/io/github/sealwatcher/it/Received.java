package io.github.sealwatcher.it;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;

/** One record as a consumer of JSON gets it; without a value it has JSON null. */
record Received(String topic, long timestampMs, JsonNode key, JsonNode value, Map<String, String> headers) {

    String id() {
        return key.path("container_id").asText();
    }

    String host() {
        return key.path("host").asText();
    }

    String type() {
        return text("/type");
    }

    String origin() {
        return text("/origin");
    }

    String eventId() {
        return text("/event_id");
    }

    String name() {
        return text("/container/name");
    }

    long timeNs() {
        return value.path("time_ns").asLong();
    }

    /** The text at a JSON Pointer; empty if there is none. */
    String text(String pointer) {
        return value.at(pointer).asText("");
    }

    @Override
    public String toString() {
        return String.join(" ", type(), origin(), name(), id(), Long.toString(timeNs()), text("/reason"));
    }
}
