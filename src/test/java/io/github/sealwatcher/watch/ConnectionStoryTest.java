package io.github.sealwatcher.watch;

import static io.github.sealwatcher.watch.ExactHost.S;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.sealwatcher.model.ContainerFilter;
import io.github.sealwatcher.model.EngineIdentity;
import io.github.sealwatcher.model.HostChange;
import io.github.sealwatcher.watch.state.Connection;
import io.github.sealwatcher.watch.state.Now;
import io.github.sealwatcher.watch.state.State;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What the core asks for, and says of the host, from the first try to the stop. */
class ConnectionStoryTest {

    private static final long BEGIN = 1_795_000_000L * S;

    private Watch watch = watch(Backoff.forever());
    private final List<String> asked = new ArrayList<>();
    private final List<String> said = new ArrayList<>();
    private int emissions;
    private long ticks;
    private long wakeAt;
    private State state = watch.begin(null, now());

    @Test
    void connectsListsReplaysFollowsAndIsSynchronized() {
        synchronize();

        assertThat(asked).containsExactly("Connect", "ListAll", "Replay", "Replay", "Follow");
        assertThat(said).containsExactly("CONNECTED Podman 5.4.2 answers", "SYNCHRONIZED null");
        assertThat(state.isSynchronized()).isTrue();
    }

    @Test
    void oneMissedPingIsForgivenAndTwoEndTheConnection() {
        synchronizeSilently();
        ping(false);
        assertThat(asked).containsExactly("Ping");
        ping(true);
        ping(false);
        assertThat(asked).doesNotContain("Disconnect");
        ping(false);

        assertThat(asked).containsExactly("Ping", "Ping", "Ping", "Ping", "Disconnect");
        assertThat(said).containsExactly("DISCONNECTED 2 pings in a row weren't answered");
        assertThat(state.isSynchronized()).isFalse();
    }

    @Test
    void pingThatIsUnderWayIsNotAskedForAgain() {
        synchronizeSilently();
        pass(20 * S);
        assertThat(asked).containsExactly("Ping");
        pass(20 * S);
        assertThat(asked).containsExactly("Ping");
    }

    @Test
    void lossIsReportedOnceHoweverManyTriesFail() {
        synchronizeSilently();
        input(new Input.Lost(state.epoch(), Input.Loss.BROKEN, "gone"));
        for (int i = 0; i < 5; i++) {
            wake();
            input(new Input.Lost(state.epoch(), Input.Loss.BROKEN, "still gone"));
        }

        assertThat(said).containsExactly("DISCONNECTED gone");
        assertThat(asked.stream().filter("Connect"::equals)).hasSize(5);
        wake();
        connect("5.4.2");
        assertThat(said).containsExactly("DISCONNECTED gone", "CONNECTED Podman 5.4.2 answers");
    }

    @Test
    void hostThatNeverAnsweredIsReportedToo() {
        tick();
        input(new Input.Lost(state.epoch(), Input.Loss.BROKEN, "nobody there"));

        assertThat(said).containsExactly("DISCONNECTED nobody there");
    }

    @Test
    void streamThatEndsAfterAWhileIsOpenedAgainAtOnceAndSilently() {
        synchronizeSilently();
        ticks += 2 * S;
        input(new Input.Lost(state.epoch(), Input.Loss.ENDED, "the event stream ended"));

        assertThat(asked).containsExactly("Disconnect", "Connect");
        connect("5.4.2");
        assertThat(said).isEmpty();
    }

    @Test
    void streamThatEndsAtOnceIsALoss() {
        synchronizeSilently();
        ticks += S - 1;
        input(new Input.Lost(state.epoch(), Input.Loss.ENDED, "the event stream ended"));

        assertThat(asked).containsExactly("Disconnect");
        assertThat(said).containsExactly("DISCONNECTED the event stream ended");
    }

    @Test
    void changeOfTheEnginesVersionIsReported() {
        synchronizeSilently();
        input(new Input.Lost(state.epoch(), Input.Loss.BROKEN, "gone"));
        wake();
        connect("5.8.6");

        assertThat(said)
                .containsExactly(
                        "DISCONNECTED gone",
                        "CONNECTED Podman 5.8.6 answers",
                        "ENGINE_CHANGED Podman 5.4.2 became 5.8.6");
    }

