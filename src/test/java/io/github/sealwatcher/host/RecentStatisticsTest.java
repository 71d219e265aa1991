package io.github.sealwatcher.host;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class RecentStatisticsTest {

    private final AtomicLong ticks = new AtomicLong(Long.MAX_VALUE - 5);
    private final RecentStatistics figures = new RecentStatistics(ticks::get);

    @Test
    void nothingMeasuredIsZero() {
        assertThat(figures.newest()).isZero();
        assertThat(figures.max()).isZero();
        assertThat(figures.average()).isZero();
    }

    @Test
    void peakIsSeenForAMinuteAtLeastAndThenForgotten() {
        figures.record(90);
        pass(59);
        figures.record(10);
        assertThat(figures.max()).isEqualTo(90);
        pass(60);
        assertThat(figures.max()).isEqualTo(90);
        assertThat(figures.average()).isEqualTo(50);
        assertThat(figures.newest()).isEqualTo(10);
        figures.record(20);
        pass(60);
        assertThat(figures.max()).isEqualTo(20);
        assertThat(figures.average()).isEqualTo(20);
        pass(121);
        assertThat(figures.newest()).isZero();
        assertThat(figures.max()).isZero();
    }

    private void pass(long seconds) {
        ticks.addAndGet(TimeUnit.SECONDS.toNanos(seconds));
    }
}
