package io.github.sealwatcher.watch;

import io.github.sealwatcher.model.Alive;
import io.github.sealwatcher.model.ContainerId;
import io.github.sealwatcher.model.EngineEvent;
import io.github.sealwatcher.model.HostChange;
import io.github.sealwatcher.model.Observed;
import io.github.sealwatcher.model.PodRef;
import java.util.Set;
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
        if (isNewlyHeard(turn, event)) {
            takeNow(turn, event, false);
        }
        drain(turn);
    }

    /** History brought an event. */
    static void recalled(Turn turn, Link.Linked linked, EngineEvent event) {
        if (!(linked.round() instanceof Round.Recalling recalling)) {
            if (isNew(turn, event)) {
                takeNow(turn, event, true);
            }
            drain(turn);
            return;
        }
        boolean unknown = isNew(turn, event);
        boolean cut = event.action().equals(Actions.LOG_ROTATION);
        Round.Recalling further = recalling.having(recalling.replay().returned(event, unknown));
        if (cut && unknown) {
            turn.link = linked.in(further.marking(event));
            return;
        }
        DeepReplay deep = further.deep();
        if (deep != null) {
            DeepReplay more = deep.plus(event);
            turn.link = linked.in(further.collecting(more));
            if (more.isFull()) {
                DeepReplay relieved = DeepReplay.relieve(turn, further.collecting(more), more);
                if (turn.link instanceof Link.Linked now && now.round() instanceof Round.Recalling still) {
                    turn.link = now.in(still.collecting(relieved));
                }
                drain(turn);
            }
            return;
        }
        turn.link = linked.in(further);
        if (unknown && tells(turn, event) && !GapDetector.judgeBefore(turn, further.replay(), event)) {
            return;
        }
        if (!turn.checkpoint.seen().refuses(event)) {
            // Also by one that the stream brought before the list was there.
            touch(turn, event);
        }
        if (unknown) {
            takeNow(turn, event, true);
        }
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

    /** A pod was asked for. */
    static void podFound(Turn turn, Input.PodFound answer) {
        PodRef pod = answer.pod();
        if (pod != null) {
            turn.checkpoint = turn.checkpoint.with(turn.checkpoint.portfolio().named(pod));
        }
        turn.pending = turn.pending.answered(answer.ticket(), null);
        drain(turn);
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

    /** Queues an event that a replay brought, unless it is a repetition. */
    static void takeReplayed(Turn turn, EngineEvent event) {
        take(turn, event, true);
    }

    /** Queues an event unless it is a repetition; whether it did. */
    private static boolean take(Turn turn, EngineEvent event, boolean replayed) {
        boolean fresh = replayed ? isNew(turn, event) : isNewlyHeard(turn, event);
        if (fresh) {
            turn.pending = turn.pending.plus(Questions.ask(turn, event, replayed));
        }
        return fresh;
    }

    /** Applies a new event, or queues it if it has to wait. */
    private static void takeNow(Turn turn, EngineEvent event, boolean replayed) {
        Item.Event item = Questions.ask(turn, event, replayed);
        if (turn.pending.queue().isEmpty() && item.ticket() == Item.NO_TICKET && item.podTicket() == Item.NO_TICKET) {
            event(turn, item, null);
        } else {
            turn.pending = turn.pending.plus(item);
        }
    }

    /** Whether taking a new event in can tell anything. */
    private static boolean tells(Turn turn, EngineEvent event) {
        String action = event.action();
        return Actions.CHANGING.contains(action)
                || action.equals(Actions.REMOVE)
                || action.equals(Actions.RENAME)
                || event.type().equals(Actions.SYSTEM)
                || Attributes.podId(event) != null
                || turn.options.actions().include(action);
    }

    private static boolean isNew(Turn turn, EngineEvent event) {
        return !turn.checkpoint.seen().refuses(event) && isUnseen(turn, event);
    }

    /** Whether an event that the stream brought is new. */
    private static boolean isNewlyHeard(Turn turn, EngineEvent event) {
        boolean newOnly = turn.link instanceof Link.Linked linked && linked.stream() == Link.Stream.NEW_ONLY;
        return newOnly ? isUnseen(turn, event) : isNew(turn, event);
    }

    private static boolean isUnseen(Turn turn, EngineEvent event) {
        return !turn.checkpoint.seen().contains(event)
                && (turn.pending.waiting().isEmpty()
                        || !turn.pending.waiting().contains(event.id()));
    }

    /** Takes in what waits, as far as nothing is missing. */
    static void drain(Turn turn) {
        for (Item item = turn.pending.ready(); item != null; item = turn.pending.ready()) {
            Observed answer = turn.pending.answer(item);
            turn.pending = turn.pending.next();
            if (item instanceof Item.Event event) {
                event(turn, event, answer);
            } else if (item instanceof Item.Tell tell) {
                Telling.tell(turn, tell, answer);
            } else if (item instanceof Item.Compare) {
                Rounds.compare(turn);
            } else if (item instanceof Item.Close close) {
                Rounds.close(turn, close);
            }
        }
    }

    /** Takes in what was read, with what is known of the containers without asking. */
    static void drainUnread(Turn turn, Round.Recalling recalling) {
        DeepReplay deep = recalling.deep();
        if (deep != null && recalling.replay().newest().found()) {
            deep.sort(turn, recalling);
        }
        for (Item item : turn.pending.queue()) {
            if (item instanceof Item.Event event) {
                event(turn, event, turn.pending.answer(item));
            }
        }
    }

    private static void event(Turn turn, Item.Event item, @Nullable Observed answer) {
        EngineEvent event = item.event();
        boolean container =
                event.type().equals(Actions.CONTAINER) && !event.actorId().isEmpty();
        if (container) {
            touch(turn, event);
            new Fold(turn, item, answer).apply();
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
            turn.checkpoint = turn.checkpoint.with(turn.checkpoint.portfolio().continued(event.timeNs(), Set.of()));
        }
    }

    /**
     * A list is too old for a container of which an event says more; by how much depends on how late events are written. An
     * event from the future is from before a step of the clock.
     */
    private static void touch(Turn turn, EngineEvent event) {
        if (turn.link instanceof Link.Linked linked
                && linked.round() instanceof Round.Recalling recalling
                && event.timeNs() >= recalling.listing().askedAtNs() - turn.options.overlapNs() / 2
                && event.timeNs() <= turn.hostLatestNs() + turn.options.overlapNs() / 2
                && event.type().equals(Actions.CONTAINER)
                && !event.actorId().isEmpty()
                && Actions.COMPARED.contains(event.action())) {
            ContainerId id = new ContainerId(event.actorId());
            boolean turns =
                    event.action().equals(Actions.PAUSE) || event.action().equals(Actions.UNPAUSE);
            turn.link = linked.in(turns ? recalling.turning(id) : recalling.touching(id));
        }
    }
}
