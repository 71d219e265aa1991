package io.github.sealwatcher.connect.record;

import static io.github.sealwatcher.connect.Samples.CONTAINER;
import static io.github.sealwatcher.connect.Samples.EDGE;
import static io.github.sealwatcher.connect.Samples.ENGINE;
import static io.github.sealwatcher.connect.Samples.ID;
import static io.github.sealwatcher.connect.Samples.NOW_NS;
import static io.github.sealwatcher.connect.Samples.POD;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.github.sealwatcher.Golden;
import io.github.sealwatcher.connect.Samples;
import io.github.sealwatcher.connect.StoredOffsets;
import io.github.sealwatcher.connect.config.PodmanConfig;
import io.github.sealwatcher.connect.offset.ManyContainers;
import io.github.sealwatcher.connect.offset.OffsetNotes;
import io.github.sealwatcher.connect.offset.Offsets;
import io.github.sealwatcher.host.HostEmission;
import io.github.sealwatcher.model.Container;
import io.github.sealwatcher.model.ContainerChange;
import io.github.sealwatcher.model.ContainerFilter;
import io.github.sealwatcher.model.ContainerFilter.LabelRule;
import io.github.sealwatcher.model.ContainerId;
import io.github.sealwatcher.model.DetailSource;
import io.github.sealwatcher.model.EventId;
import io.github.sealwatcher.model.HostChange;
import io.github.sealwatcher.model.HostName;
import io.github.sealwatcher.model.Life;
import io.github.sealwatcher.model.LiveContainer;
import io.github.sealwatcher.model.Occurrence;
import io.github.sealwatcher.model.Origin;
import io.github.sealwatcher.model.PodRef;
import io.github.sealwatcher.model.Status;
import io.github.sealwatcher.watch.Emission;
import io.github.sealwatcher.watch.checkpoint.Checkpoint;
import io.github.sealwatcher.watch.checkpoint.Checkpoint.Gap;
import io.github.sealwatcher.watch.checkpoint.Checkpoint.Snapshot;
import io.github.sealwatcher.watch.checkpoint.DedupWindow;
import io.github.sealwatcher.watch.checkpoint.EndedLife;
import io.github.sealwatcher.watch.checkpoint.EventRef;
import io.github.sealwatcher.watch.checkpoint.Portfolio;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.json.JsonConverter;
import org.apache.kafka.connect.source.SourceRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.pcollections.TreePVector;

/** What consumers and stored offsets hold, to the byte: no renaming in Java changes it. */
class WireTest {

