package io.github.sealwatcher.connect.record;

import static io.github.sealwatcher.connect.Samples.ID;
import static io.github.sealwatcher.connect.Samples.NOW_NS;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.sealwatcher.connect.Samples;
import io.github.sealwatcher.connect.config.HostConfig;
import io.github.sealwatcher.connect.config.PodmanConfig;
import io.github.sealwatcher.connect.offset.OffsetNotes;
import io.github.sealwatcher.connect.offset.Offsets;
import io.github.sealwatcher.host.HostEmission;
import io.github.sealwatcher.model.Container;
import io.github.sealwatcher.model.ContainerFilter;
import io.github.sealwatcher.model.DetailSource;
import io.github.sealwatcher.model.EngineEvent;
import io.github.sealwatcher.model.Life;
import io.github.sealwatcher.model.LiveContainer;
import io.github.sealwatcher.model.ObservedContainer;
import io.github.sealwatcher.model.RunState;
import io.github.sealwatcher.model.Status;
import io.github.sealwatcher.watch.Input;
import io.github.sealwatcher.watch.Output;
import io.github.sealwatcher.watch.Step;
import io.github.sealwatcher.watch.Watch;
import io.github.sealwatcher.watch.checkpoint.Checkpoint;
import io.github.sealwatcher.watch.checkpoint.Checkpoint.Snapshot;
import io.github.sealwatcher.watch.checkpoint.DedupWindow;
import io.github.sealwatcher.watch.checkpoint.Portfolio;
import io.github.sealwatcher.watch.state.ClockReading;
import io.github.sealwatcher.watch.state.Now;
import io.github.sealwatcher.watch.state.State;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.source.SourceRecord;
import org.junit.jupiter.api.Test;

/** What a filter does to the records of a task that resumes: the core and the records together, through a stored offset. */
class FilterTrailTest {

    private static final long SECOND_NS = 1_000_000_000L;
    private static final long LIFE_NS = NOW_NS - 50 * SECOND_NS;
    private static final Container WEB =
            new Container(ID, "web", "nginx", "f".repeat(64), Map.of(), false, false, Map.of(), DetailSource.INSPECT);
    private static final Container INFRA = new Container(
            ID, "abc-infra", "pause", "f".repeat(64), Map.of(), false, true, Map.of(), DetailSource.INSPECT);

    @Test
    void containerThatIsRenamedOutOfTheFilterStillEnds() {
        List<SourceRecord> records = resumed(
                Map.of("containers.name.exclude", "^old-"),
                WEB,
                List.of(),
                event("rename", 20, Map.of("name", "old-web")),
                event("died", 21, Map.of("name", "old-web", "containerExitCode", "0")),
                event("remove", 22, Map.of("name", "old-web")));

        assertThat(types(records)).containsExactly("die");
        assertThat(rowsOf(records)).isEmpty();
    }

    @Test
    void containerThatIsRenamedIntoTheFilterHasNeitherRowNorEnd() {
        List<SourceRecord> records = resumed(
                Map.of("containers.name.include", "^prod-"),
                WEB,
                List.of(),
                event("rename", 20, Map.of("name", "prod-1")),
                event("died", 21, Map.of("name", "prod-1", "containerExitCode", "0")),
                event("remove", 22, Map.of("name", "prod-1")));

        assertThat(types(records)).isEmpty();
        assertThat(rowsOf(records)).isEmpty();
    }

    @Test
    void infraContainerThatEndedMeanwhileIsStillHidden() {
        List<SourceRecord> records = resumed(
                Map.of("containers.infra.include", "false"),
                INFRA,
                List.of(),
                event("died", 20, Map.of("name", "abc-infra", "containerExitCode", "0")),
                event("remove", 21, Map.of("name", "abc-infra")));

        assertThat(types(records)).isEmpty();
    }

    @Test
    void vanishedHiddenContainerStaysHidden() {
        assertThat(types(resumed(Map.of("containers.name.exclude", "web"), WEB, List.of())))
                .isEmpty();
    }

    @Test
    void vanishedVisibleContainerEnds() {
        assertThat(types(resumed(Map.of(), WEB, List.of()))).containsExactly("die");
    }

    @Test
    void narrowerFilterEndsNewlyHiddenContainers() {
        Map<String, String> narrower = Map.of("containers.name.exclude", "^web");

        List<SourceRecord> records = records(narrower, stored(ContainerFilter.all(), WEB), List.of(alive(WEB)));

        assertThat(types(records)).containsExactly("die");
        assertThat(rowsOf(records)).isEmpty();
    }

    @Test
    void widerFilterStartsNewlyVisibleContainers() {
        ContainerFilter before = filter(Map.of("containers.name.exclude", "^web"));

        List<SourceRecord> records = records(Map.of(), stored(before, WEB), List.of(alive(WEB)));

        assertThat(types(records)).containsExactly("start");
        assertThat(rowsOf(records)).containsExactly(ID.value());
    }

    private static List<SourceRecord> resumed(
            Map<String, String> properties, Container known, List<ObservedContainer> listed, EngineEvent... history) {
        return records(properties, stored(filter(properties), known), listed, history);
    }

