package io.github.sealwatcher.host;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.sealwatcher.model.ContainerFilter;
import io.github.sealwatcher.watch.Backoff;
import io.github.sealwatcher.watch.Input;
import io.github.sealwatcher.watch.Options;
import io.github.sealwatcher.watch.Output;
import io.github.sealwatcher.watch.Step;
import io.github.sealwatcher.watch.Watch;
import io.github.sealwatcher.watch.state.Now;
import io.github.sealwatcher.watch.state.State;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** When a host that does not answer is tried again: the backoff, as whoever drives the core sees it. No clock is read. */
class RetryTest {

    private static final long MS = 1_000_000;
    private static final long BASE_NS = 500 * MS;
    private static final long MAX_NS = 30_000 * MS;

    @Test
    void waitsDoubleUpToTheMaximumAndAreNeverZero() {
        Host host = new Host(new Backoff(BASE_NS, MAX_NS, -1), 1);
        long ceilingNs = BASE_NS;
        for (int attempt = 0; attempt < 100; attempt++) {
            assertThat(host.fail()).as("attempt %d", attempt).isBetween(1L, ceilingNs);
            ceilingNs = Math.min(MAX_NS, ceilingNs * 2);
        }
    }

    @Test
    void hostsThatWereLostTogetherComeBackApart() {
        Set<Long> waits = new HashSet<>();
        for (long seed = 0; seed < 100; seed++) {
            waits.add(new Host(new Backoff(BASE_NS, MAX_NS, -1), seed).fail());
        }
        assertThat(waits).hasSizeGreaterThan(95);
    }

    @Test
    void givesUpAfterTheTimeThatIsAllowed() {
        Host host = new Host(new Backoff(BASE_NS, MAX_NS, 60_000 * MS), 1);
        while (!host.state.isStopped()) {
            host.fail();
            assertThat(host.nowNs).isLessThan(60_000 * MS + MAX_NS + 1);
        }
        assertThat(host.nowNs).isGreaterThanOrEqualTo(60_000 * MS);
        assertThat(host.last.outputs())
                .anySatisfy(output -> assertThat(output)
                        .isInstanceOfSatisfying(
                                Output.GiveUp.class,
                                giveUp -> assertThat(giveUp.reason()).isEqualTo("refused")));
    }

    @Test
    void withoutRetriesTheFirstFailureIsTheLast() {
        Host host = new Host(Backoff.never(), 1);
        host.fail();
        assertThat(host.state.isStopped()).isTrue();
    }

    @Test
    void answerOfAnEarlierAttemptIsIgnored() {
        Host host = new Host(new Backoff(BASE_NS, MAX_NS, -1), 1);
        host.fail();
        State before = host.state;
        host.step(new Input.Lost(1, Input.Loss.BROKEN, "late"));
        assertThat(host.state).isEqualTo(before);
        assertThat(host.last.outputs()).isEmpty();
    }

    /** A host that is never reached. */
    private static final class Host {
        private final Watch watch;
        private State state;
        private Step last;
        private long nowNs;

        Host(Backoff backoff, long seed) {
            watch = new Watch(new Options(
                    10_000 * MS,
                    60_000 * MS,
                    Options.DEFAULT_SETTLE_NS,
                    10_000 * MS,
                    0,
                    backoff,
                    Options.SnapshotMode.INITIAL,
                    Options.OnGap.RECONCILE,
                    true,
                    Options.Actions.none(),
                    ContainerFilter.all(),
                    seed));
            state = watch.begin(null, now());
            last = watch.step(state, new Input.Tick(), now());
            state = last.state();
        }

        /** Lets the try under way fail and begins the next one when it is due; returns the wait between. */
        long fail() {
            long epoch = last.outputs().stream()
                    .filter(Output.Connect.class::isInstance)
                    .map(Output.Connect.class::cast)
                    .findFirst()
                    .orElseThrow()
                    .epoch();
            step(new Input.Lost(epoch, Input.Loss.BROKEN, "refused"));
            if (state.isStopped()) {
                return 0;
            }
            long waitNs = last.wakeAtTicks() - nowNs;
            Step early = watch.step(state, new Input.Tick(), new Now(nowNs + waitNs - 1, nowNs + waitNs - 1));
            assertThat(early.outputs()).as("before it is due").isEmpty();
            nowNs += waitNs;
            step(new Input.Tick());
            return waitNs;
        }

        void step(Input input) {
            last = watch.step(state, input, now());
            state = last.state();
        }

        private Now now() {
            return new Now(nowNs, nowNs);
        }
    }
}
