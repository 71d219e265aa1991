package io.github.sealwatcher.chaos;

import java.time.Instant;
import java.time.OffsetDateTime;

/** The wall clock in nanoseconds since 1970, which Podman, the connector and we share. */
final class Wall {
    private static final long SECOND_NS = 1_000_000_000L;

    private Wall() {}

    static long nowNs() {
        return nanos(Instant.now());
    }

    /** What Podman's log calls a time. */
    static long parse(String time) {
        return nanos(OffsetDateTime.parse(time).toInstant());
    }

    /** For people. */
    static String show(long ns) {
        return Instant.ofEpochSecond(Math.floorDiv(ns, SECOND_NS), Math.floorMod(ns, SECOND_NS))
                .toString()
                .substring("2026-01-01T".length());
    }

    private static long nanos(Instant instant) {
        return instant.getEpochSecond() * SECOND_NS + instant.getNano();
    }
}
