package io.github.sealwatcher.watch;

import io.github.sealwatcher.model.ContainerId;
import io.github.sealwatcher.model.HostChange;
import io.github.sealwatcher.model.Life;
import io.github.sealwatcher.model.LiveContainer;
import io.github.sealwatcher.model.ObservedContainer;
import io.github.sealwatcher.model.Origin;
import io.github.sealwatcher.model.RunState;
import io.github.sealwatcher.watch.checkpoint.Checkpoint;
import io.github.sealwatcher.watch.checkpoint.EventRef;
import io.github.sealwatcher.watch.checkpoint.Portfolio;
import io.github.sealwatcher.watch.state.ClockReading;
import io.github.sealwatcher.watch.state.CollectedEvents;
import io.github.sealwatcher.watch.state.Connection;
import io.github.sealwatcher.watch.state.ContainerList;
import io.github.sealwatcher.watch.state.Difference;
import io.github.sealwatcher.watch.state.EventLogStatus;
import io.github.sealwatcher.watch.state.QueueItem;
import io.github.sealwatcher.watch.state.Replay;
import io.github.sealwatcher.watch.state.ResyncPhase;
import io.github.sealwatcher.watch.state.State;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.pcollections.HashTreePMap;

/** Runs a resync: list, replay, compare, report, and settle what isn't believed yet. */
final class Resync {

    /**
     * By no more than that a clock is usually off that is set back and forward again between two answers, as by the time of
     * summer: what is stamped so much earlier than what was read is heard, or read where no stream can have brought it.
     */
    private static final long STEP_NS = 3600 * 1_000_000_000L;

    private Resync() {}

    static void tick(StepContext context, Connection.Connected connected) {
        if (connected.resync() instanceof ResyncPhase.Idle idle && idle.dueTicks() <= context.now.monotonicNs()) {
            ResyncRequests.begin(context, false);
        } else if (connected.resync() instanceof ResyncPhase.Settling settling
                && settling.untilTicks() <= context.now.monotonicNs()) {
            ResyncRequests.begin(context, settling.suspects(), false);
        }
    }

    static void listed(StepContext context, Connection.Connected connected, Input.Listed listed) {
        if (!(connected.resync() instanceof ResyncPhase.Listing asked)) {
            return;
        }
        boolean wasDeep = context.logOrder;
        ClockMonitor.read(context, listed.reading());
        if (context.logOrder && !wasDeep) {
            Reconnection.afterClockSetBack(context);
            return;
        }
        ContainerList listing = new ContainerList(askedAtNs(context, listed.reading()), listed.containers());
        Checkpoint known = context.checkpoint;
        AbsentRows.listed(context, listing);
        OutlivedLives.listed(context, asked, listing);
        LookupPolicy.listed(context);
        Portfolio portfolio = known.portfolio();
        for (ObservedContainer shown : context.cache.listed().observed().values()) {
            portfolio = portfolio.describedBy(shown);
        }
        context.checkpoint = context.checkpoint.with(portfolio);
        boolean sameHost = connected.isSameHost(known, listing);
        // The lives of a host that is back are told apart by their places in its log, and no row of it may be left.
        context.logOrder |= !sameHost;
        boolean deep = context.logOrder;
        // What is back with its host is recognized by the order of the log: its clock can have been set since.
        context.logOrder |= connected.stream() == Connection.Stream.NONE
                && listing.all().stream()
                        .anyMatch(shown -> context.cache.isBack(shown.id())
                                && known.portfolio().alive(shown.id()) == null);
        boolean collects =
                context.logOrder || asked.holding() || !context.queue.held().isEmpty();
        context.connection = connected.withResync(new ResyncPhase.Replaying(
                listing,
                ResyncPhase.Returned.nothing(
                        Replay.of(known, newestRead(context)).onSameHost(sameHost), collects),
                asked.outdated(),
                asked.suspects(),
                asked.holding()));
        if (!context.eventLog.isTried()) {
            context.queue = context.queue.plus(new QueueItem.Compare());
        } else {
            boolean skipped = connected.stream() == Connection.Stream.NONE || asked.holding();
            long hostNowNs = context.hostEarliestNs();
            long usualNs = known.replaySinceNs(context.options.overlapNs(), hostNowNs);
            long sinceNs = skipped ? usualNs - STEP_NS : usualNs;
            context.request(
                    new Output.Replay(context.epoch, deep ? LogOrderReplay.sinceNs(usualNs, hostNowNs) : sinceNs));
        }
    }

