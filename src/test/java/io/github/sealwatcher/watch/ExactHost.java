package io.github.sealwatcher.watch;

import io.github.sealwatcher.model.Container;
import io.github.sealwatcher.model.ContainerChange;
import io.github.sealwatcher.model.ContainerFilter;
import io.github.sealwatcher.model.ContainerId;
import io.github.sealwatcher.model.DetailSource;
import io.github.sealwatcher.model.EngineEvent;
import io.github.sealwatcher.model.EngineIdentity;
import io.github.sealwatcher.model.HostChange;
import io.github.sealwatcher.model.Life;
import io.github.sealwatcher.model.ObservedContainer;
import io.github.sealwatcher.model.PodRef;
import io.github.sealwatcher.model.RunState;
import io.github.sealwatcher.model.Status;
import io.github.sealwatcher.watch.checkpoint.Checkpoint;
import io.github.sealwatcher.watch.state.ClockReading;
import io.github.sealwatcher.watch.state.Now;
import io.github.sealwatcher.watch.state.State;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A host that answers everything at once and truthfully, and whose log is a list of events that a test changes. */
public final class ExactHost {

    public static final long S = 1_000_000_000L;
    public static final long BEGIN = 1_795_000_000L * S;

    final Watch watch;
    final Options options;
    final List<EngineEvent> log = new ArrayList<>();
    final Map<ContainerId, ObservedContainer> real = new HashMap<>();
    final Map<ContainerId, ObservedContainer> inspected = new HashMap<>();
    final List<ContainerChange> changes = new ArrayList<>();
    final List<HostChange> host = new ArrayList<>();
    final Deque<Input> in = new ArrayDeque<>();
    double ours; // our wall clock, seconds after BEGIN
    double ticks; // monotonic
    State state;
    Checkpoint stored;
    String version = "5.4.2";
    boolean breakReplay; // the connection breaks within a re-read
    Input.Loss breaksBy = Input.Loss.BROKEN;
    int breaksAfter; // so many events
    boolean noLog; // the engine keeps no event log
    final Map<String, String> podNames = new HashMap<>();
    final List<Output> outputs = new ArrayList<>(); // all that was asked for and reported
    boolean following;
    long followSince;
    long wake = Long.MAX_VALUE;
    int asked;

    ExactHost(Options options, @Nullable Checkpoint stored) {
        this.options = options;
        this.watch = new Watch(options);
        this.stored = stored;
        begin();
    }

    void begin() {
        following = false;
        state = watch.begin(stored, now());
        handle(new Input.Tick());
    }

    double behind;

    ClockReading reading() {
        long hostNs = BEGIN + Math.round((ticks - behind) * S);
        return new ClockReading(Math.floorDiv(hostNs, S) * S, now().monotonicNs(), now().monotonicNs());
    }

    Now now() {
        return new Now(BEGIN + Math.round(ours * S), Math.round(ticks * S));
    }

    void pass(double seconds) {
        double until = ticks + seconds;
        while (wake <= Math.round(until * S)) {
            double step = Math.max(0, wake / (double) S - ticks) + 1e-6;
            ours += step;
            ticks += step;
            wake = Long.MAX_VALUE;
            handle(new Input.Tick());
        }
        ours += Math.max(0, until - ticks);
        ticks = Math.max(until, ticks);
    }

    void write(EngineEvent event) {
        log.add(event);
        if (following && event.timeNs() > followSince) {
            handle(new Input.EventReceived(state.epoch(), event));
        }
    }

    void lose(Input.Loss loss) {
        following = false;
        handle(new Input.Lost(state.epoch(), loss, "test"));
    }

    void handle(Input input) {
        in.add(input);
        for (Input next = in.poll(); next != null; next = in.poll()) {
            Step step = watch.step(state, next, now());
            state = step.state();
            for (Output output : step.outputs()) {
                perform(output);
            }
            wake = Math.min(wake, step.wakeAtTicks());
        }
    }

