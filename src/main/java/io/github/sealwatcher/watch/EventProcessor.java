package io.github.sealwatcher.watch;

import io.github.sealwatcher.model.EngineEvent;
import io.github.sealwatcher.model.HostChange;
import io.github.sealwatcher.model.ObservedContainer;
import io.github.sealwatcher.model.PodRef;
import io.github.sealwatcher.watch.checkpoint.Portfolio;
import io.github.sealwatcher.watch.state.Actions;
import io.github.sealwatcher.watch.state.Connection;
import io.github.sealwatcher.watch.state.QueueItem;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Applies events as they come out of the queue: those of containers change what is known of them, others the rest. */
final class EventProcessor {

    private EventProcessor() {}

    /** Applies the events that wait for nothing, as far as nothing else stands before them. */
    static void applyReady(StepContext context) {
        QueueItem.Event next = context.next;
        if (next != null) {
            context.next = null;
            apply(context, next, null);
        }
        while (context.queue.ready() instanceof QueueItem.Event event) {
            ObservedContainer answer = context.queue.answer(event);
            context.queue = context.queue.next();
            apply(context, event, answer);
        }
    }

    /** Applies the events that wait, with what is known of the containers without a look-up. */
    static void applyWaiting(StepContext context) {
        for (QueueItem item : context.queue.queued()) {
            if (item instanceof QueueItem.Event event) {
                apply(context, event, context.queue.answer(item));
            }
        }
    }

    private static void apply(StepContext context, QueueItem.Event item, @Nullable ObservedContainer answer) {
        if (context.connection instanceof Connection.Stopped) {
            // One before it showed a gap that stops the task: the next process reads both again.
            return;
        }
        EngineEvent event = item.event();
        boolean container = Actions.isOfContainer(event);
        if (container) {
            ResyncRequests.noteChange(context, event);
            new EventApplier(context, item, answer).apply();
            return;
        }
        boolean system = event.type().equals(Actions.SYSTEM);
        if (system && event.action().equals(Actions.LOG_ROTATION)) {
            context.checkpoint = context.checkpoint.afterRotation();
        }
        context.applied(event, system);
        if (event.type().equals(Actions.POD)) {
            namePod(context, event);
        } else if (system && event.action().equals(Actions.LOG_ROTATION)) {
            context.emit(HostChange.of(HostChange.Type.LOG_ROTATED, event.timeNs(), null));
        } else if (system && event.action().equals(Actions.REFRESH)) {
            context.checkpoint =
                    context.checkpoint.with(context.checkpoint.portfolio().continued(event.timeNs(), Set.of()));
        }
    }

    /** A pod event adds only the name of a pod, which no container event has. */
    private static void namePod(StepContext context, EngineEvent event) {
        String name = Attributes.name(event);
        if (!event.actorId().isEmpty() && name != null) {
            Portfolio portfolio = context.checkpoint.portfolio();
            context.checkpoint = context.checkpoint.with(portfolio.named(new PodRef(event.actorId(), name)));
        }
    }
}
