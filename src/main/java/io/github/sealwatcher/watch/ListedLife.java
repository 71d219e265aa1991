package io.github.sealwatcher.watch;

import io.github.sealwatcher.model.ContainerId;
import io.github.sealwatcher.model.LiveContainer;
import io.github.sealwatcher.model.ObservedContainer;
import io.github.sealwatcher.model.RunState;
import io.github.sealwatcher.model.Status;

/** Decides what a list, from which a life is known, has shown of what happened in it. */
final class ListedLife {

    private ListedLife() {}

    /** Whether something came before the list from which the life is known, so that the list has shown what it led to. */
    static boolean isShown(StepContext context, LiveContainer known, long timeNs) {
        Long listedNs = context.cache.reportedNs(known.id());
        return isListed(context, known) && listedNs != null && timeNs <= listedNs;
    }

    /** Whether something can't be what a list, asked for a little before it, has shown already. */
    static boolean isLater(StepContext context, LiveContainer known, long timeNs) {
        long shownNs =
                isListed(context, known) ? context.cache.listedAtNs() + context.options.settleNs() : Long.MIN_VALUE;
        long beginNs = context.checkpoint.dedupWindow().lowWatermarkNs();
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
