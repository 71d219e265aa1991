package io.github.sealwatcher.watch;

import static io.github.sealwatcher.watch.ExactHost.S;
import static io.github.sealwatcher.watch.ExactHost.alive;
import static io.github.sealwatcher.watch.ExactHost.aliveExactly;
import static io.github.sealwatcher.watch.ExactHost.at;
import static io.github.sealwatcher.watch.ExactHost.ended;
import static io.github.sealwatcher.watch.ExactHost.ev;
import static io.github.sealwatcher.watch.ExactHost.id;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.sealwatcher.model.ContainerChange;
import io.github.sealwatcher.model.ContainerFilter;
import io.github.sealwatcher.model.DetailSource;
import io.github.sealwatcher.model.EngineEvent;
import io.github.sealwatcher.model.Life;
import io.github.sealwatcher.model.ObservedContainer;
import io.github.sealwatcher.model.Origin;
import io.github.sealwatcher.model.PodRef;
import io.github.sealwatcher.model.RunState;
import io.github.sealwatcher.model.Status;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What is reported of one container, event by event, by a host that answers everything at once. */
class EventStoryTest {

    private static final String POD = "0123456789ab" + "c".repeat(52);

    @Test
    void deathHasItsExitCode() {
        ExactHost host = watching(Set.of(), ContainerFilter.all());
        host.write(ev("start", 1, 30));
        host.write(ev("died", 1, 31, "containerExitCode", "137"));

        assertThat(stories(host)).containsExactly("STARTED c1", "DIED c1 137");
    }

    @Test
    void containerThatIsGoneIsDescribedByItsEvent() {
        ExactHost host = watching(Set.of(), ContainerFilter.all());
        host.write(ev("start", 1, 30, "podId", POD, "name", "0123456789ab-infra", "team", "blue"));

        ContainerChange started = last(host);
        assertThat(started.container().detailSource()).isEqualTo(DetailSource.EVENT);
        assertThat(started.container().infra()).isTrue();
        assertThat(started.container().labels()).containsExactly(Map.entry("team", "blue"));
        assertThat(started.pod()).isEqualTo(new PodRef(POD, null));
    }

    @Test
    void containerThatWasListedIsRememberedLater() {
        ExactHost host = new ExactHost(ExactHost.options(), null);
        host.real.put(id(1), alive(1, -50, 100));
        host.begin();
        host.pass(20);
        host.real.clear();
        host.write(ev("died", 1, 30));

        ContainerChange died = last(host);
        assertThat(died.container().detailSource()).isEqualTo(DetailSource.REMEMBERED);
        assertThat(died.container().labels()).containsExactly(Map.entry("true", "label"));
    }

    @Test
    void containerThatExistsIsDescribedByWhatIsAskedForIt() {
        ExactHost host = watching(Set.of(), ContainerFilter.all());
        host.real.put(id(1), aliveExactly(1, 30, 100));
        host.write(ev("start", 1, 30.1));

        assertThat(last(host).container().detailSource()).isEqualTo(DetailSource.INSPECT);
        assertThat(last(host).container().labels()).containsExactly(Map.entry("true", "label"));
        assertThat(last(host).alive().life().pid()).isEqualTo(100);
    }

    @Test
    void secondStartTellsOfTheDeathThatIsMissing() {
        ExactHost host = watching(Set.of(), ContainerFilter.all());
        host.write(ev("start", 1, 30));
        host.write(ev("start", 1, 40));

        assertThat(stories(host)).containsExactly("STARTED c1", "DIED inferred c1 null", "STARTED c1");
        assertThat(host.gaps()).isEqualTo(1);
        assertThat(host.changes.get(1).timeNs()).isBetween(at(30), at(40));
    }

    @Test
    void pauseThatWasLostIsToldOfBeforeTheNext() {
        ExactHost host = watching(Set.of(), ContainerFilter.all());
        host.write(ev("start", 1, 30));
        host.write(ev("pause", 1, 31));
        host.write(ev("pause", 1, 40));
        host.write(ev("unpause", 1, 41));
        host.write(ev("unpause", 1, 50));

        assertThat(stories(host))
                .containsExactly(
                        "STARTED c1",
                        "PAUSED c1",
                        "UNPAUSED inferred c1",
                        "PAUSED c1",
                        "UNPAUSED c1",
                        "PAUSED inferred c1",
                        "UNPAUSED c1");
        assertThat(host.changes.get(2).timeNs()).isBetween(at(31), at(40));
        assertThat(host.changes.get(2).occurrence().rawAction()).isEqualTo("unpause");
        assertThat(host.changes.get(5).occurrence().rawAction()).isEqualTo("pause");
    }

