package io.github.sealwatcher.host;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.sealwatcher.model.Container;
import io.github.sealwatcher.model.ContainerFilter;
import io.github.sealwatcher.model.ContainerId;
import io.github.sealwatcher.model.DetailSource;
import io.github.sealwatcher.model.EngineEvent;
import io.github.sealwatcher.model.Life;
import io.github.sealwatcher.model.LiveContainer;
import io.github.sealwatcher.model.ObservedContainer;
import io.github.sealwatcher.model.RunState;
import io.github.sealwatcher.model.Status;
import io.github.sealwatcher.watch.Backoff;
import io.github.sealwatcher.watch.Input;
import io.github.sealwatcher.watch.Options;
import io.github.sealwatcher.watch.Watch;
import io.github.sealwatcher.watch.checkpoint.Checkpoint;
import io.github.sealwatcher.watch.checkpoint.DedupWindow;
import io.github.sealwatcher.watch.checkpoint.Portfolio;
import io.github.sealwatcher.watch.state.Now;
import io.github.sealwatcher.watch.state.State;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** When a host has shown more than its part of the heap. */
class MemoryShareTest {

    private static final int MAX = 1 << 20;

    private final MemoryShare memory = new MemoryShare(MAX);

    @Test
    void hostThatIsKnownToHoldMoreThanItsPartIsNoticedByAQuarterOfThatPartAtTheLatest() {
        State full = knowing(MAX + 1);

        assertThat(memory.isExceeded(event(MAX / 8), full)).isFalse();
        assertThat(memory.isExceeded(event(MAX / 8), full)).isTrue();
        assertThat(memory.complaint()).contains("takes more than 1 MiB of memory, a sixth of the Java heap");
    }

    @Test
    void eventsOfAHostThatHoldsLittleAreNeverTooMuch() {
        State small = knowing(MAX / 2);

        for (int i = 0; i < 100; i++) {
            assertThat(memory.isExceeded(event(MAX / 8), small)).isFalse();
        }
    }

    @Test
    void answersToLookUpsCount() {
        State full = knowing(MAX + 1);

        assertThat(memory.isExceeded(
                        new Input.ContainerFound(1, 1, container(MAX / 2).id(), null), full))
                .isFalse();
        assertThat(memory.isExceeded(
                        new Input.ContainerFound(
                                1,
                                1,
                                container(MAX / 2).id(),
                                new ObservedContainer(
                                        container(MAX / 2), null, new RunState.Live(Life.exact(1, 7), Status.RUNNING))),
                        full))
                .isTrue();
    }

    @Test
    void smallEventsCountForTheContainersThatTheyAreOf() {
        State full = knowing(MAX + 1);
        int events = 1;
        while (!memory.isExceeded(new Input.EventReplayed(1, small()), full)) {
            events++;
        }

        assertThat(events).isEqualTo(MAX / 4 / 512);
    }

    private static State knowing(int bytes) {
        LiveContainer alive = new LiveContainer(container(bytes), Life.exact(1, 7), Status.RUNNING, 1, null);
        Checkpoint known = new Checkpoint(
                1, null, null, null, DedupWindow.from(1), Portfolio.empty().plus(alive), Checkpoint.Snapshot.DONE);
        Options options = new Options(
                1,
                1,
                1,
                1,
                1,
                Backoff.forever(),
                Options.SnapshotMode.INITIAL,
                Options.OnGap.RECONCILE,
                true,
                Options.Actions.none(),
                ContainerFilter.all(),
                7);
        return new Watch(options).begin(known, new Now(2, 2));
    }

    private static Container container(int bytes) {
        return new Container(
                new ContainerId("a"),
                "name",
                null,
                null,
                Map.of("label", "x".repeat(bytes)),
                null,
                null,
                Map.of(),
                DetailSource.EVENT);
    }

    private static Input event(int bytes) {
        return new Input.EventReceived(
                1, EngineEvent.of("container", "start", "a", Map.of("label", "x".repeat(bytes)), 1));
    }

    private static EngineEvent small() {
        return EngineEvent.of("container", "start", "a", Map.of(), 1);
    }
}
