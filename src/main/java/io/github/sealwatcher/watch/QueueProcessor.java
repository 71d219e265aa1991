package io.github.sealwatcher.watch;

import io.github.sealwatcher.model.ObservedContainer;
import io.github.sealwatcher.watch.checkpoint.Portfolio;
import io.github.sealwatcher.watch.state.QueueItem;
import io.github.sealwatcher.watch.state.ResyncPhase;

/** Applies what is queued, in order, as soon as the look-ups that it waits for are answered. */
final class QueueProcessor {

    private QueueProcessor() {}

    /** Applies what waits, as far as nothing is missing. */
    static void drain(StepContext context) {
        EventProcessor.applyReady(context);
        for (QueueItem item = context.queue.ready(); item != null; item = context.queue.ready()) {
            ObservedContainer answer = context.queue.answer(item);
            context.queue = context.queue.next();
            if (item instanceof QueueItem.Report report) {
                ListReconciler.reconcile(context, report, answer);
            } else if (item instanceof QueueItem.Compare) {
                Resync.compare(context);
            } else if (item instanceof QueueItem.Close close) {
                Resync.close(context, close);
            }
            EventProcessor.applyReady(context);
        }
    }

    /** Applies what was read, with what is known of the containers without a look-up. */
    static void applyUnanswered(StepContext context, ResyncPhase.Replaying replaying) {
        if (replaying.replay().newest().found()) {
            Portfolio known = context.checkpoint.portfolio();
            boolean ordered = context.logOrder;
            CollectedReplay.apply(context, replaying);
            if (ordered) {
                // Nothing of it is applied yet, and the start of what is known from a list can stand behind what was
                // read.
                context.checkpoint = context.checkpoint.with(known);
            }
        }
        context.readInOrder = true;
        EventProcessor.applyWaiting(context);
        context.readInOrder = false;
    }
}
