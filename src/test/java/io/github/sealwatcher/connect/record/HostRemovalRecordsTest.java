package io.github.sealwatcher.connect.record;

import static io.github.sealwatcher.connect.Samples.EDGE;
import static io.github.sealwatcher.connect.Samples.NOW_NS;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.sealwatcher.connect.Samples;
import io.github.sealwatcher.connect.StoredOffsets;
import io.github.sealwatcher.connect.config.PodmanConfig;
import io.github.sealwatcher.connect.offset.ManyContainers;
import io.github.sealwatcher.connect.offset.OffsetNotes;
import io.github.sealwatcher.connect.offset.Offsets;
import io.github.sealwatcher.model.ContainerId;
import io.github.sealwatcher.model.HostName;
import io.github.sealwatcher.watch.checkpoint.Checkpoint;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.source.SourceRecord;
import org.junit.jupiter.api.Test;

class HostRemovalRecordsTest {

    private static final HostRemoval REMOVAL = new HostRemoval(EDGE, NOW_NS);
    private static final Checkpoint THREE_ALIVE = ManyContainers.of(3, 1, 1_000, 2);

    @Test
    void removesTheRowsAndReportsTheRemoval() {
        List<SourceRecord> records = records(stored(), Map.of());

        assertThat(records)
                .extracting(SourceRecord::topic)
                .containsExactly(
                        "podman.container.state",
                        "podman.container.state",
                        "podman.container.state",
                        "__podman-heartbeat.podman",
                        "podman.host.events");
        assertThat(records.subList(0, 4)).extracting(SourceRecord::value).containsOnlyNulls();
        assertThat(records.subList(0, 3).stream()
                        .map(record -> new ContainerId(((Struct) record.key()).getString("container_id")))
                        .collect(Collectors.toSet()))
                .isEqualTo(THREE_ALIVE.portfolio().alive().keySet());
        Struct last = (Struct) records.get(4).value();
        assertThat(last.getString("type")).isEqualTo("disconnected");
        assertThat(last.getInt64("time_ns")).isEqualTo(NOW_NS);
        assertThat(last.getString("reason")).contains("no longer configured");
    }

    @Test
    void isDoneOnceAndKeepsTheTrailForAHostThatReturns() {
        Map<String, Object> stored = stored();

        List<SourceRecord> records = records(stored, Map.of());

        assertThat(records.subList(0, 4)).extracting(SourceRecord::sourceOffset).containsOnly(stored);
        Map<String, Object> after = new HashMap<>(records.get(4).sourceOffset());
        assertThat(records(after, Map.of())).as("a second time").isEmpty();
        assertThat(Offsets.decode(after).portfolio().alive())
                .hasSameSizeAs(THREE_ALIVE.portfolio().alive());
        assertThat(after.remove("removed_ns")).isEqualTo(NOW_NS);
        assertThat(after.remove("rows_removed")).isEqualTo(true);
        assertThat(after).isEqualTo(stored);
    }

    @Test
    void keepsTheRowsIfConfigured() {
        List<SourceRecord> records = records(stored(), Map.of("on.host.removed", "keep"));

        assertThat(records).extracting(SourceRecord::topic).containsExactly("podman.host.events");
        assertThat(records.get(0).sourceOffset()).containsKey("removed_ns").doesNotContainKey("rows_removed");
    }

    @Test
    void writesUnderThePrefixThatTheRowsWereWrittenUnder() {
        Map<String, Object> stored = new HashMap<>(stored());
        stored.put("topic_prefix", "old");

        assertThat(records(stored, Map.of("topic.prefix", "new")))
                .extracting(SourceRecord::topic)
                .containsOnly("old.container.state", "__podman-heartbeat.old", "old.host.events");
    }

    @Test
    void reportsTheRemovalDespiteAMalformedOffset() {
        assertThat(records(Map.of("time_ns", 5L, "known", "?"), Map.of()))
                .extracting(SourceRecord::topic)
                .containsExactly("__podman-heartbeat.podman", "podman.host.events");
    }

    @Test
    void reportsTheRemovalDespiteMalformedNotes() {
        Map<String, Object> stored = new HashMap<>(stored());
        stored.put("next_host", "a b");

        assertThat(records(stored, Map.of()))
                .extracting(SourceRecord::topic)
                .endsWith("__podman-heartbeat.podman", "podman.host.events");
    }

    @Test
    void reportsNothingForAHostWithoutRecords() {
        assertThat(records(null, Map.of())).isEmpty();
        assertThat(records(Map.of("time_ns", 5L), Map.of("host.topic.enabled", "false", "on.host.removed", "keep")))
                .isEmpty();
    }

    @Test
    void travelsInTheTasksPropertiesAndLeavesNoTrace() {
        Map<String, String> properties = new HashMap<>(Map.of("topic.prefix", "x"));
        HostRemoval other = new HostRemoval(new HostName("a.b_c-d"), 1);

        HostRemoval.put(properties, List.of(REMOVAL, other));

        assertThat(HostRemoval.take(properties)).containsExactlyInAnyOrder(REMOVAL, other);
        assertThat(properties).isEqualTo(Map.of("topic.prefix", "x"));
        assertThat(HostRemoval.take(properties)).isEmpty();
    }

    private static Map<String, Object> stored() {
        return Offsets.encode(THREE_ALIVE, 0, OffsetNotes.NONE);
    }

    private static List<SourceRecord> records(Map<String, Object> stored, Map<String, String> properties) {
        PodmanConfig config = Samples.config(properties);
        var mapper = new RecordMapper(config.topics(), new RecordTimes(System::currentTimeMillis));
        return new HostRemovalRecords(mapper, config.forgetRemoved(), StoredOffsets.of(EDGE, stored))
                .records(List.of(REMOVAL));
    }
}