    private static final long OVERLAP_NS = 10_000_000_000L;
    private static final ObjectMapper JSON = JsonMapper.builder()
            .enable(SerializationFeature.INDENT_OUTPUT, SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
            .build();
    private static final List<Schema> SCHEMAS = List.of(
            Schemas.CONTAINER_KEY,
            Schemas.HOST_KEY,
            Schemas.CONTAINER_EVENT,
            Schemas.CONTAINER_STATE,
            Schemas.HOST_EVENT,
            Schemas.HEARTBEAT);

    private final JsonConverter converter = new JsonConverter();

    @AfterEach
    void closeConverter() {
        converter.close();
    }

    @Test
    void schemas() throws IOException {
        converter.configure(Map.of("schemas.enable", true), false);
        var lines = new StringBuilder();
        for (Schema schema : SCHEMAS) {
            lines.append(JSON.writeValueAsString(converter.asJsonSchema(schema)))
                    .append('\n');
        }

        Golden.check("schemas.json", lines.toString());
    }

    @Test
    void recordsOfTheDefaultConfiguration() throws IOException {
        Golden.check("records.json", shown(records(Map.of())));
    }

    @Test
    void recordsOfAllActionsWithoutAnnotationLabels() throws IOException {
        Map<String, String> keys = Map.of("events.include", "all", "labels.annotate", "false", "topic.prefix", "p");

        Golden.check("records-all-actions.json", shown(records(keys)));
    }

    @Test
    void recordsOfAHostThatLeft() throws IOException {
        PodmanConfig config = config(Map.of());
        Map<String, Object> stored = Offsets.encode(full(), OVERLAP_NS, new OffsetNotes(null, "podman", false));
        var farewells = new HostRemovalRecords(mapper(config), true, StoredOffsets.of(EDGE, stored));

        Golden.check(
                "records-of-a-removed-host.json", shown(farewells.records(List.of(new HostRemoval(EDGE, NOW_NS)))));
    }

    @Test
    void recordsOfAnotherTopicPrefix() throws IOException {
        PodmanConfig config = config(Map.of("topic.prefix", "new"));
        Map<String, Object> stored = Offsets.encode(full(), OVERLAP_NS, new OffsetNotes(null, "old", false));
        PrefixChange change = PrefixChange.of(
                config.hosts().get(0),
                new OffsetNotes(null, "new", false),
                stored,
                Offsets.decode(stored),
                mapper(config),
                NOW_NS);

        Golden.check("records-of-another-prefix.json", shown(change.records()));
    }

    @Test
    void offsets() throws IOException {
        var lines = new StringBuilder();
        for (Map.Entry<String, Map<String, Object>> offset : storedOffsets().entrySet()) {
            lines.append(offset.getKey())
                    .append(' ')
                    .append(JSON.writer()
                            .without(SerializationFeature.INDENT_OUTPUT)
                            .writeValueAsString(offset.getValue()))
                    .append('\n');
        }

        Golden.check("offsets.jsonl", lines.toString());
    }

    /** What an earlier version stored means the same to this one. */
    @Test
    void offsetsAreReadAsTheyWereWritten() throws IOException {
        int read = 0;
        for (String line : Golden.read("offsets.jsonl").lines().toList()) {
            int at = line.indexOf(' ');
            Map<String, Object> stored = new TreeMap<>();
            JSON.readTree(line.substring(at))
                    .properties()
                    .forEach(field -> stored.put(field.getKey(), typed(field.getValue())));
            // The offset before the first checkpoint holds less than any later one.
            if (line.startsWith("first")) {
                continue;
            }

            Map<String, Object> again = Offsets.encode(Offsets.decode(stored), OVERLAP_NS, OffsetNotes.of(stored));

            assertThat(JSON.writeValueAsString(again))
                    .as(line.substring(0, at))
                    .isEqualTo(JSON.writeValueAsString(stored));
            read++;
        }
        assertThat(read).isEqualTo(storedOffsets().size() - 2);
    }

    @Test
    void ids() throws IOException {
        Map<String, Object> ids = new LinkedHashMap<>();
        ids.put("event", EventId.of("container", "start", ID.value(), NOW_NS).toString());
        ids.put("pod event", EventId.of("pod", "create", POD.id(), NOW_NS).toString());
        ids.put(
                "derived",
                EventId.derived("inferred", "died", ID, 1_795_439_226L, 3L).toString());
        ids.put("stored key", DedupWindow.storedKey(EventId.of("container", "start", ID.value(), NOW_NS)));
        ids.put("filter of all", ContainerFilter.all().fingerprint());
        ids.put("filter", Long.toHexString(filter().fingerprint()));

        Golden.check("ids.json", JSON.writeValueAsString(ids) + "\n");
    }

    private static ContainerFilter filter() {
        return new ContainerFilter(
                Pattern.compile("web-.*"),
                null,
                List.of(new LabelRule("team", "a"), new LabelRule("kept", null)),
                List.of(new LabelRule("noise", null)),
                false);
    }

    private static PodmanConfig config(Map<String, String> more) {
        Map<String, String> properties = new TreeMap<>(more);
        properties.put("podman.hosts", "edge-1=unix:///x");
        return Samples.config(properties);
    }

    private static RecordMapper mapper(PodmanConfig config) {
        return new RecordMapper(config.topics(), new RecordTimes(() -> NOW_NS / 1_000_000));
    }

    /** One of each kind of record, each in a batch of its own. */
    private static List<SourceRecord> records(Map<String, String> keys) {
        PodmanConfig config = config(keys);
        var notes = new OffsetNotes(new HostName("edge-2"), config.topics().prefix(), false);
        var mapper =
                new BatchMapper(List.of(new HostOffsetContext(config.hosts().get(0), notes, null)), mapper(config));
        List<SourceRecord> records = new ArrayList<>();
        for (Emission emission : emissions()) {
            records.addAll(mapper.map(List.of(HostEmission.of(EDGE, emission))));
        }
        return records;
    }

    private static List<Emission> emissions() {
        List<Emission> emissions = new ArrayList<>();
        for (HostChange change : hostChanges()) {
            emissions.add(new Emission(ENGINE, List.of(change), List.of(), NOW_NS, Samples.checkpoint(NOW_NS)));
        }
        for (ContainerChange change : containerChanges()) {
            emissions.add(Samples.emission(Samples.checkpoint(NOW_NS), change));
        }
        emissions.add(new Emission(
                null,
                List.of(),
                List.of(),
                Set.of(new ContainerId("a".repeat(64))),
                NOW_NS,
                Samples.checkpoint(NOW_NS)));
        emissions.add(new Emission(null, List.of(), List.of(), NOW_NS, Samples.checkpoint(NOW_NS)));
        return emissions;
    }

    private static List<HostChange> hostChanges() {
        List<HostChange> changes = new ArrayList<>();
        for (HostChange.Type type : HostChange.Type.values()) {
            changes.add(HostChange.of(type, NOW_NS, "a reason"));
        }
        changes.add(HostChange.synced(NOW_NS, 3));
        changes.add(HostChange.gap(NOW_NS, NOW_NS - 9, NOW_NS - 1, "a reason"));
        return changes;
    }

    private static List<ContainerChange> containerChanges() {
        List<ContainerChange> changes = new ArrayList<>();
        changes.add(Samples.started());
        changes.add(Samples.died());
        changes.add(new ContainerChange.Paused(
                Samples.occurrence("pause", Origin.SNAPSHOT), Samples.alive(Status.PAUSED, null)));
        changes.add(new ContainerChange.Unpaused(
                Samples.occurrence("unpause", Origin.RECONCILED), Samples.alive(Status.RUNNING, null)));
        changes.add(new ContainerChange.PodChanged(
                Samples.occurrence("remove", Origin.LIVE), Container.unknown(ID), null, null, POD));
        changes.add(Samples.other("health_status"));
        for (DetailSource source : DetailSource.values()) {
            Life life = Life.fromEvent(NOW_NS);
            LiveContainer alive =
                    new LiveContainer(CONTAINER.from(source), life, Status.RUNNING, NOW_NS, new PodRef("pod", null));
            changes.add(new ContainerChange.Started(occurrence(source), alive));
        }
        return changes;
    }

    private static Occurrence occurrence(DetailSource source) {
        EventId id = EventId.of("container", "start", ID.value(), source.ordinal());
        return new Occurrence(id, NOW_NS, Origin.LIVE, "start");
    }

    /** By what is special about each. */
    private static Map<String, Map<String, Object>> storedOffsets() {
        Map<String, Map<String, Object>> offsets = new LinkedHashMap<>();
        OffsetNotes none = OffsetNotes.NONE;
        offsets.put("first", Offsets.start(Checkpoint.startingAt(NOW_NS), none));
        offsets.put("first-waiting", Offsets.start(with(Snapshot.WAITING), none));
        offsets.put("plain", Offsets.encode(Samples.checkpoint(NOW_NS), OVERLAP_NS, none));
        for (Snapshot snapshot : Snapshot.values()) {
            offsets.put("snapshot-" + offsets.size(), Offsets.encode(with(snapshot), OVERLAP_NS, none));
        }
        offsets.put(
                "notes",
                Offsets.encode(
                        Samples.checkpoint(NOW_NS),
                        OVERLAP_NS,
                        new OffsetNotes(new HostName("edge-2"), "podman", true)));
        offsets.put("crowd", Offsets.encode(ManyContainers.of(5, 2, OVERLAP_NS, 1), OVERLAP_NS, none));
        offsets.put("full", Offsets.encode(full(), OVERLAP_NS, none));
        return offsets;
    }

    private static Checkpoint with(Snapshot snapshot) {
        return new Checkpoint(NOW_NS, null, null, null, DedupWindow.from(NOW_NS), Portfolio.empty(), snapshot);
    }

    /** A checkpoint with something in each field, and each precision of a start. */
    private static Checkpoint full() {
        Portfolio portfolio = Portfolio.empty().named(new PodRef("b".repeat(64), "empty-pod"));
        int count = 0;
        for (Life.Precision precision : Life.Precision.values()) {
            var id = new ContainerId(Integer.toString(++count).repeat(64));
            var life = new Life(NOW_NS - count * 3_000_000_000L, precision, 1000 + count, count % 2 == 0);
            Status status = count == 2 ? Status.PAUSED : Status.RUNNING;
            portfolio =
                    portfolio.plus(new LiveContainer(Container.unknown(id), life, status, life.startedAtNs(), null));
        }
        portfolio = portfolio
                .associated(new ContainerId("1".repeat(64)), POD)
                .associated(new ContainerId("7".repeat(64)), POD)
                .hiding(new ContainerId("3".repeat(64)), true);
        var ended = new EndedLife(new ContainerId("9".repeat(64)), Life.exact(NOW_NS - 5, 77), NOW_NS, false, true);
        var restored = new EndedLife(new ContainerId("8".repeat(64)), Life.restored(NOW_NS - 5), NOW_NS, true, false);
        return new Checkpoint(
                new Checkpoint.ReadPosition(
                        NOW_NS,
                        new EventRef(7, NOW_NS),
                        new EventRef(6, NOW_NS - 100),
                        DedupWindow.restored(new DedupWindow.StoredKeys(NOW_NS - OVERLAP_NS, NOW_NS + 5, List.of(7L)))),
                portfolio,
                new Checkpoint.Coverage(
                        Snapshot.DONE,
                        new Gap(NOW_NS - 9, NOW_NS - 7, NOW_NS - 5),
                        3,
                        TreePVector.<EndedLife>empty().plus(ended).plus(restored)),
                filter().fingerprint(),
                "5.4.2");
    }

    private static Object typed(JsonNode value) {
        return value.isBoolean() ? value.asBoolean() : value.isNumber() ? (Object) value.asLong() : value.asText();
    }

    /** The key as it is, byte by byte: partitions and compaction depend on it. */
    private String shown(List<SourceRecord> records) throws IOException {
        converter.configure(Map.of("schemas.enable", false), false);
        var text = new StringBuilder();
        for (SourceRecord record : records) {
            Map<String, Object> shown = new LinkedHashMap<>();
            shown.put("topic", record.topic());
            shown.put("partition", record.sourcePartition());
            shown.put("offset", record.sourceOffset());
            shown.put("time", record.timestamp());
            List<String> headers = new ArrayList<>();
            record.headers()
                    .forEach(header -> headers.add(header.key() + "=" + header.value() + " "
                            + header.schema().type()));
            shown.put("headers", headers);
            shown.put("key_schema", record.keySchema().name());
            byte[] key = converter.fromConnectData(record.topic(), record.keySchema(), record.key());
            shown.put("key", new String(key, StandardCharsets.UTF_8));
            shown.put(
                    "value_schema",
                    record.valueSchema() == null ? null : record.valueSchema().name());
            byte[] value = converter.fromConnectData(record.topic(), record.valueSchema(), record.value());
            shown.put("value", value == null ? null : JSON.readValue(value, Map.class));
            text.append(JSON.writeValueAsString(shown)).append('\n');
        }
        return text.toString();
    }
}
