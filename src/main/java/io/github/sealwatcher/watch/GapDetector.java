package io.github.sealwatcher.watch;

import io.github.sealwatcher.model.EngineEvent;
import io.github.sealwatcher.model.HostChange;
import io.github.sealwatcher.model.ObservedContainer;
import io.github.sealwatcher.model.RunState;
import io.github.sealwatcher.watch.checkpoint.Checkpoint;
import io.github.sealwatcher.watch.checkpoint.EventRef;
import io.github.sealwatcher.watch.state.Connection;
import io.github.sealwatcher.watch.state.ContainerList;
import io.github.sealwatcher.watch.state.EventQueue;
import io.github.sealwatcher.watch.state.HostClock;
import io.github.sealwatcher.watch.state.ListedContainers;
import io.github.sealwatcher.watch.state.Replay;
import io.github.sealwatcher.watch.state.ResyncPhase;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Decides whether the log lost something, and reports it as a gap, once and before anything that comes after it. */
final class GapDetector {

    /** Podman writes events so much later than it stamps them, at most. */
    static final long LATE_NS = 1_500_000_000L;

    private GapDetector() {}

    /**
     * Judges a replay whose events are all collected and not applied yet.
     *
     * @param older the events that are too old to be applied, in the order of the log
     * @return false if a gap is to stop the task
     */
    static boolean judgeCollected(StepContext context, ResyncPhase.Replaying replaying, List<EngineEvent> older) {
        Replay replay = replaying.replay();
        @Nullable EventRef base = older.isEmpty() ? replay.first() : EventRef.of(older.get(older.size() - 1));
        if (replay.isFirst()) {
            // Once the clock was set back, times from before and from after cannot be compared.
            if (context.clockSetBackNs == 0 ? reachesBack(context, replay, older) : reachesFarBack(context, replay)) {
                if (replay.wasAbsent()) {
                    return report(context, replay, base, GONE);
                }
                context.checkpoint = context.checkpoint.withExpected(baseOrEmpty(context, base), null);
                return true;
            }
            return report(context, replay, base, "Podman's event log begins later than what is to be read from it");
        }
        if (replay.isNewestGone()) {
            return report(context, replay, base, GONE);
        }
        return !replay.isReplaced() || report(context, replay, context.checkpoint.newestEvent(), GONE);
    }

    /** Whether the log holds all from the time on from which everything is to be reported. */
    private static boolean reachesBack(StepContext context, Replay replay, List<EngineEvent> older) {
        EventRef first = replay.first();
        // A trail that begins now can begin with the log; and when now is, is known to the second only.
        boolean begins = replay.positionNs() >= connectedNs(context) - LATE_NS;
        return first == null
                ? begins
                : first.timeNs() <= replay.positionNs() + (begins ? LATE_NS : 0) || !older.isEmpty();
    }

    /** Whether the log begins so early that it did before the trail, by whichever time of the host's clock. */
    private static boolean reachesFarBack(StepContext context, Replay replay) {
        EventRef first = replay.first();
        return first != null && first.timeNs() < replay.positionNs() - context.clockSetBackNs - 2 * LATE_NS;
    }

    private static final String GONE = "Podman's event log no longer holds an event that was read from it";

    private static long connectedNs(StepContext context) {
        return context.connection instanceof Connection.Connected connected ? connected.sinceNs() : Long.MIN_VALUE;
    }

    private static EventRef baseOrEmpty(StepContext context, @Nullable EventRef base) {
        return base == null ? EventRef.emptyLog(context.hostEarliestNs()) : base;
    }

    /**
     * Reports the loss of the newest event before an event past it is applied: a crash in between would hide it.
     *
     * @return false if that is to stop the task
     */
    static boolean judgeBefore(StepContext context, Replay replay, EngineEvent event) {
        EventRef newest = replay.newest().event();
        if (newest == null || !replay.isNewestGone()) {
            return true;
        }
        // By less it can lag behind the newest event without a step back that was noticed.
        boolean setBack = newest.timeNs() > replay.positionNs() + context.options.overlapNs() / 2;
        boolean past = event.timeNs() > (setBack ? replay.positionNs() : newest.timeNs());
        return !past || report(context, replay, replay.first(), GONE);
    }

    /**
     * Reports the loss of the newest event before anything that a replay returned is applied.
     *
     * @return false if that is to stop the task
     */
    static boolean judgeNewest(StepContext context, Replay replay) {
        return !replay.isNewestGone() || report(context, replay, replay.first(), GONE);
    }

    /**
     * Judges a replay that is read and applied, and remembers by what the next one will be judged.
     *
     * @param opening whether the stream is not open yet
     * @return false if a gap is to stop the task
     */
    static boolean judge(StepContext context, ResyncPhase.Replaying replaying, boolean opening) {
        Replay replay = replaying.replay();
        if (context.eventLog.isBlind()) {
            return judgeBlind(context, replaying, opening);
        }
        if (replay.isNewestGone()) {
            if (!report(context, replay, replay.first(), GONE)) {
                return false;
            }
        } else if (!context.resyncRequested
                && replay.isReplaced()
                && !report(context, replay, context.checkpoint.newestEvent(), GONE)) {
            return false;
        }
        // Until now, what was read and waited for look-ups would have been lost with the connection.
        context.setBackBy(0);
        // With one more resync due, as after a rotation, that one judges.
        if (!context.resyncRequested) {
            EventRef newest = context.checkpoint.newestEvent();
            context.checkpoint = context.checkpoint.withExpected(
                    newest == null ? baseOrEmpty(context, replay.first()) : newest, replay.returned());
        }
        return true;
    }

