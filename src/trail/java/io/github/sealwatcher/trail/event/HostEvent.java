package io.github.sealwatcher.trail.event;

import org.jspecify.annotations.Nullable;

/**
 * A record of {@code <prefix>.host.events}.
 *
 * @param gap what history lost: for {@code history_gap} only, else null
 */
public record HostEvent(
        Place place,
        String host,
        String type,
        long timeNs,
        String reason,
        @Nullable Window gap,
        @Nullable Integer containers,
        String engineVersion)
        implements TrailRecord {

    /** Whether it reports lost history. */
    public boolean isGap() {
        return type.equals("history_gap");
    }
}
