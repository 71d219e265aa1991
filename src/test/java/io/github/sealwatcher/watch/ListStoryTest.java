package io.github.sealwatcher.watch;

import static io.github.sealwatcher.watch.ExactHost.S;
import static io.github.sealwatcher.watch.ExactHost.aliveExactly;
import static io.github.sealwatcher.watch.ExactHost.at;
import static io.github.sealwatcher.watch.ExactHost.described;
import static io.github.sealwatcher.watch.ExactHost.ended;
import static io.github.sealwatcher.watch.ExactHost.ev;
import static io.github.sealwatcher.watch.ExactHost.id;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.sealwatcher.model.ContainerChange;
import io.github.sealwatcher.model.ContainerFilter;
import io.github.sealwatcher.model.Life;
import io.github.sealwatcher.model.ObservedContainer;
import io.github.sealwatcher.model.PodRef;
import io.github.sealwatcher.model.RunState;
import io.github.sealwatcher.model.Status;
import io.github.sealwatcher.watch.state.Connection;
import io.github.sealwatcher.watch.state.ResyncPhase;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What is reported of containers of which no event was ever heard, because the log lost it or the trail begins. */
class ListStoryTest {

    private static final PodRef POD = new PodRef("p".repeat(64), "crew");

    private final ExactHost host = new ExactHost(options(Options.SnapshotMode.INITIAL, ContainerFilter.all()), null);

    @Test
    void whatIsAliveAtFirstSightIsReportedAsOfThen() {
        host.real.put(id(1), aliveExactly(1, -5000, 7));
        host.real.put(id(2), paused(2, -5000));
        host.real.put(id(3), inPod(ended(3, -5000, -4000)));
        beginTrail(host);

        assertThat(stories(host))
                .containsExactly(
                        "STARTED c1 SNAPSHOT", "STARTED c2 SNAPSHOT", "PAUSED c2 SNAPSHOT", "POD_CHANGED c3 SNAPSHOT");
        assertThat(host.changes).allMatch(change -> change.timeNs() >= at(-1) && change.timeNs() <= at(1));
        assertThat(host.gaps()).isZero();
    }

    @Test
    void withoutASnapshotWhatIsAliveIsKnownSilently() {
        ExactHost silent = new ExactHost(options(Options.SnapshotMode.NO_DATA, ContainerFilter.all()), null);
        silent.real.put(id(1), aliveExactly(1, -50, 7));
        beginTrail(silent);
        assertThat(stories(silent)).isEmpty();
        assertThat(silent.state.portfolio().total()).isEqualTo(1);

        silent.pass(20);
        silent.write(ev("died", 1, 20));
        assertThat(stories(silent)).containsExactly("DIED c1 LIVE null");
    }

    @Test
    void whatIsAliveIsReportedAgainAtEachStartIfThatIsAskedFor() {
        ExactHost again = new ExactHost(options(Options.SnapshotMode.ALWAYS, ContainerFilter.all()), null);
        again.real.put(id(1), aliveExactly(1, -50, 7));
        beginTrail(again);
        again.pass(20);
        again.begin();
        again.pass(5);

        assertThat(stories(again)).containsExactly("STARTED c1 SNAPSHOT", "STARTED c1 SNAPSHOT");
        assertThat(again.changes.get(0).occurrence().eventId())
                .isNotEqualTo(again.changes.get(1).occurrence().eventId());
    }

    @Test
    void deathThatTheLogLostHasTimeAndExitCodeOfTheInspect() {
        host.real.put(id(1), aliveExactly(1, -50, 7));
        beginTrail(host);
        host.pass(10);
        host.real.put(id(1), new ObservedContainer(described(1), null, new RunState.Ended(at(-50), at(15), 3)));
        host.pass(70);

        assertThat(stories(host)).containsExactly("STARTED c1 SNAPSHOT", "DIED c1 RECONCILED 3");
        assertThat(host.changes.get(1).timeNs()).isEqualTo(at(15));
        assertThat(host.gaps()).isEqualTo(1);
    }

    @Test
    void differenceIsBelievedOnlyWhenASecondListShowsIt() {
        host.real.put(id(1), aliveExactly(1, -50, 7));
        beginTrail(host);
        host.pass(50);
        int before = host.changes.size();
        host.real.put(id(1), ended(1, -50, 60));
        // The list comes after about a minute, its event a second later.
        while (!(host.state.connection() instanceof Connection.Connected connected
                && connected.resync() instanceof ResyncPhase.Settling)) {
            host.pass(0.5);
        }
        host.write(ev("died", 1, 60, "containerExitCode", "0"));
        host.pass(70);

        assertThat(stories(host).subList(before, host.changes.size())).containsExactly("DIED c1 LIVE 0");
        assertThat(host.gaps()).isZero();
    }

    @Test
    void containerThatIsNotThereAnyMoreDiedAtAnUnknownTime() {
        host.real.put(id(1), inPod(aliveExactly(1, -50, 7)));
        beginTrail(host);
        host.pass(10);
        host.real.clear();
        host.pass(70);

        assertThat(stories(host))
                .containsExactly(
                        "POD_CHANGED c1 SNAPSHOT",
                        "STARTED c1 SNAPSHOT",
                        "DIED c1 RECONCILED null",
                        "POD_CHANGED null RECONCILED");
        assertThat(host.changes.get(2).pod()).isEqualTo(POD);
        assertThat(host.changes.get(3).pod()).isNull();
        assertThat(host.gaps()).isEqualTo(1);
    }

