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
import io.github.sealwatcher.watch.state.ContainerList;
import io.github.sealwatcher.watch.state.Replay;
import io.github.sealwatcher.watch.state.ResyncPhase;
import io.github.sealwatcher.watch.state.State;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Applies a replay that looks further back than the overlap, by the order of the log instead of time stamps: the first one
 * of a process, and the one after the host's clock was set back. What stands in the log behind the newest event known is
 * new, whatever its stamp; what stands before it is new only if it is recent and was never applied.
 */
final class LogOrderReplay {

    /** By how much, at most, the clock can have been set back while the host was not watched. */
    private static final long BACK_NS = 25 * 3600 * 1_000_000_000L;

    private final List<EngineEvent> events;

    private LogOrderReplay(CollectedEvents collected) {
        events = collected.events();
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
        DedupWindow dedupWindow = context.checkpoint.dedupWindow();
        boolean whole = isWhole(context);
        int known = known(context, replay);
        // A log to which the endpoint leads back was read up to where it was left.
        int former = context.checkpoint.read().former().stream()
                .mapToInt(this::indexOf)
                .max()
                .orElse(-1);
        Map<String, Integer> applied = applied(context);
        int read = Math.max(former, context.readUntil == null ? read(context, replay, applied) : -1);
        // At a reboot the log begins anew: no life that was known before has its own start behind that.
        boolean rebooted = !replay.isFirst() && !replay.newest().found() && isRebooted(context, known);
        NearestBound nearest = new NearestBound(context, events);
        Map<String, Integer> begun = begun(context, replaying.list(), nearest);
        Map<String, Integer> ended = ended(context, replaying.list(), nearest, replay.isFirst() ? 0 : known);
        Set<EventId> overtaken = OvertakenTurns.of(context, events, known);
        Set<String> placed = PlacedLives.of(context, events, begun.keySet());
        Set<String> created = replay.isFirst() ? created(replaying.list()) : Set.of();
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
            boolean elder = (replay.isFirst() && !stepped)
                    || (!behind && replay.newest().found());
            boolean begins = begunHere.contains(event.actorId()) && Actions.isOfContainer(event);
            boolean seen = elder && !begins && !created.contains(event.actorId());
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
            List<EngineEvent> before = inOrder(older);
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

    /** These events as they stand in the log: a life that it shows to have ended does not go on. */
    private List<EngineEvent> inOrder(List<EngineEvent> some) {
        Set<EventId> ids = new HashSet<>();
        some.forEach(event -> ids.add(event.id()));
        return events.stream().filter(event -> ids.contains(event.id())).toList();
    }

    /**
     * The last that an earlier process is known to have read. If the keys of before the clock was set back took the room of those
     * behind, what it applied last shows it: it did so in the log's order.
     */
    private int read(StepContext context, Replay replay, Map<String, Integer> applied) {
        boolean dropped = replay.newest().found()
                && context.checkpoint.dedupWindow().lowWatermarkNs() > context.checkpoint.positionNs();
        int last = dropped ? applied.values().stream().max(Integer::compare).orElse(-1) : -1;
        return Math.max(last, indexOf(replay.last().event()));
    }

    /** Where the last event of each container stands that was applied: what stands before it was read before it. */
    private Map<String, Integer> applied(StepContext context) {
        Map<String, Integer> applied = new HashMap<>();
        for (int i = 0; i < events.size(); i++) {
            if (context.checkpoint.dedupWindow().contains(events.get(i))) {
                applied.put(events.get(i).actorId(), i);
            }
        }
        return applied;
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

    /** What was created after the trail's first list: that does not show it, and no line that it was removed. */
    private Set<String> created(ContainerList listing) {
        Set<String> created = new HashSet<>();
        for (EngineEvent event : events) {
            if (event.action().equals(Actions.CREATE)
                    && Actions.isOfContainer(event)
                    && listing.get(Actions.containerId(event)) == null) {
                created.add(event.actorId());
            } else if (event.action().equals(Actions.REMOVE)) {
                created.remove(event.actorId());
            }
        }
        return created;
    }

    /** Where each container's last start stands that was reported already. */
    private Map<String, Integer> begun(StepContext context, ContainerList listing, NearestBound nearest) {
        Map<String, Integer> begun = new HashMap<>();
        Set<String> applied = new HashSet<>();
        Map<String, Long> endedNs = new HashMap<>();
        for (int i = 0; i < events.size(); i++) {
            EngineEvent event = events.get(i);
            if (!Actions.isChange(event)) {
                continue;
            }
            boolean starts = Actions.BEGINNING.contains(event.action());
            if (event.action().equals(Actions.RESTORE)) {
                // The life before ended by a checkpoint.
                applied.remove(event.actorId());
            }
            // Behind what was applied of the life that is known stands no start of that.
            boolean listed = !applied.contains(event.actorId())
                    && !ListedLife.isBehindEnd(context, event, endedNs.get(event.actorId()))
                    && (ListedLife.isStart(context, listing, event) || nearest.is(event, i));
            if (starts && (isApplied(context, event) || listed || UnconfirmedLives.canBegin(context, event))) {
                begun.put(event.actorId(), i);
            }
            if (event.action().equals(Actions.DIED)) {
                applied.remove(event.actorId());
                endedNs.put(event.actorId(), event.timeNs());
            } else if (context.checkpoint.dedupWindow().contains(event)) {
                applied.add(event.actorId());
            }
        }
        return begun;
    }

    private static boolean isApplied(StepContext context, EngineEvent event) {
        return event.action().equals(Actions.START)
                && context.checkpoint.dedupWindow().contains(event);
    }

    /**
     * Behind which end of each container anything new of it stands: what stands before it, and the end itself, was applied
     * already, or is of a life before the one that the list shows to go on.
     */
    private Map<String, Integer> ended(StepContext context, ContainerList listing, NearestBound nearest, int known) {
        Map<String, Integer> ended = new HashMap<>();
        VanishedLives vanished = new VanishedLives(context, listing, events);
        for (int i = 0; i < events.size(); i++) {
            EngineEvent event = events.get(i);
            boolean applied = event.action().equals(Actions.DIED)
                    && context.checkpoint.dedupWindow().contains(event);
            if (vanished.isOf(event, i < known)
                    || applied
                    || (event.action().equals(Actions.DIED) && nearest.is(event, i))
                    || ListedLife.isOutlived(context, listing, event)
                    || ListedLife.isEndBeforeListed(context, events, i)
                    || UnconfirmedLives.isBefore(context, event)) {
                ended.put(event.actorId(), i + 1);
            }
        }
        return ended;
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
     * How many need not be new by their place in the log: those at or before the newest event known, unless they were written
     * after this process last read the log, as it remembers what it heard since. If the newest is gone: none if the clock was
     * set back and the log has begun anew since; else all, and their time stamps decide.
     */
    private int known(StepContext context, Replay replay) {
        int newest = indexOf(replay.newest().event());
        if (newest >= 0 && isUnapplied(context, replay, events.get(newest))) {
            return Math.max(newest, ReturningHost.readUntilStart(context, events));
        }
        if (newest == 0 && events.get(newest).action().equals(Actions.LOG_ROTATION)) {
            // What was left by the cut stands behind its mark, although it is older.
            return events.size();
        }
        if (newest >= 0) {
            State.ReadUntil read = context.readUntil;
            long lowWatermarkNs = context.checkpoint.dedupWindow().lowWatermarkNs();
            if (read == null) {
                // Up to there an earlier process read the log, of which the newest by its stamp need not be the last.
                return 1 + Math.max(newest, indexOf(replay.last().event()));
            }
            int last = lowWatermarkNs <= read.lowWatermarkNs() ? indexOf(read.last()) : newest;
            if (last < 0 && replay.isReplaced()) {
                // The log was begun anew since then, and what the stream brought of it stands in it.
                return 0;
            }
            return 1 + (last < 0 ? newest : Math.min(last, newest));
        }
        boolean anew = context.clockSetBackNs > 0 && !replay.isFirst();
        return anew ? ReturningHost.readUntilStart(context, events) : events.size();
    }

    /** Whether the newest event known is only the first that was left when a loss was reported, by a process that died then. */
    private static boolean isUnapplied(StepContext context, Replay replay, EngineEvent newest) {
        return replay.last().event() == null
                && !context.checkpoint.dedupWindow().contains(newest);
    }

    /**
     * Whether the log could be read all the time since its lives are known: then they began with what was read of it, and none
     * of them is known from a list only.
     */
    private static boolean isWhole(StepContext context) {
        return context.eventLog.isReadable() && (context.checkpoint.gap() == null || context.readUntil != null);
    }

    /**
     * Whether the host was restarted since the log was read: the mark of that is new by its place in the log, if the clock was
     * set back, or by its time stamp.
     */
    private boolean isRebooted(StepContext context, int known) {
        DedupWindow dedupWindow = context.checkpoint.dedupWindow();
        for (int i = 0; i < events.size(); i++) {
            EngineEvent event = events.get(i);
            if (event.action().equals(Actions.REFRESH)
                    && !dedupWindow.contains(event)
                    && (i >= known || !dedupWindow.refuses(event))) {
                return true;
            }
        }
        return false;
    }

    /** Where it stands in the log; -1 if it does not. */
    private int indexOf(@Nullable EventRef event) {
        for (int i = events.size() - 1; i >= 0; i--) {
            if (EventRef.of(events.get(i)).equals(event)) {
                return i;
            }
        }
        return -1;
    }
}
