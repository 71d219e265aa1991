package io.github.sealwatcher.watch;

import io.github.sealwatcher.model.ContainerId;
import io.github.sealwatcher.model.EngineEvent;
import io.github.sealwatcher.model.Life;
import io.github.sealwatcher.model.LiveContainer;
import io.github.sealwatcher.model.ObservedContainer;
import io.github.sealwatcher.model.RunState;
import io.github.sealwatcher.model.Status;
import io.github.sealwatcher.watch.state.Actions;
import org.jspecify.annotations.Nullable;

/** Decides what a list, from which a life is known, has shown of what happened in it. */
final class ListedLife {

    /** HTTP tells the host's clock in this. */
    private static final long SECOND_NS = 1_000_000_000L;

    private ListedLife() {}

    /** Whether something came before the list from which the life is known, so that the list has shown what it led to. */
    static boolean isShown(StepContext context, LiveContainer known, long timeNs) {
        Long listedNs = context.cache.reportedNs(known.id());
        return isListed(context, known) && listedNs != null && timeNs <= listedNs;
    }

    /**
     * Whether an end can be that of the life before the one that a list showed alive: when that list was asked for is known to
     * the second.
     */
    static boolean canBeEndOfEarlier(StepContext context, LiveContainer known, EngineEvent event) {
        return event.action().equals(Actions.DIED)
                && (isDoubtful(context, known, event) || isShown(context, known, event.timeNs() - SECOND_NS));
    }

    /**
     * Whether it ended a life within the second in which a list shows the next one to begin.
     *
     * @param answer what was asked for this end, which shows whether the known life goes on behind it; null if nothing was
     */
    static boolean isEndOfEarlier(
            StepContext context, LiveContainer known, EngineEvent event, @Nullable ObservedContainer answer) {
        if (!canBeEndOfEarlier(context, known, event)) {
            return false;
        }
        Life shown = answer == null ? null : answer.life();
        if (shown != null && shown.pid() != 0 && shown.pid() == known.life().pid()) {
            return true;
        }
        // It ended since: then the start that follows is its own, if that was before the list, too.
        EngineEvent next = context.queue.boundAfter(event);
        return next != null
                && next.action().equals(Actions.START)
                && isBeforeList(context, known, event)
                && isBeforeList(context, known, next);
    }

    /** Whether something seems to have come before the list that showed the life. */
    private static boolean isBeforeList(StepContext context, LiveContainer known, EngineEvent event) {
        return isDoubtful(context, known, event) || isShown(context, known, event.timeNs());
    }

    /** A process that has seen no list itself does not know what an earlier one knew from its first. */
    private static boolean isDoubtful(StepContext context, LiveContainer known, EngineEvent event) {
        return TrailBegin.isDoubtful(context, event) && isOfFirstList(context, known);
    }

    /** Whether the life can be known from the first list of the trail. */
    static boolean isOfFirstList(StepContext context, LiveContainer known) {
        return isListed(context, known)
                || (context.cache.agreedNs() == Long.MIN_VALUE
                        && context.cache.changedNs(known.id()) == Long.MIN_VALUE
                        && known.life().startedAtNs() < context.checkpoint.dedupWindow().beginNs());
    }

    /** Whether something can't be what a list, asked for a little before it, has shown already. */
    static boolean isLater(StepContext context, LiveContainer known, long timeNs) {
        long shownNs =
                isListed(context, known) ? context.cache.listedAtNs() + context.options.settleNs() : Long.MIN_VALUE;
        long beginNs = context.checkpoint.dedupWindow().beginNs();
        if (known.sinceNs() < beginNs && beginNs > context.checkpoint.positionNs() - context.options.overlapNs()) {
            // It is known as the first list of the trail showed it, perhaps to an earlier process.
            shownNs = Math.max(shownNs, beginNs + context.options.settleNs());
        }
        return timeNs > Math.max(known.sinceNs(), shownNs);
    }

    /** Whether the last list shows the container like that. */
    static boolean isListed(StepContext context, ContainerId id, Status status) {
        ObservedContainer shown = context.cache.get(id);
        return shown != null && shown.state() instanceof RunState.Live live && live.status() == status;
    }

    /** Whether the life is known from a list and not from its start event, or from one before the trail. */
    private static boolean isListed(StepContext context, LiveContainer known) {
        return !known.life().announced() || context.cache.isStartedBeforeTrail(known.id(), known.life());
    }
}
