package io.github.sealwatcher.watch;

import io.github.sealwatcher.model.Life;
import io.github.sealwatcher.model.LiveContainer;
import io.github.sealwatcher.model.ObservedContainer;
import io.github.sealwatcher.model.RunState;
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

    /** The end of that life, as it is shown; null if it is not. */
    static RunState.@Nullable Ended endOf(Life life, @Nullable ObservedContainer shown) {
        return shown != null
                        && shown.state() instanceof RunState.Ended ended
                        && life.canBe(Life.shown(ended.startedAtNs()))
                ? ended
                : null;
    }

    /** Whether the container, asked for after an event, still lives that life: then the event is not the start of a later one. */
    static boolean isStill(Life life, @Nullable Life shown) {
        return shown != null && shown.pid() != 0 && shown.pid() == life.pid() && life.canBe(shown);
    }

    /**
     * Whether a start in a log that cannot be read any further began another life than the one that is listed as the last one: an
     * earlier one, or a later one that the next list shows.
     */
    static boolean isBeforeListed(StepContext context, LiveContainer known, Life begun) {
        ObservedContainer shown = context.cache.get(known.id());
        Life last = of(shown);
        boolean ended = shown != null
                && shown.life() == null
                && last != null
                && known.life().canBe(last);
        return context.eventLog.isBlind() && !known.life().canBe(begun) && (ended || isStill(known.life(), last));
    }
}
