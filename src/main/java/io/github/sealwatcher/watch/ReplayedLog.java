package io.github.sealwatcher.watch;

import io.github.sealwatcher.model.EngineEvent;
import io.github.sealwatcher.model.EventId;
import io.github.sealwatcher.watch.checkpoint.DedupWindow;
import io.github.sealwatcher.watch.checkpoint.EventRef;
import io.github.sealwatcher.watch.state.Actions;
import io.github.sealwatcher.watch.state.ContainerList;
import io.github.sealwatcher.watch.state.Replay;
import io.github.sealwatcher.watch.state.State;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The log as a replay brought it, in its order: where what is known of earlier readings, and the bounds of lives, stand in it.
 * Places count from 0; -1 is in front of all events.
 */
record ReplayedLog(List<EngineEvent> events) {

    /**
     * The last that an earlier process is known to have read. If the keys of before the clock was set back took the room of those
     * behind, what it applied last shows it: it did so in the log's order.
     */
    int read(StepContext context, Replay replay, Map<String, Integer> applied) {
        boolean dropped = replay.newest().found()
                && context.checkpoint.dedupWindow().lowWatermarkNs() > context.checkpoint.positionNs();
        int last = dropped ? applied.values().stream().max(Integer::compare).orElse(-1) : -1;
        return Math.max(last, indexOf(replay.last().event()));
    }

    /** Where the last event of each container stands that was applied: what stands before it was read before it. */
    Map<String, Integer> applied(StepContext context) {
        Map<String, Integer> applied = new HashMap<>();
        for (int i = 0; i < events.size(); i++) {
            if (context.checkpoint.dedupWindow().contains(events.get(i))) {
                applied.put(events.get(i).actorId(), i);
            }
        }
        return applied;
    }

    /** What was created after the trail's first list: that does not show it, and no line that it was removed. */
    Set<String> created(ContainerList listing) {
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
    Map<String, Integer> begun(StepContext context, ContainerList listing, NearestBound nearest) {
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
    Map<String, Integer> ended(StepContext context, ContainerList listing, NearestBound nearest, int known) {
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

    /**
     * How many need not be new by their place in the log: those at or before the newest event known, unless they were written
     * after this process last read the log, as it remembers what it heard since. If the newest is gone: none if the clock was
     * set back and the log has begun anew since; else all, and their time stamps decide.
     */
    int known(StepContext context, Replay replay) {
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
     * Whether the host was restarted since the log was read: the mark of that is new by its place in the log, if the clock was
     * set back, or by its time stamp.
     */
    boolean isRebooted(StepContext context, int known) {
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
    int indexOf(@Nullable EventRef event) {
        for (int i = events.size() - 1; i >= 0; i--) {
            if (EventRef.of(events.get(i)).equals(event)) {
                return i;
            }
        }
        return -1;
    }

    /** These events as they stand in the log: a life that it shows to have ended does not go on. */
    List<EngineEvent> inOrder(List<EngineEvent> some) {
        Set<EventId> ids = new HashSet<>();
        some.forEach(event -> ids.add(event.id()));
        return events.stream().filter(event -> ids.contains(event.id())).toList();
    }
}
