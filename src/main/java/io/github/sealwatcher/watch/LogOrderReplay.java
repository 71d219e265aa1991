package io.github.sealwatcher.watch;

import io.github.sealwatcher.model.ContainerId;
import io.github.sealwatcher.model.EngineEvent;
import io.github.sealwatcher.model.EventId;
import io.github.sealwatcher.model.Life;
import io.github.sealwatcher.model.LiveContainer;
import io.github.sealwatcher.watch.checkpoint.Checkpoint;
import io.github.sealwatcher.watch.checkpoint.DedupWindow;
import io.github.sealwatcher.watch.checkpoint.EventRef;
import io.github.sealwatcher.watch.state.Actions;
import io.github.sealwatcher.watch.state.CollectedEvents;
import io.github.sealwatcher.watch.state.Replay;
import io.github.sealwatcher.watch.state.ResyncPhase;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Applies a replay that looks further back than the overlap, by the order of the log instead of time stamps: the first one
 * of a process, and the one after the host's clock was set back. What stands in the log behind the newest event known is
 * new, whatever its stamp; what stands before it is new only if it is recent and was never applied.
 */
final class LogOrderReplay {

    /** By how much, at most, the clock can have been set back while the host was not watched. */
    private static final long BACK_NS = 25 * 3600 * 1_000_000_000L;

    private final ReplayedLog log;

    private LogOrderReplay(CollectedEvents collected) {
        log = new ReplayedLog(collected.events());
    }

    /** From when on everything is to be read again. */
    static long sinceNs(long usualNs, long hostNowNs) {
        return Math.min(usualNs, hostNowNs) - BACK_NS;
    }

    /**
     * Queues what is new, and if the clock was set back goes on from the time to which it was set.
     *
     * @return false if a gap is to stop the task
     */
    static boolean sort(StepContext context, ResyncPhase.Replaying replaying, CollectedEvents collected) {
        return new LogOrderReplay(collected).sort(context, replaying);
    }

    private boolean sort(StepContext context, ResyncPhase.Replaying replaying) {
        Replay replay = replaying.replay();
        List<EngineEvent> events = log.events();
        DedupWindow dedupWindow = context.checkpoint.dedupWindow();
        boolean whole = isWhole(context);
        int known = log.known(context, replay);
        // A log to which the endpoint leads back was read up to where it was left.
        int former = context.checkpoint.read().former().stream()
                .mapToInt(log::indexOf)
                .max()
                .orElse(-1);
        Map<String, Integer> applied = log.applied(context);
        int read = Math.max(former, context.readUntil == null ? log.read(context, replay, applied) : -1);
        // At a reboot the log begins anew: no life that was known before has its own start behind that.
        boolean rebooted = !replay.isFirst() && !replay.newest().found() && log.isRebooted(context, known);
        NearestBound nearest = new NearestBound(context, events);
        Map<String, Integer> begun = log.begun(context, replaying.list(), nearest);
        Map<String, Integer> ended = log.ended(context, replaying.list(), nearest, replay.isFirst() ? 0 : known);
        Set<EventId> overtaken = OvertakenTurns.of(context, events, known);
        Set<String> placed = PlacedLives.of(context, events, begun.keySet());
        Set<String> created = replay.isFirst() ? log.created(replaying.list()) : Set.of();
        List<EngineEvent> older = new ArrayList<>();
        List<EngineEvent> fresh = new ArrayList<>();
        List<EngineEvent> early = new ArrayList<>();
        List<EngineEvent> past = new ArrayList<>();
        Set<String> begunHere = new HashSet<>();
        Set<EventId> last = new HashSet<>();
        long earliestNs = Long.MAX_VALUE;
        boolean setBack = context.clockSetBackNs > 0;
        // What was written late of before the trail stands in the log read first, in none that was begun since.
        var following = new TrailBegin.Following(replay.isNewestGone() && replay.isReplaced());
        // It was set back after the trail began: what is stamped later than that is not from before it, nor what
        // follows.
        boolean stepped = replay.isFirst() && setBack && replay.positionNs() > context.hostLatestNs();
        for (int i = 0; i < events.size(); i++) {
            EngineEvent event = events.get(i);
            if (dedupWindow.contains(event)) {
                past.add(event);
                continue;
            }
            if (i <= read || (i < known && isAheadOfNewest(context, replay, event))) {
                // An earlier process read it, and stored too few events to tell by them.
                early.add(event);
                past.add(event);
                continue;
            }
            boolean behind = i >= known && !isForgotten(context, replay, event);
            boolean begins = begunHere.contains(event.actorId()) && Actions.isOfContainer(event);
            boolean seen = replay.isFirst() && !stepped && !begins && !created.contains(event.actorId());
            if (seen && event.timeNs() > context.hostLatestNs() + ListedLife.AHEAD_NS) {
                // It is from before the clock was set back, and so from before the trail or read before.
                early.add(event);
                continue;
            }
            boolean passed = (!behind && replay.newest().found()) || (whole && i < startedAt(applied, event));
            if ((passed && isReported(event))
                    || overtaken.contains(event.id())
                    || (Actions.isChange(event) && (i < startedAt(begun, event) || i < startedAt(ended, event)))) {
                // It was there when it was read before, and not to be reported then; or it is of an earlier life.
                early.add(event);
                continue;
            }
            // Podman writes the events of one container in their order, however the clock was set in between.
            boolean continued = begins || (stepped && !fresh.isEmpty());
            if (behind || continued || !dedupWindow.refuses(event)) {
                fresh.add(event);
                if (behind && (whole || rebooted || ListedLife.isAnnounced(context, event))) {
                    last.add(event.id());
                }
                following.add(context, event);
                begunHere.add(event.actorId());
                setBack |= dedupWindow.refuses(event) && (continued || (behind && !replay.isFirst()));
                earliestNs = Math.min(earliestNs, event.timeNs());
            } else {
                older.add(event);
                past.add(event);
            }
        }
        if (setBack) {
            // One that was reported before has times of before the step.
            context.checkpoint = context.checkpoint.withGap(null);
        }
        if (AbsentRows.areDue(context, replay)) {
            // Before it is noted how far the log was read: who goes on from that alone has nothing of what is to be
            // reported.
            AbsentRows.report(context, replaying.list(), events);
        }
        if (!GapDetector.judgeCollected(context, replaying, older)) {
            return false;
        }
        if (replay.isFirst()) {
            older.addAll(early);
            List<EngineEvent> before = log.inOrder(older);
            TrailBegin.read(context, replaying.list(), before, fresh);
            context.cache = context.cache.withStartedBeforeTrail(before);
        } else if (context.checkpoint.snapshot() == Checkpoint.Snapshot.RUNNING) {
            // An earlier process read that, and did not live to report what is alive.
            past.removeIf(event -> isOfReported(context, event));
            context.cache = context.cache.withStartedBeforeTrail(past);
        }
        ListedLife.recallCheckpoints(context, events, known, begun);
        for (EngineEvent event : early) {
            context.checkpoint =
                    context.checkpoint.with(context.checkpoint.dedupWindow().passing(event));
        }
        if (setBack) {
            // What was written since the log was asked for is not stamped earlier than that.
            goBack(context, older, fresh, Math.min(earliestNs, replaying.list().askedAtNs()));
        }
        for (EngineEvent event : Deduplicator.withoutFirstMarks(fresh)) {
            boolean later = last.contains(event.id()) || placed.contains(event.actorId());
            Deduplicator.enqueueOrdered(context, event, later, following.contains(event));
            if (event.action().equals(Actions.START)) {
                placed.add(event.actorId());
            }
        }
        return true;
    }

