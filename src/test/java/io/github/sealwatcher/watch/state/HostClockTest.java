package io.github.sealwatcher.watch.state;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** What the dates of answers, in whole seconds, tell of a host's clock. */
class HostClockTest {

    private static final long SECOND = 1_000_000_000L;
    private static final long DAY = 86_400 * SECOND;

    @Test
    void oneDateLeavesASecondAndTheAnswersOwnTime() {
        HostClock clock = HostClock.UNKNOWN.read(reading(1000, 3, 5));

        assertThat(HostClock.UNKNOWN.isKnown()).isFalse();
        assertThat(clock.isKnown()).isTrue();
        assertThat(clock.earliestNs(5 * SECOND)).isEqualTo(1000 * SECOND);
        assertThat(clock.latestNs(5 * SECOND)).isEqualTo(1003 * SECOND);
    }

    @Test
    void furtherDatesNarrowItDown() {
        HostClock clock = HostClock.UNKNOWN
                .read(reading(1000, 0, 0))
                .read(new ClockReading(1001 * SECOND, SECOND / 4, SECOND / 4));

        // The second began within the quarter between the two.
        assertThat(clock.earliestNs(SECOND / 4)).isEqualTo(1001 * SECOND);
        assertThat(clock.latestNs(SECOND / 4) - clock.earliestNs(SECOND / 4))
                .isBetween(SECOND / 4, SECOND / 4 + SECOND / 1000);
        assertThat(clock.setBackNs()).isZero();
    }

    @Test
    void clocksDriftApart() {
        HostClock clock = HostClock.UNKNOWN.read(reading(1000, 0, 0));

        assertThat(clock.earliestNs(2000 * SECOND)).isEqualTo(3000 * SECOND - SECOND);
        assertThat(clock.latestNs(2000 * SECOND)).isEqualTo(3001 * SECOND + SECOND);
        assertThat(clock.earliestNs(-2000 * SECOND)).as("before").isEqualTo(-1000 * SECOND);
    }

    @Test
    void dateThatCannotBeIsAStepBackByTheMostThatExplainsIt() {
        HostClock clock = HostClock.UNKNOWN.read(reading(1000, 0, 0)).read(reading(990, 10, 10));

        // It would have shown up to 1,011 s and a drift of 5 ms, and shows 990 s.
        assertThat(clock.setBackNs()).isEqualTo(21 * SECOND + 10 * SECOND / 2000);
        assertThat(clock.earliestNs(10 * SECOND)).isEqualTo(990 * SECOND);
        assertThat(clock.latestNs(10 * SECOND)).isEqualTo(991 * SECOND);
        assertThat(clock.read(reading(991, 11, 11)).setBackNs())
                .as("no further step")
                .isZero();
    }

    @Test
    void stepForwardsIsNoneBack() {
        HostClock clock =
                HostClock.UNKNOWN.read(reading(1000, 0, 0)).read(new ClockReading(1000 * SECOND + DAY, SECOND, SECOND));

        assertThat(clock.setBackNs()).isZero();
        assertThat(clock.earliestNs(SECOND)).isEqualTo(1000 * SECOND + DAY);
        assertThat(clock.latestNs(SECOND)).isEqualTo(1001 * SECOND + DAY);
    }

    @Test
    void whatNoStepIsKeepsTheEdgesTogether() {
        // 10 ms too early to be explained, and too little to be a step.
        HostClock clock = HostClock.UNKNOWN
                .read(reading(1000, 0, 0))
                .read(new ClockReading(999 * SECOND, SECOND / 100, SECOND / 100));

        assertThat(clock.setBackNs()).isZero();
        assertThat(clock.latestNs(SECOND / 100)).isGreaterThanOrEqualTo(clock.earliestNs(SECOND / 100));
    }

    /** Less than twenty milliseconds can be told from a step by nothing. */
    @Test
    void stepIsWhatExceedsTwentyMilliseconds() {
        long tolerated = 20_000_000L;
        HostClock clock = HostClock.UNKNOWN.read(reading(1000, 0, 1));

        assertThat(clock.read(new ClockReading(998 * SECOND, tolerated, SECOND)).setBackNs())
                .isZero();
        assertThat(clock.read(new ClockReading(998 * SECOND, tolerated + 1, SECOND))
                        .setBackNs())
                .isPositive();
        long answered = SECOND - tolerated;
        assertThat(clock.read(new ClockReading(1002 * SECOND, answered, answered))
                        .earliestNs(0))
                .as("as late as the former reading allows")
                .isEqualTo(1001 * SECOND);
        assertThat(clock.read(new ClockReading(1002 * SECOND, answered - 1, answered - 1))
                        .earliestNs(0))
                .as("a step forwards")
                .isEqualTo(1001 * SECOND + tolerated + 1);
        assertThat(clock.read(new ClockReading(1001 * SECOND, 0, SECOND / 100)).latestNs(0))
                .as("a little before the edge: no step, which would forget the former reading")
                .isEqualTo(1001 * SECOND);
    }

    private static ClockReading reading(long hostSeconds, long askedSeconds, long answeredSeconds) {
        return new ClockReading(hostSeconds * SECOND, askedSeconds * SECOND, answeredSeconds * SECOND);
    }
}
