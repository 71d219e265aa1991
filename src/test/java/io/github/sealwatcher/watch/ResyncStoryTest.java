package io.github.sealwatcher.watch;

import static io.github.sealwatcher.watch.ExactHost.S;
import static io.github.sealwatcher.watch.ExactHost.aliveExactly;
import static io.github.sealwatcher.watch.ExactHost.at;
import static io.github.sealwatcher.watch.ExactHost.described;
import static io.github.sealwatcher.watch.ExactHost.ev;
import static io.github.sealwatcher.watch.ExactHost.id;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.sealwatcher.model.Container;
import io.github.sealwatcher.model.ContainerChange;
import io.github.sealwatcher.model.ContainerFilter;
import io.github.sealwatcher.model.DetailSource;
import io.github.sealwatcher.model.HostChange;
import io.github.sealwatcher.model.Life;
import io.github.sealwatcher.model.ObservedContainer;
import io.github.sealwatcher.model.PodRef;
import io.github.sealwatcher.model.RunState;
import io.github.sealwatcher.model.Status;
import io.github.sealwatcher.watch.checkpoint.Checkpoint;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What a resync asks for, and how it dates what no event has shown. */
class ResyncStoryTest {

    private static final PodRef POD = new PodRef("p".repeat(64), "crew");

    private final ExactHost host = new ExactHost(options(true, ContainerFilter.all()), null);

    /** A list does not show the flags; what is reported from it has them a moment later. */
    @Test
    void whatIsKnownWithoutItsFlagsIsInspectedOnceItIsSynchronized() {
        ExactHost lists = new ExactHost(options(false, ContainerFilter.all()), null);
        lists.real.put(id(1), listed(1, new RunState.Live(Life.exact(at(-50), 7), Status.RUNNING)));
        lists.real.put(id(2), aliveExactly(2, -50, 8));
        again(lists);
        lists.pass(65);
        assertThat(lookUps(lists)).as("without inspects").isEmpty();

        host.real.putAll(lists.real);
        host.stored = lists.stored;
        host.outputs.clear();
        host.restartAt(70);
        assertThat(lookUps(host)).containsExactly("c1 later");
    }

    /** Only an inspect shows how long a stop may take. */
    @Test
    void containerThatIsBeingStoppedIsInspectedOnce() {
        host.real.put(id(1), aliveExactly(1, -50, 7));
        again(host);
        host.real.put(id(1), stopping(1, null));
        host.inspected.put(id(1), stopping(1, 400 * S));
        host.outputs.clear();
        host.pass(190);
        assertThat(lookUps(host)).containsExactly("c1 later");
        assertThat(host.count(1, ContainerChange.Kind.DIED))
                .as("it may take so long")
                .isZero();
        host.pass(400);
        assertThat(host.count(1, ContainerChange.Kind.DIED)).isEqualTo(1);

        ExactHost lists = new ExactHost(options(false, ContainerFilter.all()), null);
        lists.real.put(id(1), aliveExactly(1, -50, 7));
        again(lists);
        lists.real.put(id(1), stopping(1, null));
        lists.pass(60);
        assertThat(lookUps(lists)).isEmpty();
    }

    /** It was lost behind the newest event that was read, or before that if it began before. */
    @Test
    void gapOfALostStartBeginsWithItOrWithTheNewestEventRead() {
        host.pass(5);
        host.write(ev("start", 9, 5));
        host.real.put(id(9), aliveExactly(9, 4.9, 9));
        host.pass(10);
        host.real.put(id(1), aliveExactly(1, 8, 7));
        host.pass(70);
        assertThat(host.windows()).hasSize(1);
        assertThat(host.windows().get(0)).matches("3.5 to [567].*");

        ExactHost later = new ExactHost(options(true, ContainerFilter.all()), null);
        later.pass(30);
        later.write(ev("start", 9, 29));
        later.real.put(id(9), aliveExactly(9, 28.9, 9));
        later.real.put(id(1), aliveExactly(1, 8, 7));
        later.pass(50);
        assertThat(later.windows()).hasSize(1);
        assertThat(later.windows().get(0)).matches("6.5 to [567].*");
    }