    @Test
    void filterDecidesAtTheStartOfALifeAndShowsThePodThen() {
        ExactHost host =
                watching(Set.of(), new ContainerFilter(Pattern.compile("^web"), null, List.of(), List.of(), true));
        host.write(ev("create", 1, 29, "podId", POD));
        host.write(ev("start", 1, 30, "podId", POD));
        host.write(ev("rename", 1, 31, "name", "web"));
        host.write(ev("pause", 1, 32, "name", "web", "podId", POD));
        host.write(ev("died", 1, 33, "name", "web"));
        assertThat(stories(host)).isEmpty();
        assertThat(host.state.portfolio().isHidden(id(1))).isTrue();

        host.write(ev("start", 1, 34, "name", "web", "podId", POD));

        assertThat(stories(host)).containsExactly("POD_CHANGED web", "STARTED web");
        assertThat(last(host).pod()).isEqualTo(new PodRef(POD, null));
    }

    @Test
    void filterThatAcceptsALifeShowsItsEndUnderAnyName() {
        ExactHost host =
                watching(Set.of(), new ContainerFilter(Pattern.compile("^c"), null, List.of(), List.of(), true));
        host.write(ev("start", 1, 30));
        host.write(ev("rename", 1, 31, "name", "other"));
        host.write(ev("died", 1, 32, "name", "other"));
        host.write(ev("start", 1, 33, "name", "other"));

        assertThat(stories(host)).containsExactly("STARTED c1", "rename other", "DIED other null");
    }

    @Test
    void removalThatTheStreamBringsWithoutTheDeathIsReadAgainFromTheLog() {
        ExactHost host = watching(Set.of(), ContainerFilter.all());
        host.write(ev("start", 1, 30));
        host.log.add(ev("died", 1, 31, "containerExitCode", "3"));
        host.write(ev("remove", 1, 32));
        host.pass(5);

        assertThat(stories(host)).containsExactly("STARTED c1", "DIED c1 3");
        assertThat(host.gaps()).isZero();
    }

    @Test
    void removalWithoutAnyDeathInTheLogIsAnEndThatWasLost() {
        ExactHost host = watching(Set.of("remove"), ContainerFilter.all());
        host.write(ev("start", 1, 30));
        host.write(ev("remove", 1, 32));
        host.pass(5);

        assertThat(stories(host)).containsExactly("STARTED c1", "DIED inferred c1 null", "remove c1");
        assertThat(host.gaps()).isEqualTo(1);
        assertThat(host.state.portfolio().total()).isZero();
    }

    @Test
    void memberLeavesItsPodOnceThoughItsRemovalIsReadAgain() {
        ExactHost host = watching(Set.of(), ContainerFilter.all());
        host.write(ev("create", 1, 29, "podId", POD));
        host.write(ev("remove", 1, 30));
        host.pass(1);
        host.begin();
        host.pass(5);

        assertThat(stories(host)).containsExactly("POD_CHANGED c1", "POD_CHANGED c1");
        assertThat(((ContainerChange.PodChanged) last(host)).previousPod()).isEqualTo(new PodRef(POD, null));
        assertThat(host.state.portfolio().members()).isEmpty();
    }

    @Test
    void podsNameIsKnownFromItsOwnEvent() {
        ExactHost host = watching(Set.of(), ContainerFilter.all());
        host.write(EngineEvent.of("pod", "create", POD, Map.of("name", "crew"), at(28)));
        host.write(EngineEvent.of("pod", "create", "", Map.of("name", "nobody"), at(28)));
        host.write(EngineEvent.of("pod", "create", "f".repeat(64), Map.of(), at(28)));
        host.write(ev("create", 1, 29, "podId", POD));

        assertThat(last(host).pod()).isEqualTo(new PodRef(POD, "crew"));
        assertThat(host.state.portfolio().podNames()).containsExactly(Map.entry(POD, "crew"));
    }

    @Test
    void checkpointAndRestoreAreReportedUnderTheirOwnNamesToo() {
        ExactHost host = watching(Set.of("checkpoint", "restore"), ContainerFilter.all());
        host.write(ev("start", 1, 30));
        host.real.put(id(1), ended(1, 30, 31));
        host.inspected.put(id(1), ended(1, 30, 31));
        host.write(ev("checkpoint", 1, 31.5));
        host.real.put(id(1), alive(1, 30, 200));
        host.inspected.remove(id(1));
        host.write(ev("restore", 1, 40));

        assertThat(stories(host))
                .containsExactly("STARTED c1", "DIED c1 null", "checkpoint c1", "STARTED c1", "restore c1");
        assertThat(host.gaps()).isZero();
    }

    @Test
    void actionThatIsNotAskedForIsNotReported() {
        ExactHost host = watching(Set.of("exec"), ContainerFilter.all());
        host.write(ev("start", 1, 30));
        host.write(ev("exec", 1, 31));
        host.write(ev("exec_died", 1, 32));

        assertThat(stories(host)).containsExactly("STARTED c1", "exec c1");
        host.begin();
        host.pass(5);
        assertThat(stories(host)).as("after a restart").hasSize(2);
    }