    /** The offset of a run that knew one alive container, and chose by a filter whether to report it. */
    private static Map<String, Object> stored(ContainerFilter filter, Container container) {
        LiveContainer alive = new LiveContainer(container, Life.exact(LIFE_NS, 815), Status.RUNNING, LIFE_NS, null);
        Portfolio known = Portfolio.empty().plus(alive).hiding(ID, !filter.accepts(container));
        Checkpoint checkpoint = new Checkpoint(
                new Checkpoint.ReadPosition(NOW_NS, null, null, DedupWindow.from(NOW_NS - 100 * SECOND_NS)),
                known,
                new Checkpoint.Coverage(
                        Snapshot.DONE, null, 0, Checkpoint.startingAt(0).unconfirmed()),
                filter.fingerprint(),
                null);
        return Offsets.encode(checkpoint, 10 * SECOND_NS, OffsetNotes.NONE);
    }

    /** What a task says that resumes 50 s later, until two rounds are done. */
    private static List<SourceRecord> records(
            Map<String, String> properties,
            Map<String, Object> stored,
            List<ObservedContainer> listed,
            EngineEvent... history) {
        Map<String, String> all = new HashMap<>(properties);
        all.put("podman.hosts", "edge-1=unix:///x");
        all.put("inspect.enabled", "false");
        PodmanConfig config = Samples.config(all);
        HostConfig host = config.hosts().get(0);
        Watch watch = new Watch(host.options(config.topics(), 7));
        BatchMapper mapper = new BatchMapper(
                List.of(new HostOffsetContext(host, OffsetNotes.NONE, stored)),
                new RecordMapper(config.topics(), new RecordTimes(() -> NOW_NS / 1_000_000)));

        List<SourceRecord> records = new ArrayList<>();
        State state = watch.begin(Offsets.decode(stored), now(0));
        for (int second = 0; second < 150; second++) {
            Deque<Input> inputs = new ArrayDeque<>(List.of(new Input.Tick()));
            while (!inputs.isEmpty()) {
                Step step = watch.step(state, inputs.removeFirst(), now(second));
                state = step.state();
                for (Output output : step.outputs()) {
                    if (output instanceof Output.Emit emit) {
                        records.addAll(mapper.map(List.of(HostEmission.of(Samples.EDGE, emit.emission()))));
                    }
                    answer(output, second, listed, List.of(history), inputs);
                }
            }
        }
        return records;
    }

    private static void answer(
            Output output, int second, List<ObservedContainer> listed, List<EngineEvent> history, Deque<Input> inputs) {
        ClockReading clock = new ClockReading(
                now(second).wallNs(), now(second).monotonicNs(), now(second).monotonicNs());
        if (output instanceof Output.Connect connect) {
            inputs.add(new Input.Connected(connect.epoch(), Samples.ENGINE, clock));
        } else if (output instanceof Output.ListAll list) {
            inputs.add(new Input.Listed(list.epoch(), clock, listed));
        } else if (output instanceof Output.Replay replay) {
            history.stream()
                    .filter(event -> event.timeNs() > replay.sinceNs())
                    .forEach(event -> inputs.add(new Input.EventReplayed(replay.epoch(), event)));
            inputs.add(new Input.ReplayEnded(replay.epoch()));
        } else if (output instanceof Output.Lookup lookup) {
            inputs.add(new Input.ContainerFound(lookup.epoch(), lookup.ticket(), lookup.id(), null));
        } else if (output instanceof Output.Ping ping) {
            inputs.add(new Input.Pinged(ping.epoch(), true, clock));
        }
    }

    private static Now now(int second) {
        return new Now(NOW_NS + (50 + second) * SECOND_NS, second * SECOND_NS);
    }

    private static EngineEvent event(String action, int second, Map<String, String> attributes) {
        Map<String, String> all = new HashMap<>(attributes);
        all.put("image", "nginx");
        return EngineEvent.of("container", action, ID.value(), all, NOW_NS + second * SECOND_NS);
    }

    private static ObservedContainer alive(Container container) {
        return new ObservedContainer(
                container, null, new RunState.Live(Life.withinSecond(LIFE_NS / SECOND_NS, 815), Status.RUNNING, null));
    }

    private static ContainerFilter filter(Map<String, String> properties) {
        return Samples.config(properties).hosts().get(0).filter();
    }

    private static List<String> types(List<SourceRecord> records) {
        return records.stream()
                .filter(record -> record.topic().equals("podman.container.events"))
                .map(record -> ((Struct) record.value()).getString("type"))
                .toList();
    }

    /** What is in the state topic in the end. */
    private static Set<String> rowsOf(List<SourceRecord> records) {
        Set<String> rows = new HashSet<>();
        for (SourceRecord record : records) {
            if (record.topic().equals("podman.container.state")) {
                String id = ((Struct) record.key()).getString("container_id");
                boolean ignored = record.value() == null ? rows.remove(id) : rows.add(id);
            }
        }
        return rows;
    }
}
