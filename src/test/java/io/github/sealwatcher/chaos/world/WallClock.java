package io.github.sealwatcher.chaos.world;

import java.time.Instant;
import java.time.OffsetDateTime;

/** The wall clock in nanoseconds since 1970, which Podman, the connector and we share. */
public final class WallClock {
    private static final long SECOND_NS = 1_000_000_000L;

    private WallClock() {}

    public static long nowNs() {
        return nanos(Instant.now());
    }

    /** What Podman's log calls a time. */
    public static long parse(String time) {
        return nanos(OffsetDateTime.parse(time).toInstant());
    }

    /** For people. */
    public static String show(long ns) {
        return Instant.ofEpochSecond(Math.floorDiv(ns, SECOND_NS), Math.floorMod(ns, SECOND_NS))
                .toString()
                .substring("2026-01-01T".length());
    }

    private static long nanos(Instant instant) {
        return instant.getEpochSecond() * SECOND_NS + instant.getNano();
    }
}
