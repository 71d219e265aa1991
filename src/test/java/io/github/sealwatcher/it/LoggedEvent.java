package io.github.sealwatcher.it;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.sealwatcher.testkit.PodmanService;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The start or end of a container's life; what Podman itself wrote down is the truth that a trail is held against. */
record LoggedEvent(String id, String type, long timeNs) {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Map<String, String> TYPES = Map.of("start", "start", "died", "die");

    /** From the file, or the journal, in which Podman keeps its events; complete as long as that wasn't cut. */
    static List<LoggedEvent> inHistory(PodmanService podman) {
        try {
            List<LoggedEvent> moments = new ArrayList<>();
            for (String line : lines(podman)) {
                JsonNode event = JSON.readTree(line);
                String type = TYPES.get(event.path("Status").asText());
                if (type != null && event.path("Type").asText().equals("container")) {
                    moments.add(new LoggedEvent(
                            event.path("ID").asText(),
                            type,
                            podman.hasEventsLog()
                                    ? nanos(event.path("Time").asText())
                                    : event.path("timeNano").asLong()));
                }
            }
            return moments;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<String> lines(PodmanService podman) throws IOException {
        return podman.hasEventsLog()
                ? Files.readAllLines(podman.eventsLog())
                : podman.podman("events", "--stream=false", "--since=24h", "--format=json")
                        .lines()
                        .toList();
    }

    /** From a trail, in its order. */
    static List<LoggedEvent> in(List<Received> events) {
        return events.stream()
                .filter(event -> TYPES.containsValue(event.type()))
                .map(event -> new LoggedEvent(event.id(), event.type(), event.timeNs()))
                .toList();
    }

    private static long nanos(String time) {
        Instant instant = OffsetDateTime.parse(time).toInstant();
        return instant.getEpochSecond() * 1_000_000_000 + instant.getNano();
    }
}
