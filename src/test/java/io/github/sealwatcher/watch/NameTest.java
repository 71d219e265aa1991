package io.github.sealwatcher.watch;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.sealwatcher.model.Container;
import io.github.sealwatcher.model.ContainerChange;
import io.github.sealwatcher.model.ContainerFilter;
import io.github.sealwatcher.model.ContainerId;
import io.github.sealwatcher.model.EngineEvent;
import io.github.sealwatcher.model.EngineIdentity;
import io.github.sealwatcher.model.Life;
import io.github.sealwatcher.model.ObservedContainer;
import io.github.sealwatcher.model.RunState;
import io.github.sealwatcher.model.Status;
import io.github.sealwatcher.watch.checkpoint.Checkpoint;
import io.github.sealwatcher.watch.state.Now;
import io.github.sealwatcher.watch.state.State;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What a container is called in what is told of it, when answers about it are later than a rename. */
class NameTest {

    private static final long BEGIN_NS = 1_795_000_000_000_000_000L;
    private static final ContainerId ID = new ContainerId(String.format("%064x", 7));
    private static final ObservedContainer RENAMED = new ObservedContainer(
            Container.unknown(ID).renamed("new"), null, new RunState.Live(Life.exact(at(12), 7), Status.RUNNING));

    private final Watch watch = new Watch(new Options(
            at(10) - at(0),
            at(60) - at(0),
            Options.DEFAULT_SETTLE_NS,
            at(3600) - at(0),
            0,
            Backoff.forever(),
            Options.SnapshotMode.INITIAL,
            Options.OnGap.RECONCILE,
            true,
            new Options.Actions(false, Set.of("rename", "exec")),
            ContainerFilter.all(),
            7));
    private final List<String> reported = new ArrayList<>();
    private final List<Output.Lookup> asked = new ArrayList<>();
    private State state = watch.begin(
            Checkpoint.startingAt(at(0))
                    .with(Checkpoint.Snapshot.DONE)
                    .withApplied(event("died", 1, "anchor", 10), true, true, Long.MAX_VALUE),
            now(10));

    @Test
    void eventHasTheNameOfItsTimeDespiteALaterLookup() {
        comeBack(List.of());
        input(new Input.ReplayEnded(1), 11);
        input(new Input.EventReceived(1, event("start", 7, "old", 12)), 12);
        input(new Input.EventReceived(1, event("exec", 7, "old", 13)), 13);
        input(new Input.EventReceived(1, event("rename", 7, "new", 14)), 14);
        input(new Input.EventReceived(1, event("died", 7, "new", 15)), 15);

        assertThat(asked).isNotEmpty();
        for (Output.Lookup question : List.copyOf(asked)) {
            input(new Input.ContainerFound(question.epoch(), question.ticket(), question.id(), RENAMED), 16);
        }

        assertThat(reported).containsExactly("start old", "exec old", "rename new", "died new");
    }

    @Test
    void eventHasTheNameOfItsTimeDespiteALaterList() {
        comeBack(List.of(RENAMED));
        input(new Input.EventReplayed(1, event("start", 7, "old", 10.5)), 11);
        input(new Input.EventReplayed(1, event("rename", 7, "new", 10.8)), 11);
        input(new Input.ReplayEnded(1), 11);
        for (Output.Lookup question : List.copyOf(asked)) {
            input(new Input.ContainerFound(question.epoch(), question.ticket(), question.id(), RENAMED), 11);
        }

        assertThat(reported).containsExactly("start old", "rename new");
        assertThat(state.checkpoint().portfolio().alive(ID).container().name()).isEqualTo("new");
    }

    private void comeBack(List<ObservedContainer> listed) {
        input(new Input.Tick(), 11);
        input(new Input.Connected(1, new EngineIdentity("5.4.2", null, "unix:///x", null), null), 11);
        input(new Input.Listed(1, null, listed), 11);
        input(new Input.EventReplayed(1, event("died", 1, "anchor", 10)), 11);
    }

    private void input(Input input, double seconds) {
        Step step = watch.step(state, input, now(seconds));
        state = step.state();
        for (Output output : step.outputs()) {
            if (output instanceof Output.Emit emit) {
                for (ContainerChange change : emit.emission().changes()) {
                    reported.add(change.occurrence().rawAction() + " "
                            + change.container().name());
                }
            } else if (output instanceof Output.Lookup question) {
                asked.add(question);
            }
        }
    }

    private static EngineEvent event(String action, int number, String name, double seconds) {
        return EngineEvent.of("container", action, String.format("%064x", number), Map.of("name", name), at(seconds));
    }

    private static Now now(double seconds) {
        return new Now(at(seconds), at(seconds));
    }

    private static long at(double seconds) {
        return BEGIN_NS + Math.round(seconds * 1e9);
    }
}
