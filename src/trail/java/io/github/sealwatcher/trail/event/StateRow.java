package io.github.sealwatcher.trail.event;

import org.jspecify.annotations.Nullable;

/**
 * A record of {@code <prefix>.container.state}.
 *
 * @param status {@code running} or {@code paused}; null for a null value: the container isn't alive
 */
public record StateRow(
        Place place,
        ContainerKey key,
        @Nullable String status,
        long sinceNs,
        ContainerFacts container,
        @Nullable Pod pod)
        implements TrailRecord {}
