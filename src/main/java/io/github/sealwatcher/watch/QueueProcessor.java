package io.github.sealwatcher.watch;

import io.github.sealwatcher.model.EngineEvent;
import io.github.sealwatcher.model.HostChange;
import io.github.sealwatcher.model.ObservedContainer;
import io.github.sealwatcher.watch.state.Actions;
import io.github.sealwatcher.watch.state.QueueItem;
import io.github.sealwatcher.watch.state.ResyncPhase;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Applies what is queued, in order, as soon as the look-ups that it waits for are answered. */
final class QueueProcessor {

    private QueueProcessor() {}

    /** Applies what waits, as far as nothing is missing. */
    static void drain(StepContext context) {
        QueueItem.Event next = context.next;
        if (next != null) {
            context.next = null;
            event(context, next, null);
        }
        for (QueueItem item = context.queue.ready(); item != null; item = context.queue.ready()) {
            ObservedContainer answer = context.queue.answer(item);
            context.queue = context.queue.next();
            if (item instanceof QueueItem.Event event) {
                event(context, event, answer);
            } else if (item instanceof QueueItem.Report report) {
                ListReconciler.reconcile(context, report, answer);
            } else if (item instanceof QueueItem.Compare) {
                Resync.compare(context);
            } else if (item instanceof QueueItem.Close close) {
                Resync.close(context, close);
            }
        }
    }

    /** Applies what was read, with what is known of the containers without a look-up. */
    static void applyUnanswered(StepContext context, ResyncPhase.Replaying replaying) {
        if (replaying.replay().newest().found()) {
            CollectedReplay.apply(context, replaying);
        }
        applyWaiting(context);
    }

    /** Applies the events that wait, with what is known of the containers without a look-up. */
    static void applyWaiting(StepContext context) {
        for (QueueItem item : context.queue.queued()) {
            if (item instanceof QueueItem.Event event) {
                event(context, event, context.queue.answer(item));
            }
        }
    }

    private static void event(StepContext context, QueueItem.Event item, @Nullable ObservedContainer answer) {
        EngineEvent event = item.event();
        boolean container =
                event.type().equals(Actions.CONTAINER) && !event.actorId().isEmpty();
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
            EventApplier.pod(context, event);
        } else if (system && event.action().equals(Actions.LOG_ROTATION)) {
            context.emit(HostChange.of(HostChange.Type.LOG_ROTATED, event.timeNs(), null));
        } else if (system && event.action().equals(Actions.REFRESH)) {
            context.checkpoint =
                    context.checkpoint.with(context.checkpoint.portfolio().continued(event.timeNs(), Set.of()));
        }
    }
}
