package io.github.sealwatcher.connect.record;

import static io.github.sealwatcher.connect.Samples.EDGE;
import static io.github.sealwatcher.connect.Samples.NOW_NS;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.sealwatcher.connect.Samples;
import io.github.sealwatcher.connect.config.PodmanConfig;
import io.github.sealwatcher.host.HostEmission;
import io.github.sealwatcher.model.HostChange;
import io.github.sealwatcher.watch.Emission;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.connect.errors.ConnectException;
import org.apache.kafka.connect.json.JsonConverter;
import org.apache.kafka.connect.source.SourceRecord;
import org.apache.kafka.connect.storage.Converter;
import org.apache.kafka.connect.transforms.Transformation;
import org.apache.kafka.connect.transforms.predicates.Predicate;
import org.junit.jupiter.api.Test;

/**
 * What Connect's own transformations and predicates make of every kind of record, and whether JSON, Avro and Protobuf can carry the result. The
 * table in docs/transformations.md is this test's: after a change run it once with {@code -Dgolden.update}.
 */
class TransformationsTest {

    private static final Path PAGE = Path.of("docs/transformations.md");
    private static final String BEGIN = "<!-- table: begin. TransformationsTest writes what stands here. -->\n";
    private static final String END = "<!-- table: end -->\n";
    private static final String PACKAGE = "org.apache.kafka.connect.transforms.";

    private static final Map<String, String> SCHEMAS = Map.of("schemas.enable", "true");
    private static final Map<String, Class<? extends Converter>> CONVERTERS = new TreeMap<>(Map.of(
            "JSON", JsonConverter.class, "Avro", AvroDataConverter.class, "Protobuf", ProtobufDataConverter.class));

    private record Trial(String transformation, Map<String, String> config) {}

    private static final List<Trial> TRIALS = List.of(
            new Trial("Cast$Value", Map.of("spec", "time_ns:string")),
            new Trial("Cast$Key", Map.of("spec", "host:string")),
            new Trial("DropHeaders", Map.of("headers", "podman.origin")),
            new Trial("ExtractField$Key", Map.of("field", "host")),
            new Trial("ExtractField$Value", Map.of("field", "host")),
            new Trial("Flatten$Key", Map.of()),
            new Trial("Flatten$Value", Map.of("delimiter", "_")),
            new Trial("HeaderFrom$Key", Map.of("fields", "host", "headers", "h", "operation", "copy")),
            new Trial("HeaderFrom$Value", Map.of("fields", "host", "headers", "h", "operation", "copy")),
            new Trial("HoistField$Value", Map.of("field", "podman")),
            new Trial("InsertField$Value", Map.of("timestamp.field", "ts", "topic.field", "topic")),
            new Trial("InsertHeader", Map.of("header", "env", "value.literal", "test")),
            new Trial("MaskField$Value", Map.of("fields", "host")),
            new Trial("RegexRouter", Map.of("regex", "(.*)", "replacement", "x.$1")),
            new Trial("ReplaceField$Value", Map.of("exclude", "engine")),
            new Trial("ReplaceField$Key", Map.of("renames", "host:machine")),
            new Trial("SetSchemaMetadata$Value", Map.of("schema.name", "x.Y", "schema.version", "9")),
            new Trial(
                    "TimestampConverter$Value",
                    Map.of(
                            "field",
                            "time_ns",
                            "target.type",
                            "string",
                            "format",
                            "yyyy",
                            "unix.precision",
                            "nanoseconds")),
            new Trial("TimestampRouter", Map.of()),
            new Trial("ValueToKey", Map.of("fields", "host")));

    @Test
    void pageMatchesTheTransformations() throws IOException, ReflectiveOperationException {
        String page = Files.readString(PAGE);
        String head = page.substring(0, page.indexOf(BEGIN) + BEGIN.length());
        String tail = page.substring(page.indexOf(END));
        String wanted = head + table() + tail;
        if (System.getProperty("golden.update") != null) {
            Files.writeString(PAGE, wanted);
        }

        assertThat(Files.readString(PAGE)).isEqualTo(wanted);
    }

    @Test
    void predicatesDistinguishTheTopics() throws ReflectiveOperationException {
        Map<String, SourceRecord> records = records("map");

        assertThat(accepted("RecordIsTombstone", Map.of(), records)).containsExactly("state, null", "heartbeat, null");
        assertThat(accepted("TopicNameMatches", Map.of("pattern", ".*\\.container\\..*"), records))
                .containsExactly("events", "state", "state, null");
        assertThat(accepted("HasHeaderKey", Map.of("name", "podman.event.id"), records))
                .containsExactly("events", "state", "state, null");
    }