    void perform(Output o) {
        outputs.add(o);
        if (o instanceof Output.Connect c) {
            in.add(new Input.Connected(c.epoch(), new EngineIdentity(version, null, "unix:///x", null), reading()));
        } else if (o instanceof Output.ListAll l) {
            in.add(new Input.Listed(l.epoch(), reading(), List.copyOf(real.values())));
        } else if (o instanceof Output.Replay r) {
            if (noLog) {
                in.add(new Input.Lost(r.epoch(), Input.Loss.NO_EVENT_LOG, "there is no event log"));
                return;
            }
            log.stream()
                    .filter(e -> e.timeNs() > r.sinceNs())
                    .limit(breakReplay ? breaksAfter : Long.MAX_VALUE)
                    .forEach(e -> in.add(new Input.EventReplayed(r.epoch(), e)));
            in.add(
                    breakReplay
                            ? new Input.Lost(r.epoch(), breaksBy, "cut while history was read")
                            : new Input.ReplayEnded(r.epoch()));
        } else if (o instanceof Output.Follow f) {
            following = true;
            followSince = f.sinceNs();
            for (EngineEvent e : log) {
                if (e.timeNs() > f.sinceNs()) {
                    in.add(new Input.EventReceived(f.epoch(), e));
                }
            }
        } else if (o instanceof Output.FollowNew) {
            following = true;
            followSince = Long.MIN_VALUE;
        } else if (o instanceof Output.Disconnect) {
            following = false;
        } else if (o instanceof Output.Lookup u) {
            asked++;
            ObservedContainer found =
                    u.inspected() ? inspected.getOrDefault(u.id(), real.get(u.id())) : real.get(u.id());
            in.add(new Input.ContainerFound(u.epoch(), u.ticket(), u.id(), found));
        } else if (o instanceof Output.LookupPod u) {
            String name = podNames.get(u.podId());
            in.add(new Input.PodFound(u.epoch(), u.ticket(), name == null ? null : new PodRef(u.podId(), name)));
        } else if (o instanceof Output.Ping p) {
            in.add(new Input.Pinged(p.epoch(), true, reading()));
        } else if (o instanceof Output.Emit e) {
            stored = e.emission().checkpoint();
            for (HostChange h : e.emission().hostChanges()) {
                host.add(h);
            }
            for (ContainerChange c : e.emission().changes()) {
                changes.add(c);
            }
        }
    }

    /** The process stops, and the next one begins at that time, on this host's clock and on the worker's. */
    void restartAt(double seconds) {
        wake = Long.MAX_VALUE;
        ours = seconds;
        ticks = seconds;
        begin();
    }

    /** The windows of the gaps reported, in seconds after the begin, to the tenth. */
    List<String> windows() {
        return host.stream()
                .filter(h -> h.type() == HostChange.Type.HISTORY_GAP)
                .map(h -> seconds(h.gap().fromNs()) + " to " + seconds(h.gap().toNs()))
                .toList();
    }

    static String seconds(long timeNs) {
        return String.format(java.util.Locale.ROOT, "%.1f", (timeNs - BEGIN) / (double) S);
    }

    long gaps() {
        return host.stream()
                .filter(h -> h.type() == HostChange.Type.HISTORY_GAP)
                .count();
    }

    long count(int number, ContainerChange.Kind kind) {
        return changes.stream()
                .filter(c -> c.container().id().equals(id(number)) && c.kind() == kind)
                .count();
    }

    static Options options(Set<String> actions, Options.SnapshotMode mode) {
        return new Options(
                10 * S,
                60 * S,
                Options.DEFAULT_SETTLE_NS,
                10 * S,
                30 * S,
                new Backoff(S / 2, 30 * S, -1),
                mode,
                Options.OnGap.RECONCILE,
                true,
                new Options.Actions(false, actions),
                ContainerFilter.all(),
                7);
    }

    static Options options() {
        return options(Set.of(), Options.SnapshotMode.INITIAL);
    }

    public static ContainerId id(int number) {
        return new ContainerId(String.format("%064x", number));
    }

    public static long at(double seconds) {
        return BEGIN + Math.round(seconds * S);
    }

    public static EngineEvent ev(String action, int number, double seconds, String... more) {
        Map<String, String> attributes = new HashMap<>(Map.of("name", "c" + number, "image", "i", "podId", ""));
        for (int i = 0; i < more.length; i += 2) {
            attributes.put(more[i], more[i + 1]);
        }
        return EngineEvent.of("container", action, id(number).value(), attributes, at(seconds));
    }

    public static EngineEvent cut(String which, double seconds) {
        return EngineEvent.of("system", "log-rotation", "", Map.of("io.podman.event.rotate", which), at(seconds));
    }

    public static ObservedContainer alive(int number, double since, int pid) {
        return new ObservedContainer(
                described(number),
                null,
                new RunState.Live(Life.withinSecond(Math.floorDiv(at(since), S), pid), Status.RUNNING));
    }

    public static ObservedContainer aliveExactly(int number, double since, int pid) {
        return new ObservedContainer(
                described(number), null, new RunState.Live(Life.exact(at(since), pid), Status.RUNNING));
    }

    public static ObservedContainer ended(int number, double from, double to) {
        return new ObservedContainer(
                described(number),
                null,
                new RunState.Ended(Math.floorDiv(at(from), S) * S, Math.floorDiv(at(to), S) * S, 0));
    }

    public static Container described(int number) {
        return new Container(
                id(number),
                "c" + number,
                "i",
                "sha",
                Map.of("true", "label"),
                Boolean.FALSE,
                false,
                Map.of(),
                DetailSource.INSPECT);
    }
}
