package io.github.sealwatcher.watch;

import io.github.sealwatcher.model.EngineEvent;
import io.github.sealwatcher.model.Life;
import io.github.sealwatcher.model.LiveContainer;
import io.github.sealwatcher.model.ObservedContainer;
import io.github.sealwatcher.model.RunState;
import io.github.sealwatcher.watch.state.Actions;
import org.jspecify.annotations.Nullable;

/** The last life of a container as a list or an inspect shows it, whether it goes on or has ended. */
final class LastLife {

    private LastLife() {}

    /** The life that is shown; null if there is none. The process of one that ended is unknown. */
    static @Nullable Life of(@Nullable ObservedContainer shown) {
        if (shown == null) {
            return null;
        }
        return shown.state() instanceof RunState.Ended ended ? Life.shown(ended.startedAtNs()) : shown.life();
    }

    /** Whether the container, asked for after an event, still lives that life: then the event is not the start of a later one. */
    static boolean isStill(Life life, @Nullable Life shown) {
        return shown != null && shown.pid() != 0 && shown.pid() == life.pid() && life.canBe(shown);
    }

    /** Whether the container, as an inspect showed it, ended its last life, and that is this one: it began none later. */
    static boolean isLastEnded(Life life, @Nullable ObservedContainer shown) {
        return shown != null
                && shown.state() instanceof RunState.Ended ended
                && life.precision() == Life.Precision.EXACT
                && ended.startedAtNs() == life.startedAtNs();
    }

    /** Whether an end in the log is that of an earlier life, since this is the last one and ended otherwise. */
    static boolean isBeforeLast(StepContext context, Life life, EngineEvent end, @Nullable ObservedContainer shown) {
        if (!isLastEnded(life, shown)) {
            return false;
        }
        EngineEvent next = context.queue.boundAfter(end);
        return isOtherEnd(shown, end.timeNs()) || (next != null && Actions.CHANGING.contains(next.action()));
    }

    private static boolean isOtherEnd(@Nullable ObservedContainer shown, long timeNs) {
        Long endedAtNs = shown != null && shown.state() instanceof RunState.Ended ended ? ended.endedAtNs() : null;
        return endedAtNs != null && (timeNs < endedAtNs || timeNs > endedAtNs + GapDetector.LATE_NS);
    }

    /**
     * Whether a start in a log that cannot be read any further began another life than the one that is still listed: an earlier one,
     * or a later one that the next list shows.
     */
    static boolean isBeforeListed(StepContext context, LiveContainer known, Life begun) {
        ObservedContainer shown = context.cache.get(known.id());
        return context.eventLog.isBlind()
                && !known.life().canBe(begun)
                && isStill(known.life(), shown == null ? null : shown.life());
    }
}
