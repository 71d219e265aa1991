package io.github.sealwatcher.trail.event;

import org.jspecify.annotations.Nullable;

/**
 * The container fields of a record; null where the record has none.
 *
 * @param startedAtNs when its present or last life began
 */
public record ContainerFacts(
        @Nullable String name,
        @Nullable String image,
        @Nullable String imageId,
        @Nullable String project,
        @Nullable String detail,
        @Nullable Long startedAtNs,
        @Nullable Long pid) {

    /** Nothing at all. */
    public static final ContainerFacts NONE = new ContainerFacts(null, null, null, null, null, null, null);

    /** Whether Podman was asked for it: then the start is the container's own, and no event's time. */
    public boolean isLookedUp() {
        return "inspect".equals(detail) || "list".equals(detail);
    }
}