    @Test
    void lifeAfterALifeIsADeathAndAStart() {
        host.real.put(id(1), aliveExactly(1, -50, 7));
        beginTrail(host);
        host.pass(10);
        host.real.put(id(1), aliveExactly(1, 20, 8));
        host.pass(70);

        assertThat(stories(host))
                .containsExactly("STARTED c1 SNAPSHOT", "DIED c1 RECONCILED null", "STARTED c1 RECONCILED");
        assertThat(host.changes.get(1).timeNs()).isLessThanOrEqualTo(at(20));
        assertThat(host.changes.get(2).timeNs()).isEqualTo(at(20));
        assertThat(host.state.portfolio().alive(id(1)).life().pid()).isEqualTo(8);
    }

    @Test
    void startAndPauseThatTheLogLostAreReportedWithTheTimeOfTheInspect() {
        host.pass(10);
        host.real.put(id(1), aliveExactly(1, 20, 7));
        host.real.put(id(2), paused(2, 20));
        host.pass(70);

        assertThat(stories(host))
                .containsExactly("STARTED c1 RECONCILED", "STARTED c2 RECONCILED", "PAUSED c2 RECONCILED");
        assertThat(host.changes.get(0).timeNs()).isEqualTo(at(20));
        assertThat(host.gaps()).isEqualTo(1);
    }

    @Test
    void pauseThatTheLogLostIsOfAnUnknownTime() {
        host.real.put(id(1), aliveExactly(1, -50, 7));
        beginTrail(host);
        host.pass(10);
        host.real.put(id(1), paused(1, -50));
        host.pass(70);
        host.real.put(id(1), aliveExactly(1, -50, 7));
        host.pass(70);

        assertThat(stories(host))
                .containsExactly("STARTED c1 SNAPSHOT", "PAUSED c1 RECONCILED", "UNPAUSED c1 RECONCILED");
    }

    @Test
    void filterThatIsWidenedShowsWhatIsAliveAndOneThatIsNarrowedEndsIt() {
        ExactHost narrow = new ExactHost(options(Options.SnapshotMode.INITIAL, named("^c1$")), null);
        narrow.real.put(id(1), aliveExactly(1, -50, 7));
        narrow.real.put(id(2), inPod(aliveExactly(2, -50, 8)));
        beginTrail(narrow);
        narrow.pass(5);
        assertThat(stories(narrow)).containsExactly("STARTED c1 SNAPSHOT");

        ExactHost wide = new ExactHost(options(Options.SnapshotMode.INITIAL, ContainerFilter.all()), narrow.stored);
        wide.ours = wide.ticks = 10;
        wide.real.putAll(narrow.real);
        wide.begin();
        wide.pass(5);
        assertThat(stories(wide)).containsExactly("POD_CHANGED c2 SNAPSHOT", "STARTED c2 SNAPSHOT");

        ExactHost other = new ExactHost(options(Options.SnapshotMode.INITIAL, named("^c2$")), wide.stored);
        other.ours = other.ticks = 20;
        other.real.putAll(narrow.real);
        other.begin();
        other.pass(5);
        assertThat(stories(other)).containsExactly("DIED c1 RECONCILED null");
        assertThat(other.changes.get(0).occurrence().rawAction()).isEqualTo("filtered");
        assertThat(other.state.portfolio().isHidden(id(1))).isTrue();
        assertThat(other.gaps()).isZero();
    }

    @Test
    void containerThatNeverStopsStoppingEndsAfterItsTime() {
        host.real.put(id(1), aliveExactly(1, -50, 7));
        beginTrail(host);
        host.pass(10);
        host.real.put(
                id(1),
                new ObservedContainer(
                        described(1),
                        null,
                        new RunState.Live(Life.exact(at(-50), 7), Status.RUNNING, new RunState.Stopping(10 * S))));
        host.pass(120);

        assertThat(stories(host)).containsExactly("STARTED c1 SNAPSHOT", "DIED c1 RECONCILED null");
        assertThat(host.state.portfolio().total()).isZero();
        host.pass(300);
        assertThat(stories(host)).as("never again").hasSize(2);
    }

    /** With what is there now, as the constructor began without it. */
    private static void beginTrail(ExactHost host) {
        host.stored = null;
        host.changes.clear();
        host.host.clear();
        host.begin();
    }

    private static ContainerFilter named(String pattern) {
        return new ContainerFilter(Pattern.compile(pattern), null, List.of(), List.of(), true);
    }

    private static ObservedContainer paused(int number, double since) {
        return new ObservedContainer(
                described(number), null, new RunState.Live(Life.exact(at(since), 7), Status.PAUSED));
    }

    private static ObservedContainer inPod(ObservedContainer shown) {
        return new ObservedContainer(shown.container(), POD, shown.state());
    }

    private static List<String> stories(ExactHost host) {
        return host.changes.stream()
                .map(change -> change.kind() + " " + change.container().name() + " "
                        + change.occurrence().origin()
                        + (change instanceof ContainerChange.Died died ? " " + died.exitCode() : ""))
                .toList();
    }

    private static Options options(Options.SnapshotMode mode, ContainerFilter filter) {
        return new Options(
                10 * S,
                60 * S,
                Options.DEFAULT_SETTLE_NS,
                10 * S,
                30 * S,
                Backoff.forever(),
                mode,
                Options.OnGap.RECONCILE,
                true,
                new Options.Actions(false, Set.of()),
                filter,
                7);
    }
}
