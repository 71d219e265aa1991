package io.github.sealwatcher.connect.record;

import static io.github.sealwatcher.connect.Samples.EDGE;
import static io.github.sealwatcher.connect.Samples.NOW_NS;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.sealwatcher.connect.Samples;
import io.github.sealwatcher.connect.config.PodmanConfig;
import io.github.sealwatcher.connect.offset.ManyContainers;
import io.github.sealwatcher.connect.offset.OffsetNotes;
import io.github.sealwatcher.host.HostEmission;
import io.github.sealwatcher.model.Container;
import io.github.sealwatcher.model.ContainerChange;
import io.github.sealwatcher.model.ContainerId;
import io.github.sealwatcher.model.HostChange;
import io.github.sealwatcher.model.HostName;
import io.github.sealwatcher.model.Life;
import io.github.sealwatcher.model.LiveContainer;
import io.github.sealwatcher.model.Origin;
import io.github.sealwatcher.model.Status;
import io.github.sealwatcher.watch.Emission;
import io.github.sealwatcher.watch.checkpoint.Checkpoint;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.source.SourceRecord;
import org.junit.jupiter.api.Test;

class BatchMapperTest {

    private static final HostName OTHER = new HostName("other");
    private static final Map<String, Object> STORED = Map.of("v", 1L, "time_ns", 5L);
    private static final Map<String, String> NOTHING =
            Map.of("events.include", "start", "state.topic.enabled", "false");

    @Test
    void onlyTheLastRecordOfAHostInABatchCarriesTheNewOffset() {
        BatchMapper mapper = mapper(Map.of(), STORED);

        List<SourceRecord> first = mapper.map(List.of(started(1), started(2), died(3)));
        List<SourceRecord> second = mapper.map(List.of(started(4), died(5)));

        assertThat(times(first)).containsExactly(5L, 5L, 5L, 5L, 5L, 3L);
        assertThat(times(second)).containsExactly(3L, 3L, 3L, 5L);
        assertThat(second.get(0).sourceOffset()).isSameAs(first.get(5).sourceOffset());
    }

    @Test
    void keepsHostsApart() {
        BatchMapper mapper = mapper(Map.of(), STORED);

        List<SourceRecord> records = mapper.map(List.of(
                died(1), HostEmission.of(OTHER, Samples.emission(Samples.checkpoint(9), Samples.died())), died(2)));

        assertThat(records)
                .extracting(record -> (Object) record.sourcePartition().get("host"))
                .containsExactly("edge-1", "edge-1", "other", "other", "edge-1", "edge-1");
        assertThat(times(records)).containsExactly(5L, 5L, 5L, 9L, 5L, 2L);
        assertThat(records.get(0).sourcePartition()).isSameAs(records.get(5).sourcePartition());
    }

    @Test
    void rowThatALargeBatchOutdatesIsLeftOut() {
        BatchMapper mapper = mapper(Map.of(), STORED);
        List<HostEmission> large = new ArrayList<>(List.of(started(1), died(2), started(3)));
        for (int i = 0; i < LastChanges.MAX_SMALL; i++) {
            large.add(other(4 + i));
        }

        List<SourceRecord> records = mapper.map(large);

        assertThat(records.subList(0, 5))
                .extracting(SourceRecord::topic)
                .containsExactly(
                        "podman.container.events",
                        "podman.container.events",
                        "podman.container.state",
                        "podman.container.events",
                        "podman.container.events");
        assertThat(((Struct) records.get(2).key()).get("container_id")).isEqualTo(Samples.ID.value());
        assertThat(records).as("events, and the last row of each container").hasSize(large.size() + 2);
        assertThat(mapper.map(List.of(died(50))).get(0).value())
                .as("a row is removed in the next batch")
                .isNull();
    }

    @Test
    void everyRowOfASmallBatchIsWritten() {
        List<SourceRecord> records = mapper(Map.of(), STORED).map(List.of(started(1), died(2), started(3)));

        assertThat(records)
                .extracting(SourceRecord::topic)
                .filteredOn("podman.container.state"::equals)
                .hasSize(3);
    }

    @Test
    void firstOffsetIsWhereTheReplayBegins() {
        List<SourceRecord> records = mapper(Map.of(), null).map(List.of(started(NOW_NS + 7)));

        assertThat(records.get(0).sourceOffset()).isEqualTo(Map.of("v", 1, "time_ns", NOW_NS, "snapshot", "running"));
        assertThat(times(records)).containsExactly(NOW_NS, NOW_NS + 7);
    }

    @Test
    void emissionWithoutRecordsDoesNotHoldTheOffsetOfTheNextRecordBack() {
        BatchMapper mapper = mapper(NOTHING, STORED);

        assertThat(mapper.map(List.of(died(6), died(7)))).isEmpty();

        List<SourceRecord> records = mapper.map(List.of(heartbeat(8)));
        assertThat(times(records)).containsExactly(8L);
    }