    /** It is unknown from when on a stream without its past delivers what is written; without a log nothing does. */
    private static boolean judgeBlind(StepContext context, ResyncPhase.Replaying replaying, boolean opening) {
        Checkpoint.Gap before = context.checkpoint.gap();
        boolean absent = context.eventLog.absent();
        long untilNs = context.hostLatestNs() + (absent ? 0 : context.options.overlapNs());
        EventRef newest = context.checkpoint.newestEvent();
        EventRef last = context.checkpoint.lastReplayed();
        if (absent) {
            context.checkpoint = context.checkpoint.withExpected(newest, EventRef.noLog(context.hostEarliestNs()));
        }
        if (opening || absent) {
            long readNs = newest == null ? context.checkpoint.positionNs() : newest.timeNs();
            // Whether the last event of the replay before is still there, no replay shows.
            long sinceNs = last == null ? readNs : Math.min(readNs, readToItsEndNs(context, last));
            long fromNs = before == null
                    ? Math.min(Math.min(sinceNs, brokenAtNs(context)), context.checkpoint.positionNs())
                            - LATE_NS
                            - setBackBeforeNs(context)
                    : before.toNs() - LATE_NS;
            fromNs = Math.min(fromNs, UnknownLives.unreadFromNs(context, replaying, LATE_NS));
            if (context.clockSetBackNs > 0) {
                fromNs = Math.min(fromNs, context.hostEarliestNs()) - context.clockSetBackNs;
                long latestNs = Math.max(context.hostLatestNs(), before == null ? readNs : before.toNs());
                untilNs = Math.max(untilNs, latestNs + context.clockSetBackNs);
            }
            return emit(context, Math.min(fromNs, untilNs), untilNs, context.eventLog.reason());
        }
        return true;
    }

    /**
     * From when on something may be missing. If neither the newest event is left nor the last one of the replay before, the
     * stream may have brought the newest one from another log than that replay read, whose end nobody read.
     */
    private static long lostFromNs(StepContext context, Replay replay) {
        EventRef last = replay.last().event();
        return replay.isNewestGone() && last != null && !replay.last().found()
                ? Math.min(replay.lostFromNs(), readToItsEndNs(context, last))
                : replay.lostFromNs();
    }

    /** Up to when a log was read to its end, as far as is known: a list that does not agree can show what was left out of it. */
    private static long readToItsEndNs(StepContext context, EventRef last) {
        ListedContainers listed = context.cache.listed();
        return listed.doubted()
                ? Math.max(context.checkpoint.dedupWindow().beginNs(), listed.agreedNs())
                : Math.max(last.timeNs(), listed.agreedNs());
    }

    /** Where a line stands that ends each replay: another version can have left it out, and read what stands behind it. */
    private static long brokenAtNs(StepContext context) {
        EventRef before = context.eventLog.brokenAt();
        return before == null
                ? Long.MAX_VALUE
                : Math.max(before.timeNs(), context.checkpoint.dedupWindow().beginNs());
    }

    /**
     * By how much the host's clock can have been set back before this process asked for it, without that it is later than what
     * was read: its answers are in whole seconds.
     */
    private static long setBackBeforeNs(StepContext context) {
        boolean possible = context.readUntil == null
                && context.checkpoint.newestEvent() != null
                && context.hostEarliestNs(context.beganTicks) < context.checkpoint.positionNs();
        return possible ? HostClock.UNNOTICED_NS : 0;
    }

