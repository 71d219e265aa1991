package io.github.sealwatcher.watch;

import io.github.sealwatcher.model.Life;
import io.github.sealwatcher.model.LiveContainer;
import io.github.sealwatcher.model.ObservedContainer;
import org.jspecify.annotations.Nullable;

/** Decides whether an event is the start of the life that is known already, from a list. */
final class OwnStart {

    private OwnStart() {}

    /**
     * Whether it is.
     *
     * @param begun the life that the event begins
     * @param last whether no further start or end of the container waits: then what is shown is what it has become
     */
    static boolean is(AppliedEvent applied, @Nullable LiveContainer known, Life begun, boolean last) {
        return known != null
                && !known.life().announced()
                && known.life().canBe(begun)
                && !isBehindTurn(applied.context, known, begun)
                && !(last && isReplaced(applied, known.life()))
                && !LaterLife.isStartedBy(applied.context, known, applied.event, applied.answer);
    }

    /** Whether a pause, or the end of one, was read of the known life that is stamped before the start. */
    private static boolean isBehindTurn(StepContext context, LiveContainer known, Life begun) {
        long turnedNs = known.sinceNs();
        return context.clockSetBackNs == 0
                && turnedNs > known.life().latestNs()
                && turnedNs < begun.startedAtNs()
                && context.checkpoint.dedupWindow().latestBeforeNs(turnedNs + 1) == turnedNs;
    }

    /** Whether the container shows another process instead, and the event began that one: its start time is nearer. */
    private static boolean isReplaced(AppliedEvent applied, Life life) {
        ObservedContainer found = applied.answer == null ? applied.context.cache.get(applied.id) : applied.answer;
        Life shown = found == null ? null : found.life();
        return shown != null
                && shown.isOtherProcess(life)
                && shown.canBe(UnconfirmedLives.begunBy(applied.event))
                && shown.startedAtNs() > life.startedAtNs();
    }
}
