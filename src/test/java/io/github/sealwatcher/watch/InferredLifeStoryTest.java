package io.github.sealwatcher.watch;

import static io.github.sealwatcher.watch.ExactHost.aliveExactly;
import static io.github.sealwatcher.watch.ExactHost.at;
import static io.github.sealwatcher.watch.ExactHost.described;
import static io.github.sealwatcher.watch.ExactHost.ev;
import static io.github.sealwatcher.watch.ExactHost.id;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.sealwatcher.model.ContainerFilter;
import io.github.sealwatcher.model.ObservedContainer;
import io.github.sealwatcher.model.PodRef;
import io.github.sealwatcher.model.RunState;
import io.github.sealwatcher.watch.checkpoint.Checkpoint;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** How a life is dated of which the first event to come is not its start. */
class InferredLifeStoryTest {

    private static final String POD = "0123456789ab" + "c".repeat(52);

    /** All is known up to the last list that agreed, at 0; so it was not alive then. */
    @Test
    void startThatIsUnknownLiesBetweenTheLastListAndItsFirstEvent() {
        ExactHost host = watching(ContainerFilter.all());
        host.write(ev("died", 1, 30, "containerExitCode", "3"));

        assertThat(stories(host)).containsExactly("RECONCILED STARTED c1 30.0", "LIVE DIED c1 30.0");
        assertThat(host.windows()).containsExactly("-1.5 to 30.0");
    }

    /** An inspect shows when it began: so only that can be lost. */
    @Test
    void startThatAnInspectShowsIsDatedByIt() {
        ExactHost host = watching(ContainerFilter.all());
        host.pass(3);
        host.write(ev("start", 2, 25));
        host.inspected.put(id(1), ended(1, 20, 30, 3));
        host.write(ev("died", 1, 30, "containerExitCode", "3"));
        host.inspected.put(id(3), aliveExactly(3, 30.5, 7));
        host.write(ev("pause", 3, 31));

        assertThat(stories(host).subList(1, 5))
                .containsExactly(
                        "RECONCILED STARTED c1 20.0",
                        "LIVE DIED c1 30.0",
                        "RECONCILED STARTED c3 30.5",
                        "LIVE PAUSED c3 31.0");
        assertThat(host.changes.get(1).alive().life().startedAtNs()).isEqualTo(at(20));
        assertThat(host.windows()).containsExactly("18.5 to 30.0", "28.5 to 31.0");
    }

    /** The next life is shown already: it tells nothing of the one that ended. */
    @Test
    void lifeThatAnInspectShowsAliveIsNotTheOneThatEnded() {
        ExactHost host = watching(ContainerFilter.all());
        host.inspected.put(id(1), aliveExactly(1, 29.9, 7));
        host.write(ev("died", 1, 30));
        assertThat(stories(host)).containsExactly("RECONCILED STARTED c1 30.0", "LIVE DIED c1 30.0");

        host.inspected.put(id(2), ended(2, 31.5, 31.8, 0));
        host.write(ev("died", 2, 31));
        assertThat(stories(host).subList(2, 4))
                .as("what it shows began after the event")
                .containsExactly("RECONCILED STARTED c2 31.0", "LIVE DIED c2 31.0");
    }

    /** A list has shown it, which was not believed yet. */
    @Test
    void lifeThatAListHasShownBeganAsThatSays() {
        ExactHost host = watching(ContainerFilter.all());
        host.real.put(id(1), aliveExactly(1, 40, 7));
        while (host.state.checkpoint().gap() == null && host.outputs.size() < 3) {
            host.outputs.removeIf(output -> !(output instanceof Output.ListAll));
            host.pass(0.5);
            if (!host.outputs.isEmpty()) {
                break;
            }
        }
        host.real.clear();
        double now = host.ticks;
        host.write(ev("died", 1, now));

        assertThat(stories(host).get(0)).isEqualTo("RECONCILED STARTED c1 40.0");
        assertThat(host.changes.get(1).timeNs()).isEqualTo(at(now));
        assertThat(host.windows()).hasSize(1);
    }

    /** As of now: a start of weeks ago would be deleted from the trail at once by its age. */
    @Test
    void whatEndsShortlyAfterTheTrailBeganWasThereBeforeIt() {
        ExactHost host = new ExactHost(options(ContainerFilter.all()), null);
        host.write(ev("died", 1, 9));
        host.write(ev("died", 2, 10.5));

        assertThat(stories(host))
                .containsExactly(
                        "SNAPSHOT STARTED c1 9.0",
                        "LIVE DIED c1 9.0",
                        "RECONCILED STARTED c2 10.5",
                        "LIVE DIED c2 10.5");
        assertThat(host.windows()).hasSize(1);
    }

    /** An operator set the trail back: what ends around the first look began before, unless something shows a later start. */
    @Test
    void whatEndsShortlyAfterTheFirstLookAtALongTrailWasThereBeforeIt() {
        ExactHost host = new ExactHost(options(ContainerFilter.all()), null);
        host.log.add(ev("died", 9, -120));
        host.stored = Checkpoint.startingAt(at(-100));
        host.begin();
        host.inspected.put(id(1), ended(1, -200, 5, 3));
        host.write(ev("died", 1, 5));
        host.write(ev("died", 2, 6));
        host.inspected.put(id(3), ended(3, -50, 7, 3));
        host.write(ev("died", 3, 7));

        assertThat(stories(host))
                .containsExactly(
                        "SNAPSHOT STARTED c1 5.0",
                        "LIVE DIED c1 5.0",
                        "SNAPSHOT STARTED c2 6.0",
                        "LIVE DIED c2 6.0",
                        "RECONCILED STARTED c3 -50.0",
                        "LIVE DIED c3 7.0");
        assertThat(host.windows()).hasSize(1);
    }

