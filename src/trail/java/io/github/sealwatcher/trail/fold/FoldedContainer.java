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
 * @param sinceNs since when it has been paused or running
 */
public record FoldedContainer(
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

    /** When its life began, as far as the trail shows. */
    public long startedNs() {
        Long started = start.container().startedAtNs();
        return started == null ? start.timeNs() : Math.min(started, start.timeNs());
    }

    /** Whether a start is of another life than this one. */
    public boolean isEndedBy(ContainerEvent another) {
        StartTimes then = StartTimes.of(start);
        StartTimes now = StartTimes.of(another);
        return then == null || now == null || !then.agree(now);
    }
}
