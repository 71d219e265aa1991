package io.github.sealwatcher.watch;

import io.github.sealwatcher.model.ContainerId;
import io.github.sealwatcher.model.EngineEvent;
import io.github.sealwatcher.model.EventId;
import io.github.sealwatcher.model.LiveContainer;
import io.github.sealwatcher.watch.state.Actions;
import io.github.sealwatcher.watch.state.Connection;
import io.github.sealwatcher.watch.state.EventQueue;
import io.github.sealwatcher.watch.state.QueueItem;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Distinguishes new events from repetitions, and queues the new ones. */
final class Deduplicator {

    private Deduplicator() {}

    /** Queues what the stream delivered during the replay. */
    static void releaseHeld(StepContext context) {
        EventQueue before = context.queue;
        context.queue = before.released();
        for (EngineEvent event : before.held()) {
            if (context.resyncRequested) {
                context.queue = context.queue.holding(event);
            } else if (!isOutdated(context, event)
                    && enqueue(context, event, false)
                    && event.type().equals(Actions.SYSTEM)) {
                // Cut once more while it was re-read.
                context.resyncRequested = true;
            }
        }
    }

    /**
     * Whether the replay has returned a later life meanwhile: if it didn't return this event, a rotation removed it, so it is
     * older than all that the replay returned.
     */
    private static boolean isOutdated(StepContext context, EngineEvent event) {
        LiveContainer known = event.actorId().isEmpty() || !event.type().equals(Actions.CONTAINER)
                ? null
                : context.checkpoint.portfolio().alive(new ContainerId(event.actorId()));
        return known != null
                && known.life().startedAtNs() - event.timeNs() > context.options.overlapNs() / 2
                && known.life().startedAtNs() <= context.hostLatestNs();
    }

    /** Queues an event that a replay brought, unless it is a repetition. */
    static void enqueueReplayed(StepContext context, EngineEvent event) {
        enqueue(context, event, true);
    }

    /**
     * The same if it is known where in the log it stands.
     *
     * @param behind whether that is behind the start of the life that is known
     * @param inTrail whether that is behind something of its container that is of the trail
     */
    static void enqueueOrdered(StepContext context, EngineEvent event, boolean behind, boolean inTrail) {
        if (isNew(context, event)) {
            QueueItem.Event item = LookupPolicy.request(context, event, true);
            QueueItem.Event placed = behind ? item.behindStart() : item;
            context.queue = context.queue.plus(inTrail ? placed.ofTrail() : placed);
        }
    }

    /** Queues an event unless it is a repetition; whether it did. */
    static boolean enqueue(StepContext context, EngineEvent event, boolean replayed) {
        boolean fresh = replayed ? isNew(context, event) : isNewOnStream(context, event);
        if (fresh) {
            context.queue = context.queue.plus(LookupPolicy.request(context, event, replayed));
        }
        return fresh;
    }

    /** The same for the last that a step does. */
    static void enqueueLast(StepContext context, EngineEvent event, boolean replayed) {
        if (replayed ? isNew(context, event) : isNewOnStream(context, event)) {
            enqueueNewLast(context, event, replayed);
        }
    }

    /** Queues a new event as the last that a step does; if nothing waits for anything, it need not go through the queue. */
    static void enqueueNewLast(StepContext context, EngineEvent event, boolean replayed) {
        enqueueNewLast(context, LookupPolicy.request(context, event, replayed));
    }

    /** The same for one that a replay brought behind all that was read of its container before. */
    static void enqueueBehindLast(StepContext context, EngineEvent event) {
        enqueueNewLast(context, LookupPolicy.request(context, event, true).behindStart());
    }

    private static void enqueueNewLast(StepContext context, QueueItem.Event item) {
        if (context.queue.queued().isEmpty()
                && item.ticket() == QueueItem.NO_TICKET
                && item.podTicket() == QueueItem.NO_TICKET) {
            context.next = item;
        } else {
            context.queue = context.queue.plus(item);
        }
    }

    static boolean isNew(StepContext context, EngineEvent event) {
        return !context.checkpoint.dedupWindow().refuses(event) && isUnseen(context, event);
    }

    /** Whether an event that the stream brought is new. */
    static boolean isNewOnStream(StepContext context, EngineEvent event) {
        boolean newOnly = context.connection instanceof Connection.Connected connected && connected.isStreamNewOnly();
        return newOnly ? isUnseen(context, event) : isNew(context, event);
    }

    /** Whether nothing shows that it was read before, however old it is. */
    static boolean isUnseen(StepContext context, EngineEvent event) {
        return !context.checkpoint.dedupWindow().contains(event) && !context.queue.isWaiting(event.id());
    }

    /** Of the marks of a cut, which can stand before what the cut left and once more behind it, only the last is read. */
    static List<EngineEvent> withoutFirstMarks(List<EngineEvent> fresh) {
        List<EngineEvent> left = new ArrayList<>();
        Set<EventId> marks = new HashSet<>();
        for (int i = fresh.size() - 1; i >= 0; i--) {
            EngineEvent event = fresh.get(i);
            if (!event.action().equals(Actions.LOG_ROTATION) || marks.add(event.id())) {
                left.add(event);
            }
        }
        Collections.reverse(left);
        return left;
    }
}
