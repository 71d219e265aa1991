package io.github.sealwatcher.engine.podman;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.ChronoField;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Podman's times, to the nanosecond. "Never" is Go's zero time: {@code 0001-01-01T00:00:00Z} in an inspect and
 * -62135596800 seconds in a list.
 */
final class Timestamps {

    private static final long SECOND_NS = 1_000_000_000L;
    private static final DateTimeFormatter RFC3339_NANO = new DateTimeFormatterBuilder()
            .appendPattern("uuuu-MM-dd'T'HH:mm:ss")
            .appendFraction(ChronoField.NANO_OF_SECOND, 9, 9, true)
            .appendLiteral('Z')
            .toFormatter(Locale.ROOT)
            .withZone(ZoneOffset.UTC);

    /** Many hosts answer within a second, and parsing takes longer than all else about a short answer. */
    private static volatile @Nullable HttpDate lastDate;

    private Timestamps() {}

    private record HttpDate(String text, @Nullable Long ns) {}

    /**
     * RFC3339Nano in UTC, always with nine digits. Podman reads a number of seconds with a fraction as a float, which is
     * off by some 240 ns, and takes an integer of nanoseconds for seconds.
     */
    static String rfc3339(long ns) {
        return RFC3339_NANO.format(Instant.ofEpochSecond(Math.floorDiv(ns, SECOND_NS), Math.floorMod(ns, SECOND_NS)));
    }

    /** Nanoseconds since 1970; null if it is "never", or no time that a long can hold. */
    static @Nullable Long parse(@Nullable String text) {
        if (text == null) {
            return null;
        }
        try {
            Instant instant = OffsetDateTime.parse(text).toInstant();
            return add(ofSeconds(instant.getEpochSecond()), instant.getNano());
        } catch (DateTimeException e) {
            return null;
        }
    }

    /** Nanoseconds since 1970; null if it is "never", or no time that a long can hold. */
    static @Nullable Long ofSeconds(long seconds) {
        // Every Podman is younger than 1970, so no smaller number can mean a time.
        return seconds <= 0 || seconds > Long.MAX_VALUE / SECOND_NS - 1 ? null : Long.valueOf(seconds * SECOND_NS);
    }

    /** The {@code Date} of an HTTP response in nanoseconds since 1970; null if there is none, or if it is no such time. */
    static @Nullable Long httpDate(@Nullable String text) {
        if (text == null) {
            return null;
        }
        HttpDate last = lastDate;
        if (last == null || !last.text().equals(text)) {
            last = new HttpDate(text, parseHttpDate(text));
            lastDate = last;
        }
        return last.ns();
    }

    private static @Nullable Long parseHttpDate(String text) {
        try {
            return ofSeconds(DateTimeFormatter.RFC_1123_DATE_TIME
                    .parse(text.trim(), Instant::from)
                    .getEpochSecond());
        } catch (DateTimeException e) {
            return null;
        }
    }

    private static @Nullable Long add(@Nullable Long ns, int nanos) {
        return ns == null ? null : Long.valueOf(ns + nanos);
    }
}
