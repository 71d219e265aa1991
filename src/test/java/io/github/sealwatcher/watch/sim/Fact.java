package io.github.sealwatcher.watch.sim;

import io.github.sealwatcher.model.ContainerChange;
import io.github.sealwatcher.model.ContainerId;

/**
 * Something that really happened.
 *
 * @param line the line that says it; one that is never written if Podman says nothing of it
 * @param ticks when
 * @param life the life that it is part of
 * @param kind what
 * @param optional whether nothing need be told of it: the endpoint showed another host, and nothing has ended
 */
record Fact(Line line, long ticks, RealLife life, ContainerChange.Kind kind, boolean optional) {

    ContainerId id() {
        return life.id;
    }

    long stampNs() {
        return line.event.timeNs();
    }

    boolean isStart() {
        return kind == ContainerChange.Kind.STARTED;
    }

    boolean isEnd() {
        return kind == ContainerChange.Kind.DIED;
    }

    /** Whether it is one of those that must never be lost in silence. */
    boolean isBound() {
        return (isStart() || isEnd()) && !optional;
    }

    @Override
    public String toString() {
        return line.event.action() + " of " + Checkers.shorten(id());
    }
}
