package io.github.sealwatcher.connect.record;

import static io.github.sealwatcher.connect.Samples.NOW_NS;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.sealwatcher.connect.Samples;
import io.github.sealwatcher.connect.config.PodmanConfig;
import io.github.sealwatcher.connect.offset.ManyContainers;
import io.github.sealwatcher.connect.offset.OffsetNotes;
import io.github.sealwatcher.connect.offset.Offsets;
import io.github.sealwatcher.model.ContainerId;
import io.github.sealwatcher.watch.checkpoint.Checkpoint;
import io.github.sealwatcher.watch.checkpoint.Checkpoint.Snapshot;
import io.github.sealwatcher.watch.checkpoint.Portfolio;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.source.SourceRecord;
import org.junit.jupiter.api.Test;

class PrefixChangeTest {

    private static final Checkpoint THREE_ALIVE = ManyContainers.of(3, 1, 1_000, 2);

    @Test
    void endsTheOldTrailAndBeginsANewOne() {
        PrefixChange change = change(THREE_ALIVE, "old", Map.of("topic.prefix", "new"));

        List<SourceRecord> records = change.records();
        assertThat(topics(records))
                .isEqualTo(List.of(
                        "__podman-heartbeat.old",
                        "old.container.state",
                        "old.container.events",
                        "old.container.state",
                        "old.container.events",
                        "old.container.state",
                        "old.container.events",
                        "old.host.events"));
        Set<ContainerId> died = new HashSet<>();
        Set<String> ids = new HashSet<>();
        for (SourceRecord record : records) {
            if (record.topic().endsWith("state") || record.topic().startsWith("__")) {
                assertThat(record.value()).isNull();
            } else if (record.topic().equals("old.container.events")) {
                Struct event = (Struct) record.value();
                assertThat(event.getString("type")).isEqualTo("die");
                assertThat(event.getString("origin")).isEqualTo("reconciled");
                assertThat(event.getString("raw_action")).isEqualTo("filtered");
                assertThat(event.getInt32("exit_code")).isNull();
                ids.add(event.getString("event_id"));
                died.add(new ContainerId(event.getStruct("container").getString("id")));
            }
        }
        assertThat(died).isEqualTo(THREE_ALIVE.portfolio().alive().keySet());
        assertThat(ids).hasSize(3);
        assertThat(change.checkpoint().snapshot()).isEqualTo(Snapshot.RUNNING);
        assertThat(change.checkpoint().portfolio().alive()).isEmpty();
        assertThat(change.checkpoint().positionNs()).isEqualTo(NOW_NS);
    }

    @Test
    void onlyTheVeryLastRecordCarriesTheNewTrail() {
        List<SourceRecord> records =
                change(THREE_ALIVE, "old", Map.of("topic.prefix", "new")).records();

        assertThat(records.subList(0, records.size() - 1))
                .allSatisfy(record ->
                        assertThat(record.sourceOffset().get("topic_prefix")).isEqualTo("old"));
        Map<String, ?> last = records.get(records.size() - 1).sourceOffset();
        assertThat(last.get("topic_prefix")).isEqualTo("new");
        assertThat(Offsets.decode(last).portfolio().alive()).isEmpty();
    }

    @Test
    void hiddenContainersWereNeverThere() {
        Portfolio portfolio = THREE_ALIVE.portfolio();
        for (ContainerId id : portfolio.alive().keySet()) {
            portfolio = portfolio.hiding(id, true);
        }
        Checkpoint hiding =
                new Checkpoint(NOW_NS, null, null, null, THREE_ALIVE.dedupWindow(), portfolio, Snapshot.DONE);

        assertThat(topics(change(hiding, "old", Map.of("topic.prefix", "new")).records()))
                .containsExactly("__podman-heartbeat.old", "old.host.events");
    }

    @Test
    void thereIsNoneUnderTheSamePrefixOrAfterOffsetsWithoutOne() {
        assertThat(change(THREE_ALIVE, "podman", Map.of())).isNull();
        assertThat(change(THREE_ALIVE, null, Map.of("topic.prefix", "new"))).isNull();
    }

    private static PrefixChange change(Checkpoint known, String before, Map<String, String> properties) {
        Map<String, String> all = new HashMap<>(properties);
        all.put("podman.hosts", "edge-1=unix:///x");
        PodmanConfig config = Samples.config(all);
        Map<String, Object> stored = Offsets.encode(known, 0, new OffsetNotes(null, before, false));
        return PrefixChange.of(
                config.hosts().get(0),
                new OffsetNotes(null, config.topics().prefix(), false),
                stored,
                Offsets.decode(stored),
                new RecordMapper(config.topics(), new RecordTimes(() -> NOW_NS / 1_000_000)),
                NOW_NS);
    }

    private static List<String> topics(List<SourceRecord> records) {
        return records.stream().map(SourceRecord::topic).toList();
    }
}
