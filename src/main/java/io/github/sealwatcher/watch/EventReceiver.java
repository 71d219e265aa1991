package io.github.sealwatcher.watch;

import io.github.sealwatcher.model.EngineEvent;
import io.github.sealwatcher.model.ObservedContainer;
import io.github.sealwatcher.model.PodRef;
import io.github.sealwatcher.watch.checkpoint.EventRef;
import io.github.sealwatcher.watch.checkpoint.Portfolio;
import io.github.sealwatcher.watch.state.Actions;
import io.github.sealwatcher.watch.state.CollectedEvents;
import io.github.sealwatcher.watch.state.Connection;
import io.github.sealwatcher.watch.state.EventLogStatus;
import io.github.sealwatcher.watch.state.QueueItem;
import io.github.sealwatcher.watch.state.Replay;
import io.github.sealwatcher.watch.state.ResyncPhase;

/** Receives events of the stream and of a replay, and the answers to look-ups. */
final class EventReceiver {

    private EventReceiver() {}

    /** The stream delivered an event. */
    static void received(StepContext context, Connection.Connected connected, EngineEvent event) {
        if (StepBetweenAnswers.isRepeated(context, connected, event)) {
            return;
        }
        take(context, connected, event);
        if (event.type().equals(Actions.SYSTEM)) {
            StepBetweenAnswers.cut(context);
        }
    }

    private static void take(StepContext context, Connection.Connected connected, EngineEvent event) {
        if (ResyncRequests.isHolding(context, connected)) {
            context.queue = context.queue.holding(event);
            return;
        }
        if (StepBetweenAnswers.isSetBack(context, event)) {
            // What the stream was not asked for by its time stamp can stand before this in the log.
            Reconnection.afterClockSetBack(context);
            return;
        }
        // A stream without its past brings a mark once more only if the log was cut again.
        boolean again = connected.stream() == Connection.Stream.NEW_ONLY
                && event.action().equals(Actions.LOG_ROTATION);
        if (event.type().equals(Actions.SYSTEM) && (again || Deduplicator.isNewOnStream(context, event))) {
            // The line that could not be read may be gone now.
            context.eventLog = EventLogStatus.READABLE;
            // The log was cut or begun anew: what the stream skipped there must come before this and what follows.
            // It is unknown for how long the stream had stood still, so the replay begins at its last event.
            context.queue = context.queue.holding(event);
            ResyncRequests.request(context, true);
            return;
        }
        Deduplicator.enqueueLast(context, event, false);
    }

    /** The replay returned an event. */
    static void replayed(StepContext context, Connection.Connected connected, EngineEvent event) {
        if (!(connected.resync() instanceof ResyncPhase.Replaying replaying)) {
            Deduplicator.enqueueLast(context, event, true);
            return;
        }
        if (replaying.replay().returned() == null) {
            replaying = replaying.with(
                    replaying.returned().withHeldBefore(context.queue.held().size()));
        }
        if (StepBetweenAnswers.isBehindStep(context, replaying.replay(), event)) {
            // The log can be cut before it is read again.
            context.queue = context.queue.plus(
                    new QueueItem.Event(event, true, QueueItem.NO_TICKET, QueueItem.NO_TICKET).behindStart());
            Reconnection.afterClockSetBack(context);
            return;
        }
        boolean unknown = Deduplicator.isNew(context, event);
        boolean cut = event.action().equals(Actions.LOG_ROTATION);
        Replay more = replaying
                .replay()
                .returned(event, unknown || (cut && isCutSince(context, replaying.replay(), event)))
                .onSameHost(context.checkpoint.dedupWindow().contains(event));
        ResyncPhase.Replaying further = replaying.with(replaying.returned().with(more));
        if (cut && unknown) {
            context.connection =
                    connected.withResync(further.with(further.returned().plusRotation(event)));
            return;
        }
        CollectedEvents collected = further.returned().collected();
        if (collected != null) {
            ResyncPhase.Replaying all = further.with(further.returned().with(collected.plus(event)));
            context.connection = connected.withResync(all);
            CollectedReplay.relieve(context, all);
            return;
        }
        context.connection = connected.withResync(further);
        if (unknown && isReportable(context, event) && !GapDetector.judgeBefore(context, further.replay(), event)) {
            return;
        }
        if (event.timeNs() >= context.checkpoint.dedupWindow().beginNs()) {
            // Also by one that the stream brought before the list was there.
            ResyncRequests.noteChange(context, event);
        }
        if (unknown && isBehind(context, further.replay())) {
            Deduplicator.enqueueBehindLast(context, event);
        } else if (unknown) {
            Deduplicator.enqueueNewLast(context, event, true);
        }
    }

    /** A pod was asked for. */
    static void podFound(StepContext context, Input.PodFound answer) {
        PodRef pod = answer.pod();
        if (pod != null) {
            context.checkpoint =
                    context.checkpoint.with(context.checkpoint.portfolio().named(pod));
        }
        context.queue = context.queue.answered(answer.ticket(), null);
    }

    /** A look-up was answered. */
    static void containerFound(StepContext context, Input.ContainerFound answer) {
        ObservedContainer found = answer.found();
        if (found != null) {
            context.cache = context.cache.plus(found);
            // It was shown behind the events that wait, with the life that they lead to.
            boolean later = context.queue.isBoundWaiting(found.id());
            Portfolio known = context.checkpoint.portfolio();
            context.checkpoint =
                    context.checkpoint.with(later ? known.describedInLaterLife(found) : known.describedBy(found));
        }
        if (answer.ticket() != QueueItem.NO_TICKET) {
            context.queue = context.queue.answered(answer.ticket(), found);
        }
    }

    /**
     * Whether a mark is of a cut since the replay before, though it can be too old to be told from a repetition: marks are
     * applied last, so an earlier process can have stored what is stamped much later than one that it did not apply.
     */
    private static boolean isCutSince(StepContext context, Replay replay, EngineEvent mark) {
        EventRef last = replay.last().event();
        return last != null && mark.timeNs() > last.timeNs() && Deduplicator.isUnseen(context, mark);
    }

    /** Whether what is new stands behind all that was read before: also once the loss of that is reported. */
    private static boolean isBehind(StepContext context, Replay replay) {
        boolean reported = context.connection instanceof Connection.Connected connected
                && connected.resync() instanceof ResyncPhase.Replaying replaying
                && replaying.replay().newest().found();
        return reported || replay.refreshed();
    }

    /** Whether applying a new event can lead to a report. */
    private static boolean isReportable(StepContext context, EngineEvent event) {
        String action = event.action();
        return Actions.isChange(event)
                || action.equals(Actions.REMOVE)
                || action.equals(Actions.RENAME)
                || event.type().equals(Actions.SYSTEM)
                || Attributes.podId(event) != null
                || context.options.actions().include(action);
    }
}
