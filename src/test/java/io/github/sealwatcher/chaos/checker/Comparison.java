package io.github.sealwatcher.chaos.checker;

import io.github.sealwatcher.chaos.checker.ExpectedVisibility.Answer;
import io.github.sealwatcher.chaos.world.LifecycleEvent;
import io.github.sealwatcher.trail.fold.Fold;
import io.github.sealwatcher.trail.rule.Beginnings;
import io.github.sealwatcher.trail.rule.Finding;
import io.github.sealwatcher.trail.rule.Findings;
import io.github.sealwatcher.trail.rule.OrderRule;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Holds the trail against Podman's own log: each start, death, pause and unpause of the log that the filters show stands in
 * the trail, once, and nothing else does; but for what had left the log, if the connector says so.
 *
 * @param emitted the part of the trail in question, in its order
 * @param expected the part of the log in question
 * @param known every moment that the log ever held
 * @param gaps all that were said, under whatever prefix
 * @param reportedGaps those that were said in this trail
 * @param blindness when the connector had a reason not to read
 * @param kills when it may have repeated something
 */
public record Comparison(
        List<EmittedEvent> emitted,
        List<TruthLine> expected,
        Map<LifecycleEvent, TruthLine> known,
        List<Gap> gaps,
        List<Gap> reportedGaps,
        Blindness blindness,
        Kills kills,
        ExpectedVisibility visibility) {

    /** A connector at work reads a line within a second; a machine short of time may take longer. */
    private static final Duration ENOUGH = Duration.ofSeconds(5);

    public void judge(Verdict verdict) {
        Map<LifecycleEvent, List<EmittedEvent>> byMoment =
                emitted.stream().filter(EmittedEvent::isTurn).collect(Collectors.groupingBy(EmittedEvent::moment));
        List<TruthLine> due = filtered(verdict, byMoment);
        List<TruthLine> missing = due.stream()
                .filter(line -> !byMoment.containsKey(line.moment()))
                .toList();
        Set<TruthLine> gone = missing.stream().filter(this::isExcused).collect(Collectors.toSet());
        List<TruthLine> excused = missing.stream()
                .filter(line -> gone.contains(line) || (isTurn(line) && isOfUnknownLife(line, gone)))
                .toList();
        verdict.figure("events expected", due.size());
        verdict.figure("  lost", missing.size() - excused.size());
        verdict.figure("  gone before they could be read", excused.size());
        missing.stream()
                .filter(line -> !excused.contains(line))
                .forEach(line -> verdict.violated("lost", line.moment().id(), line.toString()));
        duplicates(verdict);
        Set<String> forgotten = Forgotten.in(emitted, gaps, kills);
        // What the filters may show as well as hide is inferred like the rest, if it is shown and lost.
        List<TruthLine> inferable = Stream.concat(
                        excused.stream(), undecided(byMoment).filter(this::isExcused))
                .toList();
        new Inferences(emitted, expected, inferable, known, visibility, kills, forgotten).judge(verdict);
        order(verdict, forgotten);
        gaps(verdict, excused);
    }

    /** Leaves what the filters show, or may have shown and was told. */
    private List<TruthLine> filtered(Verdict verdict, Map<LifecycleEvent, List<EmittedEvent>> byMoment) {
        if (visibility.isWhole()) {
            return expected;
        }
        Map<TruthLine, Answer> answers =
                expected.stream().collect(Collectors.toMap(Function.identity(), visibility::of));
        expected.stream()
                .filter(line -> answers.get(line) == Answer.HIDDEN && byMoment.containsKey(line.moment()))
                .filter(line -> !canBeOfReportedLife(line, byMoment.keySet()))
                .forEach(line -> verdict.violated(
                        "reported though filtered", line.moment().id(), line.toString()));
        visibility.unreported(emitted).forEach((id, what) -> verdict.violated("change of filters", id, what));
        verdict.figure(
                "events hidden by filters",
                answers.values().stream().filter(Answer.HIDDEN::equals).count());
        verdict.figure(
                "  undecided, either is right",
                answers.values().stream().filter(Answer.EITHER::equals).count());
        return expected.stream()
                .filter(line -> answers.get(line) == Answer.SHOWN
                        || (answers.get(line) == Answer.EITHER && byMoment.containsKey(line.moment())))
                .toList();
    }

    /**
     * Whether the line can be of an earlier life, which the filters show: what ended that one and began the hidden one was gone
     * before it could be read, so that nobody knows of it.
     */
    private boolean canBeOfReportedLife(TruthLine line, Set<LifecycleEvent> reported) {
        List<TruthLine> before = expected.subList(0, expected.indexOf(line)).stream()
                .filter(other -> other.moment().id().equals(line.moment().id()) && !isTurn(other))
                .toList();
        int last = before.size() - 1;
        while (last >= 0
                && isExcused(before.get(last))
                && !reported.contains(before.get(last).moment())) {
            last--;
        }
        return last >= 0
                && last < before.size() - 1
                && !line.moment().type().equals("start")
                && before.get(last).moment().type().equals("start")
                && reported.contains(before.get(last).moment());
    }

    private Stream<TruthLine> undecided(Map<LifecycleEvent, List<EmittedEvent>> byMoment) {
        return visibility.isWhole()
                ? Stream.empty()
                : expected.stream()
                        .filter(line -> visibility.of(line) == Answer.EITHER && !byMoment.containsKey(line.moment()));
    }

    /** It had left the log before the connector was able to read it, and a gap that was said later covers it. */
    private boolean isExcused(TruthLine line) {
        boolean readable = blindness.sight(line.seenAtNs(), line.goneAtNs()).compareTo(ENOUGH) > 0;
        return !readable
                && gaps.stream()
                        .anyMatch(gap -> gap.covers(line.moment().timeNs()) && line.goneAtNs() <= Gaps.atLatest(gap));
    }

    private static boolean isTurn(TruthLine line) {
        return line.moment().type().endsWith("pause");
    }

    /** What a pause did to a life whose start is gone, and that nobody had heard of yet, is told with that life. */
    private boolean isOfUnknownLife(TruthLine line, Set<TruthLine> gone) {
        EmittedEvent last = null;
        for (EmittedEvent event : emitted) {
            if (event.isTurn()
                    && event.moment().id().equals(line.moment().id())
                    && event.readAtNs() < line.seenAtNs()) {
                last = event;
            }
        }
        return gone.contains(beginning(line)) && (last == null || last.type().equals("die"));
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

    /** Nothing is there twice: no event of the log under whatever id, and no id, of whatever type. */
    private void duplicates(Verdict verdict) {
        int duplicates = 0;
        int allowed = 0;
        Map<LifecycleEvent, EmittedEvent> moments = new HashMap<>();
        Map<String, EmittedEvent> ids = new HashMap<>();
        Map<String, EmittedEvent> turns = new HashMap<>();
        for (EmittedEvent event : emitted) {
            EmittedEvent sameId = ids.put(event.eventId(), event);
            EmittedEvent same = event.isTurn() ? moments.put(event.moment(), event) : sameId;
            EmittedEvent before = event.isTurn() ? turns.put(event.moment().id(), event) : null;
            if ((same == null || isOfInferredLife(before, event)) && sameId == null) {
                continue;
            }
            duplicates++;
            if (same != null && same.equalsInId(event) && kills.between(same.readAtNs(), event.readAtNs())) {
                allowed++;
            } else {
                verdict.violated("duplicated", event.moment().id(), (same == null ? sameId : same) + " and " + event);
            }
        }
        verdict.figure("  duplicated", duplicates + (kills.possible() ? " (" + allowed + " allowed: a kill)" : ""));
    }

    /**
     * Whether a pause is told with a life that is inferred, as {@code podman ps} shows it: it may have been read while the
     * life before it was the one that was known.
     */
    private static boolean isOfInferredLife(EmittedEvent before, EmittedEvent event) {
        return before != null
                && event.type().equals("pause")
                && !event.isReceived()
                && before.type().equals("start")
                && !before.isReceived();
    }

    /** G1, by the trail reader's rule. */
    private void order(Verdict verdict, Set<String> forgotten) {
        Findings findings = new Findings(emitted.size());
        OrderRule rule = new OrderRule(findings, new Beginnings());
        Fold fold = new Fold();
        Set<String> seen = new HashSet<>();
        for (EmittedEvent event : emitted) {
            if (event.isTurn() && (!kills.possible() || seen.add(event.eventId()))) {
                rule.check(fold.apply(event.event()));
            }
        }
        for (Finding finding : findings.kept()) {
            String id = finding.key().id();
            if (!forgotten.contains(id)) {
                verdict.violated("out of order", id, finding.toString());
            }
        }
    }

    private void gaps(Verdict verdict, List<TruthLine> excused) {
        Gaps truth = new Gaps(known.values(), emitted, kills.possible());
        List<String> faults = reportedGaps.stream()
                .map(truth::fault)
                .filter(fault -> !fault.isEmpty())
                .toList();
        faults.forEach(fault -> verdict.violated("false gap", "", fault));
        Set<Long> losses = excused.stream().map(TruthLine::goneAtNs).collect(Collectors.toSet());
        verdict.figure("gaps said", reportedGaps.size() + (reportedGaps.isEmpty() ? "" : " " + reportedGaps));
        verdict.figure("  false", faults.size());
        verdict.figure(
                "  with loss",
                reportedGaps.stream()
                        .filter(gap -> excused.stream()
                                .anyMatch(line -> gap.covers(line.moment().timeNs())))
                        .count());
        verdict.figure("cuts of the log that lost unread", losses.size());
    }

    public static Map<LifecycleEvent, TruthLine> byMoment(List<TruthLine> lines) {
        Map<LifecycleEvent, TruthLine> byMoment = new LinkedHashMap<>();
        lines.forEach(line -> byMoment.putIfAbsent(line.moment(), line));
        return byMoment;
    }
}
