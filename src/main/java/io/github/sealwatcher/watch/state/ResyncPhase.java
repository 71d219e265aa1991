package io.github.sealwatcher.watch.state;

import io.github.sealwatcher.model.ContainerId;
import io.github.sealwatcher.model.EngineEvent;
import io.github.sealwatcher.watch.checkpoint.Checkpoint;
import io.github.sealwatcher.watch.checkpoint.EventRef;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.pcollections.HashTreePSet;
import org.pcollections.PSet;
import org.pcollections.PVector;
import org.pcollections.TreePVector;

/**
 * The phases of a resync, which compares what is known with what the host shows: list, replay the log, compare. A difference
 * that is still there when its event has had time to be written is believed.
 */
public sealed interface ResyncPhase {

    /** The differences that the resync before saw, or this one, and that are not believed yet. */
    default Set<String> suspects() {
        return Set.of();
    }

    /** None under way; the next is due at {@code dueTicks}. */
    record Idle(long dueTicks) implements ResyncPhase {}

    /**
     * The list is asked for.
     *
     * @param suspects the differences that the resync before saw
     * @param holding whether what the stream brings must wait, because the log holds what the stream skipped before it
     * @param outdated the containers of which an event came before the list: it may have been made before that
     */
    record Listing(Set<String> suspects, boolean holding, Outdated outdated) implements ResyncPhase {

        /** It was asked for just now. */
        public Listing(Set<String> suspects, boolean holding) {
            this(suspects, holding, Outdated.NONE);
        }
    }

    /**
     * The event log is replayed.
     *
     * @param list what the list showed
     * @param returned what the replay has returned so far
     * @param outdated the containers for which the list is too old
     * @param suspects the differences that the resync before saw
     * @param holding whether what the stream brings must wait, because the log holds what the stream skipped before it
     */
    record Replaying(ContainerList list, Returned returned, Outdated outdated, Set<String> suspects, boolean holding)
            implements ResyncPhase {

        /** What the replay shows of the log's completeness. */
        public Replay replay() {
            return returned.replay;
        }

        /** With more returned. */
        public Replaying with(Returned next) {
            return new Replaying(list, next, outdated, suspects, holding);
        }

        /** With more containers for which the list is too old. */
        public Replaying with(Outdated next) {
            return new Replaying(list, returned, next, suspects, holding);
        }

        /** The same replay begun anew, from the log's beginning and to be applied in its order. */
        public Replaying restartedFromBeginning(Checkpoint known) {
            return with(new Returned(
                    Replay.of(known, known.newestEvent()).onSameHost(replay().sameHost()),
                    returned.rotations,
                    CollectedEvents.NONE,
                    new Earlier(returned.collected, returned.replay.first()),
                    returned.heldBefore));
        }
    }

    /**
     * What a replay has returned so far.
     *
     * @param replay as far as it shows whether the log is complete
     * @param rotations the marks of cuts that it returned, to be applied at its end: newer Podmans write one before what
     *     they kept although it is younger, and whoever resumed from its time would never read what they kept
     * @param collected what was returned, if that is to be applied once all is known; null in any other replay
     * @param earlier what the replay returned before it was begun anew from the log's beginning; null if it was not
     * @param heldBefore how much of what the stream brought was held when it returned its first event: if the log no longer
     *     holds that, it was cut off
     */
    record Returned(
            Replay replay,
            PVector<EngineEvent> rotations,
            @Nullable CollectedEvents collected,
            @Nullable Earlier earlier,
            int heldBefore) {

        /** Before anything is returned. */
        public static Returned nothing(Replay replay, boolean collects) {
            return new Returned(replay, TreePVector.empty(), collects ? CollectedEvents.NONE : null, null, 0);
        }

        /** With more known of the log's completeness. */
        public Returned with(Replay next) {
            return new Returned(next, rotations, collected, earlier, heldBefore);
        }

        /** With more collected. */
        public Returned with(@Nullable CollectedEvents next) {
            return new Returned(replay, rotations, next, earlier, heldBefore);
        }

        /** With one more mark of a cut. */
        public Returned plusRotation(EngineEvent mark) {
            return new Returned(replay, rotations.plus(mark), collected, earlier, heldBefore);
        }

        /** With so much held when the first event was returned. */
        public Returned withHeldBefore(int held) {
            return new Returned(replay, rotations, collected, earlier, held);
        }

        /** With what was cut off the log after it was returned for the first time, and before it was read anew. */
        public Returned withCutOff() {
            if (earlier == null || earlier.collected == null || collected == null) {
                return this;
            }
            CollectedEvents cutOff = earlier.collected.without(collected);
            return cutOff.events().isEmpty()
                    ? this
                    : new Returned(
                            replay.beginningWith(earlier.first),
                            rotations,
                            cutOff.plusAll(collected),
                            null,
                            heldBefore);
        }
    }

    /**
     * What a replay returned before it was begun anew.
     *
     * @param collected the events
     * @param first the first of them; null if there was none
     */
    record Earlier(
            @Nullable CollectedEvents collected, @Nullable EventRef first) {}

    /**
     * The containers of which events report more than the list.
     *
     * @param changed those of which anything is reported since the list was asked for
     * @param paused those that were only paused or unpaused since: what the list shows of their lives still holds
     */
    record Outdated(PSet<ContainerId> changed, PSet<ContainerId> paused) {

        /** The list holds for all. */
        public static final Outdated NONE = new Outdated(HashTreePSet.empty(), HashTreePSet.empty());

        /** With the container of which this event reports something. */
        public Outdated plus(EngineEvent event) {
            ContainerId id = Actions.containerId(event);
            boolean turns =
                    event.action().equals(Actions.PAUSE) || event.action().equals(Actions.UNPAUSE);
            return turns ? new Outdated(changed, paused.plus(id)) : new Outdated(changed.plus(id), paused);
        }
    }

    /** The differences that are believed are being reported; {@code suspects} are those that aren't yet. */
    record Reporting(Set<String> suspects) implements ResyncPhase {}

    /** Differences were seen; the next resync, due at {@code untilTicks}, believes those that are still there. */
    record Settling(long untilTicks, Set<String> suspects) implements ResyncPhase {}
}
