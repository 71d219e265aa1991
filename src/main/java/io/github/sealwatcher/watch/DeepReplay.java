package io.github.sealwatcher.watch;

import io.github.sealwatcher.model.Alive;
import io.github.sealwatcher.model.ContainerId;
import io.github.sealwatcher.model.EngineEvent;
import io.github.sealwatcher.model.Life;
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
final class DeepReplay {

    /** By how much, at most, the clock can have been set back while nobody looked. */
    private static final long BACK_NS = 25 * 3600 * 1_000_000_000L;

    /** An event is never stamped so much later than now. */
    private static final long AHEAD_NS = 1_500_000_000L;

    private final List<EngineEvent> events;

    private DeepReplay(CollectedEvents collected) {
        events = collected.events();
    }

    /** From when on everything is to be read again. */
    static long sinceNs(long usualNs, long hostNowNs) {
        return Math.min(usualNs, hostNowNs) - BACK_NS;
    }

    /**
     * Makes room for more.
     *
     * @return what remains, or null if everything was applied and the rest is to be applied as it comes
     */
    static @Nullable CollectedEvents relieve(Turn turn, Round.Recalling recalling, CollectedEvents full) {
        boolean old =
                turn.backNs > 0 || turn.checkpoint.seen().refuses(full.events().get(0));
        if (old && !recalling.replay().newest().found()) {
            return full.withoutFirst();
        }
        return sort(turn, recalling, full) ? null : full;
    }

    /**
     * Queues what is new, and if the clock was set back goes on from the time to which it was set.
     *
     * @return false if a gap is to stop the task
     */
    static boolean sort(Turn turn, Round.Recalling recalling, CollectedEvents collected) {
        return new DeepReplay(collected).sort(turn, recalling);
    }

    private boolean sort(Turn turn, Round.Recalling recalling) {
        Replay replay = recalling.replay();
        Seen seen = turn.checkpoint.seen();
        int known = known(turn, replay);
        Map<String, Integer> begun = begun(seen);
        List<EngineEvent> older = new ArrayList<>();
        List<EngineEvent> fresh = new ArrayList<>();
        List<EngineEvent> early = new ArrayList<>();
        long earliestNs = Long.MAX_VALUE;
        boolean setBack = turn.backNs > 0;
        for (int i = 0; i < events.size(); i++) {
            EngineEvent event = events.get(i);
            boolean behind = i >= known;
            if (seen.contains(event)) {
                continue;
            }
            if (replay.isFirst() && event.timeNs() > turn.hostLatestNs() + AHEAD_NS) {
                // It is from before the clock was set back, and so from before the trail.
                early.add(event);
                continue;
            }
            if (!replay.isFirst() && isLateOfBefore(turn, event)) {
                early.add(event);
                continue;
            }
            if ((!behind && replay.newest().found() && isReported(event)) || i < startedAt(begun, event)) {
                // It was there when it was read before, and not to be reported then; or it is of an earlier life.
                early.add(event);
                continue;
            }
            if (behind || !seen.refuses(event)) {
                fresh.add(event);
                setBack |= behind && seen.refuses(event) && !replay.isFirst();
                earliestNs = Math.min(earliestNs, event.timeNs());
            } else {
                older.add(event);
            }
        }
        if (!GapDetector.judgeCollected(turn, recalling, older)) {
            return false;
        }
        if (replay.isFirst()) {
            older.addAll(early);
            turn.catalog = turn.catalog.begun(older);
            reportAbsent(turn, recalling.listing(), older, fresh);
        }
        for (EngineEvent event : early) {
            turn.checkpoint = turn.checkpoint.with(turn.checkpoint.seen().plus(event));
        }
        if (setBack) {
            goBack(turn, older, fresh, Math.min(earliestNs, turn.hostNowNs()));
        }
        fresh.forEach(event -> Deduplicator.takeReplayed(turn, event));
        return true;
    }

