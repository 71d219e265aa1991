package io.github.sealwatcher.watch;

import io.github.sealwatcher.model.ContainerId;
import io.github.sealwatcher.model.EngineEvent;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.pcollections.PSet;
import org.pcollections.PVector;
import org.pcollections.TreePVector;

/**
 * The comparison of what is known with what the host says: list, re-read history, then look for differences. A difference
 * that is still there when its event has had time to be written is believed.
 */
sealed interface ResyncPhase {

    /** None under way; the next is due at {@code dueTicks}. */
    record Idle(long dueTicks) implements ResyncPhase {}

    /**
     * The list is asked for.
     *
     * @param suspects the differences that the round before saw
     * @param holding whether what the stream brings must wait, because history holds what the stream skipped before it
     */
    record Listing(Set<String> suspects, boolean holding) implements ResyncPhase {}

    /**
     * History is being re-read.
     *
     * @param listing what the list said
     * @param replay what was returned so far, as far as it tells whether history is whole
     * @param changedSinceList the containers that events told of since the list was asked for: the list is too old for them
     * @param pauseChangedSinceList those that events only paused or unpaused since: what the list shows of their lives still holds
     * @param rotations the marks of cuts that it brought, to be taken in at its end: newer Podmans write one before what they
     *     kept although it is younger, and whoever resumed from its time would never read what they kept
     * @param collected what was returned, if that is to be applied in the order of the log; null in any other replay
     * @param fromBeginning whether the log is read from its beginning
     */
    record Replaying(
            io.github.sealwatcher.watch.ContainerList listing,
            Replay replay,
            PSet<ContainerId> changedSinceList,
            PSet<ContainerId> pauseChangedSinceList,
            Set<String> suspects,
            boolean holding,
            PVector<EngineEvent> rotations,
            @Nullable CollectedEvents collected,
            boolean fromBeginning)
            implements ResyncPhase {

        Replaying withReplay(Replay next) {
            return new Replaying(
                    listing,
                    next,
                    changedSinceList,
                    pauseChangedSinceList,
                    suspects,
                    holding,
                    rotations,
                    collected,
                    fromBeginning);
        }

        Replaying withChanged(ContainerId id) {
            return new Replaying(
                    listing,
                    replay,
                    changedSinceList.plus(id),
                    pauseChangedSinceList,
                    suspects,
                    holding,
                    rotations,
                    collected,
                    fromBeginning);
        }

        Replaying withPauseChanged(ContainerId id) {
            return new Replaying(
                    listing,
                    replay,
                    changedSinceList,
                    pauseChangedSinceList.plus(id),
                    suspects,
                    holding,
                    rotations,
                    collected,
                    fromBeginning);
        }

        Replaying withRotation(EngineEvent mark) {
            return new Replaying(
                    listing,
                    replay,
                    changedSinceList,
                    pauseChangedSinceList,
                    suspects,
                    holding,
                    rotations.plus(mark),
                    collected,
                    fromBeginning);
        }

        Replaying restartedFromBeginning(Checkpoint known) {
            return new Replaying(
                    listing,
                    Replay.of(known, known.newestEvent()),
                    changedSinceList,
                    pauseChangedSinceList,
                    suspects,
                    holding,
                    TreePVector.empty(),
                    CollectedEvents.NONE,
                    true);
        }

        Replaying withCollected(@Nullable CollectedEvents next) {
            return new Replaying(
                    listing,
                    replay,
                    changedSinceList,
                    pauseChangedSinceList,
                    suspects,
                    holding,
                    rotations,
                    next,
                    fromBeginning);
        }
    }

    /** The differences that are believed are being told; {@code suspects} are those that aren't yet. */
    record Reporting(Set<String> suspects) implements ResyncPhase {}

    /** Differences were seen; the next round, due at {@code untilTicks}, believes those that are still there. */
    record Settling(long untilTicks, Set<String> suspects) implements ResyncPhase {}
}
