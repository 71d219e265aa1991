package io.github.sealwatcher.watch;

import io.github.sealwatcher.model.EngineEvent;
import io.github.sealwatcher.model.Life;
import io.github.sealwatcher.model.LiveContainer;
import io.github.sealwatcher.model.ObservedContainer;
import io.github.sealwatcher.watch.state.Actions;
import org.jspecify.annotations.Nullable;

/** Decides whether an end is that of the life before the one that a list showed alive. */
final class EarlierEnd {

    /** HTTP tells the host's clock in this. */
    private static final long SECOND_NS = 1_000_000_000L;

    private EarlierEnd() {}

    /**
     * Whether an end can be that of the life before the one that a list showed alive: when that list was asked for is known to
     * the second.
     */
    static boolean isPossible(StepContext context, LiveContainer known, EngineEvent event) {
        return event.action().equals(Actions.DIED)
                && (isDoubtful(context, known, event)
                        || ListedLife.isShown(context, known, event.timeNs() - SECOND_NS));
    }

    /**
     * Whether it ended a life within the second in which a list shows the next one to begin.
     *
     * @param answer what was asked for this end, which shows whether the known life goes on behind it; null if nothing was
     */
    static boolean is(StepContext context, LiveContainer known, EngineEvent event, @Nullable ObservedContainer answer) {
        if (isEndOfFirst(context, known, event)) {
            return false;
        }
        Life shown = answer == null ? null : answer.life();
        if (LastLife.isStill(known.life(), shown)) {
            return event.action().equals(Actions.DIED);
        }
        if (!isPossible(context, known, event)) {
            return false;
        }
        // It ended since: then the start that follows is its own, if that was before the list, too.
        EngineEvent next = context.queue.boundAfter(event);
        return next != null
                && next.action().equals(Actions.START)
                && !isOfOther(known.life(), shown, next)
                && isBeforeList(context, known, event)
                && isBeforeList(context, known, next);
    }

    /** Whether it ended in the trail what was reported at first sight for the start that the log has of before the trail. */
    private static boolean isEndOfFirst(StepContext context, LiveContainer known, EngineEvent event) {
        return context.cache.begunNs(known.id()) != null
                && event.timeNs() >= context.checkpoint.dedupWindow().beginNs();
    }

    /** Whether the start began another process than the known one, which is shown instead. */
    private static boolean isOfOther(Life known, @Nullable Life shown, EngineEvent start) {
        return shown != null && shown.isOtherProcess(known) && shown.canBe(UnconfirmedLives.begunBy(start));
    }

    /** Whether something seems to have come before the list that showed the life. */
    private static boolean isBeforeList(StepContext context, LiveContainer known, EngineEvent event) {
        return isDoubtful(context, known, event) || ListedLife.isShown(context, known, event.timeNs());
    }

    /** A process that has seen no list itself does not know what an earlier one knew from its first. */
    private static boolean isDoubtful(StepContext context, LiveContainer known, EngineEvent event) {
        return TrailBegin.isDoubtful(context, event) && ListedLife.isOfFirstList(context, known);
    }
}
