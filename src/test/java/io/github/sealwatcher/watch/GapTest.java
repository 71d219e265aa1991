package io.github.sealwatcher.watch;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.sealwatcher.model.Container;
import io.github.sealwatcher.model.ContainerChange;
import io.github.sealwatcher.model.ContainerFilter;
import io.github.sealwatcher.model.ContainerId;
import io.github.sealwatcher.model.EngineEvent;
import io.github.sealwatcher.model.EngineIdentity;
import io.github.sealwatcher.model.HostChange;
import io.github.sealwatcher.model.Life;
import io.github.sealwatcher.model.LiveContainer;
import io.github.sealwatcher.model.ObservedContainer;
import io.github.sealwatcher.model.RunState;
import io.github.sealwatcher.model.Status;
import io.github.sealwatcher.watch.checkpoint.Checkpoint;
import io.github.sealwatcher.watch.state.Now;
import io.github.sealwatcher.watch.state.State;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Which losses a gap that was said explains, while the round that is to find out what was lost isn't at its end. */
class GapTest {

    private static final long SECOND_NS = 1_000_000_000L;
    private static final long BEGIN_NS = 1_795_000_000L * SECOND_NS;
    private static final EngineEvent NEWEST = died(1, 100);

    private final Watch watch = new Watch(new Options(
            10 * SECOND_NS,
            60 * SECOND_NS,
            Options.DEFAULT_SETTLE_NS,
            3600 * SECOND_NS,
            0,
            Backoff.forever(),
            Options.SnapshotMode.INITIAL,
            Options.OnGap.RECONCILE,
            false,
            Options.Actions.none(),
            ContainerFilter.all(),
            7));
    private final List<HostChange.Window> gaps = new ArrayList<>();
    private final List<ContainerChange> reported = new ArrayList<>();
    /** It stays where it is: so this is the same host. */
    private final LiveContainer staying =
            new LiveContainer(Container.unknown(id(8)), Life.exact(at(50), 8), Status.RUNNING, at(50), null);

    private State state = watch.begin(begun(), now(200));

    @Test
    void gapExplainsOnlyLivesThatBeganBeforeItsReport() {
        comeBackAfterAGap();
        assertThat(gaps).containsExactly(window(98.5, 151.5));

        input(new Input.EventReceived(1, died(4, 199)), 210);
        assertThat(gaps).as("a start within the gap").hasSize(1);

        input(new Input.EventReceived(1, died(5, 230)), 231);
        assertThat(gaps)
                .as("the stream skipped a start, or that gap did")
                .containsExactly(window(98.5, 151.5), window(98.5, 230));

        input(new Input.EventReceived(1, died(6, 230.5)), 231);
        assertThat(gaps).as("lost together with that one").hasSize(2);
    }

    @Test
    void gapExplainsTheSameAfterARestart() {
        comeBackAfterAGap();
        state = watch.begin(state.checkpoint(), now(210));
        input(new Input.Tick(), 210);
        input(new Input.Connected(1, new EngineIdentity("5.4.2", null, "unix:///x", null), null), 210);
        input(new Input.Listed(1, null, List.of(stays())), 211);
        input(new Input.EventReplayed(1, died(3, 150)), 211);
        input(new Input.EventReplayed(1, died(4, 199)), 211);
        input(new Input.ReplayEnded(1), 211);
        assertThat(gaps).as("a start within the gap").containsExactly(window(98.5, 151.5));
    }

    @Test
    void unpauseImpliesTheLostPause() {
        var alive = new LiveContainer(Container.unknown(id(7)), Life.fromEvent(at(90)), Status.RUNNING, at(90), null);
        Checkpoint known = state.checkpoint();
        state = watch.begin(known.with(known.portfolio().plus(alive)), now(200));
        var shown =
                new ObservedContainer(Container.unknown(id(7)), null, new RunState.Live(alive.life(), Status.RUNNING));
        input(new Input.Tick(), 200);
        input(new Input.Connected(1, new EngineIdentity("5.4.2", null, "unix:///x", null), null), 200);
        input(new Input.Listed(1, null, List.of(shown, stays())), 200);
        input(new Input.EventReplayed(1, NEWEST), 200);
        input(new Input.ReplayEnded(1), 200);

        input(new Input.EventReceived(1, event("unpause", 7, 210)), 210);
        assertThat(gaps).containsExactly(window(88.5, 210));
        assertThat(reported)
                .extracting(change -> change.occurrence().origin() + " " + change.kind())
                .containsExactly("RECONCILED PAUSED", "LIVE UNPAUSED");
    }

    /** History begins anew at 150, a container is found alive that nobody told of, and what becomes of it isn't settled. */
    private void comeBackAfterAGap() {
        input(new Input.Tick(), 200);
        input(new Input.Connected(1, new EngineIdentity("5.4.2", null, "unix:///x", null), null), 200);
        input(new Input.Tick(), 200);
        var found = new ObservedContainer(
                Container.unknown(id(2)), null, new RunState.Live(Life.exact(at(120), 1), Status.RUNNING));
        input(new Input.Listed(1, null, List.of(found, stays())), 201);
        input(new Input.EventReplayed(1, died(3, 150)), 201);
        input(new Input.ReplayEnded(1), 201);
    }

    private Checkpoint begun() {
        Checkpoint begun = Checkpoint.startingAt(BEGIN_NS).with(Checkpoint.Snapshot.DONE);
        return begun.with(begun.portfolio().plus(staying)).withApplied(NEWEST, true, true, Long.MAX_VALUE);
    }

    private ObservedContainer stays() {
        return new ObservedContainer(Container.unknown(id(8)), null, new RunState.Live(staying.life(), Status.RUNNING));
    }

    private void input(Input input, double seconds) {
        Step step = watch.step(state, input, now(seconds));
        state = step.state();
        for (Output output : step.outputs()) {
            if (output instanceof Output.Emit emit) {
                reported.addAll(emit.emission().changes());
                emit.emission().hostChanges().stream()
                        .filter(change -> change.type() == HostChange.Type.HISTORY_GAP)
                        .forEach(change -> gaps.add(change.gap()));
            } else if (output instanceof Output.Lookup asked) {
                // It is gone by then.
                input(new Input.ContainerFound(asked.epoch(), asked.ticket(), asked.id(), null), seconds);
            }
        }
    }

    private static EngineEvent died(int number, double seconds) {
        return event("died", number, seconds);
    }

    private static EngineEvent event(String action, int number, double seconds) {
        return EngineEvent.of("container", action, id(number).value(), Map.of("name", "c" + number), at(seconds));
    }

    private static ContainerId id(int number) {
        return new ContainerId(String.format("%064x", number));
    }

    private static HostChange.Window window(double from, double to) {
        return new HostChange.Window(at(from), at(to));
    }

    private static Now now(double seconds) {
        return new Now(at(seconds), at(seconds));
    }

    private static long at(double seconds) {
        return BEGIN_NS + Math.round(seconds * SECOND_NS);
    }
}