    /** The log holds its start, from before the trail. */
    @Test
    void startFromBeforeTheTrailIsKnownFromTheLog() {
        ExactHost host = new ExactHost(options(ContainerFilter.all()), null);
        host.log.add(ev("start", 1, -30));
        host.log.add(ev("died", 1, 1));
        host.stored = Checkpoint.startingAt(at(0));
        host.begin();

        assertThat(stories(host)).containsExactly("SNAPSHOT STARTED c1 1.0", "LIVE DIED c1 1.0");
        assertThat(host.changes.get(0).alive().life().startedAtNs()).isEqualTo(at(-30));
        assertThat(host.gaps()).isZero();
    }

    @Test
    void endThatWasReportedIsNotReportedOnceMore() {
        ExactHost host = watching(ContainerFilter.all());
        host.write(ev("start", 1, 30));
        host.write(ev("died", 1, 31));
        host.inspected.put(id(1), ended(1, 30, 31, 0));
        host.write(ev("died", 1, 31.5));
        host.write(ev("unpause", 1, 30.5));

        assertThat(host.changes).hasSize(2);
        assertThat(host.gaps()).isZero();
    }

    @Test
    void filterDecidesAtTheInferredStart() {
        ExactHost host = watching(new ContainerFilter(Pattern.compile("^web"), null, List.of(), List.of(), true));
        host.write(ev("create", 1, 29, "podId", POD));
        host.write(ev("pause", 1, 32, "podId", POD, "name", "web"));
        host.write(ev("died", 2, 33));

        assertThat(stories(host))
                .containsExactly(
                        "RECONCILED POD_CHANGED web 32.0", "RECONCILED STARTED web 32.0", "LIVE PAUSED web 32.0");
        assertThat(host.state.portfolio().isHidden(id(1))).isFalse();
    }

    /** What was missed of its start is missed of its joining, too. */
    @Test
    void memberJoinsBeforeItsInferredStart() {
        ExactHost host = watching(ContainerFilter.all());
        ObservedContainer shown = ended(1, 20, 30, 3);
        host.inspected.put(id(1), new ObservedContainer(shown.container(), new PodRef(POD, "crew"), shown.state()));
        host.write(ev("died", 1, 30));
        host.inspected.put(id(2), aliveExactly(2, 21, 7));
        host.write(ev("unpause", 2, 31, "podId", POD));

        assertThat(stories(host))
                .containsExactly(
                        "RECONCILED POD_CHANGED c1 20.0",
                        "RECONCILED STARTED c1 20.0",
                        "LIVE DIED c1 30.0",
                        "RECONCILED POD_CHANGED c2 21.0",
                        "RECONCILED STARTED c2 21.0",
                        "RECONCILED PAUSED c2 21.0",
                        "LIVE UNPAUSED c2 31.0");
        assertThat(host.changes.get(0).pod()).isEqualTo(new PodRef(POD, "crew"));
        assertThat(host.changes.get(3).pod()).isEqualTo(new PodRef(POD, "crew"));
        assertThat(host.changes.stream()
                        .map(change -> change.occurrence().eventId())
                        .distinct())
                .hasSize(7);
    }

    /** An earlier process may have stopped before the second list that believes what the first one shows. */
    @Test
    void afterARestartOnlyTwoIntervalsBackAreInDoubt() {
        ExactHost host = watching(ContainerFilter.all());
        host.pass(272);
        host.write(ev("start", 2, 300));
        host.write(ev("died", 2, 301));
        host.log.add(ev("died", 1, 320));
        host.restartAt(330);
        host.pass(5);

        assertThat(stories(host).subList(2, 4)).containsExactly("RECONCILED STARTED c1 320.0", "REPLAY DIED c1 320.0");
        assertThat(host.windows()).containsExactly("179.5 to 320.0");
    }

    /** What is inferred has no time of its own: it is not dated before what was reported of the same container. */
    @Test
    void inferredStartIsNotDatedBeforeTheEndOfTheLifeBefore() {
        ExactHost host = watching(ContainerFilter.all());
        host.write(ev("start", 1, 29));
        host.write(ev("died", 1, 30));
        host.inspected.put(id(1), ended(1, 30.5, 32, 3));
        host.write(ev("died", 1, 32));
        host.write(ev("died", 1, 34));

        assertThat(stories(host))
                .containsExactly(
                        "LIVE STARTED c1 29.0", "LIVE DIED c1 30.0", "RECONCILED STARTED c1 30.5", "LIVE DIED c1 32.0");
    }

    private static ObservedContainer ended(int number, double from, double to, int exitCode) {
        return new ObservedContainer(described(number), null, new RunState.Ended(at(from), at(to), exitCode));
    }

    private static List<String> stories(ExactHost host) {
        return host.changes.stream()
                .map(change -> change.occurrence().origin() + " " + change.kind() + " "
                        + change.container().name() + " " + ExactHost.seconds(change.timeNs()))
                .toList();
    }

    private static ExactHost watching(ContainerFilter filter) {
        ExactHost host = new ExactHost(options(filter), null);
        host.pass(28);
        host.outputs.clear();
        return host;
    }

    private static Options options(ContainerFilter filter) {
        return QuietOptions.of(true, Options.OnGap.RECONCILE, Set.of(), filter);
    }
}
