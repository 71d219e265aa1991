package io.github.sealwatcher.trail.sample;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.sealwatcher.trail.event.TrailRecord;
import io.github.sealwatcher.trail.rule.Audit;
import io.github.sealwatcher.trail.rule.Beginnings;
import io.github.sealwatcher.trail.rule.Finding;
import io.github.sealwatcher.trail.rule.Findings;
import io.github.sealwatcher.trail.topic.IdFiles;
import io.github.sealwatcher.trail.topic.JsonFormat;
import io.github.sealwatcher.trail.topic.Kind;
import io.github.sealwatcher.trail.topic.RecordDecoder;
import io.github.sealwatcher.trail.topic.TopicNames;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPInputStream;

/**
 * The topics of a real chaos run, as they were before its rewind: of a minute in the test resources, or whatever the system
 * property {@code trail.recording} names. Made by {@link RecordingMain}.
 */
public final class Recording {
    public static final TopicNames NAMES = TopicNames.of("podman", "__podman-heartbeat");

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String RESOURCE = "/trail/chaos-run.jsonl.gz";

    private Recording() {}

    /** In the order of each topic; the host topic first. */
    public static List<SampleRecord> read() {
        String file = System.getProperty("trail.recording", "");
        try (InputStream raw = file.isEmpty()
                        ? Recording.class.getResourceAsStream(RESOURCE)
                        : Files.newInputStream(Path.of(file));
                BufferedReader lines =
                        new BufferedReader(new InputStreamReader(new GZIPInputStream(raw), StandardCharsets.UTF_8))) {
            List<SampleRecord> records = new ArrayList<>();
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                records.add(parsed(JSON.readTree(line)));
            }
            return records;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What an audit finds in them. */
    public static List<Finding> audit(List<SampleRecord> records) {
        Findings findings = new Findings(1000);
        RecordDecoder decoder = new RecordDecoder(new JsonFormat());
        Map<Kind, Long> offsets = new EnumMap<>(Kind.class);
        try (IdFiles ids = new IdFiles()) {
            Audit audit = new Audit(findings, new Beginnings(), ids, false);
            for (Kind kind : List.of(Kind.HOSTS, Kind.EVENTS, Kind.STATE)) {
                for (SampleRecord record : records) {
                    if (record.kind() == kind) {
                        long offset = offsets.merge(kind, 1L, Long::sum) - 1;
                        TrailRecord decoded = decoder.decode(kind, record.at(topic(kind), offset));
                        audit.add(decoded);
                    }
                }
            }
            audit.finish(true);
        }
        return findings.kept();
    }

    public static String topic(Kind kind) {
        return switch (kind) {
            case EVENTS -> NAMES.events();
            case STATE -> NAMES.state();
            case HOSTS -> NAMES.hosts();
            case HEARTBEAT -> NAMES.heartbeat();
        };
    }

    private static SampleRecord parsed(JsonNode line) {
        Map<String, String> headers = new HashMap<>();
        line.path("headers")
                .properties()
                .forEach(
                        header -> headers.put(header.getKey(), header.getValue().asText()));
        JsonNode value = line.get("value");
        return new SampleRecord(
                Kind.valueOf(line.path("kind").asText()),
                (ObjectNode) line.get("key"),
                value.isNull() ? null : (ObjectNode) value,
                headers,
                line.path("stamp_ms").asLong());
    }
}