    /** The newest event that was read: one that waits for a look-up was read, too. */
    private static @Nullable EventRef newestRead(StepContext context) {
        EventRef newest = context.checkpoint.newestEvent();
        if (newest != null && context.eventLog.isReadable()) {
            for (QueueItem item : context.queue.queued()) {
                if (item instanceof QueueItem.Event waiting && waiting.event().timeNs() >= newest.timeNs()) {
                    newest = EventRef.of(waiting.event());
                }
            }
        }
        return newest;
    }

    /** The earliest that the host can have been asked; as long as its clock is unknown, the worker's must do. */
    private static long askedAtNs(StepContext context, @Nullable ClockReading reading) {
        return reading == null ? context.hostEarliestNs() : context.hostEarliestNs(reading.askedTicks());
    }

    /** There is no event log to be read: lists must do until there is one again, which each resync looks for. */
    static void noEventLog(StepContext context, Connection.Connected connected) {
        context.eventLog = EventLogStatus.noEventLog();
        // When it comes back, it can hold older lives of what is known to be alive.
        context.logOrder = true;
        if (connected.resync() instanceof ResyncPhase.Replaying) {
            context.queue = context.queue.plus(new QueueItem.Compare());
        } else {
            context.connection = connected.withStream(Connection.Stream.NONE);
            ResyncRequests.request(context, false);
        }
    }

    /** The log still cannot be read, which the engine reports without any harm: lists must do for one more resync. */
    static void stillBlind(StepContext context) {
        context.queue = context.queue.plus(new QueueItem.Compare());
    }

    static void replayEnded(StepContext context, Connection.Connected connected) {
        if (!(connected.resync() instanceof ResyncPhase.Replaying replaying)) {
            return;
        }
        CollectedEvents collected = replaying.returned().collected();
        if (collected != null) {
            if (context.logOrder
                    && replaying.returned().earlier() == null
                    && replaying.replay().isUndecided()) {
                if (replaying.replay().isFirst()) {
                    // There may be no log any more when it is to be read once more.
                    AbsentRows.report(context, replaying);
                }
                context.connection = connected.withResync(replaying.restartedFromBeginning(context.checkpoint));
                context.request(new Output.Replay(context.epoch, 0));
                return;
            }
            if (!CollectedReplay.apply(context, replaying)) {
                return;
            }
        }
        context.eventLog = EventLogStatus.READABLE;
        EventRef last = replaying.replay().lastLine();
        context.readUntil = last == null
                ? null
                : new State.ReadUntil(
                        last,
                        context.checkpoint.dedupWindow().lowWatermarkNs(),
                        context.cache.listed().listedTicks());
        context.logOrder = false;
        replaying.returned().rotations().forEach(mark -> Deduplicator.enqueueReplayed(context, mark));
        context.queue = context.queue.plus(new QueueItem.Compare());
    }

