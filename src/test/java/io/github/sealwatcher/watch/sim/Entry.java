package io.github.sealwatcher.watch.sim;

import io.github.sealwatcher.model.ContainerChange;
import io.github.sealwatcher.model.ContainerId;
import io.github.sealwatcher.model.Origin;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A record of the trail, and what it is about.
 *
 * @param ticks when the core gave it out
 * @param kept whether its checkpoint was stored too
 * @param fact what it says; null if it says what no single event does, or what never was
 * @param life the life that it is about; null if that isn't known
 */
record Entry(
        ContainerChange change,
        long ticks,
        boolean kept,
        @Nullable Fact fact,
        @Nullable RealLife life) {

    /** The action of an end that no container had: the filter no longer lets it through. */
    static final String FILTERED = "filtered";

    boolean isFilteredOut() {
        return change.occurrence().rawAction().equals(FILTERED);
    }

    ContainerId id() {
        return change.container().id();
    }

    ContainerChange.Kind kind() {
        return change.kind();
    }

    long timeNs() {
        return change.occurrence().timeNs();
    }

    /** Whether an event of Podman's says so. */
    boolean isRead() {
        Origin origin = change.occurrence().origin();
        return origin == Origin.LIVE || origin == Origin.REPLAY;
    }

    /** Whether the list says so with which a trail or a process begins. */
    boolean isSnapshot() {
        return change.occurrence().origin() == Origin.SNAPSHOT;
    }

    /** Whether it is a pause, or the end of one. */
    boolean isTurn() {
        return kind() == ContainerChange.Kind.PAUSED || kind() == ContainerChange.Kind.UNPAUSED;
    }

    boolean isInferred() {
        return change.occurrence().origin() == Origin.RECONCILED;
    }

    /** The same thing told once more, perhaps in another part. */
    boolean isSame(Entry other) {
        return id().equals(other.id())
                && kind() == other.kind()
                && (isGoingOn(other) || (life == other.life && Objects.equals(fact, other.fact)));
    }

    /** Whether both say of one life that it was found, before and after the endpoint led to another host for a while. */
    private boolean isGoingOn(Entry other) {
        return kind() == ContainerChange.Kind.STARTED
                && !isRead()
                && !other.isRead()
                && life != null
                && other.life != null
                && life.root == other.life.root;
    }

    @Override
    public String toString() {
        return change.occurrence().origin() + " " + kind() + " of " + Checkers.shorten(id());
    }
}
