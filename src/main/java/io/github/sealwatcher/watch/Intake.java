package io.github.sealwatcher.watch;

import io.github.sealwatcher.model.EngineEvent;
import io.github.sealwatcher.model.Observed;
import io.github.sealwatcher.model.PodRef;

/** Takes in what the engine brings: events of the stream and of history, and the answers to look-ups. */
final class Intake {

    private Intake() {}

    /** The stream brought an event. */
    static void heard(Turn turn, Link.Linked linked, EngineEvent event) {
        if (ResyncRequests.isHolding(turn, linked)) {
            turn.pending = turn.pending.holding(event);
            return;
        }
        if (event.type().equals(Actions.SYSTEM) && Deduplicator.isNew(turn, event)) {
            // What couldn't be read may have been cut off.
            turn.history = History.READABLE;
            // The log was cut or begun anew: what the stream skipped there must come before this and what follows.
            // Nobody knows for how long the stream had stood still, so the re-read begins where it had come to.
            turn.pending = turn.pending.holding(event);
            ResyncRequests.want(turn, true);
            return;
        }
        Deduplicator.take(turn, event, false);
    }

    /** History brought an event. */
    static void recalled(Turn turn, Link.Linked linked, EngineEvent event) {
        if (!(linked.round() instanceof Round.Recalling recalling)) {
            Deduplicator.take(turn, event, true);
            return;
        }
        boolean unknown = Deduplicator.isNew(turn, event);
        boolean cut = event.action().equals(Actions.LOG_ROTATION);
        Round.Recalling further = recalling.having(recalling.replay().returned(event, unknown));
        if (cut && unknown) {
            turn.link = linked.in(further.marking(event));
            return;
        }
        CollectedEvents deep = further.deep();
        if (deep != null) {
            CollectedEvents more = deep.plus(event);
            turn.link = linked.in(further.collecting(more));
            if (more.isFull()) {
                CollectedEvents relieved = DeepReplay.relieve(turn, further.collecting(more), more);
                if (turn.link instanceof Link.Linked now && now.round() instanceof Round.Recalling still) {
                    turn.link = now.in(still.collecting(relieved));
                }
            }
            return;
        }
        turn.link = linked.in(further);
        if (tells(turn, event) && !GapDetector.judgeBefore(turn, further.replay(), event)) {
            return;
        }
        if (!turn.checkpoint.seen().refuses(event)) {
            // Also by one that the stream brought before the list was there.
            ResyncRequests.touch(turn, event);
        }
        Deduplicator.take(turn, event, true);
    }

    /** A pod was asked for. */
    static void podFound(Turn turn, Input.PodFound answer) {
        PodRef pod = answer.pod();
        if (pod != null) {
            turn.checkpoint = turn.checkpoint.with(turn.checkpoint.portfolio().named(pod));
        }
        turn.pending = turn.pending.answered(answer.ticket(), null);
    }

    /** A look-up was answered. */
    static void lookedUp(Turn turn, Input.LookedUp answer) {
        Observed found = answer.found();
        if (found != null) {
            turn.catalog = turn.catalog.plus(found);
            turn.checkpoint = turn.checkpoint.with(turn.checkpoint.portfolio().describedBy(found));
        }
        if (answer.ticket() != Item.NO_TICKET) {
            turn.pending = turn.pending.answered(answer.ticket(), found);
        }
    }

    /** Whether taking it in can tell anything. */
    private static boolean tells(Turn turn, EngineEvent event) {
        String action = event.action();
        boolean tells = Actions.CHANGING.contains(action)
                || action.equals(Actions.REMOVE)
                || action.equals(Actions.RENAME)
                || event.type().equals(Actions.SYSTEM)
                || Attributes.podId(event) != null
                || turn.options.actions().include(action);
        return tells && Deduplicator.isNew(turn, event);
    }
}
