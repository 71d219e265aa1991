package io.github.sealwatcher.watch.state;

import io.github.sealwatcher.model.EngineEvent;
import io.github.sealwatcher.model.Life;
import org.jspecify.annotations.Nullable;

/**
 * When something was last reported of a container, and by what its present life is known. Times are of the host's clock.
 *
 * @param endedAtNs when it was last reported as ended; null if it was not
 * @param last the life that ended then, if its end was read; else null
 * @param vanished the life that was so, if the container was gone without a trace, else null: it comes back if the endpoint
 *     led to another host meanwhile
 * @param missedNs when a life of it ended that only lists have shown, and that was reported as lost; null if there was none
 * @param begunNs when its present life began, if that was before the trail and the log shows it; else null
 * @param checkpoint the last checkpoint event of its life, which went on after it as far as was known; null if there was none
 * @param reportedNs when the list was asked for from which its life is known; null if it isn't known from a list
 * @param changedNs the time of the last change that was reported of it; null if none was
 */
record LifeTime(
        @Nullable Long endedAtNs,
        @Nullable Life last,
        @Nullable Life vanished,
        @Nullable Long missedNs,
        @Nullable Long begunNs,
        @Nullable EngineEvent checkpoint,
        @Nullable Long reportedNs,
        @Nullable Long changedNs) {

    static final LifeTime NONE = new LifeTime(null, null, null, null, null, null, null, null);

    LifeTime reported(long listedAtNs) {
        return new LifeTime(endedAtNs, last, vanished, missedNs, begunNs, checkpoint, listedAtNs, changedNs);
    }

    LifeTime changed(long timeNs) {
        return new LifeTime(endedAtNs, last, vanished, missedNs, begunNs, checkpoint, reportedNs, timeNs);
    }

    LifeTime checkpointed(@Nullable EngineEvent event) {
        return new LifeTime(endedAtNs, last, vanished, missedNs, begunNs, event, reportedNs, changedNs);
    }

    /** Its life ended: what was known of that is gone. */
    LifeTime ended(long timeNs) {
        return new LifeTime(timeNs, null, null, missedNs, null, null, null, changedNs);
    }

    /** The same by an event. */
    LifeTime endedBy(long timeNs, Life life) {
        return new LifeTime(timeNs, life, null, missedNs, null, null, null, changedNs);
    }

    /** The same, without a trace. */
    LifeTime vanished(long timeNs, Life life) {
        return new LifeTime(timeNs, null, life, missedNs, null, null, null, changedNs);
    }

    LifeTime begun(@Nullable Long timeNs) {
        return new LifeTime(endedAtNs, last, vanished, missedNs, timeNs, checkpoint, reportedNs, changedNs);
    }

    LifeTime missed(long timeNs) {
        return new LifeTime(endedAtNs, last, vanished, timeNs, begunNs, checkpoint, reportedNs, changedNs);
    }

    /** Whether a life that a list shows to have begun then was reported as ended, or as one that only lists have shown. */
    boolean isKnown(long startedAtNs) {
        return (endedAtNs != null && startedAtNs <= endedAtNs && !isBehindLast(startedAtNs))
                || (missedNs != null && startedAtNs <= missedNs);
    }

    /**
     * Whether a life that a list shows to have begun then is another one than that of which the end was read, and later. A restored
     * one shows the start of an earlier one.
     */
    boolean isBehindLast(long startedAtNs) {
        return last != null
                && last.precision() != Life.Precision.RESTORE
                && startedAtNs > last.startedAtNs()
                && !last.canBe(Life.shown(startedAtNs));
    }

    boolean isEmpty() {
        return equals(NONE);
    }
}
