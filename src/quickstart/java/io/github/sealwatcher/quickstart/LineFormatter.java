package io.github.sealwatcher.quickstart;

import io.github.sealwatcher.quickstart.Columns.Column;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** One aligned line per record. */
record LineFormatter(ZoneId zone) {
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm:ss.SSS");
    private static final Columns COLUMNS = Columns.of(
            new Column("time", 12),
            new Column("host", 12),
            new Column("type", 15),
            new Column("container", 20),
            new Column("id", 12),
            new Column("pod", 14),
            new Column("image", 20),
            new Column("exit", 4),
            new Column("origin", 10),
            new Column("latency", 9));

    static String titles() {
        return COLUMNS.titles();
    }

    /**
     * @param now when the record came here; for a live event this tells how long it took
     */
    String line(Row row, Instant now) {
        return COLUMNS.line(List.of(
                TIME.format(instant(row.timeNanos()).atZone(zone)),
                row.host(),
                row.type(),
                row.container(),
                Row.shortId(row.id()),
                row.pod(),
                lastPart(row.image()),
                row.exitCode().isPresent() ? Integer.toString(row.exitCode().getAsInt()) : "",
                row.origin(),
                row.isLive() ? latencyMillis(row, now) + " ms" : ""));
    }

    /** From the event's time on its host to {@code now} on this machine. */
    static long latencyMillis(Row row, Instant now) {
        return now.toEpochMilli() - instant(row.timeNanos()).toEpochMilli();
    }

    static Instant instant(long nanos) {
        long second = TimeUnit.SECONDS.toNanos(1);
        return Instant.ofEpochSecond(Math.floorDiv(nanos, second), Math.floorMod(nanos, second));
    }

    /** An image without registry and path. */
    private static String lastPart(String image) {
        return image.substring(image.lastIndexOf('/') + 1);
    }
}