    /** A list is asked for a little before the events that it shows already are written. */
    @Test
    void pauseThatAListHasShownIsNotReportedAgain() {
        ExactHost host = new ExactHost(ExactHost.options(), null);
        host.real.put(
                id(1),
                new ObservedContainer(
                        ExactHost.described(1), null, new RunState.Live(Life.exact(at(-50), 7), Status.PAUSED)));
        host.begin();
        host.write(ev("pause", 1, 2));
        assertThat(stories(host)).containsExactly("STARTED c1", "PAUSED c1");

        host.pass(10);
        host.write(ev("pause", 1, 9));
        assertThat(stories(host)).containsExactly("STARTED c1", "PAUSED c1", "UNPAUSED inferred c1", "PAUSED c1");
    }

    /** A list is asked for a little before the events that it shows are written; so late, Podman writes none. */
    @Test
    void pauseOfShortlyAfterTheListIsTheOneThatItShows() {
        ExactHost host = new ExactHost(ExactHost.options(), null);
        host.real.put(
                id(1),
                new ObservedContainer(
                        ExactHost.described(1), null, new RunState.Live(Life.exact(at(-50), 7), Status.PAUSED)));
        host.stored = null;
        host.begin();
        host.write(ev("pause", 1, 2.4));
        assertThat(stories(host)).containsExactly("STARTED c1", "PAUSED c1");

        host.write(ev("pause", 1, 2.6));
        assertThat(stories(host)).containsExactly("STARTED c1", "PAUSED c1", "UNPAUSED inferred c1", "PAUSED c1");
    }

    @Test
    void excludedMemberThatNeverStartsIsNotReported() {
        ExactHost host =
                watching(Set.of(), new ContainerFilter(Pattern.compile("^web"), null, List.of(), List.of(), true));
        host.write(ev("create", 1, 29, "podId", POD));
        host.write(ev("remove", 1, 30));

        assertThat(stories(host)).isEmpty();
        assertThat(host.state.portfolio().members()).isEmpty();
    }

    /** It ended after that, by itself. */
    @Test
    void checkpointThatLeavesTheProcessesRunningIsNoEnd() {
        ExactHost host = watching(Set.of(), ContainerFilter.all());
        host.write(ev("start", 1, 30));
        host.inspected.put(id(1), ended(1, 30, 32));
        host.write(ev("checkpoint", 1, 31));
        assertThat(stories(host)).containsExactly("STARTED c1");

        host.write(ev("died", 1, 32, "containerExitCode", "3"));
        assertThat(stories(host)).containsExactly("STARTED c1", "DIED c1 3");
    }

    @Test
    void containerThatIsNotAliveIsRememberedUnderItsNewName() {
        ExactHost host = watching(Set.of("exec"), ContainerFilter.all());
        host.real.put(id(1), ended(1, -50, -40));
        host.pass(70);
        host.write(ev("rename", 1, 98, "name", "web"));
        host.write(EngineEvent.of("container", "exec", id(1).value(), Map.of(), at(98.5)));

        assertThat(stories(host)).containsExactly("rename web", "exec web");
    }

    @Test
    void gapEndsTheWatchingWhereItIsToFail() {
        ExactHost host = watching(Set.of(), ContainerFilter.all(), Options.OnGap.FAIL);
        host.write(ev("start", 1, 30));
        host.write(ev("start", 1, 40));

        assertThat(host.gaps()).isEqualTo(1);
        assertThat(host.state.isStopped()).isTrue();
        assertThat(stories(host)).as("nothing behind the gap").containsExactly("STARTED c1");
        assertThat(host.stored.portfolio().alive(id(1)).sinceNs()).isEqualTo(at(30));
    }

    private static ExactHost watching(Set<String> actions, ContainerFilter filter) {
        return watching(actions, filter, Options.OnGap.RECONCILE);
    }

    private static ExactHost watching(Set<String> actions, ContainerFilter filter, Options.OnGap onGap) {
        Options options = new Options(
                10 * S,
                60 * S,
                Options.DEFAULT_SETTLE_NS,
                10 * S,
                30 * S,
                Backoff.forever(),
                Options.SnapshotMode.INITIAL,
                onGap,
                true,
                new Options.Actions(false, actions),
                filter,
                7);
        ExactHost host = new ExactHost(options, null);
        host.pass(28);
        return host;
    }

    private static ContainerChange last(ExactHost host) {
        return host.changes.get(host.changes.size() - 1);
    }

    private static List<String> stories(ExactHost host) {
        return host.changes.stream()
                .map(change -> (change instanceof ContainerChange.Other other
                                ? other.occurrence().rawAction()
                                : change.kind().toString())
                        + (change.occurrence().origin() == Origin.RECONCILED ? " inferred " : " ")
                        + change.container().name()
                        + (change instanceof ContainerChange.Died died ? " " + died.exitCode() : ""))
                .toList();
    }
}
