package io.github.sealwatcher.chaos.checker;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.sealwatcher.chaos.world.FaultKind;
import io.github.sealwatcher.chaos.world.Filter;
import io.github.sealwatcher.chaos.world.Journal;
import io.github.sealwatcher.chaos.world.LifecycleEvent;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What the judge of chaos runs must see, and what it must excuse. Times are seconds of an otherwise empty log. */
class ComparisonTest {
    private static final long SECOND = 1_000_000_000L;
    private static final String ID = "aaaa";
    private static final Filter REDS = new Filter(Filter.PREFIX, "", "", "tint=red", "", true);
    private static final Filter BLUES = new Filter(Filter.PREFIX, "", "", "tint=blue", "", true);

    private final List<TruthLine> log = new ArrayList<>();
    private final List<EmittedEvent> trail = new ArrayList<>();
    private final List<Gap> gaps = new ArrayList<>();
    private final List<Journal.Note> notes = new ArrayList<>();
    private final List<Epoch> epochs = new ArrayList<>(List.of(new Epoch(Filter.ALL, 0, 0)));
    private boolean atLeastOnce;

    @Test
    void completeTrailHasNoFindings() {
        written(10, "start");
        written(11, "died");
        emitted(10, "start", "live", 10);
        emitted(11, "die", "replay", 11);
        assertThat(rules()).isEmpty();
    }

    @Test
    void eventStillInTheLogIsLostDespiteAReportedGap() {
        written(10, "start").gone(20 * SECOND);
        written(11, "died");
        fault(9, 40);
        gaps.add(gap(10, 15, 30));
        assertThat(rules()).contains("lost");
    }

    @Test
    void eventThatWasReadableIsLostDespiteAReportedGap() {
        written(10, "start").gone(20 * SECOND);
        gaps.add(gap(10, 15, 30));
        assertThat(rules()).containsExactly("lost");
    }

    @Test
    void eventThatLeftTheLogUnreadIsExcusedOnlyByAGapThatCoversIt() {
        written(10, "start").gone(20 * SECOND);
        fault(9, 25);
        assertThat(rules()).as("no gap").containsExactly("lost");
        gaps.add(gap(5, 9, 30));
        assertThat(rules()).as("a gap elsewhere").contains("lost");
        gaps.set(0, gap(10, 15, 12));
        assertThat(rules()).as("a gap that was said before it had gone").contains("lost");
        gaps.set(0, gap(10, 15, 30));
        assertThat(rules()).isEmpty();
    }

    @Test
    void faultIsNoExcuseOnceALaterEventIsInTheTrail() {
        written(10, "start").gone(30 * SECOND);
        written(17, "died");
        fault(9, 15);
        emitted(17, "die", "live", 18);
        gaps.add(gap(10, 15, 31));
        assertThat(rules()).contains("lost");
    }

    @Test
    void gapIsFalseWhileTheLogHoldsItsFirstEvent() {
        written(10, "start");
        emitted(10, "start", "live", 10);
        gaps.add(gap(10, 15, 30));
        assertThat(rules()).containsExactly("false gap");
    }

    @Test
    void gapIsFalseIfNoEventInItHasLeftTheLog() {
        written(10, "start");
        gaps.add(gap(12, 15, 30));
        emitted(10, "start", "live", 10);
        assertThat(rules()).containsExactly("false gap");
    }

    @Test
    void gapIsFalseIfTheLogHoldsEveryEventSinceTheLastOneRead() {
        written(10, "create").gone(20 * SECOND);
        written(11, "start");
        emitted(11, "start", "live", 11);
        gaps.add(gap(9, 15, 30));
        assertThat(rules()).containsExactly("false gap");
    }

    @Test
    void gapMustNotEndInTheFuture() {
        written(10, "create").gone(20 * SECOND);
        gaps.add(gap(10, 3600, 30));
        assertThat(rules()).containsExactly("false gap");
    }

    @Test
    void duplicatesAreFoundUnderOneIdAndUnderTwo() {
        written(10, "start");
        emitted(10, "start", "live", 10);
        emitted(10, "start", "live", 12);
        assertThat(rules()).contains("duplicated");
        trail.remove(1);
        trail.add(record(10, "start", "replay", "other id", "start", 12));
        assertThat(rules()).contains("duplicated");
    }

    @Test
    void pauseIsRepeatedOnlyWithALifeThatIsInferred() {
        written(10, "pause");
        emitted(10, "pause", "live", 10);
        trail.add(record(10, "start", "reconciled", "b", "start", 12));
        trail.add(record(10, "pause", "reconciled", "c", "pause", 12));
        assertThat(rules()).doesNotContain("duplicated");
        trail.remove(1);
        assertThat(rules()).contains("duplicated");
        trail.add(1, record(10, "start", "reconciled", "b", "start", 12));
        trail.add(record(10, "pause", "reconciled", "d", "pause", 13));
        assertThat(rules()).contains("duplicated");
    }

    @Test
    void onlyAKillAllowsADuplicateAndOnlyUnderTheSameId() {
        atLeastOnce = true;
        written(10, "start");
        emitted(10, "start", "live", 10);
        emitted(10, "start", "live", 60);
        assertThat(rules()).containsExactly("duplicated");
        fault(50, 51);
        assertThat(rules()).isEmpty();
        trail.set(1, record(10, "start", "replay", "other id", "start", 60));
        assertThat(rules()).contains("duplicated");
    }

