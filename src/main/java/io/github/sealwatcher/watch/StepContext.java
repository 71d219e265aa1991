package io.github.sealwatcher.watch;

import io.github.sealwatcher.model.ContainerChange;
import io.github.sealwatcher.model.ContainerId;
import io.github.sealwatcher.model.EngineEvent;
import io.github.sealwatcher.model.EngineIdentity;
import io.github.sealwatcher.model.EventId;
import io.github.sealwatcher.model.HostChange;
import io.github.sealwatcher.model.LiveContainer;
import io.github.sealwatcher.model.ObservedContainer;
import io.github.sealwatcher.model.Occurrence;
import io.github.sealwatcher.model.Origin;
import io.github.sealwatcher.model.RunState;
import io.github.sealwatcher.watch.checkpoint.Checkpoint;
import io.github.sealwatcher.watch.state.Connection;
import io.github.sealwatcher.watch.state.ContainerCache;
import io.github.sealwatcher.watch.state.ContainerList;
import io.github.sealwatcher.watch.state.EventLogStatus;
import io.github.sealwatcher.watch.state.EventQueue;
import io.github.sealwatcher.watch.state.HostClock;
import io.github.sealwatcher.watch.state.Now;
import io.github.sealwatcher.watch.state.QueueItem;
import io.github.sealwatcher.watch.state.State;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The working copy of one step: the parts of the state that change, and what is to be done. It lives for one step only,
 * so that the core stays a function.
 */
final class StepContext {

    private static final long MILLISECOND_NS = 1_000_000L;

    final Options options;
    final Now now;
    long epoch;
    Connection connection;

    Checkpoint checkpoint;

    ContainerCache cache;
    EventQueue queue;
    /** A new event, if the queue is empty and nothing has to be asked for it: it is applied at the end of this step. */
    QueueItem.@Nullable Event next;

    State.ConnectionStatus status;
    EventLogStatus eventLog;
    boolean resyncRequested;
    HostClock clock;
    boolean logOrder;
    /** Whether what is applied was read from the begin of a log that cannot be read to its end: in its order, and all of it. */
    boolean readInOrder;

    State.@Nullable ReadUntil readUntil;
    long clockSetBackNs;
    final long beganTicks;
    private final long resumedNs;

    private long tickets;
    private final List<Output> outputs = new ArrayList<>();

    StepContext(Options options, State state, Now now) {
        this.options = options;
        this.now = now;
        epoch = state.epoch();
        connection = state.connection();
        checkpoint = state.checkpoint();
        cache = state.cache();
        queue = state.queue();
        status = state.status();
        eventLog = state.plan().eventLog().at(now.monotonicNs());
        resyncRequested = state.plan().resyncRequested();
        logOrder = state.plan().logOrder();
        readUntil = state.plan().readUntil();
        clock = state.hostTime().clock();
        clockSetBackNs = checkpoint.read().setBackNs();
        beganTicks = state.hostTime().beganTicks();
        resumedNs = state.hostTime().resumedNs();
        tickets = state.tickets();
    }

    Step end() {
        State state = new State(
                epoch,
                connection,
                checkpoint,
                cache,
                queue,
                tickets,
                status,
                new State.ReplayPlan(eventLog, logOrder, resyncRequested, readUntil),
                new State.HostTime(clock, beganTicks, resumedNs));
        return new Step(state, outputs, Deadlines.next(state, options));
    }

    /** Other bits for each host and each moment. */
    long jitterBits() {
        return options.jitterSeed() + epoch + now.monotonicNs();
    }

    void request(Output output) {
        outputs.add(output);
    }

    /** Requests what only an inspect shows of a container, in the background; nothing waits for the answer. */
    void lookUpLater(ContainerId id) {
        outputs.add(new Output.Lookup(epoch, QueueItem.NO_TICKET, id, false, true));
    }

    /** Requests the name of a pod; the ticket identifies the answer. */
    long lookUpPod(String podId) {
        long ticket = ++tickets;
        outputs.add(new Output.LookupPod(epoch, ticket, podId));
        return ticket;
    }

    /** Requests one container; the ticket identifies the answer. */
    long lookUp(ContainerId id, boolean listed, boolean inspected) {
        long ticket = ++tickets;
        outputs.add(new Output.Lookup(epoch, ticket, id, listed, inspected));
        return ticket;
    }

    /**
     * Has one more event applied. One that seems to be yet to come is from before the host's clock was set back, and one
     * that the stream brings while the log cannot be read has others before it that are still to be read: neither shows how
     * far the log was read.
     */
    void applied(EngineEvent event, boolean repeatable) {
        boolean future = event.timeNs() > hostLatestNs() + options.overlapNs() / 2;
        // Once the clock was set back, what is missing behind it can be stamped earlier.
        boolean moves = !future && (!eventLog.isBlind() || (readInOrder && clockSetBackNs == 0));
        checkpoint = checkpoint.withApplied(event, repeatable, moves, hostEarliestNs() + GapDetector.LATE_NS);
    }

    /** Notes, for the next process too, that the host's clock was set back by so much since the last complete replay. */
    void setBackBy(long byNs) {
        clockSetBackNs = byNs;
        checkpoint = checkpoint.withSetBack(byNs);
    }

    /** The earliest that the host's clock can show now. As long as it is unknown, the worker's is used. */
    long hostEarliestNs() {
        return clock.isKnown() ? clock.earliestNs(now.monotonicNs()) : now.wallNs();
    }

    /** The latest that the host's clock can show now. */
    long hostLatestNs() {
        return clock.isKnown() ? clock.latestNs(now.monotonicNs()) : now.wallNs();
    }

