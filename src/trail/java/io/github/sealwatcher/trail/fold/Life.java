package io.github.sealwatcher.trail.fold;

import io.github.sealwatcher.trail.event.ContainerEvent;
import io.github.sealwatcher.trail.event.ContainerFacts;
import io.github.sealwatcher.trail.event.ContainerKey;
import io.github.sealwatcher.trail.event.Pod;
import io.github.sealwatcher.trail.event.Window;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One life of a container, from its start to its death.
 *
 * @param start the record of its start; null if it began before the first record read
 * @param toNs when it ended; {@link Long#MAX_VALUE} while it is alive
 * @param end the record of its end; null while it is alive, and where another life began without one
 * @param pauses the times in which it was paused; the last may end with the life
 */
public record Life(
        ContainerKey key,
        ContainerFacts facts,
        @Nullable Pod pod,
        long fromNs,
        long toNs,
        @Nullable ContainerEvent start,
        @Nullable ContainerEvent end,
        List<Window> pauses) {

    /** Whether it goes on. */
    public boolean isAlive() {
        return toNs == Long.MAX_VALUE;
    }

    /** From its beginning to its end. */
    public Window window() {
        return new Window(fromNs, toNs);
    }

    /** Null while it is alive, and where nobody knows. */
    public @Nullable Integer exitCode() {
        return end == null ? null : end.exitCode();
    }

    /** The container's name, or its short id. */
    public String name() {
        String name = facts.name();
        return name == null || name.isEmpty() ? key.shortId() : name;
    }
}