    @Test
    void eventsInTheLogMustNotBeInferred() {
        written(10, "start");
        written(11, "died");
        emitted(10, "start", "live", 10);
        emitted(11, "die", "live", 11);
        trail.add(record(12, "start", "reconciled", "a", "start", 12));
        trail.add(record(13, "die", "reconciled", "b", "died", 13));
        assertThat(rules()).containsExactly("inferred though the log had it", "inferred though the log had it");
    }

    @Test
    void filterDecidesWhichContainersAreReported() {
        epochs.set(0, new Epoch(BLUES, 0, 0));
        written(10, "start");
        assertThat(rules()).isEmpty();
        emitted(10, "start", "live", 10);
        assertThat(rules()).containsExactly("reported though filtered");
        epochs.set(0, new Epoch(REDS, 0, 0));
        assertThat(rules()).isEmpty();
        trail.clear();
        assertThat(rules()).containsExactly("lost");
    }

    @Test
    void filterChangeReportsContainersThatBecomeHidden() {
        written(10, "start");
        written(200, "died");
        emitted(10, "start", "live", 10);
        epochs.add(new Epoch(BLUES, 100 * SECOND, 103 * SECOND));
        assertThat(rules()).containsExactly("change of filters");
        trail.add(record(102, "die", "reconciled", "c", "filtered", 102));
        assertThat(rules()).isEmpty();
        emitted(200, "die", "live", 200);
        assertThat(rules()).contains("reported though filtered");
    }

    @Test
    void filterChangeReportsContainersThatBecomeVisible() {
        epochs.set(0, new Epoch(BLUES, 0, 0));
        epochs.add(new Epoch(REDS, 100 * SECOND, 103 * SECOND));
        written(10, "start");
        written(200, "died");
        emitted(200, "die", "live", 200);
        assertThat(rules()).contains("change of filters", "out of order");
        trail.add(0, record(10, "start", "snapshot", "d", "start", 102));
        // The log has its start, at that very time: what is told of the life has the right one.
        assertThat(rules()).doesNotContain("change of filters", "out of order");
    }

    @Test
    void deathOfAHiddenLifeIsTakenForThatOfAShownOneOnlyIfAllInBetweenWasGone() {
        epochs.add(new Epoch(new Filter(Filter.PREFIX, "", "renamed", "", "", true), 2 * SECOND, 3 * SECOND));
        written(10, "start").gone(20 * SECOND);
        TruthLine end = written(12, "died");
        TruthLine start = renamed(written(13, "start"));
        renamed(written(14, "died"));
        emitted(10, "start", "live", 10);
        emitted(14, "die", "replay", 30);
        fault(11, 30);
        gaps.add(gap(11, 31, 31));
        end.gone(20 * SECOND);
        assertThat(rules()).as("the next start is there").contains("reported though filtered");
        start.gone(20 * SECOND);
        assertThat(rules()).isEmpty();
        gaps.set(0, gap(5, 7, 31));
        assertThat(rules()).as("no gap holds the next start").contains("reported though filtered");
    }

    private TruthLine renamed(TruthLine line) {
        TruthLine renamed = new TruthLine(
                line.raw().replace("\"box\"", "\"renamed\""), line.moment().timeNs());
        log.set(log.indexOf(line), renamed);
        return renamed;
    }

    private TruthLine written(long seconds, String action) {
        String time = "1970-01-01T00:%02d:%02dZ".formatted(seconds / 60, seconds % 60);
        String raw = "{\"ID\":\"" + ID + "\",\"Name\":\"box\",\"Status\":\"" + action + "\",\"Time\":\"" + time
                + "\",\"Type\":\"container\",\"Attributes\":{\"tint\":\"red\"}}";
        TruthLine line = new TruthLine(raw, seconds * SECOND);
        log.add(line);
        return line;
    }

    @Test
    void filterDoesNotApplyToPods() {
        epochs.set(0, new Epoch(BLUES, 0, 0));
        epochs.add(new Epoch(REDS, 100 * SECOND, 103 * SECOND));
        TruthLine container = written(10, "start");
        log.set(
                log.indexOf(container),
                new TruthLine(container.raw().replace("\"container\"", "\"pod\""), 10 * SECOND));
        assertThat(rules()).isEmpty();
    }

    private void emitted(long seconds, String type, String origin, long readAt) {
        trail.add(record(seconds, type, origin, type + seconds, type, readAt));
    }

    private static EmittedEvent record(
            long seconds, String type, String origin, String eventId, String rawAction, long readAt) {
        LifecycleEvent moment = new LifecycleEvent(ID, type, seconds * SECOND);
        return new EmittedEvent(moment, origin, rawAction, true, eventId, "box", "", 0, readAt * SECOND);
    }

    private static Gap gap(long from, long to, long at) {
        return new Gap(from * SECOND, to * SECOND, at * SECOND, at * SECOND);
    }

    private void fault(long from, long cured) {
        String what = FaultKind.WORKER_KILLED.name();
        notes.add(new Journal.Note(from * SECOND, from * SECOND, "fault", what, "done"));
        notes.add(new Journal.Note(cured * SECOND, cured * SECOND, "cure", what, "done"));
    }

    private List<String> rules() {
        Verdict verdict = new Verdict();
        new Comparison(
                        trail,
                        log.stream().filter(TruthLine::isExpected).toList(),
                        Comparison.byMoment(log),
                        gaps,
                        gaps,
                        new Blindness(notes, trail),
                        new Kills(atLeastOnce, notes),
                        new ExpectedVisibility(Filter.PREFIX, log, epochs, trail, 0))
                .judge(verdict);
        return verdict.violations().stream().map(Violation::rule).toList();
    }
}
