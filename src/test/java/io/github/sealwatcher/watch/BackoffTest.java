package io.github.sealwatcher.watch;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** How long is waited before the next try, and when there is none. */
class BackoffTest {

    private static final Backoff BACKOFF = new Backoff(100, 1000, 5000);

    @Test
    void waitIsAnySpanUpToACeilingThatDoubles() {
        assertThat(longest(BACKOFF, 0)).isEqualTo(100);
        assertThat(longest(BACKOFF, 1)).isEqualTo(200);
        assertThat(longest(BACKOFF, 3)).isEqualTo(800);
        assertThat(longest(BACKOFF, 4)).isEqualTo(1000);
        assertThat(waits(BACKOFF, 0).min()).hasValue(1);
    }

    @Test
    void ceilingDoublesHoweverShortTheFirstWaitIs() {
        Backoff shortest = new Backoff(1, 1000, -1);

        assertThat(longest(shortest, 3)).isEqualTo(8);
        assertThat(longest(shortest, 9)).isEqualTo(512);
    }

    @Test
    void ceilingStaysHoweverManyTriesFailed() {
        for (int attempt : new int[] {39, 40, 41, 57, 58, 63, 64, 1000, Integer.MAX_VALUE}) {
            assertThat(longest(BACKOFF, attempt)).as("try %d", attempt).isEqualTo(1000);
        }
    }

    @Test
    void withoutACeilingNothingIsWaitedFor() {
        assertThat(Backoff.never().delayNs(0, 17)).isZero();
        assertThat(new Backoff(0, 1000, -1).delayNs(3, 17)).isBetween(1L, 1000L);
    }

    @Test
    void givesUpOnceItHasFailedForLongEnough() {
        assertThat(BACKOFF.isExhausted(4999)).isFalse();
        assertThat(BACKOFF.isExhausted(5000)).isTrue();
        assertThat(Backoff.never().isExhausted(0)).isTrue();
        assertThat(Backoff.forever().isExhausted(Long.MAX_VALUE)).isFalse();
    }

    @Test
    void jitterAroundASpanIsATenthAtMost() {
        LongStream spans = new SplittableRandom(1).longs(20_000).map(bits -> Jitter.around(1000, bits));
        var statistics = spans.summaryStatistics();

        assertThat(statistics.getMin()).isEqualTo(900);
        assertThat(statistics.getMax()).isEqualTo(1099);
        assertThat(statistics.getAverage()).isBetween(995.0, 1005.0);
        assertThat(Jitter.around(9, 5)).as("less than ten").isEqualTo(9);
    }

    @Test
    void jitterWithinASpanIsSpreadOverAllOfIt() {
        var statistics = new SplittableRandom(1)
                .longs(20_000)
                .map(bits -> Jitter.within(1000, bits))
                .summaryStatistics();

        assertThat(statistics.getMin()).isEqualTo(1);
        assertThat(statistics.getMax()).isEqualTo(1000);
        assertThat(Jitter.within(0, 5)).isZero();
        assertThat(Jitter.within(-1, 5)).isEqualTo(-1);
    }

    /** Hosts are numbered, and their first pings must not come together for that. */
    @Test
    void bitsThatDifferByOneGiveSpansThatDifferMuch() {
        long[] spans = LongStream.range(0, 1000)
                .map(bits -> Jitter.within(1000, bits))
                .distinct()
                .toArray();

        assertThat(spans).hasSizeBetween(550, 720);
    }

    /** SplitMix64, of which each output bit depends on each input bit. */
    @Test
    void bitsAreSpreadAsTheJdkSpreadsASeed() {
        for (long bits : new long[] {0, 1, -1, 7, Long.MIN_VALUE, 0x123456789ABCDEFL}) {
            assertThat(Jitter.mix(bits)).isEqualTo(new SplittableRandom(bits).nextLong());
        }
    }

    private static long longest(Backoff backoff, int attempt) {
        return waits(backoff, attempt).max().orElseThrow();
    }

    private static LongStream waits(Backoff backoff, int attempt) {
        return new SplittableRandom(1).longs(20_000).map(random -> backoff.delayNs(attempt, random));
    }
}
