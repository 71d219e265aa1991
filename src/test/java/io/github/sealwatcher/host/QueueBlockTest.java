package io.github.sealwatcher.host;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class QueueBlockTest {

    private final AtomicLong ticks = new AtomicLong();
    private final QueueBlock block = new QueueBlock(ticks::get);

    @Test
    void timeWithinWhichSomeHostWaitsCountsOnce() {
        block.begin();
        pass(10);
        block.begin();
        pass(5);
        assertThat(block.totalNs()).isEqualTo(seconds(15));
        block.end();
        pass(1);
        block.end();
        pass(100);
        assertThat(block.totalNs()).isEqualTo(seconds(16));
        block.begin();
        pass(2);
        assertThat(block.totalNs()).isEqualTo(seconds(18));
    }

    @Test
    void isReportedOnceAfterThirtySecondsInWhichNothingWasTaken() {
        pass(100);
        block.begin();
        pass(20);
        block.taken();
        pass(29);
        assertThat(block.unreportedNs()).isEqualTo(seconds(1));
        pass(1);
        assertThat(block.unreportedNs()).isZero();
        block.report(8192, 5);
        pass(3600);
        assertThat(block.unreportedNs()).isEqualTo(Long.MAX_VALUE);
        block.taken();
        assertThat(block.unreportedNs()).isEqualTo(seconds(30));
    }

    private void pass(long seconds) {
        ticks.addAndGet(seconds(seconds));
    }

    private static long seconds(long seconds) {
        return TimeUnit.SECONDS.toNanos(seconds);
    }
}
