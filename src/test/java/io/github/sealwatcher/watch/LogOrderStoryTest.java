package io.github.sealwatcher.watch;

import static io.github.sealwatcher.watch.ExactHost.S;
import static io.github.sealwatcher.watch.ExactHost.aliveExactly;
import static io.github.sealwatcher.watch.ExactHost.at;
import static io.github.sealwatcher.watch.ExactHost.cut;
import static io.github.sealwatcher.watch.ExactHost.described;
import static io.github.sealwatcher.watch.ExactHost.ev;
import static io.github.sealwatcher.watch.ExactHost.id;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.sealwatcher.model.ContainerChange;
import io.github.sealwatcher.model.ContainerFilter;
import io.github.sealwatcher.model.ContainerId;
import io.github.sealwatcher.model.EngineEvent;
import io.github.sealwatcher.model.HostChange;
import io.github.sealwatcher.model.ObservedContainer;
import io.github.sealwatcher.model.PodRef;
import io.github.sealwatcher.model.RunState;
import io.github.sealwatcher.watch.checkpoint.Checkpoint;
import io.github.sealwatcher.watch.checkpoint.DedupWindow;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What the first replay of a process takes from the log, which it reads in its own order and not by the time stamps. */
class LogOrderStoryTest {

    private static final String POD = "0123456789ab" + "c".repeat(52);

    @Test
    void whatTheStreamSkippedIsReportedAfterARestart() {
        ExactHost host = watching(Set.of(), ContainerFilter.all());
        host.real.put(id(1), aliveExactly(1, 18, 1));
        host.write(ev("start", 1, 18));
        host.real.put(id(3), created(3));
        host.write(ev("create", 3, 19, "podId", POD));
        host.log.add(EngineEvent.of("pod", "create", POD, Map.of("name", "crew"), at(20.05)));
        host.log.add(ev("start", 2, 20.1));
        host.log.add(ev("rename", 1, 20.2, "name", "other"));
        host.log.add(ev("remove", 3, 20.3));
        host.log.add(ev("create", 4, 20.4, "podId", POD));
        host.real.put(id(2), aliveExactly(2, 20, 2));
        host.real.remove(id(3));
        host.real.put(id(4), created(4));
        host.real.put(id(5), aliveExactly(5, 21, 5));
        host.write(ev("start", 5, 21));
        host.changes.clear();
        host.restartAt(25);

        assertThat(stories(host)).containsExactly("STARTED c2", "rename other", "POD_CHANGED c3", "POD_CHANGED c4");
        assertThat(host.changes.get(3).pod()).isEqualTo(new PodRef(POD, "crew"));
        assertThat(host.gaps()).isZero();
    }

    /** Nobody asked for it when it was read. */
    @Test
    void actionThatIsOnlyNowAskedForIsNotReportedOfThePast() {
        ExactHost host = watching(Set.of(), ContainerFilter.all());
        host.real.put(id(1), aliveExactly(1, 18, 1));
        host.write(ev("start", 1, 18));
        host.write(ev("exec", 1, 19));
        host.write(ev("exec_died", 1, 19.5));
        host.write(ev("pause", 1, 20));
        host.write(ev("unpause", 1, 20.1));

        ExactHost wider = watching(Set.of("exec", "exec_died"), ContainerFilter.all());
        wider.log.addAll(host.log);
        wider.log.add(ev("exec", 1, 21));
        wider.real.putAll(host.real);
        wider.stored = host.stored;
        wider.restartAt(25);

        assertThat(stories(wider)).containsExactly("exec c1");
        assertThat(wider.changes.get(0).timeNs()).isEqualTo(at(21));
        assertThat(wider.gaps()).isZero();
    }

    @Test
    void endThatStandsBeforeTheLastStartIsOfAnEarlierLife() {
        ExactHost host = watching(Set.of(), ContainerFilter.all());
        host.log.add(ev("died", 1, 19.9));
        host.real.put(id(1), aliveExactly(1, 20, 1));
        host.write(ev("start", 1, 20));
        host.real.put(id(2), aliveExactly(2, 21, 2));
        host.write(ev("start", 2, 21));
        host.changes.clear();
        host.restartAt(25);

        assertThat(stories(host)).isEmpty();
        assertThat(host.state.portfolio().total()).isEqualTo(2);
        assertThat(host.gaps()).isZero();
    }

    /** Podman writes an event a little later than it stamps it. */
    @Test
    void eventOfShortlyBeforeTheTrailIsNotOfItThoughItIsWrittenLater() {
        ExactHost host = new ExactHost(options(Set.of(), ContainerFilter.all()), null);
        host.real.put(id(1), aliveExactly(1, 1.9, 1));
        host.pass(2);
        host.write(ev("start", 1, 2));
        host.log.add(ev("died", 9, -1));
        host.changes.clear();
        host.restartAt(5);

        assertThat(stories(host)).isEmpty();
        assertThat(host.state.checkpoint().positionNs()).isEqualTo(at(2));
        assertThat(host.gaps()).isZero();
    }