    /** Whether an earlier process stored so few events that it can have read it late, or did not live to read behind a loss. */
    private static boolean isForgotten(StepContext context, Replay replay, EngineEvent event) {
        return context.readUntil == null
                && context.clockSetBackNs == 0
                && context.checkpoint.dedupWindow().refuses(event)
                && (event.timeNs() >= context.checkpoint.positionNs() - GapDetector.LATE_NS
                        || replay.last().event() == null);
    }

    /**
     * Whether it is stamped later than the newest event that an earlier process read, before which it stands, and the keys of
     * that process had room for none as early as the newest: a clock set back explains that, and it was read before that. Where
     * there was room, what was read is told by its key.
     */
    private static boolean isAheadOfNewest(StepContext context, Replay replay, EngineEvent event) {
        EventRef newest = replay.newest().event();
        long positionNs = context.checkpoint.positionNs();
        return context.readUntil == null
                && newest != null
                && replay.newest().found()
                && newest.timeNs() >= positionNs
                && context.checkpoint.dedupWindow().lowWatermarkNs() > positionNs
                && event.timeNs() > positionNs;
    }

    private static boolean isOfReported(StepContext context, EngineEvent event) {
        return Actions.isOfContainer(event) && context.checkpoint.portfolio().alive(Actions.containerId(event)) != null;
    }

    /** Whether an event matters only to those who want its action reported. */
    private static boolean isReported(EngineEvent event) {
        return Actions.isOfContainer(event)
                && !Actions.isChange(event)
                && !event.action().equals(Actions.REMOVE)
                && !event.action().equals(Actions.RENAME)
                && Attributes.podId(event) == null;
    }

    private static int startedAt(Map<String, Integer> begun, EngineEvent event) {
        return begun.getOrDefault(event.actorId(), -1);
    }

    private static void goBack(StepContext context, List<EngineEvent> older, List<EngineEvent> fresh, long toNs) {
        long lowWatermarkNs = toNs - context.options.overlapNs();
        DedupWindow dedupWindow = context.checkpoint.dedupWindow();
        for (EngineEvent event : older) {
            dedupWindow = event.timeNs() < lowWatermarkNs ? dedupWindow : dedupWindow.passing(event);
        }
        context.cache = context.cache.setBack();
        context.checkpoint = context.checkpoint.setBackTo(
                toNs, dedupWindow.withLowWatermark(lowWatermarkNs), awaited(context, fresh));
    }

    /** The alive containers whose own start event is among what is new. */
    private static Set<ContainerId> awaited(StepContext context, List<EngineEvent> fresh) {
        Set<ContainerId> seen = new HashSet<>();
        Set<ContainerId> awaited = new HashSet<>();
        for (EngineEvent event : fresh) {
            if (Actions.isChange(event) && !UnconfirmedLives.canEnd(context, event)) {
                ContainerId id = Actions.containerId(event);
                LiveContainer known = context.checkpoint.portfolio().alive(id);
                boolean first = seen.add(id);
                if ((first || ListedLife.isJustBegun(context, event))
                        && known != null
                        && event.action().equals(Actions.START)
                        && known.life().canBe(Life.fromEvent(event.timeNs()))) {
                    awaited.add(id);
                }
            }
        }
        return awaited;
    }

    /**
     * Whether the log could be read all the time since its lives are known: then they began with what was read of it, and none
     * of them is known from a list only.
     */
    private static boolean isWhole(StepContext context) {
        return context.eventLog.isReadable() && (context.checkpoint.gap() == null || context.readUntil != null);
    }
}
