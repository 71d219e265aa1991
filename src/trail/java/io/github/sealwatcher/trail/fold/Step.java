package io.github.sealwatcher.trail.fold;

import io.github.sealwatcher.trail.event.ContainerEvent;
import io.github.sealwatcher.trail.event.Pod;
import org.jspecify.annotations.Nullable;

/**
 * What one event does to the fold.
 *
 * @param before the container as it was alive before; null if it wasn't
 * @param after as it is alive then; null if it isn't
 * @param podBefore the pod that it was in, alive or not
 */
public record Step(
        ContainerEvent event,
        @Nullable FoldedContainer before,
        @Nullable FoldedContainer after,
        @Nullable Pod podBefore) {}
