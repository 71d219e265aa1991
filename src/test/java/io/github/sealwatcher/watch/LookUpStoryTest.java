package io.github.sealwatcher.watch;

import static io.github.sealwatcher.watch.ExactHost.S;
import static io.github.sealwatcher.watch.ExactHost.at;
import static io.github.sealwatcher.watch.ExactHost.described;
import static io.github.sealwatcher.watch.ExactHost.ev;
import static io.github.sealwatcher.watch.ExactHost.id;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.sealwatcher.model.Container;
import io.github.sealwatcher.model.ContainerChange;
import io.github.sealwatcher.model.ContainerFilter;
import io.github.sealwatcher.model.DetailSource;
import io.github.sealwatcher.model.EngineEvent;
import io.github.sealwatcher.model.Life;
import io.github.sealwatcher.model.ObservedContainer;
import io.github.sealwatcher.model.RunState;
import io.github.sealwatcher.model.Status;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What is asked of the host for an event: what a list has not shown, once, and nothing about what is not reported. */
class LookUpStoryTest {

    private static final String POD = "0123456789ab" + "c".repeat(52);

    @Test
    void startIsInspectedAndItsEndAsksForNothing() {
        ExactHost host = watching(true, Set.of());
        host.real.put(id(1), listed(1, 30, 7));
        host.write(ev("start", 1, 30.1));
        assertThat(asked(host)).containsExactly("c1 inspect");

        host.write(ev("pause", 1, 31));
        host.write(ev("unpause", 1, 32));
        host.write(ev("died", 1, 33));
        assertThat(asked(host)).isEmpty();
    }

    @Test
    void withoutInspectsAStartIsListedOnce() {
        ExactHost host = watching(false, Set.of("exec"));
        host.real.put(id(1), listed(1, 30, 7));
        host.write(ev("start", 1, 30.1));
        assertThat(asked(host)).containsExactly("c1 list");

        host.write(ev("exec", 1, 31));
        host.write(ev("died", 1, 33));
        host.write(ev("start", 1, 34));
        assertThat(asked(host)).as("its labels are known").isEmpty();
    }

    @Test
    void changeOfWhatIsNotKnownToBeAliveIsListedAndInspected() {
        ExactHost host = watching(true, Set.of());
        host.write(ev("died", 1, 30));
        host.write(ev("pause", 2, 31));
        assertThat(asked(host)).containsExactly("c1 list inspect", "c2 list inspect");

        ExactHost lists = watching(false, Set.of());
        lists.write(ev("died", 1, 30));
        assertThat(asked(lists)).containsExactly("c1 list");
    }

    @Test
    void onlyAnInspectShowsWhetherACheckpointEndedTheProcesses() {
        ExactHost host = watching(true, Set.of());
        host.write(ev("start", 1, 30));
        host.outputs.clear();
        host.write(ev("checkpoint", 1, 31));
        host.write(ev("restore", 1, 32));
        assertThat(asked(host)).containsExactly("c1 inspect", "c1 inspect");

        ExactHost lists = watching(false, Set.of());
        lists.real.put(id(1), listed(1, 30, 7));
        lists.write(ev("start", 1, 30));
        lists.outputs.clear();
        lists.write(ev("checkpoint", 1, 31));
        lists.write(ev("restore", 1, 32));
        assertThat(asked(lists)).containsExactly("c1 list", "c1 list");
    }

    @Test
    void furtherActionIsListedOnlyWhereItIsReported() {
        ExactHost host = watching(true, Set.of("exec"));
        host.write(ev("exec", 1, 30));
        assertThat(asked(host)).containsExactly("c1 list");
        host.write(ev("exec_died", 1, 31));
        host.write(ev("create", 2, 32));
        host.write(ev("remove", 2, 33));
        host.write(EngineEvent.of("container", "exec", "", Map.of(), at(34)));
        host.write(EngineEvent.of("image", "exec", "f".repeat(64), Map.of(), at(35)));
        assertThat(asked(host)).isEmpty();
    }

    @Test
    void memberIsListedAndItsPodIsAskedForUntilItHasAName() {
        ExactHost host = watching(true, Set.of());
        host.real.put(id(1), listed(1, 30, 7));
        host.write(ev("create", 1, 29, "podId", POD));
        assertThat(asked(host)).containsExactly("pod", "c1 list");

        host.write(EngineEvent.of("pod", "create", POD, Map.of("name", "crew"), at(29.5)));
        host.write(ev("start", 1, 30, "podId", POD));
        assertThat(asked(host)).containsExactly("c1 inspect");
        host.write(ev("died", 1, 31));
        host.real.clear();
        host.pass(0.5);
        host.write(ev("remove", 1, 32));
        assertThat(asked(host)).as("it is known, and gone").isEmpty();
    }

    @Test
    void eventThatDoesNotNameAPodReliablyAsksForNone() {
        ExactHost host = watching(true, Set.of("exec"));
        host.write(ev("exec", 1, 29, "podId", POD));
        host.write(EngineEvent.of("volume", "create", "v", Map.of("podId", POD), at(30)));

        assertThat(asked(host)).containsExactly("c1 list");
    }

