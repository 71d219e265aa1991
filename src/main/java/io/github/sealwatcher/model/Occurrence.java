package io.github.sealwatcher.model;

/**
 * What is common to all changes of a container.
 *
 * @param eventId the same in every run for the same event of Podman's
 * @param timeNs when it happened, in nanoseconds since 1970 by the host's clock; for a reconciled change the best known
 *     time
 * @param origin how it came to be known
 * @param rawAction the engine's own word, for instance {@code died}; for a change without an event of its own, the word that the
 *     engine would have used
 */
public record Occurrence(EventId eventId, long timeNs, Origin origin, String rawAction) {

    /** The same at another time. */
    public Occurrence at(long otherNs) {
        return new Occurrence(eventId, otherNs, origin, rawAction);
    }
}