    /** Its offset was deleted: the rows of what ended before, and of what is not reported any more, are to go. */
    @Test
    void rowsThatAnEarlierTrailLeftAreRemoved() {
        ExactHost host =
                watching(Set.of(), new ContainerFilter(null, Pattern.compile("^c8$"), List.of(), List.of(), true));
        host.log.add(ev("start", 1, -31));
        host.log.add(ev("start", 2, -30));
        host.log.add(EngineEvent.of("image", "pull", id(16).value(), Map.of(), at(-29)));
        host.log.add(ev("died", 1, -20));
        host.log.add(ev("died", 3, -10));
        host.log.add(EngineEvent.of("volume", "prune", id(17).value(), Map.of(), at(-9)));
        host.log.add(ev("start", 4, -8));
        host.log.add(ev("died", 4, -7));
        host.log.add(ev("create", 5, -6));
        host.log.add(ev("remove", 5, -5));
        host.log.add(ev("start", 8, -25));
        host.real.put(id(2), aliveExactly(2, -30, 2));
        host.real.put(id(7), new ObservedContainer(described(7), null, new RunState.NeverStarted()));
        host.real.put(id(8), aliveExactly(8, -25, 8));
        host.stored = Checkpoint.startingAt(at(-15));
        host.outputs.clear();
        host.restartAt(20);
        host.pass(5);

        List<Set<ContainerId>> absent = host.outputs.stream()
                .filter(Output.Emit.class::isInstance)
                .map(output -> ((Output.Emit) output).emission())
                .filter(emission -> !emission.absent().isEmpty())
                .peek(emission -> assertThat(emission.engine()).isNotNull())
                .map(Emission::absent)
                .toList();
        assertThat(absent).containsExactly(Set.of(id(1), id(3), id(4), id(5), id(8)), Set.of(id(7), id(8)));
        assertThat(stories(host)).containsExactly("STARTED c3", "DIED c3", "STARTED c4", "DIED c4", "STARTED c2");
    }

    @Test
    void cutThatTheLogShowsIsReportedAfterWhatItKept() {
        ExactHost host = watching(Set.of(), ContainerFilter.all());
        host.write(ev("start", 1, 18));
        host.log.add(0, cut("begin", 22));
        host.log.add(cut("end", 22.1));
        host.log.add(ev("died", 1, 23));
        host.host.clear();
        host.restartAt(25);
        host.pass(5);

        assertThat(host.host)
                .filteredOn(change -> change.type() == HostChange.Type.LOG_ROTATED)
                .extracting(HostChange::timeNs)
                .containsExactly(at(22), at(22.1));
        assertThat(host.gaps()).isZero();
        assertThat(stories(host)).containsExactly("STARTED c1", "DIED c1");
    }

    /** More than the events that can be told from repetitions. */
    @Test
    void longLogFromBeforeTheTrailIsReadToItsEnd() {
        ExactHost host = watching(Set.of(), ContainerFilter.all());
        fill(host, -20_000);
        host.log.add(ev("start", 1, -500));
        host.log.add(ev("died", 1, -499));
        host.stored = Checkpoint.startingAt(at(-1000));
        host.restartAt(20);

        assertThat(stories(host)).containsExactly("STARTED c1", "DIED c1");
        assertThat(host.gaps()).isZero();
    }

    @Test
    void longLogOfTheTrailIsReadToItsEnd() {
        ExactHost host = watching(Set.of(), ContainerFilter.all());
        host.log.add(ev("died", 8, -20_001));
        host.log.add(ev("start", 2, -19_999));
        fill(host, -19_500);
        host.log.add(ev("start", 1, -500));
        host.log.add(ev("died", 1, -499));
        host.log.add(ev("died", 2, -498));
        host.stored = Checkpoint.startingAt(at(-20_000));
        host.restartAt(20);

        assertThat(stories(host)).containsExactly("STARTED c2", "STARTED c1", "DIED c1", "DIED c2");
        assertThat(host.gaps()).isZero();
    }

    @Test
    void longLogBeforeTheNewestEventKnownLosesNothing() {
        ExactHost host = watching(Set.of(), ContainerFilter.all());
        fill(host, -19_500);
        host.write(ev("start", 1, 18));
        host.log.add(ev("died", 1, 21));
        host.restartAt(25);

        assertThat(stories(host)).containsExactly("STARTED c1", "DIED c1");
        assertThat(host.gaps()).isZero();
    }

    @Test
    void longLogBehindTheNewestEventKnownLosesNothing() {
        ExactHost host = watching(Set.of(), ContainerFilter.all());
        host.write(ev("start", 1, 18));
        fill(host, 20);
        host.log.add(ev("died", 1, 19_000));
        host.restartAt(20_000);

        assertThat(stories(host)).containsExactly("STARTED c1", "DIED c1");
        assertThat(host.gaps()).isZero();
    }

    /** The clock may have been set back by a summer time's change and a day while nobody watched. */
    @Test
    void firstReplayLooksBackByADayAndAnHour() {
        ExactHost host = watching(Set.of(), ContainerFilter.all());
        host.write(ev("start", 1, 18));
        host.outputs.clear();
        host.restartAt(25);
        host.pass(65);

        assertThat(host.outputs)
                .filteredOn(Output.Replay.class::isInstance)
                .extracting(output -> ((Output.Replay) output).sinceNs() - at(18))
                .hasSizeGreaterThan(1)
                .startsWith(-25 * 3600 * S - 10 * S - 1);
    }

    /** Of as many short events as can be told from repetitions, and some more; one a second. */
    private static void fill(ExactHost host, double from) {
        for (int i = 0; i < DedupWindow.MAX_EVENTS + 100; i++) {
            host.log.add(ev("exec", 9, from + i));
        }
    }

    private static ObservedContainer created(int number) {
        return new ObservedContainer(described(number), new PodRef(POD, null), new RunState.NeverStarted());
    }

    private static List<String> stories(ExactHost host) {
        return host.changes.stream()
                .map(change -> (change instanceof ContainerChange.Other other
                                ? other.occurrence().rawAction()
                                : change.kind().toString())
                        + " " + change.container().name())
                .toList();
    }

    private static ExactHost watching(Set<String> actions, ContainerFilter filter) {
        ExactHost host = new ExactHost(options(actions, filter), null);
        host.pass(20);
        return host;
    }

    private static Options options(Set<String> actions, ContainerFilter filter) {
        return QuietOptions.of(false, Options.OnGap.RECONCILE, actions, filter);
    }
}