    @Test
    void filteredEmissionAfterTheLastRecordAdvancesTheOffset() {
        BatchMapper mapper = mapper(Map.of("events.include", "start", "state.topic.enabled", "false"), STORED);

        assertThat(times(mapper.map(List.of(started(6), died(7))))).containsExactly(7L);
    }

    @Test
    void writesAHeartbeatWhenEverythingIsFilteredForTooLong() {
        BatchMapper mapper = mapper(NOTHING, STORED);
        long laterNs = NOW_NS + 30_000_000_000L;

        assertThat(mapper.map(List.of(died(6)))).isEmpty();
        List<SourceRecord> records = mapper.map(List.of(at(laterNs, 7)));

        assertThat(records).singleElement().extracting(SourceRecord::topic).isEqualTo("__podman-heartbeat.podman");
        assertThat(times(records)).containsExactly(7L);
        assertThat(mapper.map(List.of(at(laterNs + 1, 8)))).isEmpty();
    }

    @Test
    void offsetSurvivesATransformationThatDropsTombstones() {
        BatchMapper mapper = mapper(Map.of(), STORED);

        List<SourceRecord> records = mapper.map(List.of(started(6), died(7)));

        assertThat(times(withoutNulls(records))).hasSize(records.size() - 1).endsWith(7L);
        assertThat(times(withoutNulls(mapper.map(List.of(died(8)))))).containsExactly(8L);
        BatchMapper quiet = mapper(Map.of("heartbeat.interval.ms", "0"), STORED);
        assertThat(times(withoutNulls(quiet.map(List.of(died(6))))))
                .as("without heartbeats")
                .containsExactly(6L);
    }

    @Test
    void loneTombstoneIsFollowedByAHeartbeatWithTheOffset() {
        Map<String, String> statesOnly = Map.of("events.include", "start");

        List<SourceRecord> records = mapper(statesOnly, STORED).map(List.of(died(6)));

        assertThat(records)
                .extracting(SourceRecord::topic)
                .containsExactly("podman.container.state", "__podman-heartbeat.podman");
        assertThat(times(records)).containsExactly(5L, 6L);
        Map<String, String> quiet = Map.of("events.include", "start", "heartbeat.interval.ms", "0");
        assertThat(times(mapper(quiet, STORED).map(List.of(died(6))))).containsExactly(6L);
    }

    @Test
    void rowsOfAHostThatReturnsComeBackWhenItIsSynchronized() {
        Map<String, Object> removed = new HashMap<>(STORED);
        removed.put("removed_ns", 4L);
        removed.put("rows_removed", true);
        BatchMapper mapper = mapper(Map.of(), removed);
        Checkpoint known = ManyContainers.of(3, 0, 1_000, 0);
        var connected = HostChange.of(HostChange.Type.CONNECTED, NOW_NS, null);

        List<SourceRecord> before = mapper.map(List.of(of(known, connected)));
        List<SourceRecord> records = mapper.map(List.of(of(known, HostChange.synced(NOW_NS, 3))));

        assertThat(before)
                .extracting(SourceRecord::topic)
                .containsExactly("podman.host.events", "__podman-heartbeat.podman");
        assertThat(before.get(1).sourceOffset().get("rows_removed")).isEqualTo(true);
        assertThat(before.get(1).sourceOffset().get("removed_ns")).isNull();
        assertThat(records)
                .extracting(SourceRecord::topic)
                .containsExactly(
                        "podman.container.state",
                        "podman.container.state",
                        "podman.container.state",
                        "podman.host.events",
                        "__podman-heartbeat.podman");
        assertThat(records).extracting(SourceRecord::value).doesNotContainNull();
        assertThat(records.get(4).sourceOffset().get("rows_removed")).isNull();
        assertThat(mapper.map(List.of(of(known, HostChange.synced(NOW_NS, 3))))).hasSize(1);
    }

    @Test
    void containerAbsentAtTheStartOfATrailLosesItsRow() {
        Emission first = new Emission(
                null,
                List.of(),
                List.of(Samples.started()),
                Set.of(new ContainerId("gone")),
                NOW_NS,
                Samples.checkpoint(6));

        List<SourceRecord> records = mapper(Map.of(), null).map(List.of(HostEmission.of(EDGE, first)));

        assertThat(records)
                .extracting(SourceRecord::topic)
                .containsExactly("podman.container.state", "podman.container.state", "podman.container.events");
        assertThat(((Struct) records.get(0).key()).getString("container_id")).isEqualTo("gone");
        assertThat(records.get(0).value()).isNull();
        assertThat(times(records)).endsWith(6L);
    }

