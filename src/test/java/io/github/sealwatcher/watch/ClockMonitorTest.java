package io.github.sealwatcher.watch;

import static io.github.sealwatcher.watch.ExactHost.S;
import static io.github.sealwatcher.watch.ExactHost.at;
import static io.github.sealwatcher.watch.ExactHost.ev;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.sealwatcher.watch.checkpoint.Checkpoint;
import io.github.sealwatcher.watch.checkpoint.EventRef;
import io.github.sealwatcher.watch.state.ClockReading;
import io.github.sealwatcher.watch.state.Now;
import org.junit.jupiter.api.Test;

/** Where a trail begins by the host's clock, and what a step back of that clock changes. */
class ClockMonitorTest {

    private static final Checkpoint FRESH = Checkpoint.startingAt(at(99.7));

    private final StepContextBuilder builder = new StepContextBuilder();

    @Test
    void trailBeginsWithTheFirstTryByTheWorkersClockWhereThatCanBeTheHosts() {
        assertThat(begin(at(89.5), at(90.5))).isEqualTo(at(90));
        assertThat(begin(at(89), at(90) + 1)).as("at the latest").isEqualTo(at(90));
        assertThat(begin(at(90), at(91))).as("at the earliest").isEqualTo(at(90));
    }

    @Test
    void trailBeginsWithTheFirstTryByTheHostsClockWhereTheWorkersIsWrong() {
        assertThat(begin(at(88), at(89))).isEqualTo(at(88));
        assertThat(begin(at(89), at(90))).isEqualTo(at(89));
        assertThat(begin(at(90) + 1, at(91))).isEqualTo(at(90) + 1);
    }

    @Test
    void clockThatWasSetBackWhileNobodyWatchedIsNoticedByThePosition() {
        builder.checkpoint = builder.checkpoint.withApplied(ev("died", 1, 500), true, true, Long.MAX_VALUE);
        StepContext context = builder.hostTime(at(100), at(101)).build();

        ClockMonitor.alignPosition(context);

        assertThat(context.clockSetBackNs).isEqualTo(400 * S);
        assertThat(context.logOrder).isTrue();
        ClockMonitor.alignPosition(context);
        assertThat(context.clockSetBackNs).as("the same step").isEqualTo(400 * S);
    }

    @Test
    void clockThatCanShowThePositionWasNotSetBack() {
        builder.checkpoint = builder.checkpoint.withApplied(ev("died", 1, 101), true, true, Long.MAX_VALUE);
        StepContext context = builder.hostTime(at(100), at(101)).build();

        ClockMonitor.alignPosition(context);

        assertThat(context.clockSetBackNs).isZero();
        assertThat(context.logOrder).isFalse();
    }

    /** What happens from then on is stamped before the first try, and must not be taken for older than the trail. */
    @Test
    void trailThatHasReadNothingBeginsEarlierWithAStepBack() {
        assertThat(positionAfterStepBack(FRESH)).isEqualTo(at(-3501));
    }

    @Test
    void trailThatHasReadSomethingKeepsItsPosition() {
        assertThat(positionAfterStepBack(FRESH.withApplied(ev("died", 1, 99.9), true, true, Long.MAX_VALUE)))
                .isEqualTo(at(99.9));
        assertThat(positionAfterStepBack(FRESH.withExpected(null, EventRef.of(ev("died", 1, 99)))))
                .isEqualTo(at(99.7));
        assertThat(positionAfterStepBack(FRESH.with(Checkpoint.Snapshot.DONE))).isEqualTo(at(99.7));
        assertThat(positionAfterStepBack(Checkpoint.startingAt(at(-5000))))
                .as("begun before that already")
                .isEqualTo(at(-5000));
    }

    @Test
    void readingThatIsNoStepLeavesTheBeginWhereItIs() {
        builder.checkpoint = FRESH;
        builder.beganTicks = 99 * S;
        StepContext context = builder.hostTime(at(99.9), at(101)).build();

        ClockMonitor.read(context, new ClockReading(at(100), 100 * S, 100 * S));

        assertThat(context.checkpoint.positionNs()).isEqualTo(at(99.7));
        assertThat(context.logOrder).isFalse();
        ClockMonitor.read(context, null);
        assertThat(context.clockSetBackNs).isZero();
    }

    /** The host was first tried ten seconds ago, when the worker's clock showed 90 s. */
    private long begin(long earliestNs, long latestNs) {
        builder.checkpoint = Checkpoint.waitingSince(at(90));
        builder.now = new Now(at(100), 100 * S);
        builder.beganTicks = 90 * S;
        StepContext context =
                builder.hostTime(earliestNs + 10 * S, latestNs + 10 * S).build();
        ClockMonitor.alignPosition(context);
        return context.checkpoint.positionNs();
    }

    /** An hour, read a second after the first try. */
    private long positionAfterStepBack(Checkpoint known) {
        builder.checkpoint = known;
        builder.beganTicks = 99 * S;
        StepContext context = builder.hostTime(at(100), at(101)).build();
        ClockMonitor.read(context, new ClockReading(at(-3500), 100 * S, 100 * S));
        assertThat(context.clockSetBackNs).isEqualTo(3601 * S);
        assertThat(context.logOrder).isTrue();
        return context.checkpoint.positionNs();
    }
}
