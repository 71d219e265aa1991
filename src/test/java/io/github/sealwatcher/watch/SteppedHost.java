package io.github.sealwatcher.watch;

import static io.github.sealwatcher.watch.ExactHost.BEGIN;
import static io.github.sealwatcher.watch.ExactHost.S;

import io.github.sealwatcher.model.ContainerChange;
import io.github.sealwatcher.model.HostChange;
import io.github.sealwatcher.watch.checkpoint.Checkpoint;
import io.github.sealwatcher.watch.state.ClockReading;
import io.github.sealwatcher.watch.state.Connection;
import io.github.sealwatcher.watch.state.Now;
import io.github.sealwatcher.watch.state.State;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A host that answers only what a test makes it answer. The worker's monotonic clock shows a thousand seconds at its
 * begin.
 */
final class SteppedHost {

    final List<Output> asked = new ArrayList<>();
    final List<HostChange> said = new ArrayList<>();
    final List<ContainerChange> changes = new ArrayList<>();
    int emissions;
    long ticks = 1000 * S;
    long wakeAt;
    State state;
    private final Watch watch;

    SteppedHost(Options options, @Nullable Checkpoint stored) {
        watch = new Watch(options);
        state = watch.begin(stored, now());
    }

    Now now() {
        return new Now(BEGIN + ticks, ticks);
    }

    /** A second in which the host's clock showed what the worker's does, less so much. */
    ClockReading reading(long behindNs) {
        return new ClockReading(Math.floorDiv(BEGIN + ticks - behindNs, S) * S, ticks, ticks);
    }

    void input(Input input) {
        Step step = watch.step(state, input, now());
        state = step.state();
        wakeAt = step.wakeAtTicks();
        for (Output output : step.outputs()) {
            if (output instanceof Output.Emit emit) {
                emissions++;
                said.addAll(emit.emission().hostChanges());
                changes.addAll(emit.emission().changes());
            } else {
                asked.add(output);
            }
        }
    }

    void tick() {
        input(new Input.Tick());
    }

    /** Lets time pass until something is due. */
    void wake() {
        ticks = Math.max(ticks, wakeAt);
        tick();
    }

    /** The first try is answered. */
    void connect(@Nullable ClockReading reading) {
        tick();
        while (!(state.connection() instanceof Connection.Connecting)) {
            wake();
        }
        input(new Input.Connected(state.epoch(), StepContextBuilder.ENGINE, reading));
    }

    void list() {
        input(new Input.Listed(state.epoch(), null, List.of()));
    }

    void replayEnds() {
        input(new Input.ReplayEnded(state.epoch()));
    }

    void lose(Input.Loss loss) {
        input(new Input.Lost(state.epoch(), loss, "lost"));
    }

    void ping(boolean answered, @Nullable ClockReading reading) {
        input(new Input.Pinged(state.epoch(), answered, reading));
    }

    /** An empty host is listed and its empty log read: twice at first, as it may have been longer. */
    void synchronize() {
        connect(null);
        list();
        replayEnds();
        if (!state.isSynchronized()) {
            replayEnds();
        }
    }

    /** What was asked for since the last time. */
    List<String> asked() {
        List<String> names =
                asked.stream().map(output -> output.getClass().getSimpleName()).toList();
        asked.clear();
        return names;
    }

    List<HostChange.Type> said() {
        List<HostChange.Type> types = said.stream().map(HostChange::type).toList();
        said.clear();
        return types;
    }
}