    @Test
    void hostsRowIsWrittenAtOnceWhenItsConnectionChanges() {
        BatchMapper mapper = mapper(Map.of("host.topic.enabled", "false"), STORED);
        Checkpoint known = ManyContainers.of(3, 0, 1_000, 0);

        List<SourceRecord> lost =
                mapper.map(List.of(of(known, HostChange.of(HostChange.Type.DISCONNECTED, NOW_NS, "-"))));
        List<SourceRecord> again =
                mapper.map(List.of(of(known, HostChange.of(HostChange.Type.DISCONNECTED, NOW_NS, "-"))));
        List<SourceRecord> found = mapper.map(List.of(
                of(known, HostChange.of(HostChange.Type.CONNECTED, NOW_NS, null)),
                of(known, HostChange.synced(NOW_NS, 3))));

        assertThat(lost).singleElement().satisfies(record -> {
            assertThat(record.topic()).isEqualTo("__podman-heartbeat.podman");
            assertThat(record.value())
                    .isEqualTo(new Struct(Schemas.HEARTBEAT)
                            .put("time_ns", NOW_NS)
                            .put("host", "edge-1")
                            .put("connected", false)
                            .put("synchronized", false)
                            .put("last_event_ns", known.positionNs())
                            .put("containers", 3));
        });
        assertThat(again).hasSize(1);
        assertThat(found).singleElement().satisfies(record -> {
            assertThat(((Struct) record.value()).getBoolean("connected")).isTrue();
            assertThat(((Struct) record.value()).getBoolean("synchronized")).isTrue();
        });
    }

    @Test
    void busyHostsRowIsWrittenAsOftenAsAQuietOnes() {
        BatchMapper mapper = mapper(Map.of(), STORED);
        long laterNs = NOW_NS + 30_000_000_000L;

        assertThat(mapper.map(List.of(at(NOW_NS, 6)))).hasSize(2);
        assertThat(mapper.map(List.of(at(laterNs - 1, 7)))).hasSize(2);
        assertThat(mapper.map(List.of(at(laterNs, 8))))
                .extracting(SourceRecord::topic)
                .endsWith("__podman-heartbeat.podman")
                .hasSize(3);
        assertThat(mapper.map(List.of(at(laterNs + 1, 9)))).hasSize(2);
    }

    private static HostEmission of(Checkpoint checkpoint, HostChange change) {
        return HostEmission.of(EDGE, new Emission(null, List.of(change), List.of(), NOW_NS, checkpoint));
    }

    private static List<SourceRecord> withoutNulls(List<SourceRecord> records) {
        return records.stream().filter(record -> record.value() != null).toList();
    }

    private static HostEmission started(long positionNs) {
        return HostEmission.of(EDGE, Samples.emission(Samples.checkpoint(positionNs), Samples.started()));
    }

    private static HostEmission other(long positionNs) {
        var id = new ContainerId("d".repeat(64));
        LiveContainer alive =
                new LiveContainer(Container.unknown(id), Life.exact(NOW_NS, 816), Status.RUNNING, NOW_NS, null);
        var start = new ContainerChange.Started(Samples.occurrence("start", Origin.LIVE), alive);
        return HostEmission.of(EDGE, Samples.emission(Samples.checkpoint(positionNs), start));
    }

    private static HostEmission died(long positionNs) {
        return HostEmission.of(EDGE, Samples.emission(Samples.checkpoint(positionNs), Samples.died()));
    }

    private static HostEmission at(long atNs, long positionNs) {
        return HostEmission.of(
                EDGE, new Emission(null, List.of(), List.of(Samples.died()), atNs, Samples.checkpoint(positionNs)));
    }

    private static HostEmission heartbeat(long positionNs) {
        return HostEmission.of(EDGE, Samples.emission(Samples.checkpoint(positionNs)));
    }

    private static List<Long> times(List<SourceRecord> records) {
        List<Long> times = new ArrayList<>();
        records.forEach(record -> times.add((Long) record.sourceOffset().get("time_ns")));
        return times;
    }

    private static BatchMapper mapper(Map<String, String> properties, Map<String, Object> stored) {
        Map<String, String> all = new java.util.HashMap<>(properties);
        all.put("podman.hosts", "edge-1=unix:///x,other=unix:///y");
        PodmanConfig config = Samples.config(all);
        HostOffsetContext[] trails = config.hosts().stream()
                .map(host ->
                        new HostOffsetContext(host, stored == null ? OffsetNotes.NONE : OffsetNotes.of(stored), stored))
                .toArray(HostOffsetContext[]::new);
        return new BatchMapper(
                Arrays.asList(trails), new RecordMapper(config.topics(), new RecordTimes(() -> NOW_NS / 1_000_000)));
    }
}
