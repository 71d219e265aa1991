package io.github.sealwatcher.trail.cover;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.sealwatcher.trail.TrailEvents;
import io.github.sealwatcher.trail.cover.BlindWindow.Kind;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Times are seconds; each span is a hundred of them. */
class CoverageTest {
    private final TrailEvents make = new TrailEvents();
    private final Coverage coverage = new Coverage();

    @Test
    void alwaysConnectedHostIsCovered() {
        coverage.add(make.host("connected", 0));
        coverage.add(make.host("synchronized", 1));
        assertThat(until(100).covered()).isEqualTo(1);
        assertThat(until(100).watched()).isEqualTo(1);
    }

    @Test
    void replayedOutageIsCoveredButNotWatched() {
        coverage.add(make.host("connected", 0));
        coverage.add(make.host("synchronized", 1));
        coverage.add(make.host("disconnected", 50));
        coverage.add(make.host("connected", 59));
        coverage.add(make.host("synchronized", 60));
        assertThat(kinds(100)).containsExactly(Kind.LATE);
        assertThat(until(100).covered()).isEqualTo(1);
        assertThat(until(100).watched()).isEqualTo(0.9, within(1e-9));
    }

    @Test
    void lostHostIsUncoveredSinceThen() {
        coverage.add(make.host("connected", 0));
        coverage.add(make.host("disconnected", 80));
        coverage.add(make.host("disconnected", 90));
        assertThat(kinds(100)).containsExactly(Kind.UNSEEN);
        assertThat(until(100).covered()).isEqualTo(0.8, within(1e-9));
    }

    @Test
    void gapIsBlindUntilTheNextList() {
        coverage.add(make.host("connected", 0));
        coverage.add(make.gap(20, 30, 35));
        assertThat(kinds(40)).containsExactly(Kind.GAP, Kind.UNSETTLED);
        assertThat(until(40).covered()).isEqualTo(0.5, within(1e-9));
        coverage.add(make.host("synchronized", 40));
        assertThat(kinds(100)).as("known in retrospect").containsExactly(Kind.GAP);
        assertThat(until(100).covered()).isEqualTo(0.9, within(1e-9));
    }

    @Test
    void gapBeforeTheListExtendsTheOneBefore() {
        coverage.add(make.host("connected", 0));
        coverage.add(make.gap(20, 30, 31));
        coverage.add(make.gap(40, 50, 51));
        coverage.add(make.host("synchronized", 60));
        assertThat(kinds(100)).containsExactly(Kind.GAP, Kind.UNSETTLED, Kind.GAP);
        assertThat(until(100).covered()).isEqualTo(0.7, within(1e-9));
    }

    @Test
    void gapReportedAfterTheListMayBeginBeforeIt() {
        coverage.add(make.host("connected", 0));
        coverage.add(make.gap(20, 30, 31));
        coverage.add(make.host("synchronized", 60));
        coverage.add(make.gap(50, 70, 71));
        coverage.add(make.host("synchronized", 80));
        assertThat(kinds(100)).containsExactly(Kind.GAP, Kind.UNSETTLED, Kind.GAP);
        assertThat(until(100).covered()).isEqualTo(0.5, within(1e-9));
    }

    @Test
    void overlappingWindowsCountOnce() {
        coverage.add(make.host("connected", 0));
        coverage.add(make.gap(20, 30, 31));
        coverage.add(make.gap(25, 40, 40));
        coverage.add(make.host("synchronized", 40));
        assertThat(until(100).covered()).isEqualTo(0.8, within(1e-9));
    }

    @Test
    void withoutHeartbeatsCoverageIsUnknown() {
        coverage.add(make.host("connected", 0));
        coverage.heartbeat(make.host("", 500));
        assertThat(kinds(600)).isEmpty();
        assertThat(kinds(1000)).containsExactly(Kind.SILENT);
        assertThat(until(1000).covered()).isEqualTo(0.5, within(1e-9));
    }

    private HostCoverage until(long second) {
        return coverage.until(second * TrailEvents.SECOND).get(0);
    }

    private List<Kind> kinds(long second) {
        return until(second).windows().stream().map(BlindWindow::kind).toList();
    }
}
