package io.github.sealwatcher.quickstart;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What was seen so far. Written by the thread that shows the records, asked by the demo's. */
final class Tally {
    private final Instant commandStarted;
    private final List<Row> rows = new ArrayList<>();
    private final List<Long> latencies = new ArrayList<>();
    private @Nullable Instant first;

    /**
     * @param commandStarted when the user pressed return
     */
    Tally(Instant commandStarted) {
        this.commandStarted = commandStarted;
    }

    synchronized void add(Row row, Instant now) {
        if (first == null) {
            first = now;
        }
        rows.add(row);
        if (row.isLive()) {
            latencies.add(LineFormatter.latencyMillis(row, now));
        }
    }

    synchronized boolean has(Predicate<Row> wanted) {
        return rows.stream().anyMatch(wanted);
    }

    /** From the command to the first record; empty while there is none. */
    synchronized Optional<Duration> untilFirst() {
        return Optional.ofNullable(first).map(time -> Duration.between(commandStarted, time));
    }

    synchronized List<String> summary() {
        Map<String, Long> byType =
                rows.stream().collect(Collectors.groupingBy(Row::type, TreeMap::new, Collectors.counting()));
        List<String> lines = new ArrayList<>();
        untilFirst().ifPresent(time -> lines.add("First record  " + seconds(time) + " after the command"));
        lines.add("Records       " + rows.size() + ": "
                + byType.entrySet().stream()
                        .map(entry -> entry.getKey() + " " + entry.getValue())
                        .collect(Collectors.joining(", ")));
        if (!latencies.isEmpty()) {
            List<Long> sorted = latencies.stream().sorted().toList();
            lines.add("Latency       median " + sorted.get(sorted.size() / 2) + " ms, highest "
                    + sorted.get(sorted.size() - 1) + " ms, of " + sorted.size() + " live events");
        }
        return lines;
    }

    static String seconds(Duration duration) {
        return "%d.%d s".formatted(duration.toSeconds(), duration.toMillisPart() / 100);
    }
}
