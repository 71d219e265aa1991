package io.github.sealwatcher.watch;

import static io.github.sealwatcher.watch.ExactHost.S;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.sealwatcher.model.ContainerFilter;
import io.github.sealwatcher.model.HostChange;
import io.github.sealwatcher.watch.state.Connection;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** When a connection is given up, when the next is tried, and when none is. */
class ReconnectionStoryTest {

    private static final long PING = 10 * S;

    @Test
    void streamThatLastedForASecondIsOpenedAgainAtOnce() {
        SteppedHost host = new SteppedHost(options(7, 30 * S, Backoff.forever()), null);
        host.synchronize();
        host.asked();
        host.said();
        host.ticks += S;
        host.lose(Input.Loss.ENDED);

        assertThat(host.asked()).containsExactly("Disconnect", "Connect");
        assertThat(host.said()).isEmpty();
    }

    @Test
    void streamThatLastedForLessIsLost() {
        SteppedHost host = new SteppedHost(options(7, 30 * S, Backoff.forever()), null);
        host.synchronize();
        host.asked();
        host.said();
        host.ticks += S - 1;
        host.lose(Input.Loss.ENDED);

        assertThat(host.asked()).containsExactly("Disconnect");
        assertThat(host.said()).containsExactly(HostChange.Type.DISCONNECTED);
    }

    /** The stream shows nothing that is stamped before the time from which it was asked for. */
    @Test
    void connectionIsBegunAnewWhenAPingShowsThatTheHostsClockWasSetBack() {
        SteppedHost host = new SteppedHost(options(7, 30 * S, Backoff.forever()), null);
        host.connect(host.reading(0));
        host.list();
        host.replayEnds();
        host.replayEnds();
        host.asked();
        host.said();
        host.ping(true, host.reading(0));
        assertThat(host.asked()).isEmpty();

        host.ticks += S;
        host.ping(true, host.reading(3600 * S));
        assertThat(host.asked()).containsExactly("Disconnect", "Connect");
        assertThat(host.said()).as("the host answers all the time").isEmpty();

        host.input(new Input.Connected(host.state.epoch(), StepContextBuilder.ENGINE, null));
        host.ping(true, null);
        assertThat(host.asked()).as("an answer without a date shows no step").containsExactly("ListAll");
    }

    /** What is connected together must not be asked together. */
    @Test
    void firstPingComesAtAnyMomentOfTheInterval() {
        Set<Long> due = new HashSet<>();
        for (int seed = 0; seed < 50; seed++) {
            SteppedHost host = new SteppedHost(options(seed, 30 * S, Backoff.forever()), null);
            host.connect(null);
            due.add(((Connection.Connected) host.state.connection()).ping().dueTicks() - host.ticks);
        }

        assertThat(due).hasSizeGreaterThan(40).allMatch(ns -> ns > 0 && ns <= PING);
        assertThat(due).anyMatch(ns -> ns < PING / 4).anyMatch(ns -> ns > PING * 3 / 4);
    }

    @Test
    void waitsGrowWithTheTriesThatFailed() {
        assertThat(longestWaitAfterSixTries(false)).isGreaterThan(10 * S);
    }

    /** A host that answers and is lost before it is synchronized isn't well. */
    @Test
    void waitsGrowWithTheConnectionsThatWereNeverSynchronized() {
        assertThat(longestWaitAfterSixTries(true)).isGreaterThan(10 * S);
    }

    @Test
    void waitsBeginAnewOnceSynchronized() {
        SteppedHost host = new SteppedHost(options(7, 30 * S, Backoff.forever()), null);
        for (int i = 0; i < 6; i++) {
            fail(host, false);
        }
        host.synchronize();
        host.lose(Input.Loss.BROKEN);

        assertThat(((Connection.Waiting) host.state.connection()).attempt()).isEqualTo(1);
    }

    @Test
    void hostThatIsNeverSynchronizedIsGivenUpToo() {
        SteppedHost host = new SteppedHost(options(7, 30 * S, new Backoff(S, S, 30 * S)), null);
        long begin = host.ticks;
        while (!host.state.isStopped() && host.ticks < begin + 60 * S) {
            fail(host, true);
        }

        assertThat(host.ticks - begin).isBetween(30 * S, 32 * S);
        assertThat(host.asked()).endsWith("GiveUp");
    }

    @Test
    void quietHostGivesNoSignOfLifeIfNoneIsWanted() {
        SteppedHost host = new SteppedHost(options(7, 0, Backoff.forever()), null);
        host.synchronize();
        int before = host.emissions;
        for (int i = 0; i < 5; i++) {
            host.ticks += 30 * S;
            host.tick();
        }

        assertThat(host.emissions).isEqualTo(before);
        assertThat(host.wakeAt).isGreaterThan(host.ticks);
    }

    private static long longestWaitAfterSixTries(boolean answers) {
        long longest = 0;
        for (int seed = 0; seed < 30; seed++) {
            SteppedHost host = new SteppedHost(options(seed, 30 * S, Backoff.forever()), null);
            for (int i = 0; i < 6; i++) {
                fail(host, answers);
            }
            longest = Math.max(longest, ((Connection.Waiting) host.state.connection()).untilTicks() - host.ticks);
        }
        return longest;
    }

    private static void fail(SteppedHost host, boolean answers) {
        host.tick();
        while (!(host.state.connection() instanceof Connection.Connecting)) {
            host.wake();
        }
        if (answers) {
            host.input(new Input.Connected(host.state.epoch(), StepContextBuilder.ENGINE, null));
        }
        host.lose(Input.Loss.BROKEN);
    }

    private static Options options(long seed, long heartbeatNs, Backoff backoff) {
        return new Options(
                10 * S,
                3600 * S,
                Options.DEFAULT_SETTLE_NS,
                PING,
                heartbeatNs,
                backoff,
                Options.SnapshotMode.INITIAL,
                Options.OnGap.RECONCILE,
                true,
                Options.Actions.none(),
                ContainerFilter.all(),
                seed);
    }
}
