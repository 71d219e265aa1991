package io.github.sealwatcher.trail;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Times as users type and read them. All output is UTC: the hosts of a trail are in many zones. */
final class Times {
    private static final DateTimeFormatter SHOWN =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss.SSS", Locale.ROOT).withZone(ZoneOffset.UTC);
    private static final Pattern AGO = Pattern.compile("-(\\d+)([smhd])");
    private static final Pattern NUMBER = Pattern.compile("\\d{9,19}");
    private static final int MILLIS_DIGITS = 12;
    private static final int NANOS_DIGITS = 17;

    private Times() {}

    /**
     * In nanoseconds since 1970.
     *
     * @throws IllegalArgumentException with what is expected
     */
    static long parse(String text, Instant now) {
        Matcher ago = AGO.matcher(text);
        if (ago.matches()) {
            String unit = ago.group(2).toUpperCase(Locale.ROOT);
            String duration = unit.equals("D") ? "P" + ago.group(1) + unit : "PT" + ago.group(1) + unit;
            return nanos(now.minus(Duration.parse(duration)));
        }
        if (NUMBER.matcher(text).matches()) {
            long number = Long.parseLong(text);
            if (text.length() >= NANOS_DIGITS) {
                return number;
            }
            return text.length() >= MILLIS_DIGITS
                    ? TimeUnit.MILLISECONDS.toNanos(number)
                    : TimeUnit.SECONDS.toNanos(number);
        }
        try {
            return nanos(instant(text.replace(' ', 'T')));
        } catch (DateTimeParseException e) {
            throw new IllegalArgumentException(
                    "expected a time such as 2026-11-26T10:30:00Z, 2026-11-26T11:30+01:00, 2026-11-26 (UTC without an"
                            + " offset), -90m (s, m, h or d ago), or a number of s, ms or ns since 1970; found '" + text
                            + "'",
                    e);
        }
    }

    static String show(long timeNs) {
        return timeNs == Long.MAX_VALUE ? "" : SHOWN.format(instant(timeNs)) + "Z";
    }

    static Instant instant(long timeNs) {
        long second = TimeUnit.SECONDS.toNanos(1);
        return Instant.ofEpochSecond(Math.floorDiv(timeNs, second), Math.floorMod(timeNs, second));
    }

    static long nanos(Instant instant) {
        return TimeUnit.SECONDS.toNanos(instant.getEpochSecond()) + instant.getNano();
    }

    /** The two largest units. */
    static String length(long nanos) {
        Duration length = Duration.ofNanos(nanos);
        if (length.toDays() > 0) {
            return length.toDays() + " d " + length.toHoursPart() + " h";
        } else if (length.toHours() > 0) {
            return length.toHours() + " h " + length.toMinutesPart() + " min";
        } else if (length.toMinutes() > 0) {
            return length.toMinutes() + " min " + length.toSecondsPart() + " s";
        }
        return String.format(Locale.ROOT, "%.3f s", nanos / 1e9);
    }

    private static Instant instant(String text) {
        if (!text.contains("T")) {
            return LocalDate.parse(text).atStartOfDay(ZoneOffset.UTC).toInstant();
        }
        boolean hasOffset =
                text.endsWith("Z") || text.lastIndexOf('+') > 0 || text.lastIndexOf('-') > text.indexOf('T');
        return hasOffset
                ? OffsetDateTime.parse(text).toInstant()
                : LocalDateTime.parse(text).toInstant(ZoneOffset.UTC);
    }
}