    /** When it joined is unknown: some time since the last list that agreed, or since the newest event if that is older. */
    @Test
    void gapOfALostMembershipBeginsWithTheLastListThatAgreed() {
        host.pass(30);
        host.write(ev("start", 9, 29));
        host.real.put(id(9), aliveExactly(9, 28.9, 9));
        host.pass(60);
        ObservedContainer created = new ObservedContainer(described(1), POD, new RunState.NeverStarted());
        host.real.put(id(1), created);
        host.pass(70);
        assertThat(host.windows()).hasSize(1);
        assertThat(host.windows().get(0)).startsWith("27.5 to ");

        host.pass(70);
        host.real.put(id(2), new ObservedContainer(described(2), POD, new RunState.NeverStarted()));
        host.write(ev("pause", 9, host.ticks));
        host.real.put(id(9), paused(9, 28.9));
        double last = host.ticks;
        host.pass(70);
        assertThat(host.windows()).hasSize(2);
        String from = host.windows().get(1);
        assertThat(Double.parseDouble(from.substring(0, from.indexOf(' ')))).isBetween(last - 70, last - 1);
    }

    /** What was there before the trail is reported as it is found; what began in it was missed. */
    @Test
    void membershipIsInitialOnlyOfWhatTheTrailBeganWith() {
        host.log.add(ev("died", 8, -101));
        host.log.add(ev("start", 3, -40));
        host.real.put(id(1), inPod(aliveExactly(1, -50, 1)));
        host.real.put(id(2), inPod(aliveExactly(2, -200, 2)));
        host.real.put(id(3), inPod(aliveExactly(3, -40.1, 3)));
        host.real.put(id(4), new ObservedContainer(described(4), POD, new RunState.NeverStarted()));
        host.stored = Checkpoint.startingAt(at(-100));
        host.begin();

        assertThat(stories(host))
                .containsExactlyInAnyOrder(
                        "REPLAY start STARTED c3",
                        "SNAPSHOT create POD_CHANGED c3",
                        "SNAPSHOT create POD_CHANGED c2",
                        "SNAPSHOT start STARTED c2",
                        "SNAPSHOT create POD_CHANGED c4");
        assertThat(host.gaps()).isZero();

        host.pass(5);
        assertThat(stories(host).subList(5, 7))
                .containsExactly("RECONCILED create POD_CHANGED c1", "RECONCILED start STARTED c1");
        assertThat(host.changes.get(5).timeNs()).isEqualTo(host.changes.get(6).timeNs());
        assertThat(host.changes.get(6).timeNs()).isEqualTo(at(-50));
        assertThat(host.windows())
                .as("a process before may have stopped up to two intervals before the newest event")
                .containsExactly("-161.5 to 2.5");
    }

    @Test
    void sinceWhenItIsPausedIsUnknownButNotSinceWhenItRuns() {
        host.real.put(id(1), aliveExactly(1, -50, 1));
        host.real.put(id(2), paused(2, -50));
        again(host);

        assertThat(host.state.portfolio().alive(id(1)).sinceNs()).isEqualTo(at(-50));
        assertThat(host.state.portfolio().alive(id(2)).sinceNs()).isEqualTo(at(0));
    }

    @Test
    void pauseThatIsInferredIsNamedAsPodmanNamesIt() {
        host.real.put(id(1), aliveExactly(1, -50, 1));
        again(host);
        host.pass(10);
        host.real.put(id(1), paused(1, -50));
        host.pass(70);
        host.real.put(id(1), aliveExactly(1, -50, 1));
        host.pass(70);
        host.real.put(id(1), paused(1, -50));
        host.pass(70);

        assertThat(stories(host))
                .containsExactly(
                        "SNAPSHOT start STARTED c1",
                        "RECONCILED pause PAUSED c1",
                        "RECONCILED unpause UNPAUSED c1",
                        "RECONCILED pause PAUSED c1");
        assertThat(host.changes.stream()
                        .map(change -> change.occurrence().eventId())
                        .distinct())
                .hasSize(4);
    }

    /** A list rounds to the second, and has no process of a container that Podman asks another program for. */
    @Test
    void containerThatAWiderFilterShowsHasTheStartOfItsInspect() {
        ExactHost narrow = new ExactHost(
                options(false, new ContainerFilter(Pattern.compile("^x"), null, List.of(), List.of(), true)), null);
        narrow.real.put(id(1), listed(1, new RunState.Live(Life.withinSecond(at(-50) / S, 0), Status.RUNNING)));
        again(narrow);
        narrow.pass(10);
        host.real.putAll(narrow.real);
        host.inspected.put(id(1), aliveExactly(1, -49.5, 7));
        host.stored = narrow.stored;
        host.restartAt(20);

        assertThat(stories(host)).containsExactly("SNAPSHOT start STARTED c1");
        assertThat(host.changes.get(0).alive().life().startedAtNs()).isEqualTo(at(-49.5));
        assertThat(host.changes.get(0).alive().life().pid()).isEqualTo(7);
    }