    /** Reports that what lies between what is gone and what the log holds now may be missing. */
    private static boolean report(StepContext context, Replay replay, @Nullable EventRef base, String reason) {
        // The newest event can be stamped later than what came after it, if the clock was set back since.
        long fromNs = Math.min(lostFromNs(context, replay), replay.positionNs()) - LATE_NS - setBackBeforeNs(context);
        boolean open = replay.beginsNs() == Long.MAX_VALUE;
        // Where there was no log, nothing was written until now, as far as anybody knows; and what begins earlier than
        // what was read of another log ends no gap of that one.
        EventRef first = replay.first();
        open |= replay.wasAbsent() || (first != null && first.timeNs() < replay.lostFromNs());
        // The log of another host may begin at any time, and what is lost of this one is of until the endpoint left it.
        open |= !replay.sameHost();
        // What is older than the last look and was not seen by it stands in the log of another host.
        open |= replay.beginsNs()
                < Math.max(context.cache.agreedNs(), context.checkpoint.positionNs() - LATE_NS) + 2 * LATE_NS;
        long untilNs = open ? context.hostLatestNs() : replay.beginsNs() + LATE_NS;
        if (!open && first != null && replay.isReplaced() && !replay.isNewestGone()) {
            // Only the end of the log before can be unread: behind all that is known from before the first line of this
            // one.
            long readNs = context.checkpoint.dedupWindow().latestBeforeNs(first.timeNs());
            fromNs = Math.max(fromNs + LATE_NS, readNs) - LATE_NS;
            untilNs = first.timeNs() + LATE_NS;
        }
        long setBackNs = context.clockSetBackNs;
        if (setBackNs > 0) {
            // What is missing can be stamped as of before the step or as of after it.
            fromNs = Math.min(fromNs, context.hostEarliestNs()) - setBackNs;
            untilNs = Math.max(replay.lostFromNs(), context.hostLatestNs()) + setBackNs;
        }
        if (context.options.onGap() == Options.OnGap.RECONCILE) {
            Checkpoint known = replay.isNewestGone() ? context.checkpoint.withFormerLog() : context.checkpoint;
            context.checkpoint = known.withExpected(baseOrEmpty(context, base), null);
        }
        if (context.connection instanceof Connection.Connected connected
                && connected.resync() instanceof ResyncPhase.Replaying replaying) {
            untilNs = Math.max(untilNs, shownUntilNs(context, replaying.list(), untilNs));
            context.connection =
                    connected.withResync(replaying.with(replaying.returned().with(replay.reported())));
        }
        return emit(context, fromNs, Math.max(fromNs, untilNs), reason);
    }

    /**
     * The latest that the host's clock can have shown in lives that nobody knows, if that is later than {@code untilNs}: it was
     * set forward and back again between two answers. A list rounds down to the second.
     */
    private static long shownUntilNs(StepContext context, ContainerList listing, long untilNs) {
        long latestNs = untilNs;
        for (ObservedContainer shown : listing.all()) {
            if (!UnknownLives.isKnown(context, shown)) {
                long startedAtNs = shown.startedAtNs();
                Long endedAtNs = shown.state() instanceof RunState.Ended ended ? ended.endedAtNs() : null;
                long lastNs = endedAtNs == null ? startedAtNs : Math.max(startedAtNs, endedAtNs);
                latestNs = lastNs > untilNs ? Math.max(latestNs, lastNs + LATE_NS) : latestNs;
            }
        }
        return latestNs;
    }

    /**
     * Reports that the log lost something although it looks complete, as when the log was replaced between two looks of
     * Podman's own follower; unless a gap was reported already that explains it. That one explains what began before it was
     * reported, and nothing that was lost later: while the log is cut again and again, resyncs may not come to an end for
     * long.
     *
     * @param fromNs when it began, as far as is known
     * @param untilNs when it was noticed
     * @param startUnknown whether it can as well have begun earlier: then it may be part of that gap, and both are reported as
     *     one
     * @param datedNs the latest time of what is inferred: that of the life it ends, if the clock was set back since
     * @param begunNs the earliest start that is shown and missing, which no later gap explains; the greatest value if none is
     * @return false if that is to stop the task
     */
    static boolean reportLoss(
            StepContext context, long fromNs, long untilNs, boolean startUnknown, long datedNs, long begunNs) {
        Checkpoint.Gap before = context.checkpoint.gap();
        if (before != null
                && untilNs >= before.fromNs()
                && fromNs <= (startUnknown ? before.reportedNs() : before.toNs())
                && datedNs <= before.toNs()
                && begunNs >= before.fromNs()) {
            return true;
        }
        // It went missing behind the newest event that was read, unless the clock was set meanwhile, either way.
        long sinceNs = Math.min(fromNs, context.checkpoint.positionNs()) - LATE_NS;
        if (startUnknown && before != null && untilNs >= before.fromNs()) {
            sinceNs = before.fromNs();
        }
        return emit(
                context,
                sinceNs,
                Math.max(sinceNs, Math.max(untilNs, datedNs) + context.clockSetBackNs),
                "a start or an end that must have been is missing from Podman's event log");
    }

    private static boolean emit(StepContext context, long fromNs, long untilNs, String reason) {
        boolean fails = context.options.onGap() == Options.OnGap.FAIL;
        if (!fails) {
            Checkpoint.Gap before = context.checkpoint.gap();
            boolean joins = before != null && fromNs <= before.toNs() && before.fromNs() <= untilNs;
            long sinceNs = joins && before != null ? Math.min(before.fromNs(), fromNs) : fromNs;
            long toNs = joins && before != null ? Math.max(before.toNs(), untilNs) : untilNs;
            context.checkpoint = context.checkpoint.withGap(
                    new Checkpoint.Gap(sinceNs, toNs, Math.max(toNs, context.hostLatestNs())));
        }
        context.emit(HostChange.gap(context.hostNowNs(), fromNs, untilNs, reason));
        if (fails) {
            context.request(new Output.GiveUp(reason + ", and on.history.gap=fail"));
            // What waits is behind that gap: the next process reads it again.
            context.queue = EventQueue.NONE;
            context.connection = new Connection.Stopped();
        }
        return !fails;
    }
}
