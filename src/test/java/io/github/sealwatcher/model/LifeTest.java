package io.github.sealwatcher.model;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class LifeTest {

    private static final long SECOND_NS = 1_000_000_000L;
    private static final long START_NS = 1_795_677_857 * SECOND_NS + 123_456_789;

    private static final Life EXACT = Life.exact(START_NS, 4711);
    private static final Life LISTED = Life.withinSecond(1_795_677_857, 4711);
    private static final Life FROM_EVENT = Life.fromEvent(START_NS + SECOND_NS);

    @Test
    void startSeenInThreeWaysIsOneLife() {
        assertThat(EXACT.canBe(LISTED)).isTrue();
        assertThat(LISTED.canBe(EXACT)).isTrue();
        assertThat(EXACT.canBe(FROM_EVENT)).isTrue();
        assertThat(LISTED.canBe(FROM_EVENT)).isTrue();
    }

    @Test
    void anotherProcessIsAnotherLifeEvenWithinTheSameSecond() {
        assertThat(LISTED.canBe(Life.withinSecond(1_795_677_857, 4712))).isFalse();
        assertThat(LISTED.canBe(Life.withinSecond(1_795_677_857, 0)))
                .as("unknown process")
                .isTrue();
    }

    @Test
    void laterStartIsAnotherLife() {
        assertThat(EXACT.canBe(Life.exact(START_NS + 1, 0))).isFalse();
        assertThat(LISTED.canBe(Life.exact(START_NS + SECOND_NS, 0))).isFalse();
        assertThat(FROM_EVENT.canBe(Life.exact(START_NS + SECOND_NS + 1, 0)))
                .as("an event is stamped after the start, never before")
                .isFalse();
    }

    @Test
    void refiningKeepsTheBetterTimeAndAddsTheProcess() {
        Life refined = Life.withinSecond(1_795_677_857, 0).refinedBy(EXACT);
        assertThat(refined.startedAtNs()).isEqualTo(START_NS);
        assertThat(refined.precision()).isEqualTo(Life.Precision.EXACT);
        assertThat(refined.pid()).isEqualTo(4711);
        assertThat(EXACT.refinedBy(LISTED)).isEqualTo(EXACT);
    }

    @Test
    void announcedLifeStaysAnnounced() {
        assertThat(FROM_EVENT.announced()).isTrue();
        assertThat(EXACT.announced()).isFalse();
        assertThat(FROM_EVENT.refinedBy(EXACT).announced()).isTrue();
        assertThat(EXACT.refinedBy(FROM_EVENT).announced()).isTrue();
        assertThat(EXACT.announcedAlready().announced()).isTrue();
    }

    @Test
    void eventBeforeTheStartBelongsToAnEarlierLife() {
        assertThat(EXACT.covers(START_NS)).isTrue();
        assertThat(EXACT.covers(START_NS - 1)).isFalse();
    }

    @Test
    void restoredLifeMayHaveBegunAtAnyTimeBefore() {
        assertThat(Life.restored(START_NS).canBe(Life.exact(1, 0))).isTrue();
        assertThat(Life.restored(START_NS).canBe(Life.exact(START_NS + 1, 0))).isFalse();
    }
}
