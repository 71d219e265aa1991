package io.github.sealwatcher.watch;

import io.github.sealwatcher.model.Container;
import io.github.sealwatcher.model.ContainerId;
import io.github.sealwatcher.model.EngineEvent;
import io.github.sealwatcher.model.Observed;
import io.github.sealwatcher.model.Run;
import org.jspecify.annotations.Nullable;

/**
 * Decides what has to be asked before an event can be told: never what a list has told already, and never for a container
 * that no longer exists.
 */
final class Questions {

    private static final long SECOND_NS = 1_000_000_000L;

    private Questions() {}

    /** The event, waiting for the answers to what is asked for it. */
    static Item.Event ask(Turn turn, EngineEvent event, boolean replayed) {
        String podId = unnamedPod(turn, event);
        long podTicket = podId == null ? Item.NO_TICKET : turn.lookUpPod(podId);
        return new Item.Event(event, replayed, askContainer(turn, event), podTicket);
    }

    /** Asks what is missing; gives the ticket of the answer, or {@link Item#NO_TICKET}. */
    private static long askContainer(Turn turn, EngineEvent event) {
        if (!event.type().equals(Actions.CONTAINER) || event.actorId().isEmpty()) {
            return Item.NO_TICKET;
        }
        ContainerId id = new ContainerId(event.actorId());
        Observed shown = turn.catalog.get(id);
        boolean old = event.timeNs() < turn.catalog.listedAtNs();
        if (old && shown == null) {
            return Item.NO_TICKET;
        }
        if (event.action().equals(Actions.CHECKPOINT) || event.action().equals(Actions.RESTORE)) {
            // Neither event tells whether there are processes now, and which.
            return turn.lookUp(id, !turn.options.inspect(), turn.options.inspect());
        }
        boolean unexpected = isUnexpected(turn, event, id) && (!old || isUndecided(turn, id, shown));
        // To the nanosecond: a container can live twice within the second that a list rounds to.
        boolean inspect = turn.options.inspect()
                && (unexpected || (event.action().equals(Actions.START) && isWorthInspecting(old, shown)));
        boolean list = unexpected || (!inspect && isTold(turn, event, id) && isUndescribed(turn, id, shown));
        return inspect || list ? turn.lookUp(id, list, inspect) : Item.NO_TICKET;
    }

    /** A start that is older than the list is worth it only for what the list doesn't tell. */
    private static boolean isWorthInspecting(boolean old, @Nullable Observed shown) {
        return !old
                || shown == null
                || !shown.container().isInspected()
                || (shown.run() instanceof Run.Living living && living.life().pid() == 0);
    }

    /** Only the container itself tells whether this is of a life that was told to have ended or of one whose start was lost. */
    private static boolean isUnexpected(Turn turn, EngineEvent event, ContainerId id) {
        return Actions.CHANGING.contains(event.action())
                && !event.action().equals(Actions.START)
                && turn.checkpoint.portfolio().alive(id) == null;
    }

    /** A list rounds to the second: the life that it shows may be the one told to have ended within that, or the next. */
    private static boolean isUndecided(Turn turn, ContainerId id, @Nullable Observed shown) {
        Long endNs = turn.catalog.endedAtNs(id);
        return endNs != null
                && shown != null
                && shown.run() instanceof Run.Ended ended
                && ended.startedAtNs() == Math.floorDiv(endNs, SECOND_NS) * SECOND_NS;
    }

    /** The id of the pod that the event is the first to name; null if there is none. */
    private static @Nullable String unnamedPod(Turn turn, EngineEvent event) {
        if (!event.type().equals(Actions.CONTAINER) || !Actions.TELLING_POD.contains(event.action())) {
            return null;
        }
        String podId = Attributes.podId(event);
        return podId == null || turn.checkpoint.portfolio().podNames().containsKey(podId) ? null : podId;
    }

    private static boolean isTold(Turn turn, EngineEvent event, ContainerId id) {
        String action = event.action();
        return Actions.CHANGING.contains(action)
                || turn.options.actions().include(action)
                || (action.equals(Actions.CREATE) && Attributes.podId(event) != null)
                || (action.equals(Actions.REMOVE)
                        && turn.checkpoint.portfolio().members().containsKey(id));
    }

    private static boolean isUndescribed(Turn turn, ContainerId id, @Nullable Observed shown) {
        var alive = turn.checkpoint.portfolio().alive(id);
        Container known = alive != null ? alive.container() : shown == null ? null : shown.container();
        return known == null || known.isUnknown();
    }
}