    private static String table() throws ReflectiveOperationException {
        var text = new StringBuilder("| transformation | `labels.format` |");
        records("map").keySet().forEach(kind -> text.append(' ').append(kind).append(" |"));
        text.append("\n|---|---|").append("---|".repeat(records("map").size())).append('\n');
        for (Trial trial : TRIALS) {
            Map<String, String> map = results(trial, "map");
            Map<String, String> json = results(trial, "json");
            append(text, trial, map.equals(json) ? "either" : "map", map);
            if (!map.equals(json)) {
                append(text, trial, "json", json);
            }
        }
        return text.toString();
    }

    private static void append(StringBuilder text, Trial trial, String format, Map<String, String> results) {
        text.append("| `")
                .append(trial.transformation())
                .append("` | ")
                .append(format)
                .append(" | ")
                .append(String.join(" | ", results.values()))
                .append(" |\n");
    }

    private static Map<String, String> results(Trial trial, String format) throws ReflectiveOperationException {
        Map<String, String> results = new LinkedHashMap<>();
        for (Map.Entry<String, SourceRecord> record : records(format).entrySet()) {
            results.put(record.getKey(), result(trial, record.getValue()));
        }
        return results;
    }

    @SuppressWarnings("unchecked") // Connect's transformations take any record.
    private static String result(Trial trial, SourceRecord record) throws ReflectiveOperationException {
        var type = Class.forName(PACKAGE + trial.transformation());
        SourceRecord result;
        try (var transformation =
                (Transformation<SourceRecord>) type.getDeclaredConstructor().newInstance()) {
            transformation.configure(trial.config());
            result = transformation.apply(record);
        } catch (ConnectException | NullPointerException e) {
            return "**fails**";
        }
        if (result == null) {
            return "dropped";
        }
        List<String> failing = new ArrayList<>();
        for (Map.Entry<String, Class<? extends Converter>> converter : CONVERTERS.entrySet()) {
            if (!carries(converter.getValue(), result)) {
                failing.add(converter.getKey());
            }
        }
        return failing.isEmpty() ? "ok" : "**" + String.join(", ", failing) + " fails**";
    }

    /** Writes and reads. */
    private static boolean carries(Class<? extends Converter> type, SourceRecord record)
            throws ReflectiveOperationException {
        try {
            Converter keys = ConvertersTest.converter(type, SCHEMAS, true);
            keys.toConnectData(record.topic(), keys.fromConnectData(record.topic(), record.keySchema(), record.key()));
            Converter values = ConvertersTest.converter(type, SCHEMAS, false);
            values.toConnectData(
                    record.topic(), values.fromConnectData(record.topic(), record.valueSchema(), record.value()));
            return true;
        } catch (RuntimeException e) {
            return false;
        }
    }

    @SuppressWarnings("unchecked") // Connect's predicates take any record.
    private static List<String> accepted(String name, Map<String, String> config, Map<String, SourceRecord> records)
            throws ReflectiveOperationException {
        var type = Class.forName(PACKAGE + "predicates." + name);
        try (var predicate =
                (Predicate<SourceRecord>) type.getDeclaredConstructor().newInstance()) {
            predicate.configure(config);
            List<String> accepted = new ArrayList<>();
            records.forEach((kind, record) -> {
                if (predicate.test(record)) {
                    accepted.add(kind);
                }
            });
            return accepted;
        }
    }

    static Map<String, SourceRecord> records(String format) {
        Map<String, String> properties = new HashMap<>();
        properties.put("podman.hosts", "edge-1=unix:///x");
        properties.put("labels.format", format);
        PodmanConfig config = Samples.config(properties);
        var mapper = new RecordMapper(config.topics(), new RecordTimes(() -> NOW_NS / 1_000_000));
        HostOffsetContext context = Samples.trail(config, null);
        var emission = new Emission(
                Samples.ENGINE,
                List.of(HostChange.synced(NOW_NS, 3)),
                List.of(Samples.started()),
                NOW_NS,
                Samples.checkpoint(NOW_NS));
        var batches = new BatchMapper(List.of(context), mapper);
        List<SourceRecord> all = new ArrayList<>(batches.map(List.of(HostEmission.of(EDGE, emission))));
        Emission end = Samples.emission(Samples.checkpoint(NOW_NS), Samples.died());
        all.addAll(batches.map(List.of(HostEmission.of(EDGE, end))));
        Map<String, SourceRecord> records = new LinkedHashMap<>();
        records.put("events", first(all, "container.events", false));
        records.put("state", first(all, "container.state", false));
        records.put("state, null", first(all, "container.state", true));
        records.put("host events", first(all, "host.events", false));
        records.put("heartbeat", first(all, "heartbeat", false));
        records.put("heartbeat, null", mapper.noHeartbeat(context, NOW_NS).withOffset(Map.of()));
        return records;
    }

    private static SourceRecord first(List<SourceRecord> all, String topic, boolean isNull) {
        return all.stream()
                .filter(record -> record.topic().contains(topic) && (record.value() == null) == isNull)
                .findFirst()
                .orElseThrow();
    }
}
