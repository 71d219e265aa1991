package io.github.sealwatcher.trail.page;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/** Text for a page: whatever names containers have, none of it becomes markup. */
final class Html {
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss.SSS", Locale.ROOT).withZone(ZoneOffset.UTC);

    private Html() {}

    static String text(String text) {
        StringBuilder escaped = new StringBuilder(text.length() + 16);
        for (int i = 0; i < text.length(); i++) {
            char next = text.charAt(i);
            switch (next) {
                case '&' -> escaped.append("&amp;");
                case '<' -> escaped.append("&lt;");
                case '>' -> escaped.append("&gt;");
                case '"' -> escaped.append("&quot;");
                case '\'' -> escaped.append("&#39;");
                default -> escaped.append(isShown(next) ? next : '\ufffd');
            }
        }
        return escaped.toString();
    }

    static String time(long timeNs) {
        return TIME.format(Instant.ofEpochMilli(TimeUnit.NANOSECONDS.toMillis(timeNs)));
    }

    static String seconds(long nanos) {
        return String.format(Locale.ROOT, "%.3f s", nanos / 1e9);
    }

    /** Never rounded up to 100. */
    static String percent(double part) {
        return String.format(Locale.ROOT, "%.2f %%", Math.floor(part * 10_000) / 100);
    }

    /** Without control characters, and without those that turn the direction of text. */
    private static boolean isShown(char next) {
        return next == '\n' || !(Character.isISOControl(next) || Character.getType(next) == Character.FORMAT);
    }
}
