package io.github.sealwatcher.examples;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.sealwatcher.testkit.Await;
import io.github.sealwatcher.testkit.EmbeddedKafka;
import io.github.sealwatcher.trail.sample.Recording;
import io.github.sealwatcher.trail.sample.RecordingWriter;
import io.github.sealwatcher.trail.sample.SampleRecord;
import io.github.sealwatcher.trail.topic.Kind;
import io.github.sealwatcher.trail.topic.TopicNames;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.errors.InvalidStateStoreException;
import org.junit.jupiter.api.Test;

/** On the topics of a real chaos run, counted here once more in the plainest way. */
class StreamsExampleIT {
    private static final Duration LIMIT = Duration.ofMinutes(2);
    private static final long LOOP_MS = Duration.ofMinutes(10).toMillis();

    private final List<SampleRecord> records = Recording.read();

    @Test
    void tablesMatchTheTopics() {
        try (EmbeddedKafka kafka = EmbeddedKafka.started()) {
            RecordingWriter.write(kafka.bootstrapServers(), TopicNames.of("podman", "hb"), records);
            try (KafkaStreams streams =
                    StreamsExample.streams(kafka.bootstrapServers(), "podman", "streams-example-it")) {
                streams.cleanUp();
                streams.start();
                Map<String, Long> projects = countRows("/container/project", "");
                Map<String, Long> pods = countRows("/pod/name", "/host");
                Map<String, Long> restarts = restarts();
                Map<String, Long> loops = crashLoops();
                assertThat(pods).as("the recording has pods").isNotEmpty();
                assertThat(restarts).as("and restarts").isNotEmpty();
                assertThat(loops).as("and crash loops").isNotEmpty();
                await("alive", () -> ContainerTables.alive(streams).keySet().equals(rows().keySet()));
                await("projects", () -> ContainerTables.aliveByProject(streams).equals(projects));
                await("pods", () -> ContainerTables.aliveByPod(streams).equals(pods));
                await("restarts", () -> ContainerTables.restartsPerHour(streams).equals(restarts));
                await("crash loops", () -> ContainerTables.crashLoops(streams).equals(loops));
            }
        }
    }

    @FunctionalInterface
    private interface Check {
        boolean holds();
    }

    private static void await(String what, Check check) {
        Await.until(what, LIMIT, () -> {
            try {
                return check.holds();
            } catch (InvalidStateStoreException e) {
                return false;
            }
        });
    }

    private Map<String, JsonNode> rows() {
        Map<String, JsonNode> rows = new LinkedHashMap<>();
        of(Kind.STATE).forEach(record -> {
            String id = record.key().path("container_id").asText();
            if (record.value() == null) {
                rows.remove(id);
            } else {
                rows.put(id, record.value());
            }
        });
        return rows;
    }

    private Map<String, Long> countRows(String pointer, String before) {
        return rows().values().stream()
                .filter(row -> before.isEmpty() || !row.at(pointer).isMissingNode())
                .collect(Collectors.groupingBy(
                        row -> (before.isEmpty() ? "" : row.at(before).asText() + "/") + text(row.at(pointer)),
                        TreeMap::new,
                        Collectors.counting()));
    }

    private Map<String, Long> restarts() {
        Set<String> ended = new HashSet<>();
        Map<String, Long> counts = new TreeMap<>();
        for (SampleRecord record : of(Kind.EVENTS)) {
            String id = record.key().path("container_id").asText();
            String type = record.value().path("type").asText();
            if (type.equals("die")) {
                ended.add(id);
            } else if (type.equals("start") && ended.remove(id)) {
                long hour = Duration.ofHours(1).toMillis();
                counts.merge(name(record, record.stampMs() / hour * hour), 1L, Long::sum);
            }
        }
        return counts;
    }

    private Map<String, Long> crashLoops() {
        Map<String, Long> counts = new TreeMap<>();
        for (SampleRecord record : of(Kind.EVENTS)) {
            if (record.value().path("type").asText().equals("die")
                    && record.value().path("exit_code").asInt() != 0) {
                long half = LOOP_MS / 2;
                long newest = record.stampMs() / half * half;
                counts.merge(name(record, newest), 1L, Long::sum);
                counts.merge(name(record, newest - half), 1L, Long::sum);
            }
        }
        counts.values().removeIf(count -> count < ContainerTables.LOOPING);
        return counts;
    }

    private List<SampleRecord> of(Kind kind) {
        return records.stream().filter(record -> record.kind() == kind).toList();
    }

    private static String name(SampleRecord record, long windowMs) {
        return record.value().path("host").asText() + "/" + text(record.value().at("/container/name")) + " "
                + Instant.ofEpochMilli(windowMs);
    }

    private static String text(JsonNode node) {
        return node.asText("");
    }
}
