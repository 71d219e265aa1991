package io.github.sealwatcher.trail.rule;

import io.github.sealwatcher.trail.event.ContainerEvent;
import io.github.sealwatcher.trail.event.Place;

/** All ids of the trail, to find those that are there twice. */
public interface EventIds {
    /** Takes the next event. */
    void add(ContainerEvent event);

    /** Shows each id that is there more than once, once for each repetition. */
    void eachTwice(Twice sink);

    /** Gets a repetition. */
    @FunctionalInterface
    interface Twice {
        /**
         * An id is at two places.
         *
         * @param first the one with the lower offset, if both are in one partition
         */
        void at(String eventId, Place first, Place second);
    }
}
