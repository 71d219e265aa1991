package io.github.sealwatcher.trail.fold;

import io.github.sealwatcher.trail.event.ContainerEvent;
import io.github.sealwatcher.trail.event.ContainerFacts;
import io.github.sealwatcher.trail.event.Pod;
import org.jspecify.annotations.Nullable;

/**
 * A container that is alive by the trail so far.
 *
 * @param start what began its life
 * @param last the newest record of it
 * @param sinceNs since when it is what {@code paused} says
 */
public record LiveContainer(
        ContainerEvent start,
        ContainerEvent last,
        boolean paused,
        long sinceNs,
        @Nullable Pod pod) {

    /** {@code running} or {@code paused}. */
    public String status() {
        return paused ? "paused" : "running";
    }

    /** What is known of it: a later record may know the name that it was given meanwhile. */
    public ContainerFacts facts() {
        return last.container().name() == null ? start.container() : last.container();
    }

    /** When its life began, as well as the trail tells. */
    public long startedNs() {
        Long told = start.container().startedAtNs();
        return told == null ? start.timeNs() : Math.min(told, start.timeNs());
    }
}
