package io.github.sealwatcher.watch;

import static io.github.sealwatcher.watch.ExactHost.S;
import static io.github.sealwatcher.watch.ExactHost.at;

import io.github.sealwatcher.model.ContainerFilter;
import io.github.sealwatcher.model.EngineEvent;
import io.github.sealwatcher.model.EngineIdentity;
import io.github.sealwatcher.model.ObservedContainer;
import io.github.sealwatcher.watch.checkpoint.Checkpoint;
import io.github.sealwatcher.watch.checkpoint.Portfolio;
import io.github.sealwatcher.watch.state.CollectedEvents;
import io.github.sealwatcher.watch.state.Connection;
import io.github.sealwatcher.watch.state.ContainerCache;
import io.github.sealwatcher.watch.state.ContainerList;
import io.github.sealwatcher.watch.state.EventLogStatus;
import io.github.sealwatcher.watch.state.EventQueue;
import io.github.sealwatcher.watch.state.HostClock;
import io.github.sealwatcher.watch.state.Now;
import io.github.sealwatcher.watch.state.Replay;
import io.github.sealwatcher.watch.state.ResyncPhase;
import io.github.sealwatcher.watch.state.State;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.pcollections.TreePVector;

/**
 * Builds the working copy of a step: of a host that is connected since a minute, at 100 s by both clocks, unless told
 * otherwise.
 */
final class StepContextBuilder {

    static final EngineIdentity ENGINE = new EngineIdentity("5.4.2", null, "unix:///x", null);

    Options options = ExactHost.options();
    Checkpoint checkpoint =
            Checkpoint.startingAt(at(0)).with(Checkpoint.Snapshot.DONE).withFilter(0);
    Connection connection = connected(new ResyncPhase.Idle(Long.MAX_VALUE));
    ContainerCache cache = ContainerCache.EMPTY;
    EventQueue queue = EventQueue.NONE;
    EventLogStatus eventLog = EventLogStatus.READABLE;
    HostClock clock = new HostClock(Long.MIN_VALUE, Long.MAX_VALUE, 0, 0);
    Now now = new Now(at(100), 100 * S);
    boolean logOrder;
    boolean resyncRequested;
    long beganTicks;

    StepContext build() {
        State initial = State.initial(checkpoint, now);
        return new StepContext(
                options,
                new State(
                        1,
                        connection,
                        checkpoint,
                        cache,
                        queue,
                        0,
                        initial.status(),
                        new State.ReplayPlan(eventLog, logOrder, resyncRequested, null),
                        new State.HostTime(clock, beganTicks, Long.MIN_VALUE)),
                now);
    }

    /** The host's clock shows something between these times now. */
    StepContextBuilder hostTime(long earliestNs, long latestNs) {
        long ticks = now.monotonicNs();
        clock = new HostClock(earliestNs - ticks, latestNs - ticks, ticks, 0);
        return this;
    }

    /** The event log could not be read once, which leaves open whether it can. */
    StepContextBuilder unreadable() {
        eventLog = EventLogStatus.READABLE.failed(null, true, now.monotonicNs());
        return this;
    }

    StepContextBuilder listed(double seconds, ObservedContainer... shown) {
        cache = cache.listed(
                new ContainerList(at(seconds), List.of(shown)), Portfolio.empty(), Long.MIN_VALUE, now.monotonicNs());
        return this;
    }

    /** With this filter. */
    StepContextBuilder filter(ContainerFilter filter) {
        options = new Options(
                options.overlapNs(),
                options.resyncNs(),
                options.settleNs(),
                options.pingNs(),
                options.heartbeatNs(),
                options.backoff(),
                options.snapshot(),
                options.onGap(),
                options.inspect(),
                options.actions(),
                filter,
                options.jitterSeed());
        return this;
    }

    static Connection.Connected connected(ResyncPhase phase) {
        return connected(phase, Connection.Stream.WITH_PAST);
    }

    static Connection.Connected connected(ResyncPhase phase, Connection.Stream stream) {
        return new Connection.Connected(
                ENGINE, at(40), 40 * S, false, 0, stream, true, phase, new Connection.PingState(0, Long.MAX_VALUE));
    }

    /** The log is replayed after a list that was asked for then. */
    static ResyncPhase.Replaying replaying(Checkpoint known, long askedAtNs, @Nullable CollectedEvents collected) {
        return new ResyncPhase.Replaying(
                new ContainerList(askedAtNs, List.of()),
                new ResyncPhase.Returned(
                        Replay.of(known, known.newestEvent()), TreePVector.empty(), collected, null, 0),
                ResyncPhase.Outdated.NONE,
                Set.of(),
                false);
    }

    static EngineEvent event(String type, String action, String actor, double seconds) {
        return EngineEvent.of(type, action, actor, java.util.Map.of(), at(seconds));
    }
}
