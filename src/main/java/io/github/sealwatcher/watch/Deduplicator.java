package io.github.sealwatcher.watch;

import io.github.sealwatcher.model.Alive;
import io.github.sealwatcher.model.ContainerId;
import io.github.sealwatcher.model.EngineEvent;

/** Tells new events from repetitions, and queues the new ones. */
final class Deduplicator {

    private Deduplicator() {}

    /** What the stream brought while history was re-read is taken in now. */
    static void release(Turn turn) {
        Pending before = turn.pending;
        turn.pending = before.released();
        for (EngineEvent event : before.held()) {
            if (turn.again) {
                turn.pending = turn.pending.holding(event);
            } else if (!isOutdated(turn, event)
                    && take(turn, event, false)
                    && event.type().equals(Actions.SYSTEM)) {
                // Cut once more while it was re-read.
                turn.again = true;
            }
        }
    }

    /**
     * Whether history has told of a later life meanwhile: if it didn't tell of this event, that was cut off, and so came
     * before all that history told.
     */
    private static boolean isOutdated(Turn turn, EngineEvent event) {
        Alive known = event.actorId().isEmpty() || !event.type().equals(Actions.CONTAINER)
                ? null
                : turn.checkpoint.portfolio().alive(new ContainerId(event.actorId()));
        return known != null
                && known.life().startedAtNs() - event.timeNs() > turn.options.overlapNs() / 2
                && known.life().startedAtNs() <= turn.hostLatestNs();
    }

    /** Queues an event that a replay brought, unless it is a repetition. */
    static void takeReplayed(Turn turn, EngineEvent event) {
        take(turn, event, true);
    }

    /** Queues an event unless it is a repetition; whether it did. */
    static boolean take(Turn turn, EngineEvent event, boolean replayed) {
        boolean fresh = replayed ? isNew(turn, event) : isNewlyHeard(turn, event);
        if (fresh) {
            turn.pending = turn.pending.plus(Questions.ask(turn, event, replayed));
        }
        return fresh;
    }

    static boolean isNew(Turn turn, EngineEvent event) {
        return !turn.checkpoint.seen().refuses(event) && isUnseen(turn, event);
    }

    /** Whether an event that the stream brought is new. */
    private static boolean isNewlyHeard(Turn turn, EngineEvent event) {
        boolean newOnly = turn.link instanceof Link.Linked linked && linked.stream() == Link.Stream.NEW_ONLY;
        return newOnly ? isUnseen(turn, event) : isNew(turn, event);
    }

    private static boolean isUnseen(Turn turn, EngineEvent event) {
        return !turn.checkpoint.seen().contains(event)
                && !turn.pending.waiting().contains(event.id());
    }
}
