package io.github.sealwatcher.watch.state;

import static io.github.sealwatcher.watch.ExactHost.S;
import static io.github.sealwatcher.watch.ExactHost.alive;
import static io.github.sealwatcher.watch.ExactHost.at;
import static io.github.sealwatcher.watch.ExactHost.described;
import static io.github.sealwatcher.watch.ExactHost.ev;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.sealwatcher.model.EngineEvent;
import io.github.sealwatcher.model.EngineIdentity;
import io.github.sealwatcher.model.Life;
import io.github.sealwatcher.model.LiveContainer;
import io.github.sealwatcher.model.Status;
import io.github.sealwatcher.watch.checkpoint.Checkpoint;
import io.github.sealwatcher.watch.checkpoint.Portfolio;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.pcollections.TreePVector;

/** When watching began, what is known takes how much memory, and when no more is wanted. */
class StateTest {

    private static final Now NOW = new Now(at(500), 800 * S);

    @Test
    void hostThatNeverAnsweredIsWatchedSinceTheFirstTryOfAnEarlierRun() {
        assertThat(beganTicks(Checkpoint.waitingSince(at(400)))).isEqualTo(700 * S);
        assertThat(beganTicks(Checkpoint.waitingSince(at(501))))
                .as("the worker's clock was set back since")
                .isEqualTo(800 * S);
        assertThat(beganTicks(Checkpoint.startingAt(at(400))))
                .as("a host that did answer")
                .isEqualTo(800 * S);
    }

    @Test
    void noMoreIsWantedOfAReplayThanOfTheStream() {
        EventQueue queued = EventQueue.NONE;
        EventQueue held = EventQueue.NONE;
        for (int i = 0; i < 4096; i++) {
            queued = queued.plus(new QueueItem.Compare());
            held = held.holding(ev("exec", 1, i));
        }

        assertThat(with(EventQueue.NONE).isCongested()).isFalse();
        assertThat(with(EventQueue.NONE).isFull()).isFalse();
        assertThat(with(queued).isCongested()).isTrue();
        assertThat(with(queued).isFull()).isTrue();
        assertThat(with(held).isCongested()).isTrue();
        assertThat(with(held).isFull())
                .as("what the stream brought waits for the replay")
                .isFalse();
    }

    /** What is alive and what is listed are mostly the same containers, with the same texts. */
    @Test
    void containersTakeWhatTheLargerOfBothTakes() {
        long one = described(1).bytes();
        long two = one + described(2).bytes();

        assertThat(shownBytes(0, 0)).isZero();
        assertThat(shownBytes(1, 0)).isEqualTo(one);
        assertThat(shownBytes(2, 1)).isEqualTo(two);
        assertThat(shownBytes(1, 2)).isEqualTo(two);
        assertThat(shownBytes(2, 2)).isEqualTo(two);
    }

    @Test
    void whatAReplayCollectedTakesRoomToo() {
        EngineEvent event = ev("start", 1, 1);
        Portfolio one = Portfolio.empty().plus(live(1));
        Checkpoint known = Checkpoint.startingAt(at(0)).with(one);
        CollectedEvents two = CollectedEvents.NONE.plus(event).plus(ev("start", 1, 2));

        assertThat(state(known, ContainerCache.EMPTY, EventQueue.NONE, replaying(known, two))
                        .shownBytes())
                .isEqualTo(described(1).bytes() + 2 * event.attributeBytes());
        assertThat(state(known, ContainerCache.EMPTY, EventQueue.NONE, replaying(known, null))
                        .shownBytes())
                .isEqualTo(described(1).bytes());
        assertThat(state(known, ContainerCache.EMPTY, EventQueue.NONE, connected(new ResyncPhase.Idle(0)))
                        .shownBytes())
                .isEqualTo(described(1).bytes());
    }

    private static long beganTicks(Checkpoint stored) {
        return State.initial(stored, NOW).hostTime().beganTicks();
    }

    private static long shownBytes(int alive, int listed) {
        Portfolio portfolio = Portfolio.empty();
        for (int i = 1; i <= alive; i++) {
            portfolio = portfolio.plus(live(i));
        }
        var shown = Stream.iterate(1, i -> i + 1)
                .limit(listed)
                .map(i -> alive(i, 0, i))
                .toList();
        ContainerCache cache = ContainerCache.EMPTY.listed(
                new ContainerList(at(10), shown), Portfolio.empty(), Long.MIN_VALUE, NOW.monotonicNs());
        Checkpoint known = Checkpoint.startingAt(at(0)).with(portfolio);
        return state(known, cache, EventQueue.NONE, new Connection.Connecting(0))
                .shownBytes();
    }

    private static LiveContainer live(int number) {
        return new LiveContainer(described(number), Life.exact(at(0), number), Status.RUNNING, at(0), null);
    }

    private static State with(EventQueue queue) {
        return state(Checkpoint.startingAt(at(0)), ContainerCache.EMPTY, queue, new Connection.Connecting(0));
    }

    private static Connection replaying(Checkpoint known, @Nullable CollectedEvents collected) {
        return connected(new ResyncPhase.Replaying(
                new ContainerList(at(10), List.of()),
                new ResyncPhase.Returned(
                        Replay.of(known, known.newestEvent()), TreePVector.empty(), collected, null, 0),
                ResyncPhase.Outdated.NONE,
                Set.of(),
                false));
    }

    private static Connection connected(ResyncPhase phase) {
        return new Connection.Connected(
                new EngineIdentity("5.4.2", null, "unix:///x", null),
                at(0),
                0,
                false,
                0,
                Connection.Stream.NONE,
                false,
                phase,
                new Connection.PingState(0, Long.MAX_VALUE));
    }

    private static State state(Checkpoint known, ContainerCache cache, EventQueue queue, Connection connection) {
        State initial = State.initial(known, NOW);
        return new State(1, connection, known, cache, queue, 0, initial.status(), initial.plan(), initial.hostTime());
    }
}
