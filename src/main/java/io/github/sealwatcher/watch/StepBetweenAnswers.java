package io.github.sealwatcher.watch;

import io.github.sealwatcher.model.EngineEvent;
import io.github.sealwatcher.watch.checkpoint.DedupWindow;
import io.github.sealwatcher.watch.checkpoint.EventRef;
import io.github.sealwatcher.watch.state.Actions;
import io.github.sealwatcher.watch.state.Connection;
import io.github.sealwatcher.watch.state.Replay;
import io.github.sealwatcher.watch.state.State;

/** Notices by the log's order that the host's clock was set back and forward again between two answers. */
final class StepBetweenAnswers {

    private StepBetweenAnswers() {}

    /** Whether an event is stamped so early that only the order of the log shows it to be new. */
    static boolean isBehindStep(StepContext context, Replay replay, EngineEvent event) {
        DedupWindow dedupWindow = context.checkpoint.dedupWindow();
        State.ReadUntil read = context.readUntil;
        return !context.logOrder
                && read != null
                && read.last().equals(context.checkpoint.lastReplayed())
                && replay.last().found()
                && dedupWindow.lowWatermarkNs() <= read.lowWatermarkNs()
                && dedupWindow.refuses(event)
                && Actions.isChange(event)
                && !dedupWindow.contains(event);
    }

    /**
     * Whether an event of a stream that brings nothing of before is stamped so long before that stream was opened that only a
     * clock set back explains it: then it came after all that a list had shown by then.
     */
    static boolean isSetBackSinceOpened(StepContext context, EngineEvent event) {
        return context.connection instanceof Connection.Connected connected
                && connected.stream() == Connection.Stream.NEW_ONLY
                && event.timeNs() < connected.sinceNs() - 2 * GapDetector.LATE_NS;
    }

    /** Whether the stream repeats what was read of the log: what is too old, up to the last line, and behind that nothing. */
    static boolean isRepeated(StepContext context, Connection.Connected connected, EngineEvent event) {
        State.ReadUntil read = context.readUntil;
        if (connected.stream() != Connection.Stream.WITH_PAST) {
            return false;
        }
        if (read != null && read.last().equals(EventRef.of(event))) {
            // The line itself is recognized as any other: what was only looked at before the trail isn't taken in yet.
            context.connection = connected.withStream(Connection.Stream.BEHIND_PAST);
        }
        return context.checkpoint.dedupWindow().refuses(event);
    }

    /** Notes that the log was cut: then the stream can repeat what was left. */
    static void cut(StepContext context) {
        if (context.connection instanceof Connection.Connected connected
                && connected.stream() == Connection.Stream.BEHIND_PAST) {
            context.connection = connected.withStream(Connection.Stream.WITH_PAST);
        }
    }

    /** Whether a new event of the stream is stamped so long before the newest one that only a clock set back explains it. */
    static boolean isSetBack(StepContext context, EngineEvent event) {
        return context.eventLog.isReadable()
                && context.readUntil != null
                && (Actions.isChange(event) || event.type().equals(Actions.SYSTEM))
                && event.timeNs() < context.checkpoint.positionNs() - GapDetector.LATE_NS
                && Deduplicator.isNewOnStream(context, event);
    }
}
