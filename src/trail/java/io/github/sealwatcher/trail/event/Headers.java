package io.github.sealwatcher.trail.event;

import org.jspecify.annotations.Nullable;

/** The headers of a record; null for a missing one. */
public record Headers(
        @Nullable String eventId,
        @Nullable String host,
        @Nullable String type,
        @Nullable String origin,
        @Nullable String digest) {

    /** No header at all, as when a copy or a transformation has left them out. */
    public static final Headers NONE = new Headers(null, null, null, null, null);
}
