package io.github.sealwatcher.model;

import org.jspecify.annotations.Nullable;

/**
 * What happened to the watching of a host: what the trail covers, and where it was blind.
 *
 * @param type which kind
 * @param timeNs when, in nanoseconds since 1970
 * @param reason a sentence for an operator, without any secret; null if the type is enough
 * @param gap the window that history no longer holds: for {@link Type#HISTORY_GAP} only, else null
 * @param containers how many containers are alive: for {@link Type#SYNCHRONIZED} only, else null
 */
public record HostChange(
        Type type,
        long timeNs,
        @Nullable String reason,
        @Nullable Window gap,
        @Nullable Integer containers) implements Change {

    /** The kinds of host changes. */
    public enum Type {
        /** The engine answers. */
        CONNECTED,
        /** The engine no longer answers; reported once for each loss. */
        DISCONNECTED,
        /** What is known equals what the host shows. */
        SYNCHRONIZED,
        /** Events may be missing: Podman's history no longer holds them. */
        HISTORY_GAP,
        /** Podman cut its event log. */
        LOG_ROTATED,
        /** The engine is another version than the one before. */
        ENGINE_CHANGED
    }

    /** A span of time, both ends in nanoseconds since 1970. */
    public record Window(long fromNs, long toNs) {}

    /** A change that needs no figures. */
    public static HostChange of(Type type, long timeNs, @Nullable String reason) {
        return new HostChange(type, timeNs, reason, null, null);
    }

    /** What is known equals what the host shows. */
    public static HostChange synced(long timeNs, int containers) {
        return new HostChange(Type.SYNCHRONIZED, timeNs, null, null, containers);
    }

    /** Events between {@code fromNs} and {@code toNs} may be missing. */
    public static HostChange gap(long timeNs, long fromNs, long toNs, String reason) {
        return new HostChange(Type.HISTORY_GAP, timeNs, reason, new Window(fromNs, toNs), null);
    }
}
