package io.github.sealwatcher.chaos;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Holds the trail against Podman's own log: each start, death, pause and unpause of the log stands in the trail, once, and
 * nothing else does; but for what had left the log, if the connector says so.
 *
 * @param told the part of the trail in question, in its order
 * @param expected the part of the log in question
 * @param known every moment that the log ever held
 * @param blindness when the connector had a reason not to read
 * @param rewound whether the trail was told to begin in the middle of things, where first sights are in order
 */
record Comparison(
        List<Told> told,
        List<TruthLine> expected,
        Map<Moment, TruthLine> known,
        List<Gap> gaps,
        Blindness blindness,
        boolean repeats,
        boolean rewound) {

    /** A connector at work reads a line within a second; a machine short of time may take longer. */
    private static final Duration ENOUGH = Duration.ofSeconds(5);

    void judge(Verdict verdict) {
        Map<Moment, List<Told>> byMoment =
                told.stream().filter(Told::isTurn).collect(Collectors.groupingBy(Told::moment));
        List<TruthLine> missing = expected.stream()
                .filter(line -> !byMoment.containsKey(line.moment()))
                .toList();
        Set<TruthLine> gone = missing.stream().filter(this::isExcused).collect(Collectors.toSet());
        List<TruthLine> excused = missing.stream()
                .filter(line -> gone.contains(line) || (isTurn(line) && gone.contains(beginning(line))))
                .toList();
        verdict.figure("events expected", expected.size());
        verdict.figure("  lost", missing.size() - excused.size());
        verdict.figure("  gone before they could be read", excused.size());
        missing.stream()
                .filter(line -> !excused.contains(line))
                .forEach(line -> verdict.violated("lost", line.moment().id(), line.toString()));
        duplicates(verdict, byMoment);
        Set<String> forgotten = repeats ? Forgotten.in(told, gaps) : Set.of();
        inventions(verdict, excused, forgotten);
        order(verdict, forgotten);
        gaps(verdict, excused);
    }

    /** It had left the log before the connector was able to read it, and a gap that was said later covers it. */
    private boolean isExcused(TruthLine line) {
        boolean readable = blindness.sight(line.seenAtNs(), line.goneAtNs()).compareTo(ENOUGH) > 0;
        return !readable
                && gaps.stream()
                        .anyMatch(gap -> gap.covers(line.moment().timeNs()) && line.goneAtNs() <= atLatest(gap));
    }

    /** What a pause did to a life that nobody has heard of is told with that life. */
    private static boolean isTurn(TruthLine line) {
        return line.moment().type().endsWith("pause");
    }

    /** The start of the life in question; null if it began before all that is expected. */
    private TruthLine beginning(TruthLine line) {
        TruthLine beginning = null;
        for (TruthLine other : expected) {
            if (other == line) {
                break;
            }
            if (other.moment().id().equals(line.moment().id())
                    && other.moment().type().equals("start")) {
                beginning = other;
            }
        }
        return beginning;
    }

    /** Our eyes on the log are a little slower than the connector's. */
    private static long atLatest(Gap gap) {
        return gap.atNs() + 2_000_000_000L;
    }

    private void duplicates(Verdict verdict, Map<Moment, List<Told>> byMoment) {
        int duplicates = 0;
        for (List<Told> same : byMoment.values()) {
            Set<String> ids = same.stream().map(Told::eventId).collect(Collectors.toSet());
            duplicates += same.size() - 1;
            if (same.size() > 1 && (!repeats || ids.size() > 1)) {
                verdict.violated("duplicated", same.get(0).moment().id(), same.toString());
            }
        }
        verdict.figure("  duplicated", duplicates + (repeats ? " (allowed: at least once)" : ""));
    }

    /** What a list told instead of an event is right only where the event was gone. */
    private void inventions(Verdict verdict, List<TruthLine> excused, Set<String> forgotten) {
        Map<String, Long> allowed = excused.stream()
                .collect(Collectors.groupingBy(
                        line -> line.moment().id() + line.moment().type(), HashMap::new, Collectors.counting()));
        List<Told> inferred = told.stream()
                .filter(event -> event.isTurn() && !known.containsKey(event.moment()))
                .toList();
        Set<String> seen = new HashSet<>();
        for (Told event : inferred) {
            if (repeats && !seen.add(event.eventId())) {
                continue;
            }
            boolean firstSight = event.origin().equals("snapshot") && (rewound || isFromBefore(event));
            long left = allowed.getOrDefault(event.moment().id() + event.type(), 0L);
            if (event.isHeard()) {
                verdict.violated("invented", event.moment().id(), event.toString());
            } else if (!firstSight
                    && left == 0
                    && !forgotten.contains(event.moment().id())) {
                verdict.violated(
                        "inferred though the log had it", event.moment().id(), event.toString());
            } else if (!firstSight && left > 0) {
                allowed.put(event.moment().id() + event.type(), left - 1);
            }
        }
        verdict.figure(
                "  reconciled",
                inferred.stream()
                        .filter(event -> event.origin().equals("reconciled"))
                        .count());
    }

    /** Whether the container lived before the trail began. */
    private boolean isFromBefore(Told event) {
        return expected.stream()
                .noneMatch(line -> line.moment().id().equals(event.moment().id())
                        && line.moment().type().equals("start"));
    }

    /** G1: start, any of pause and unpause, die; and so on. */
    private void order(Verdict verdict, Set<String> forgotten) {
        Map<String, Told> alive = new HashMap<>();
        Set<String> seen = new HashSet<>();
        for (Told event : told) {
            if (!event.isTurn() || (repeats && !seen.add(event.eventId()))) {
                continue;
            }
            String id = event.moment().id();
            if (alive.containsKey(id) == event.type().equals("start") && !forgotten.contains(id)) {
                verdict.violated("out of order", id, event + (alive.containsKey(id) ? " while alive" : " while dead"));
            }
            if (event.type().equals("die")) {
                alive.remove(id);
            } else {
                alive.put(id, event);
            }
        }
    }

    private void gaps(Verdict verdict, List<TruthLine> excused) {
        Map<Long, List<TruthLine>> anchors = known.values().stream()
                .collect(Collectors.groupingBy(line -> line.moment().timeNs()));
        List<Gap> wrong = new ArrayList<>();
        for (Gap gap : gaps) {
            // The newest event read before: said to be gone.
            List<TruthLine> anchor = anchors.getOrDefault(gap.fromNs(), List.of());
            if (!anchor.isEmpty() && anchor.stream().allMatch(line -> line.goneAtNs() > atLatest(gap))) {
                wrong.add(gap);
                verdict.violated("false gap", "", gap + " but " + anchor);
            }
        }
        Set<Long> losses = excused.stream().map(TruthLine::goneAtNs).collect(Collectors.toSet());
        verdict.figure("gaps said", gaps.size() + (gaps.isEmpty() ? "" : " " + gaps));
        verdict.figure("  false", wrong.size());
        verdict.figure(
                "  with loss",
                gaps.stream()
                        .filter(gap -> excused.stream()
                                .anyMatch(line -> gap.covers(line.moment().timeNs())))
                        .count());
        verdict.figure("cuts of the log that lost unread", losses.size());
    }

    static Map<Moment, TruthLine> byMoment(List<TruthLine> lines) {
        return lines.stream()
                .collect(Collectors.toMap(TruthLine::moment, Function.identity(), (first, second) -> first));
    }
}
