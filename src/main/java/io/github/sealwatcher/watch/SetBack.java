package io.github.sealwatcher.watch;

import io.github.sealwatcher.model.EngineEvent;
import java.util.List;
import org.pcollections.PVector;
import org.pcollections.TreePVector;

/**
 * What a re-read brings after the host's clock was set back. What is new can't be told by its time stamp then: that time
 * was there before. But what stands in the log behind the newest event known is new; and if that is gone, everything is.
 * So all is collected first, in the order of the log.
 *
 * @param events at most as many as can be told apart later
 */
record SetBack(PVector<EngineEvent> events) {

    static final SetBack NOTHING = new SetBack(TreePVector.empty());

    /** How long ago, at most, the clock can have been set back while nobody looked. */
    private static final long LONGEST_NS = 24 * 3600 * 1_000_000_000L;

    /** From when on everything is to be read again. */
    static long sinceNs(Now now, long usualNs) {
        return Math.min(usualNs, now.wallNs() - LONGEST_NS);
    }

    SetBack plus(EngineEvent event) {
        return new SetBack((events.size() < Seen.MOST ? events : events.minus(0)).plus(event));
    }

    /**
     * Queues what is new, and goes on from the time to which the clock was set.
     *
     * @return false if a gap is to stop the task
     */
    boolean sort(Turn turn, Round.Recalling recalling) {
        Reread reread = recalling.reread();
        for (EngineEvent event : events) {
            boolean cut = event.action().equals(Actions.LOG_ROTATION)
                    && !turn.checkpoint.seen().contains(event);
            reread = cut ? reread.returned(event).cut() : reread.returned(event);
        }
        if ((reread.newest().isGone() || reread.isReplaced()) && !Rounds.sayGap(turn, reread, turn.now.wallNs())) {
            return false;
        }
        int known = known(turn.checkpoint.seen(), reread.newest());
        Seen before = turn.checkpoint.seen();
        Seen seen = before;
        for (EngineEvent event : events.subList(0, known)) {
            seen = before.refuses(event) ? seen.plus(event) : seen;
        }
        long lowestNs = turn.now.wallNs();
        for (EngineEvent event : events.subList(known, events.size())) {
            lowestNs = Math.min(lowestNs, event.timeNs());
        }
        turn.pace = turn.pace.settled();
        turn.catalog = turn.catalog.setBack();
        turn.checkpoint = turn.checkpoint.setBackTo(lowestNs, seen.downTo(lowestNs - turn.options.overlapNs()));
        if (turn.link instanceof Link.Linked linked && linked.round() instanceof Round.Recalling now) {
            turn.link = linked.in(now.having(reread.given()));
        }
        take(
                turn,
                events.subList(0, known).stream()
                        .filter(event -> !before.refuses(event))
                        .toList());
        take(turn, events.subList(known, events.size()));
        return true;
    }

    /**
     * How many are up to the last one known. If none of them is known: all that stands before the trail's begin; but none
     * if the newest event known is gone, for then the log has begun anew.
     */
    private int known(Seen seen, Reread.Anchor newest) {
        for (int i = events.size(); i > 0; i--) {
            EngineEvent event = events.get(i - 1);
            if (newest.is(Mark.of(event)) || seen.contains(event)) {
                return i;
            }
        }
        int old = 0;
        while (!newest.isOfLostLog() && old < events.size() && seen.refuses(events.get(old))) {
            old++;
        }
        return old;
    }

    private static void take(Turn turn, List<EngineEvent> events) {
        events.forEach(event -> Intake.take(turn, event));
    }
}