    /** Whether it is stamped shortly before the trail began, and was written after that. */
    private static boolean isLateOfBefore(Turn turn, EngineEvent event) {
        long beginNs = turn.checkpoint.seen().floorNs();
        boolean isBegin = beginNs > turn.checkpoint.positionNs() - turn.options.overlapNs();
        return turn.backNs == 0
                && isBegin
                && event.timeNs() < beginNs
                && event.timeNs() >= beginNs - GapDetector.LATE_NS;
    }

    /** An earlier trail, whose offset was deleted, may have left rows of containers that have ended since. */
    private static void reportAbsent(Turn turn, Listing listing, List<EngineEvent> before, List<EngineEvent> fresh) {
        Set<ContainerId> absent = new HashSet<>();
        before.stream().filter(DeepReplay::isOfContainer).forEach(event -> absent.add(idOf(event)));
        Set<ContainerId> begun = new HashSet<>();
        for (EngineEvent event : fresh) {
            if (isOfContainer(event) && begun.add(idOf(event)) && !isBegin(event)) {
                absent.add(idOf(event));
            }
        }
        turn.emitAbsent(absent, listing);
    }

    private static boolean isOfContainer(EngineEvent event) {
        return event.type().equals(Actions.CONTAINER) && !event.actorId().isEmpty();
    }

    private static ContainerId idOf(EngineEvent event) {
        return new ContainerId(event.actorId());
    }

    private static boolean isBegin(EngineEvent event) {
        return event.action().equals(Actions.CREATE) || event.action().equals(Actions.START);
    }

    /** Whether an event matters only to those who want its action reported. */
    private static boolean isReported(EngineEvent event) {
        return event.type().equals(Actions.CONTAINER)
                && !Actions.CHANGING.contains(event.action())
                && !event.action().equals(Actions.REMOVE)
                && !event.action().equals(Actions.RENAME)
                && Attributes.podId(event) == null;
    }

    /** Where each container's last start stands that was applied already. */
    private Map<String, Integer> begun(Seen seen) {
        Map<String, Integer> begun = new HashMap<>();
        for (int i = 0; i < events.size(); i++) {
            EngineEvent event = events.get(i);
            if (event.action().equals(Actions.START) && seen.contains(event)) {
                begun.put(event.actorId(), i);
            }
        }
        return begun;
    }

    private static int startedAt(Map<String, Integer> begun, EngineEvent event) {
        return begun.getOrDefault(event.actorId(), -1);
    }

    private static void goBack(Turn turn, List<EngineEvent> older, List<EngineEvent> fresh, long toNs) {
        long floorNs = toNs - turn.options.overlapNs();
        Seen seen = turn.checkpoint.seen();
        for (EngineEvent event : older) {
            seen = event.timeNs() < floorNs ? seen : seen.plus(event);
        }
        turn.catalog = turn.catalog.setBack();
        turn.checkpoint = turn.checkpoint.setBackTo(toNs, seen.downTo(floorNs), awaited(turn, fresh));
    }

    /** The alive containers whose own start event is among what is new. */
    private static Set<ContainerId> awaited(Turn turn, List<EngineEvent> fresh) {
        Set<ContainerId> seen = new HashSet<>();
        Set<ContainerId> awaited = new HashSet<>();
        for (EngineEvent event : fresh) {
            if (event.type().equals(Actions.CONTAINER) && Actions.CHANGING.contains(event.action())) {
                ContainerId id = new ContainerId(event.actorId());
                Alive known = turn.checkpoint.portfolio().alive(id);
                boolean first = seen.add(id);
                if (first
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
     * How many stand at or before the newest event known. If that is gone: none if the clock was set back, for then the log
     * has begun anew; else all, and their time stamps decide. If none is known, those that cannot be from now.
     */
    private int known(Turn turn, Replay replay) {
        for (int i = events.size(); i > 0; i--) {
            if (Mark.of(events.get(i - 1)).equals(replay.newest().mark())) {
                return i;
            }
        }
        return turn.backNs > 0 && !replay.isFirst() ? 0 : events.size();
    }
}