    /** The log is replayed and applied: compares, reports a gap, and queues what is believed. */
    static void compare(StepContext context) {
        if (!(context.connection instanceof Connection.Connected connected)
                || !(connected.resync() instanceof ResyncPhase.Replaying replaying)) {
            return;
        }
        boolean opening = connected.stream() == Connection.Stream.NONE;
        Connection.Stream stream = opening ? follow(context) : connected.stream();
        context.connection = connected.withStream(stream).withResync(new ResyncPhase.Reporting(Set.of()));
        if (!GapDetector.judge(context, replaying, opening)) {
            return;
        }
        Checkpoint known = context.checkpoint;
        boolean first = known.snapshot() == Checkpoint.Snapshot.RUNNING;
        boolean reportAgain = first && context.options.snapshot() == Options.SnapshotMode.ALWAYS;
        List<QueueItem> reported = new ArrayList<>();
        Set<ContainerId> revealed = new HashSet<>();
        for (Difference shown : FilterDiff.compare(known, replaying.list(), context.options.filter(), context.cache)) {
            Origin origin = shown instanceof Difference.Revealed ? Origin.SNAPSHOT : Origin.RECONCILED;
            reported.add(report(context, shown, origin, replaying));
            if (shown instanceof Difference.Revealed) {
                revealed.add(shown.id());
            }
        }
        long inferredFromNs = Long.MAX_VALUE;
        long datedNs = Long.MIN_VALUE;
        long begunNs = Long.MAX_VALUE;
        ListDiff diff = new ListDiff(
                known.portfolio(),
                replaying.list(),
                context.cache,
                context.now.monotonicNs(),
                reportAgain,
                (id, life) -> UnconfirmedLives.isKnown(known, id, life));
        Set<String> suspects = diff.stillSuspected(replaying.suspects(), replaying.outdated());
        List<Difference> differences = diff.compare(
                replaying.outdated().changed(), replaying.outdated().paused());
        differences.addAll(OutlivedLives.missed(context, replaying.list()));
        for (Difference difference : differences) {
            boolean again = reportAgain
                    && known.portfolio().alive(difference.id()) != null
                    && context.cache.reportedNs(difference.id()) == null;
            boolean initial = first
                    ? (again ? difference instanceof Difference.Appeared : isInitial(context, difference))
                    : isStampedBeforeTrail(context, difference);
            boolean over = difference instanceof Difference.Appeared && context.cache.hasEnded(difference.id(), first);
            if (again ? revealed.contains(difference.id()) : over) {
                continue;
            }
            boolean checkpointed =
                    difference instanceof Difference.Vanished vanished && isCheckpointed(context, vanished);
            if (initial || checkpointed || replaying.suspects().contains(difference.signature())) {
                if (!initial && !checkpointed) {
                    inferredFromNs = Math.min(inferredFromNs, LossTimes.lostFromNs(context, difference));
                    datedNs = Math.max(datedNs, LossTimes.datedNs(context, difference));
                    begunNs = Math.min(begunNs, LossTimes.shownNs(difference));
                }
                if (difference instanceof Difference.Missed missed) {
                    begunNs = Math.min(begunNs, LossTimes.lostFromNs(context, missed));
                    context.cache = context.cache.missed(missed.id(), missed.endedAtNs());
                } else {
                    reported.add(report(context, difference, initial ? Origin.SNAPSHOT : Origin.RECONCILED, replaying));
                }
            } else {
                suspects.add(difference.signature());
                OutlivedLives.suspected(context, difference, replaying);
                ResyncRequests.readFurtherBack(context, difference);
            }
        }
        if (inferredFromNs != Long.MAX_VALUE
                && !GapDetector.reportLoss(
                        context, inferredFromNs, replaying.list().askedAtNs(), false, datedNs, begunNs)) {
            return;
        }
        if (first || replaying.replay().isOfOtherHost()) {
            context.emitAbsent(AbsentRows.unreported(context, replaying.list(), reported));
        }
        dropJoinsReportedWithStarts(reported);
        if (!reported.isEmpty()) {
            context.checkpoint = context.checkpoint.withInference();
        }
        if (suspects.isEmpty() && inferredFromNs == Long.MAX_VALUE) {
            // Of a container for which it is too old, a list says nothing.
            boolean compared = replaying.outdated().changed().isEmpty();
            context.cache = compared ? context.cache.agreed() : context.cache;
        }
        reported.add(new QueueItem.Close(suspects));
        context.queue = context.queue.first(reported);
        if (!context.resyncRequested) {
            Deduplicator.releaseHeld(context);
        }
    }

    /** A join is reported with the start: a process that dies in between could not date the start behind it. */
    private static void dropJoinsReportedWithStarts(List<QueueItem> reported) {
        Set<ContainerId> starting = new HashSet<>();
        for (QueueItem item : reported) {
            if (item instanceof QueueItem.Report report
                    && report.difference() instanceof Difference.Appeared appeared) {
                starting.add(appeared.id());
            }
        }
        reported.removeIf(item -> item instanceof QueueItem.Report report
                && report.difference() instanceof Difference.Joined joined
                && starting.contains(joined.id()));
    }

    /** Whether a checkpoint event was the end: when it came, it was unknown whether it left the processes running. */
    private static boolean isCheckpointed(StepContext context, Difference.Vanished vanished) {
        ObservedContainer listed = vanished.listed();
        return listed != null
                && listed.state() instanceof RunState.Ended ended
                && context.cache.checkpointThatEnded(vanished.id(), ended) != null;
    }

    /** What was there before the trail began is reported as it is seen; what began later has an event of its own. */
    private static boolean isInitial(StepContext context, Difference difference) {
        Portfolio known = context.checkpoint.portfolio();
        if (difference instanceof Difference.Joined joined) {
            Life life = joined.listed().life();
            return life == null || known.alive(joined.id()) != null || isBeforeTrail(context, joined.id(), life);
        }
        return difference instanceof Difference.Appeared appeared
                && isBeforeTrail(context, appeared.id(), appeared.live().life());
    }