    /**
     * The time on the host, as well as it is known: to a part of a second. Within that the worker's clock may be right, as
     * most hosts keep the same time. Nothing that must be true depends on it.
     */
    long hostNowNs() {
        long earliestNs = hostEarliestNs();
        long latestNs = hostLatestNs();
        boolean same = now.wallNs() >= earliestNs && now.wallNs() <= latestNs;
        return same ? now.wallNs() : earliestNs + (latestNs - earliestNs) / 2;
    }

    /** The earliest that the host's clock can have shown at {@code ticks}. */
    long hostEarliestNs(long ticks) {
        return clock.isKnown() ? clock.earliestNs(ticks) : now.wallNs() - (now.monotonicNs() - ticks);
    }

    /**
     * Until when what is known surely agreed with what was. An earlier process may have stopped before the second list that
     * believes what the first one shows.
     */
    long agreedNs() {
        long agreedNs = cache.agreedNs();
        return agreedNs == Long.MIN_VALUE
                ? checkpoint.positionNs() - 2 * options.resyncNs()
                : Math.min(agreedNs, checkpoint.positionNs());
    }

    /** What an event of Podman's reports. */
    Occurrence occurrence(EngineEvent event, String what) {
        boolean own = what.equals(event.action());
        EventId eventId = own ? event.id() : EventId.derived(what, event.id());
        boolean live = connection instanceof Connection.Connected connected && event.timeNs() >= connected.sinceNs();
        return new Occurrence(eventId, event.timeNs(), live ? Origin.LIVE : Origin.REPLAY, event.action());
    }

    void emit(ContainerChange... changes) {
        emit(List.of(), List.of(changes));
    }

    /**
     * What is inferred has no time of its own: it is not dated before what was reported of the same container, unless the event
     * that shows it is.
     */
    private ContainerChange inOrder(ContainerChange change, long eventNs) {
        Occurrence occurrence = change.occurrence();
        ContainerId id = change.container().id();
        long lastNs = isInferred(change) ? Math.min(cache.changedNs(id), eventNs) : Long.MIN_VALUE;
        ContainerChange placed = lastNs > occurrence.timeNs() ? change.at(occurrence.at(lastNs)) : change;
        cache = cache.changed(id, placed.timeNs());
        return placed;
    }

    private static boolean isInferred(ContainerChange change) {
        Origin origin = change.occurrence().origin();
        return origin == Origin.RECONCILED || origin == Origin.SNAPSHOT;
    }

    /**
     * When a start was that a list or an inspect shows: not before what an earlier process reported, for of the container itself
     * nothing is left of that. It can have reported its end, if the container was restored since, or is back with its host.
     *
     * @param byNs it was not later than this
     */
    long shownStartNs(ContainerId id, long startedAtNs, long byNs) {
        return cache.changedNs(id) == Long.MIN_VALUE ? Math.max(startedAtNs, Math.min(resumedNs, byNs)) : startedAtNs;
    }

    /** Not before the end of the life before: what is back with its host shows the start that it had. */
    long behindEnd(ContainerId id, long timeNs) {
        Long endedNs = cache.endedAtNs(id);
        return endedNs == null ? timeNs : Math.max(timeNs, endedNs);
    }

    /** Since when it is as it is known to be: an offset rounds that down to the millisecond. */
    long sinceNs(LiveContainer known) {
        long sinceNs = known.sinceNs();
        boolean rounded = sinceNs % MILLISECOND_NS == 0 && cache.changedNs(known.id()) == Long.MIN_VALUE;
        return rounded ? Math.max(sinceNs, Math.min(resumedNs, sinceNs + MILLISECOND_NS - 1)) : sinceNs;
    }

    void emit(HostChange change) {
        emit(List.of(change), List.of());
    }

    /**
     * Has the rows removed that an earlier trail may have left of these containers, except for those that are alive and
     * accepted by the filter.
     */
    void emitAbsent(Set<ContainerId> ended, ContainerList listing) {
        Set<ContainerId> absent = new HashSet<>(ended);
        for (ObservedContainer listed : listing.all()) {
            if (listed.state() instanceof RunState.Live && options.filter().accepts(listed.container())) {
                absent.remove(listed.id());
            }
        }
        emitAbsent(absent);
    }

    /** Has the rows removed that an earlier trail may have left of these containers, except for those that this one reports. */
    void emitAbsent(Set<ContainerId> unreported) {
        Set<ContainerId> absent = new HashSet<>(unreported);
        absent.removeAll(checkpoint.portfolio().visible().alive().keySet());
        if (!absent.isEmpty()) {
            EngineIdentity engine = connection instanceof Connection.Connected connected ? connected.engine() : null;
            outputs.add(new Output.Emit(new Emission(engine, List.of(), List.of(), absent, now.wallNs(), checkpoint)));
            status = status.emitted(now.monotonicNs());
        }
    }

    void emit(List<HostChange> hostChanges, List<ContainerChange> found) {
        long eventNs = Long.MAX_VALUE;
        for (ContainerChange change : found) {
            eventNs = isInferred(change) ? eventNs : Math.min(eventNs, change.timeNs());
        }
        List<ContainerChange> changes = new ArrayList<>(found.size());
        for (ContainerChange change : found) {
            ContainerChange placed = inOrder(change, eventNs);
            checkpoint = isInferred(placed) ? checkpoint.withInferred(placed.timeNs()) : checkpoint;
            changes.add(placed);
        }
        EngineIdentity engine = connection instanceof Connection.Connected connected ? connected.engine() : null;
        outputs.add(new Output.Emit(new Emission(engine, hostChanges, changes, now.wallNs(), checkpoint)));
        status = status.emitted(now.monotonicNs());
    }
}
