package io.github.sealwatcher.watch.state;

import io.github.sealwatcher.model.Life;
import io.github.sealwatcher.model.ObservedContainer;
import io.github.sealwatcher.model.RunState;

/**
 * A life that a list showed, of which nothing was known then.
 *
 * @param endedByNs when it had ended at the latest, in nanoseconds since 1970, by the first list that showed it
 *     to have ended, or no longer showed it; {@link Long#MAX_VALUE} if none did
 */
public record OutlivedLife(Life life, long endedByNs) {

    /** One of which no list showed the end. */
    public static OutlivedLife unended(Life life) {
        return new OutlivedLife(life, Long.MAX_VALUE);
    }

    /** That of a container as a list shows it. */
    public static OutlivedLife of(Life life, ObservedContainer listed) {
        return listed.state() instanceof RunState.Ended ended && ended.endedAtNs() != null
                ? new OutlivedLife(life, ended.endedAtNs())
                : unended(life);
    }

    /** A list that was asked for then no longer shows it: the first one that does not tells when it had ended. */
    public OutlivedLife endedBy(long timeNs) {
        return timeNs < endedByNs ? new OutlivedLife(life, timeNs) : this;
    }
}
