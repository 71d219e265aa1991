package io.github.sealwatcher.host;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.sealwatcher.watch.Backoff;
import org.junit.jupiter.api.Test;

class ShortConnectionsTest {

    private static final long SECOND = 1_000_000_000L;
    private static final long LONGEST = Long.MAX_VALUE;

    private final ShortConnections lives = new ShortConnections(new Backoff(SECOND, 30 * SECOND, -1));
    private long ticks;

    @Test
    void waitDoublesUpToItsMaximum() {
        assertThat(delay(SECOND)).isZero();
        assertThat(delay(SECOND)).isBetween(SECOND / 2, SECOND);
        assertThat(delay(SECOND)).isBetween(SECOND, 2 * SECOND);
        assertThat(delay(SECOND)).isBetween(2 * SECOND, 4 * SECOND);
        for (int i = 0; i < 100; i++) {
            assertThat(delay(SECOND)).isBetween(SECOND, 30 * SECOND);
        }
        assertThat(delay(SECOND)).isBetween(15 * SECOND, 30 * SECOND);
    }

    @Test
    void connectionThatLastsEndsIt() {
        delay(SECOND);
        delay(SECOND);
        assertThat(delay(SECOND)).isPositive();
        assertThat(delay(60 * SECOND)).isZero();
        assertThat(delay(SECOND)).isZero();
        assertThat(delay(SECOND)).isPositive();
    }

    @Test
    void neverSynchronizedConnectionIsLeftToTheCore() {
        delay(SECOND);
        delay(SECOND);
        assertThat(lives.delayNs(ticks, LONGEST)).isZero();
        assertThat(delay(SECOND)).isPositive();
    }

    @Test
    void noBackoffIsNoWait() {
        ShortConnections never = new ShortConnections(Backoff.never());
        for (int i = 0; i < 5; i++) {
            never.synchronizedAt(i);
            assertThat(never.delayNs(i, LONGEST)).isZero();
        }
    }

    /** The next wait, after a connection that was synchronized for so long. */
    private long delay(long lasting) {
        lives.synchronizedAt(ticks);
        lives.synchronizedAt(ticks + lasting / 2);
        ticks += lasting;
        return lives.delayNs(ticks, LONGEST);
    }
}
