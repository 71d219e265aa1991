package io.github.sealwatcher.bench;

import io.github.sealwatcher.connect.Samples;
import io.github.sealwatcher.connect.config.PodmanConfig;
import io.github.sealwatcher.connect.offset.OffsetNotes;
import io.github.sealwatcher.connect.offset.Offsets;
import io.github.sealwatcher.connect.offset.PortfolioEncoder;
import io.github.sealwatcher.connect.record.BatchMapper;
import io.github.sealwatcher.connect.record.RecordMapper;
import io.github.sealwatcher.connect.record.RecordTimes;
import io.github.sealwatcher.engine.podman.EventBytes;
import io.github.sealwatcher.host.HostEmission;
import io.github.sealwatcher.model.ContainerFilter;
import io.github.sealwatcher.model.EngineEvent;
import io.github.sealwatcher.model.HostName;
import io.github.sealwatcher.watch.Backoff;
import io.github.sealwatcher.watch.Input;
import io.github.sealwatcher.watch.Options;
import io.github.sealwatcher.watch.Output;
import io.github.sealwatcher.watch.Step;
import io.github.sealwatcher.watch.Watch;
import io.github.sealwatcher.watch.checkpoint.Checkpoint;
import io.github.sealwatcher.watch.state.Now;
import io.github.sealwatcher.watch.state.State;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.kafka.connect.source.SourceRecord;

/**
 * Takes the bytes of one event stream to records, on one thread: decoder, core and mapper as the connector uses them, in
 * batches, and each stage measured.
 */
public final class Pipeline {

    /** As many events as a host's core is given at once, and about the records of one poll. */
    private static final int BATCH = 2048;

    private static final long OVERLAP_NS = 10_000_000_000L;
    /** As by default. */
    private static final Options OPTIONS = new Options(
            OVERLAP_NS,
            60_000_000_000L,
            Options.DEFAULT_SETTLE_NS,
            10_000_000_000L,
            30_000_000_000L,
            Backoff.forever(),
            Options.SnapshotMode.INITIAL,
            Options.OnGap.RECONCILE,
            true,
            Options.Actions.none(),
            ContainerFilter.all(),
            7);

    private static final long HOUR_NS = 3_600_000_000_000L;

    final Meter decode = new Meter();
    final Meter core = new Meter();
    final Meter map = new Meter();
    final Meter offset = new Meter();

    private final boolean live;
    private final Watch watch;
    private final HostName host;
    private final BatchMapper mapper;
    private final PortfolioEncoder encoder = new PortfolioEncoder();
    private final Now now;
    private State state;
    private List<HostEmission> emissions = new ArrayList<>();
    private final Consumer<List<SourceRecord>> sink;
    private long records;

    /** @param live whether the events are those of the followed stream; else they are history */
    Pipeline(boolean live) {
        this(live, Workload.BEGIN_NS, Map.of(), records -> {});
    }

    /**
     * @param beginNs the first event's time
     * @param properties of the connector that are added
     * @param sink is given each batch
     */
    public Pipeline(boolean live, long beginNs, Map<String, String> properties, Consumer<List<SourceRecord>> sink) {
        this.now = new Now(beginNs + HOUR_NS, HOUR_NS);
        this.live = live;
        this.sink = sink;
        Map<String, String> all = new HashMap<>(properties);
        all.put("podman.hosts", "edge-1=unix:///run/podman/podman.sock");
        PodmanConfig config = Samples.config(all);
        this.host = config.hosts().get(0).name();
        this.watch = new Watch(OPTIONS);
        this.mapper = new BatchMapper(
                List.of(Samples.trail(config, null)),
                new RecordMapper(config.topics(), new RecordTimes(() -> now.wallNs() / 1_000_000)));
        this.state = watch.begin(Checkpoint.startingAt(beginNs - 1), now);
        step(new Input.Tick());
        step(new Input.Connected(state.epoch(), Samples.ENGINE, null));
        step(new Input.Listed(state.epoch(), null, List.of()));
        if (live) {
            step(new Input.ReplayEnded(state.epoch()));
        }
    }

    /** Takes all of it; the number of records that it led to. */
    public long run(byte[] bytes) {
        var lines = new EventBytes(bytes, OPTIONS::describes);
        List<EngineEvent> events = new ArrayList<>(BATCH);
        do {
            events.clear();
            decode.run(() -> lines.next(BATCH, events));
            core.run(() -> events.forEach(this::take));
            mapAll();
        } while (!events.isEmpty());
        if (!live) {
            core.run(() -> step(new Input.ReplayEnded(state.epoch())));
            mapAll();
        }
        return records;
    }

    private void take(EngineEvent event) {
        step(live ? new Input.EventReceived(state.epoch(), event) : new Input.EventReplayed(state.epoch(), event));
    }

    private void step(Input input) {
        Step step = watch.step(state, input, now);
        state = step.state();
        for (Output output : step.outputs()) {
            if (output instanceof Output.Emit emit) {
                emissions.add(HostEmission.of(host, emit.emission()));
            } else if (output instanceof Output.Lookup lookup) {
                // It is gone again, as most short lives are by the time they are asked for.
                step(new Input.ContainerFound(state.epoch(), lookup.ticket(), lookup.id(), null));
            }
        }
    }

    private void mapAll() {
        for (int from = 0; from < emissions.size(); from += BATCH) {
            List<HostEmission> batch = emissions.subList(from, Math.min(emissions.size(), from + BATCH));
            map.run(() -> {
                List<SourceRecord> mapped = mapper.map(batch);
                records += mapped.size();
                sink.accept(mapped);
            });
            // The same once more, to tell how much of the mapping it was.
            Checkpoint last = batch.get(batch.size() - 1).emission().checkpoint();
            offset.run(() -> Offsets.encode(last, OVERLAP_NS, OffsetNotes.NONE, encoder));
        }
        emissions = new ArrayList<>();
    }
}
