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
sealed interface Round {

    /** None under way; the next is due at {@code dueTicks}. */
    record Idle(long dueTicks) implements Round {}

    /**
     * The list is asked for.
     *
     * @param suspects the differences that the round before saw
     * @param holding whether what the stream brings must wait, because history holds what the stream skipped before it
     */
    record Listing(Set<String> suspects, boolean holding) implements Round {}

    /**
     * History is being re-read.
     *
     * @param listing what the list said
     * @param replay what was returned so far, as far as it tells whether history is whole
     * @param touched the containers that events told of since the list was asked for: the list is too old for them
     * @param turned those that events only paused or unpaused since: what the list shows of their lives still holds
     * @param marks the marks of cuts that it brought, to be taken in at its end: newer Podmans write one before what they
     *     kept although it is younger, and whoever resumed from its time would never read what they kept
     * @param deep what was returned, if that is to be applied in the order of the log; null in any other replay
     * @param whole whether the log is read from its beginning
     */
    record Recalling(
            io.github.sealwatcher.watch.Listing listing,
            Replay replay,
            PSet<ContainerId> touched,
            PSet<ContainerId> turned,
            Set<String> suspects,
            boolean holding,
            PVector<EngineEvent> marks,
            @Nullable CollectedEvents deep,
            boolean whole)
            implements Round {

        Recalling having(Replay next) {
            return new Recalling(listing, next, touched, turned, suspects, holding, marks, deep, whole);
        }

        Recalling touching(ContainerId id) {
            return new Recalling(listing, replay, touched.plus(id), turned, suspects, holding, marks, deep, whole);
        }

        Recalling turning(ContainerId id) {
            return new Recalling(listing, replay, touched, turned.plus(id), suspects, holding, marks, deep, whole);
        }

        Recalling marking(EngineEvent mark) {
            return new Recalling(listing, replay, touched, turned, suspects, holding, marks.plus(mark), deep, whole);
        }

        Recalling readingAll(Checkpoint known) {
            return new Recalling(
                    listing,
                    Replay.of(known, known.newestEvent()),
                    touched,
                    turned,
                    suspects,
                    holding,
                    TreePVector.empty(),
                    CollectedEvents.NONE,
                    true);
        }

        Recalling collecting(@Nullable CollectedEvents next) {
            return new Recalling(listing, replay, touched, turned, suspects, holding, marks, next, whole);
        }
    }

    /** The differences that are believed are being told; {@code suspects} are those that aren't yet. */
    record Telling(Set<String> suspects) implements Round {}

    /** Differences were seen; the next round, due at {@code untilTicks}, believes those that are still there. */
    record Settling(long untilTicks, Set<String> suspects) implements Round {}
}