    @Test
    void memberOfWhichNothingElseIsKnownIsListedAtItsRemoval() {
        ExactHost host = watching(true, Set.of());
        host.write(ev("create", 1, 29, "podId", POD));
        host.outputs.clear();
        host.write(ev("remove", 1, 32));

        assertThat(asked(host)).containsExactly("c1 list");
    }

    @Test
    void eventsThatTheListIsYoungerThanAskOnlyForWhatItDoesNotShow() {
        ExactHost host = watching(true, Set.of());
        host.real.put(id(1), listed(1, 80, 7));
        host.real.put(
                id(2),
                new ObservedContainer(
                        described(2), null, new RunState.Live(Life.withinSecond(seconds(81), 8), Status.RUNNING)));
        host.real.put(
                id(3),
                new ObservedContainer(
                        described(3), null, new RunState.Live(Life.withinSecond(seconds(82), 0), Status.RUNNING)));
        host.real.put(id(5), ended(5, 83, 84));
        host.log.add(ev("start", 1, 80.1));
        host.log.add(ev("start", 2, 81.1));
        host.log.add(ev("start", 3, 82.1));
        host.log.add(ev("start", 4, 82.5));
        host.log.add(ev("died", 4, 82.6));
        host.log.add(ev("died", 5, 84.1));
        host.real.put(id(6), listed(6, 85, 9));
        host.log.add(ev("checkpoint", 7, 85.5));
        reconnectAt(host, 95);

        assertThat(asked(host))
                .as("not for what is gone, and not for what is shown; but for flags and a process that no list shows")
                .containsExactly("c1 inspect", "c3 inspect");
        assertThat(host.changes)
                .anyMatch(change -> change.kind() == ContainerChange.Kind.DIED
                        && change.container().id().equals(id(5)));
    }

    /** A list rounds to the second: whether what has ended is the next life, only an inspect shows. */
    @Test
    void secondLifeWithinASecondIsRecognizedByAnInspect() {
        ExactHost host = watching(true, Set.of());
        host.write(ev("start", 1, 30));
        host.write(ev("died", 1, 30.4));
        host.real.put(id(1), ended(1, 30.5, 31));
        host.inspected.put(id(1), new ObservedContainer(described(1), null, new RunState.Ended(at(30.5), at(30.9), 4)));
        host.log.add(ev("died", 1, 30.9, "containerExitCode", "4"));
        reconnectAt(host, 40);

        assertThat(asked(host)).contains("c1 list inspect");
        assertThat(host.count(1, ContainerChange.Kind.STARTED)).isEqualTo(2);
        assertThat(host.count(1, ContainerChange.Kind.DIED)).isEqualTo(2);
    }

    @Test
    void endOfALaterSecondIsNotAskedFor() {
        ExactHost host = watching(true, Set.of());
        host.write(ev("start", 1, 30));
        host.write(ev("died", 1, 30.4));
        host.real.put(id(1), ended(1, 31.2, 32));
        host.log.add(ev("died", 1, 31.9));
        reconnectAt(host, 40);

        assertThat(asked(host)).isEmpty();
        assertThat(host.count(1, ContainerChange.Kind.STARTED)).isEqualTo(2);
        assertThat(host.gaps()).isEqualTo(1);
    }

    private static void reconnectAt(ExactHost host, double seconds) {
        host.outputs.clear();
        host.ours = seconds;
        host.ticks = seconds;
        host.lose(Input.Loss.BROKEN);
        host.pass(1);
    }

    /** What was asked of single containers and pods since the last time. */
    private static List<String> asked(ExactHost host) {
        List<String> asked = host.outputs.stream()
                .filter(output -> output instanceof Output.Lookup || output instanceof Output.LookupPod)
                .map(output -> output instanceof Output.Lookup lookup
                        ? "c" + Integer.parseInt(lookup.id().value(), 16)
                                + (lookup.listed() ? " list" : "")
                                + (lookup.inspected() ? " inspect" : "")
                        : "pod")
                .toList();
        host.outputs.clear();
        return asked;
    }

    /** As a list shows it: to the second, and without what only an inspect shows. */
    private static ObservedContainer listed(int number, double since, int pid) {
        Container container =
                new Container(id(number), "c" + number, "i", "sha", Map.of(), null, false, Map.of(), DetailSource.LIST);
        return new ObservedContainer(
                container, null, new RunState.Live(Life.withinSecond(seconds(since), pid), Status.RUNNING));
    }

    private static ObservedContainer ended(int number, double from, double to) {
        return ExactHost.ended(number, from, to);
    }

    private static long seconds(double since) {
        return Math.floorDiv(at(since), S);
    }

    private static ExactHost watching(boolean inspect, Set<String> actions) {
        ExactHost host = new ExactHost(
                new Options(
                        10 * S,
                        3600 * S,
                        Options.DEFAULT_SETTLE_NS,
                        3600 * S,
                        0,
                        Backoff.forever(),
                        Options.SnapshotMode.INITIAL,
                        Options.OnGap.RECONCILE,
                        inspect,
                        new Options.Actions(false, actions),
                        ContainerFilter.all(),
                        7),
                null);
        host.pass(28);
        host.outputs.clear();
        return host;
    }
}
