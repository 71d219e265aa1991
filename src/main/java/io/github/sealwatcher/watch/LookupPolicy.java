package io.github.sealwatcher.watch;

import io.github.sealwatcher.model.Container;
import io.github.sealwatcher.model.ContainerId;
import io.github.sealwatcher.model.EngineEvent;
import io.github.sealwatcher.model.Life;
import io.github.sealwatcher.model.LiveContainer;
import io.github.sealwatcher.model.ObservedContainer;
import io.github.sealwatcher.model.RunState;
import io.github.sealwatcher.watch.state.Actions;
import io.github.sealwatcher.watch.state.QueueItem;
import org.jspecify.annotations.Nullable;

/**
 * Decides what has to be looked up before an event can be reported: never what a list has shown already, and never for a container
 * that no longer exists.
 */
final class LookupPolicy {

    private static final long SECOND_NS = 1_000_000_000L;

    private LookupPolicy() {}

    /** What a list leads to: only an inspect shows how long the stop of a container may take. */
    static void listed(StepContext context) {
        if (context.options.inspect()) {
            context.cache.listed().stopping().forEach((id, stopping) -> {
                if (stopping.timeoutNs() == null) {
                    context.lookUpLater(id);
                }
            });
        }
    }

    /** The event, waiting for the answers to what is asked for it. */
    static QueueItem.Event request(StepContext context, EngineEvent event, boolean replayed) {
        String podId = unnamedPod(context, event);
        long podTicket = podId == null ? QueueItem.NO_TICKET : context.lookUpPod(podId);
        return new QueueItem.Event(event, replayed, requestContainer(context, event, replayed), podTicket);
    }

    /** Asks what is missing; gives the ticket of the answer, or {@link QueueItem#NO_TICKET}. */
    private static long requestContainer(StepContext context, EngineEvent event, boolean replayed) {
        if (!event.type().equals(Actions.CONTAINER) || event.actorId().isEmpty()) {
            return QueueItem.NO_TICKET;
        }
        ContainerId id = new ContainerId(event.actorId());
        ObservedContainer shown = context.cache.get(id);
        boolean old = event.timeNs() < context.cache.listedAtNs();
        if (old && shown == null) {
            return QueueItem.NO_TICKET;
        }
        if (event.action().equals(Actions.CHECKPOINT) || event.action().equals(Actions.RESTORE)) {
            // Neither event shows whether there are processes now, and which.
            return context.lookUp(id, !context.options.inspect(), context.options.inspect());
        }
        if (isOutdated(context, event, id)) {
            // Only what is shown now tells whether it is of the life that the list showed.
            return context.lookUp(id, true, context.options.inspect());
        }
        boolean unexpected = isUnexpected(context, event, id) && (!old || isUndecided(context, id, shown));
        // To the nanosecond: a container can live twice within the second that a list rounds to.
        boolean inspect = context.options.inspect()
                && (unexpected
                        || isOfLaterLife(context, event, id, shown)
                        || (replayed && !old && endsListed(context, event, id))
                        || (event.action().equals(Actions.START) && isWorthInspecting(old, shown)));
        boolean list = unexpected || (!inspect && isReported(context, event, id) && isUndescribed(context, id, shown));
        return inspect || list ? context.lookUp(id, list, inspect) : QueueItem.NO_TICKET;
    }

    /** Whether the event can have come before the list from which the life is known. */
    private static boolean isOutdated(StepContext context, EngineEvent event, ContainerId id) {
        LiveContainer known = context.checkpoint.portfolio().alive(id);
        boolean turns = Actions.TURNING.contains(event.action());
        return known != null
                && (EarlierEnd.isPossible(context, known, event)
                        || LaterLife.isPossible(context, known, event)
                        || (turns
                                && (TrailBegin.isDoubtful(context, event)
                                        || ListedLife.isShown(context, known, event.timeNs()))));
    }

    /** A start that is older than the list is worth it only for what the list doesn't show. */
    private static boolean isWorthInspecting(boolean old, @Nullable ObservedContainer shown) {
        return !old
                || shown == null
                || !shown.container().isInspected()
                || (shown.state() instanceof RunState.Live live && live.life().pid() == 0);
    }

    /** Only an inspect shows whether this is of the known life, or of a later one that a list shows. */
    private static boolean isOfLaterLife(
            StepContext context, EngineEvent event, ContainerId id, @Nullable ObservedContainer shown) {
        LiveContainer known = context.checkpoint.portfolio().alive(id);
        if (known == null || shown == null) {
            return false;
        }
        Life now = shown.life();
        Life last = LastLife.of(shown);
        if (event.action().equals(Actions.PAUSE) || event.action().equals(Actions.UNPAUSE)) {
            // While the log cannot be read, nothing else shows which of them it is.
            return context.eventLog.isBlind() && now != null && !known.life().canBe(now);
        }
        return event.action().equals(Actions.START)
                ? !known.life().announced() && (now == null || now.isOtherProcess(known.life()))
                : event.action().equals(Actions.DIED)
                        && (now == null || now.covers(event.timeNs()))
                        && last != null
                        && !known.life().canBe(last);
    }

    /** Only a look-up shows whether this is of a life that was reported as ended or of one whose start was lost. */
    private static boolean isUnexpected(StepContext context, EngineEvent event, ContainerId id) {
        return Actions.isChange(event)
                && !event.action().equals(Actions.START)
                && context.checkpoint.portfolio().alive(id) == null;
    }

    /** Only a look-up shows whether this is the end of a life that is known from a list, or of one before. */
    private static boolean endsListed(StepContext context, EngineEvent event, ContainerId id) {
        LiveContainer known = context.checkpoint.portfolio().alive(id);
        return context.logOrder
                && event.action().equals(Actions.DIED)
                && known != null
                && !known.life().announced();
    }

    /** A list rounds to the second: the life that it shows may be the one reported as ended within that second, or the next. */
    private static boolean isUndecided(StepContext context, ContainerId id, @Nullable ObservedContainer shown) {
        Long endNs = context.cache.endedAtNs(id);
        return endNs != null
                && shown != null
                && shown.state() instanceof RunState.Ended ended
                && ended.startedAtNs() == Math.floorDiv(endNs, SECOND_NS) * SECOND_NS;
    }

    /** The id of the pod that the event is the first to name; null if there is none. */
    private static @Nullable String unnamedPod(StepContext context, EngineEvent event) {
        if (!event.type().equals(Actions.CONTAINER) || !Actions.NAMING_POD.contains(event.action())) {
            return null;
        }
        String podId = Attributes.podId(event);
        return podId == null || context.checkpoint.portfolio().podNames().containsKey(podId) ? null : podId;
    }

    private static boolean isReported(StepContext context, EngineEvent event, ContainerId id) {
        String action = event.action();
        return Actions.CHANGING.contains(action)
                || context.options.actions().include(action)
                || (action.equals(Actions.CREATE) && Attributes.podId(event) != null)
                || (action.equals(Actions.REMOVE)
                        && context.checkpoint.portfolio().members().containsKey(id));
    }

    private static boolean isUndescribed(StepContext context, ContainerId id, @Nullable ObservedContainer shown) {
        var alive = context.checkpoint.portfolio().alive(id);
        Container known = alive != null ? alive.container() : shown == null ? null : shown.container();
        return known == null || known.isUnknown();
    }
}