    /**
     * Whether nothing was reported of a container that the first list did not show yet, although the log holds its start: that
     * is stamped before the trail, because the clock was set back by less than its answers show. Nothing is lost.
     */
    private static boolean isStampedBeforeTrail(StepContext context, Difference difference) {
        return difference instanceof Difference.Appeared appeared
                && context.cache.reportedUntilNs(appeared.id()) == Long.MIN_VALUE
                && context.cache.isStartedBeforeTrail(
                        appeared.id(),
                        context.cache.asInspected(appeared.id(), appeared.live().life()));
    }

    /** Whether a life began before the trail: by its time, or by the order of the log. */
    private static boolean isBeforeTrail(StepContext context, ContainerId id, Life life) {
        return life.earliestNs() < context.checkpoint.dedupWindow().beginNs()
                || context.cache.isStartedBeforeTrail(id, life);
    }

    private static Connection.Stream follow(StepContext context) {
        if (!context.eventLog.isBlind()) {
            long readSinceNs = context.checkpoint.replaySinceNs(context.options.overlapNs(), context.hostEarliestNs());
            context.request(new Output.Follow(context.epoch, readSinceNs - STEP_NS));
            return Connection.Stream.WITH_PAST;
        }
        if (context.eventLog.absent()) {
            return Connection.Stream.NONE;
        }
        context.request(new Output.FollowNew(context.epoch));
        return Connection.Stream.NEW_ONLY;
    }

    private static QueueItem report(
            StepContext context, Difference difference, Origin origin, ResyncPhase.Replaying replaying) {
        ContainerList listing = replaying.list();
        ContainerId id = difference.id();
        boolean exists = listing.get(id) != null;
        boolean asks = context.options.inspect()
                && exists
                && !(difference instanceof Difference.Joined)
                && !(difference instanceof Difference.PauseChanged);
        long ticket = asks ? context.lookUp(id, false, true) : QueueItem.NO_TICKET;
        return new QueueItem.Report(
                difference, origin, listing.askedAtNs(), replaying.replay().positionNs(), ticket);
    }

    /** All that is believed is reported: the resync ends, or waits for what isn't believed yet. */
    static void close(StepContext context, QueueItem.Close close) {
        if (!(context.connection instanceof Connection.Connected connected)) {
            return;
        }
        if (context.checkpoint.snapshot() == Checkpoint.Snapshot.RUNNING) {
            context.cache = context.cache.withFirstList();
            context.checkpoint = context.checkpoint.with(Checkpoint.Snapshot.DONE);
        }
        context.checkpoint =
                context.checkpoint.withFilter(context.options.filter().fingerprint());
        long ticks = context.now.monotonicNs();
        if (!close.suspects().isEmpty()) {
            context.connection = connected.withResync(
                    new ResyncPhase.Settling(ticks + context.options.settleNs(), close.suspects()));
        } else {
            long bits = context.options.jitterSeed() + context.epoch + ticks;
            long dueTicks = ticks + Jitter.around(context.options.resyncNs(), bits);
            context.connection = connected.withResync(new ResyncPhase.Idle(
                    Math.min(dueTicks, context.cache.listed().stuckAtTicks(ticks))));
            context.checkpoint = context.checkpoint
                    .withGap(context.eventLog.isBlind() ? context.checkpoint.gap() : null)
                    .with(context.checkpoint.portfolio().forgettingPods());
            if (context.eventLog.isReadable()) {
                UnconfirmedLives.forget(context);
            }
            context.cache = context.cache.withOutlived(HashTreePMap.empty());
            context.checkpoint = context.checkpoint.withShown(HashTreePMap.empty());
            if (!connected.synced()) {
                synced(context);
            }
        }
        if (context.resyncRequested) {
            ResyncRequests.request(context, true);
        }
    }

    private static void synced(StepContext context) {
        if (context.connection instanceof Connection.Connected connected) {
            context.connection = connected.withSynced();
            context.status = context.status.failing(Long.MAX_VALUE);
            Portfolio portfolio = context.checkpoint.portfolio();
            context.emit(HostChange.synced(
                    context.hostNowNs(), portfolio.visible().alive().size()));
            if (context.options.inspect()) {
                for (LiveContainer alive : portfolio.alive().values()) {
                    if (!alive.container().isInspected()) {
                        context.lookUpLater(alive.id());
                    }
                }
            }
        }
    }
}
