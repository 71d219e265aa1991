package io.github.sealwatcher.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.sealwatcher.testkit.PodmanService;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** The guarantees that hold for every trail. */
final class TrailCheck {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Set<String> ALIVE = Set.of("running", "paused");

    private TrailCheck() {}

    /** G1: start, then any of pause and unpause, then die, for each container. */
    static void livesAreInOrder(List<Received> events) {
        Map<String, Boolean> alive = new HashMap<>();
        List<String> problems = new ArrayList<>();
        for (Received event : events) {
            boolean before = alive.getOrDefault(event.id(), false);
            boolean expected = !event.type().equals("start");
            if (List.of("start", "die", "pause", "unpause").contains(event.type())) {
                if (before != expected) {
                    problems.add((before ? "alive" : "not alive") + " before: " + event);
                }
                alive.put(event.id(), !event.type().equals("die"));
            }
        }
        assertThat(problems).as("what comes at the wrong moment").isEmpty();
    }

    /** Every event has an id of its own. */
    static void nothingIsTwice(List<Received> events) {
        Map<String, Received> seen = new HashMap<>();
        List<String> problems = new ArrayList<>();
        for (Received event : events) {
            Received first = seen.putIfAbsent(event.eventId(), event);
            if (first != null) {
                problems.add(first + " | " + event);
            }
        }
        assertThat(problems).as("events reported twice").isEmpty();
    }

    /** A trail as an at-least-once consumer makes it clean: of each event id the first. */
    static List<Received> withoutRepetitions(List<Received> events) {
        Set<String> seen = new HashSet<>();
        return events.stream().filter(event -> seen.add(event.eventId())).toList();
    }

    /** G2: the starts and deaths of the trail are those of the engine's own history, with the same times. */
    static void isHistory(List<Received> events, PodmanService podman) {
        assertThat(LoggedEvent.in(events)).containsExactlyInAnyOrderElementsOf(LoggedEvent.inHistory(podman));
    }

    /** G4: the state topic, the folded trail and the engine agree on what is alive. */
    static void tableIsWhatPodmanSays(TopicLog log, PodmanService podman) {
        assertThat(new TreeMap<>(log.table())).as("state topic").isEqualTo(alive(podman));
        assertThat(new TreeMap<>(log.foldedTrail())).as("folded trail").isEqualTo(alive(podman));
    }

    /** What is alive, by id: {@code running} or {@code paused}. */
    static Map<String, String> alive(PodmanService podman) {
        Map<String, String> alive = new TreeMap<>();
        // As JSON, for what the state is called in a table differs from version to version.
        for (JsonNode row : json(podman.podman("ps", "--all", "--format=json"))) {
            String state = row.path("State").asText();
            if (ALIVE.contains(state)) {
                alive.put(row.path("Id").asText(), state);
            }
        }
        return alive;
    }

    private static JsonNode json(String text) {
        try {
            return JSON.readTree(text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
