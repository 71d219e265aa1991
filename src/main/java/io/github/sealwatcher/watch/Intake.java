package io.github.sealwatcher.watch;

import io.github.sealwatcher.model.Alive;
import io.github.sealwatcher.model.ContainerId;
import io.github.sealwatcher.model.EngineEvent;
import io.github.sealwatcher.model.HostChange;
import io.github.sealwatcher.model.Observed;
import org.jspecify.annotations.Nullable;

/**
 * Takes events in: tells new ones from repetitions, asks for the containers that they don't describe well enough, and
 * takes them in order as soon as the answers are there.
 */
final class Intake {

    private Intake() {}

    /** The stream brought an event. */
    static void heard(Turn turn, Link.Linked linked, EngineEvent event) {
        if (Rounds.isHolding(turn, linked)) {
            turn.pending = turn.pending.holding(event);
            return;
        }
        if (event.type().equals(Actions.SYSTEM) && isNew(turn, event)) {
            // What couldn't be read may have been cut off.
            turn.history = History.READABLE;
            // The log was cut or begun anew: what the stream skipped there must come before this and what follows.
            // Nobody knows for how long the stream had stood still, so the re-read begins where it had come to.
            turn.pending = turn.pending.holding(event);
            Rounds.want(turn, true);
            return;
        }
        take(turn, event);
        drain(turn);
    }

    /** History brought an event. */
    static void recalled(Turn turn, Link.Linked linked, EngineEvent event) {
        if (linked.round() instanceof Round.Recalling recalling && recalling.setBack() != null) {
            turn.link = linked.in(recalling.collecting(recalling.setBack().plus(event)));
            return;
        }
        if (linked.round() instanceof Round.Recalling recalling) {
            boolean cut = event.action().equals(Actions.LOG_ROTATION);
            Reread reread = recalling.reread().returned(event);
            if (cut && isNew(turn, event)) {
                turn.link = linked.in(recalling.having(reread.cut()).marking(event));
                return;
            }
            turn.link = linked.in(recalling.having(reread));
            boolean gone = reread.newest().isGone();
            // Said before anything past it is told: a crash in between would leave the gap unsaid for ever.
            boolean past = event.timeNs() > reread.newest().timeNs() && isTold(turn, event);
            if (gone && past && !Rounds.sayGap(turn, reread, event.timeNs())) {
                return;
            }
            // Also by one that the stream brought before the list was there.
            touch(turn, event);
        }
        take(turn, event);
        drain(turn);
    }

    /** What the stream brought while history was re-read is taken in now. */
    static void release(Turn turn) {
        Pending before = turn.pending;
        turn.pending = before.released();
        for (EngineEvent event : before.held()) {
            if (turn.again) {
                turn.pending = turn.pending.holding(event);
            } else if (!isOutdated(turn, event)
                    && take(turn, event)
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
                && known.life().startedAtNs() <= turn.now.wallNs();
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
            drain(turn);
        }
    }

    /** Queues an event unless it is a repetition; whether it did. */
    static boolean take(Turn turn, EngineEvent event) {
        boolean fresh = isNew(turn, event);
        if (fresh) {
            turn.pending = turn.pending.plus(new Item.Event(event, Questions.ask(turn, event)));
        }
        return fresh;
    }

    /** Whether taking it in can tell anything. */
    private static boolean isTold(Turn turn, EngineEvent event) {
        String action = event.action();
        boolean tells = Actions.CHANGING.contains(action)
                || action.equals(Actions.REMOVE)
                || action.equals(Actions.RENAME)
                || event.type().equals(Actions.SYSTEM)
                || Attributes.podId(event) != null
                || turn.options.actions().include(action);
        return tells && isNew(turn, event);
    }

    private static boolean isNew(Turn turn, EngineEvent event) {
        Seen seen = turn.checkpoint.seen();
        return !seen.refuses(event)
                && !seen.contains(event)
                && !turn.pending.waiting().contains(event.id());
    }

    /** Takes in what waits, as far as nothing is missing. */
    static void drain(Turn turn) {
        for (Item item = turn.pending.ready(); item != null; item = turn.pending.ready()) {
            Observed answer = turn.pending.answer(item);
            turn.pending = turn.pending.next();
            if (item instanceof Item.Event event) {
                event(turn, event.event(), answer);
            } else if (item instanceof Item.Tell tell) {
                Telling.tell(turn, tell, answer);
            } else if (item instanceof Item.Compare) {
                Rounds.compare(turn);
            } else if (item instanceof Item.Close close) {
                Rounds.close(turn, close);
            }
        }
    }

    /** Takes in the events that wait, with what is known of their containers without asking. */
    static void drainUnanswered(Turn turn) {
        for (Item item : turn.pending.queue()) {
            if (item instanceof Item.Event event) {
                event(turn, event.event(), turn.pending.answer(item));
            }
        }
    }

    private static void event(Turn turn, EngineEvent event, @Nullable Observed answer) {
        boolean container =
                event.type().equals(Actions.CONTAINER) && !event.actorId().isEmpty();
        if (container) {
            touch(turn, event);
            new Fold(turn, event, answer).apply();
            return;
        }
        boolean system = event.type().equals(Actions.SYSTEM);
        if (system && event.action().equals(Actions.LOG_ROTATION)) {
            turn.checkpoint = turn.checkpoint.cut();
        }
        turn.having(event, system);
        if (event.type().equals(Actions.POD)) {
            Fold.pod(turn, event);
        } else if (system && event.action().equals(Actions.LOG_ROTATION)) {
            turn.emit(HostChange.of(HostChange.Type.LOG_ROTATED, event.timeNs(), null));
        } else if (system && event.action().equals(Actions.REFRESH)) {
            turn.checkpoint = turn.checkpoint.with(turn.checkpoint.portfolio().continued(event.timeNs()));
        }
    }

    /**
     * A list is too old for a container of which an event says more; by how much is read from two clocks, which differ a little.
     * An event from the future is from before a step of the clock.
     */
    private static void touch(Turn turn, EngineEvent event) {
        if (turn.link instanceof Link.Linked linked
                && linked.round() instanceof Round.Recalling recalling
                && event.timeNs() >= recalling.listing().askedAtNs() - turn.options.overlapNs() / 2
                && event.timeNs() <= turn.now.wallNs() + turn.options.overlapNs() / 2
                && event.type().equals(Actions.CONTAINER)
                && !event.actorId().isEmpty()
                && Actions.COMPARED.contains(event.action())) {
            turn.link = linked.in(recalling.touching(new ContainerId(event.actorId())));
        }
    }
}
