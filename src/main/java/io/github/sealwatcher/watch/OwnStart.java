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
                && !(begun.precision() == Life.Precision.RESTORE && ListedLife.isNeverRestored(applied.context, known))
                && !(last && isReplaced(applied, known.life()))
                && !LaterLife.isStartedBy(applied.context, known, applied.event, applied.answer);
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