    @Test
    void answersOfAnEarlierConnectionChangeNothing() {
        synchronizeSilently();
        long epoch = state.epoch();
        input(new Input.Lost(epoch, Input.Loss.BROKEN, "gone"));
        State lost = state;
        for (Input late : List.of(
                new Input.Pinged(epoch, false, null),
                new Input.Listed(epoch, null, List.of()),
                new Input.ReplayEnded(epoch),
                new Input.EventReceived(epoch, ExactHost.ev("start", 1, 30)),
                new Input.Connected(epoch, engine("6.1.1"), null),
                new Input.Lost(epoch, Input.Loss.BROKEN, "again"))) {
            input(late);
        }

        assertThat(state).isEqualTo(lost);
    }

    @Test
    void givesUpAfterTheTimeThatIsAllowed() {
        watch = watch(new Backoff(S, S, 30 * S));
        synchronizeSilently();
        input(new Input.Lost(state.epoch(), Input.Loss.BROKEN, "gone"));
        long lostAt = ticks;
        while (!asked.contains("GiveUp") && ticks < lostAt + 60 * S) {
            wake();
            if (state.connection() instanceof Connection.Connecting) {
                input(new Input.Lost(state.epoch(), Input.Loss.BROKEN, "gone"));
            }
        }

        assertThat(ticks - lostAt).isBetween(30 * S, 32 * S);
        assertThat(state.isStopped()).isTrue();
        assertThat(wakeAt).isEqualTo(Long.MAX_VALUE);
    }

    @Test
    void quietHostGivesASignOfLifeAtItsInterval() {
        synchronizeSilently();
        int before = emissions;
        for (long end = ticks + 10 * 30 * S; wakeAt <= end; ) {
            wake();
            if (asked.remove("Ping")) {
                input(new Input.Pinged(state.epoch(), true, null));
            }
            if (asked.remove("ListAll")) {
                input(new Input.Listed(state.epoch(), null, List.of()));
            }
            if (asked.remove("Replay")) {
                input(new Input.ReplayEnded(state.epoch()));
            }
        }

        assertThat(emissions - before).isEqualTo(10);
        assertThat(said).isEmpty();
    }

    @Test
    void stopEndsTheConnectionAndWantsNothingMore() {
        synchronizeSilently();
        input(new Input.Stop());

        assertThat(asked).containsExactly("Disconnect");
        assertThat(state.isStopped()).isTrue();
        assertThat(wakeAt).isEqualTo(Long.MAX_VALUE);
        State stopped = state;
        tick();
        assertThat(state).isEqualTo(stopped);
        assertThat(asked).containsExactly("Disconnect");
    }

    private void synchronize() {
        tick();
        connect("5.4.2");
        input(new Input.Listed(state.epoch(), null, List.of()));
        // An empty log is read once more from its beginning: it may have been longer.
        input(new Input.ReplayEnded(state.epoch()));
        input(new Input.ReplayEnded(state.epoch()));
    }

    private void synchronizeSilently() {
        synchronize();
        asked.clear();
        said.clear();
    }

    private void connect(String version) {
        input(new Input.Connected(state.epoch(), engine(version), null));
    }

    private void ping(boolean answered) {
        int before = asked.size();
        while (asked.size() == before) {
            wake();
        }
        input(new Input.Pinged(state.epoch(), answered, null));
    }

    private void pass(long ns) {
        ticks += ns;
        tick();
    }

    private void wake() {
        ticks = Math.max(ticks, wakeAt);
        tick();
    }

    private void tick() {
        input(new Input.Tick());
    }

    private void input(Input input) {
        Step step = watch.step(state, input, now());
        state = step.state();
        wakeAt = step.wakeAtTicks();
        for (Output output : step.outputs()) {
            if (output instanceof Output.Emit emit) {
                emissions++;
                for (HostChange change : emit.emission().hostChanges()) {
                    said.add(change.type() + " " + change.reason());
                }
            } else {
                asked.add(output.getClass().getSimpleName());
            }
        }
    }

    private Now now() {
        return new Now(BEGIN + ticks, ticks);
    }

    private static EngineIdentity engine(String version) {
        return new EngineIdentity(version, null, "unix:///x", null);
    }

    private static Watch watch(Backoff backoff) {
        return new Watch(new Options(
                10 * S,
                3600 * S,
                Options.DEFAULT_SETTLE_NS,
                10 * S,
                30 * S,
                backoff,
                Options.SnapshotMode.INITIAL,
                Options.OnGap.RECONCILE,
                true,
                Options.Actions.none(),
                ContainerFilter.all(),
                7));
    }
}