    @Test
    void podHasTheNameThatIsAskedForIt() {
        host.pass(20);
        host.podNames.put(POD.id(), "crew");
        host.write(ev("create", 1, 20, "podId", POD.id()));

        assertThat(host.changes).hasSize(1);
        assertThat(host.changes.get(0).pod()).isEqualTo(POD);
    }

    /** The worker's clock is believed as far as the host's is not known better: to the second. */
    @Test
    void timesOfTheHostAreByItsOwnClock() {
        host.ours = 0.3;
        again(host);
        assertThat(host.host.get(0).timeNs()).isEqualTo(at(0.3));
        host.ours = 1;
        again(host);
        assertThat(host.host.get(0).timeNs()).isEqualTo(at(1));
        host.ours = 0;
        again(host);
        assertThat(host.host.get(0).timeNs()).isEqualTo(at(0));

        host.ours = 3600;
        again(host);
        assertThat(host.host.get(0).type()).isEqualTo(HostChange.Type.CONNECTED);
        assertThat(host.host.get(0).timeNs()).isEqualTo(at(0.5));
        host.ours = -3600;
        again(host);
        assertThat(host.host.get(0).timeNs()).isEqualTo(at(0.5));
    }

    /** It is from before the clock was set back: it does not show how far the log was read. */
    @Test
    void eventFromTheFutureDoesNotMoveTheOffset() {
        host.pass(20);
        host.write(ev("start", 1, 20));
        host.write(ev("start", 2, 26.5));
        assertThat(host.stored.positionNs()).isEqualTo(at(20));
        host.write(ev("start", 3, 24.5));
        assertThat(host.stored.positionNs())
                .as("no later than what comes next can be stamped, and written late")
                .isBetween(at(21.4), at(21.5));
        assertThat(host.stored.portfolio().total()).isEqualTo(3);
    }

    /** The stream shows nothing that is stamped before the time from which it was asked for. */
    @Test
    void pingThatShowsTheClockSetBackBeginsAgain() {
        host.pass(30);
        host.outputs.clear();
        host.behind = 1800;
        host.pass(11);
        assertThat(host.outputs)
                .extracting(output -> output.getClass().getSimpleName())
                .containsSequence("Ping", "Disconnect", "Connect", "ListAll", "Replay");
        host.write(ev("start", 1, 41 - 1800));
        assertThat(host.changes).hasSize(1);
    }

    private static List<String> lookUps(ExactHost host) {
        return host.outputs.stream()
                .filter(Output.Lookup.class::isInstance)
                .map(Output.Lookup.class::cast)
                .filter(Output.Lookup::inspected)
                .map(lookUp -> "c" + Integer.parseInt(lookUp.id().value(), 16) + (lookUp.ticket() == 0 ? " later" : ""))
                .toList();
    }

    private static ObservedContainer listed(int number, RunState state) {
        Container container =
                new Container(id(number), "c" + number, "i", "sha", Map.of(), null, false, Map.of(), DetailSource.LIST);
        return new ObservedContainer(container, null, state);
    }

    private static ObservedContainer stopping(int number, @Nullable Long timeoutNs) {
        return new ObservedContainer(
                described(number),
                null,
                new RunState.Live(Life.exact(at(-50), 7), Status.RUNNING, new RunState.Stopping(timeoutNs)));
    }

    private static ObservedContainer paused(int number, double since) {
        return new ObservedContainer(
                described(number), null, new RunState.Live(Life.exact(at(since), 0), Status.PAUSED));
    }

    private static ObservedContainer inPod(ObservedContainer shown) {
        return new ObservedContainer(shown.container(), POD, shown.state());
    }

    private static List<String> stories(ExactHost host) {
        return host.changes.stream()
                .map(change -> change.occurrence().origin() + " "
                        + change.occurrence().rawAction() + " " + change.kind() + " "
                        + change.container().name())
                .toList();
    }

    /** The trail begins once more, with what is there now. */
    private static void again(ExactHost host) {
        host.stored = null;
        host.changes.clear();
        host.host.clear();
        host.outputs.clear();
        host.begin();
    }

    private static Options options(boolean inspect, ContainerFilter filter) {
        return new Options(
                10 * S,
                60 * S,
                Options.DEFAULT_SETTLE_NS,
                10 * S,
                0,
                Backoff.forever(),
                Options.SnapshotMode.INITIAL,
                Options.OnGap.RECONCILE,
                inspect,
                new Options.Actions(false, Set.of()),
                filter,
                7);
    }
}
