package io.github.sealwatcher.watch;

import io.github.sealwatcher.model.ContainerId;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.pcollections.PSet;

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
     * @param anchor what history must still hold
     * @param touched the containers that events told of since the list was asked for: the list is too old for them
     */
    record Recalling(
            io.github.sealwatcher.watch.Listing listing,
            Anchor anchor,
            PSet<ContainerId> touched,
            Set<String> suspects,
            boolean holding)
            implements Round {

        Recalling having(Anchor next) {
            return new Recalling(listing, next, touched, suspects, holding);
        }

        Recalling touching(ContainerId id) {
            return new Recalling(listing, anchor, touched.plus(id), suspects, holding);
        }
    }

    /** The differences that are believed are being told; {@code suspects} are those that aren't yet. */
    record Telling(Set<String> suspects) implements Round {}

    /** Differences were seen; the next round, due at {@code untilTicks}, believes those that are still there. */
    record Settling(long untilTicks, Set<String> suspects) implements Round {}

    /**
     * The event that a re-read must return if history is whole.
     *
     * @param key its stored key; null if there is none to be found
     * @param timeNs its time
     * @param found whether it was returned
     */
    record Anchor(@Nullable Long key, long timeNs, boolean found) {

        /** With one more event returned. */
        Anchor returned(long eventKey, long eventTimeNs) {
            boolean isIt = key != null && key == eventKey && timeNs == eventTimeNs;
            return isIt ? new Anchor(key, timeNs, true) : this;
        }

        /** Whether it wasn't returned. */
        boolean isGone() {
            return key != null && !found;
        }

        /** Given up, after its loss was said. */
        Anchor given() {
            return new Anchor(null, timeNs, false);
        }
    }
}
