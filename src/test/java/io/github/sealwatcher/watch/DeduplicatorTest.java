package io.github.sealwatcher.watch;

import static io.github.sealwatcher.watch.ExactHost.S;
import static io.github.sealwatcher.watch.ExactHost.at;
import static io.github.sealwatcher.watch.ExactHost.cut;
import static io.github.sealwatcher.watch.ExactHost.described;
import static io.github.sealwatcher.watch.ExactHost.ev;
import static io.github.sealwatcher.watch.ExactHost.id;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.sealwatcher.model.EngineEvent;
import io.github.sealwatcher.model.Life;
import io.github.sealwatcher.model.LiveContainer;
import io.github.sealwatcher.model.Status;
import io.github.sealwatcher.watch.checkpoint.Portfolio;
import io.github.sealwatcher.watch.state.Connection;
import io.github.sealwatcher.watch.state.QueueItem;
import io.github.sealwatcher.watch.state.ResyncPhase;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Which events are new, and what becomes of those that the stream brought during a replay. */
class DeduplicatorTest {

    private static final long HALF_OVERLAP = 5 * S;

    private final StepContextBuilder builder = new StepContextBuilder();

    @Test
    void whatWasHeldIsQueuedInItsOrder() {
        hold(ev("start", 1, 90), ev("start", 2, 91));
        StepContext context = released();

        assertThat(queued(context)).containsExactly(ev("start", 1, 90), ev("start", 2, 91));
        assertThat(context.queue.held()).isEmpty();
        assertThat(context.resyncRequested).isFalse();
    }

    /** What the stream skipped at the second cut is in the log, which must be read before what follows. */
    @Test
    void secondCutDuringAReplayHoldsWhatFollows() {
        hold(ev("start", 1, 90), cut("end", 91), ev("start", 2, 92));
        StepContext context = released();

        assertThat(queued(context)).containsExactly(ev("start", 1, 90), cut("end", 91));
        assertThat(context.queue.held()).containsExactly(ev("start", 2, 92));
        assertThat(context.resyncRequested).isTrue();
    }

    @Test
    void cutThatIsKnownHoldsNothing() {
        builder.checkpoint = builder.checkpoint.withApplied(cut("end", 91), true, true, Long.MAX_VALUE);
        hold(cut("end", 91), ev("start", 2, 92));
        StepContext context = released();

        assertThat(queued(context)).containsExactly(ev("start", 2, 92));
        assertThat(context.resyncRequested).isFalse();
    }

    @Test
    void eventThatIsOlderThanALaterLifeWhichTheReplayReturnedIsOutdated() {
        alive(at(95));
        hold(died(at(95) - HALF_OVERLAP - 1));
        assertThat(queued(released())).isEmpty();

        hold(died(at(95) - HALF_OVERLAP));
        assertThat(queued(released())).as("written late").hasSize(1);
    }

    @Test
    void lifeThatIsYetToComeOutdatesNothing() {
        alive(at(100));
        hold(ev("died", 1, 50));
        assertThat(queued(released())).isEmpty();

        alive(at(100) + 1);
        assertThat(queued(released()))
                .as("it is from before the clock was set back")
                .hasSize(1);
    }

    @Test
    void onlyAContainersOwnEventIsOutdatedByItsLife() {
        alive(at(95));
        EngineEvent ofPod = StepContextBuilder.event("pod", "stop", id(1).value(), 50);
        EngineEvent ofNothing = StepContextBuilder.event("container", "died", "", 51);
        hold(ofPod, ofNothing, ev("died", 2, 52));

        assertThat(queued(released())).containsExactly(ofPod, ofNothing, ev("died", 2, 52));
    }

    @Test
    void whatIsOlderThanTheLowWatermarkIsRefused() {
        StepContext context = builder.build();

        assertThat(Deduplicator.enqueue(context, ev("start", 1, -1), false)).isFalse();
        assertThat(Deduplicator.enqueue(context, ev("start", 1, 1), false)).isTrue();
        assertThat(Deduplicator.enqueue(context, ev("start", 1, 1), false))
                .as("it waits already")
                .isFalse();
        assertThat(queued(context)).containsExactly(ev("start", 1, 1));
    }

    /** Without its past a stream brings nothing but what is written, whatever its stamp; a replay does not. */
    @Test
    void streamWithoutItsPastBringsNothingThatIsTooOld() {
        builder.connection =
                StepContextBuilder.connected(new ResyncPhase.Idle(Long.MAX_VALUE), Connection.Stream.NEW_ONLY);
        StepContext context = builder.build();

        Deduplicator.enqueueReplayed(context, ev("start", 1, -1));
        assertThat(queued(context)).isEmpty();
        assertThat(Deduplicator.enqueue(context, ev("start", 1, -1), true)).isFalse();
        assertThat(Deduplicator.enqueue(context, ev("start", 1, -1), false)).isTrue();
    }

    @Test
    void lastEventOfAStepIsAppliedAtOnceIfItIsNew() {
        StepContext replay = builder.build();
        Deduplicator.enqueueLast(replay, ev("exec", 1, -1), true);
        assertThat(replay.next).isNull();
        Deduplicator.enqueueLast(replay, ev("exec", 1, 1), true);
        assertThat(replay.next).isNotNull();

        builder.connection =
                StepContextBuilder.connected(new ResyncPhase.Idle(Long.MAX_VALUE), Connection.Stream.NEW_ONLY);
        StepContext context = builder.build();
        Deduplicator.enqueueLast(context, ev("exec", 1, -1), true);
        assertThat(context.next).isNull();
        Deduplicator.enqueueLast(context, ev("exec", 1, -1), false);
        assertThat(context.next).isNotNull();
    }

    @Test
    void eventThatWaitsForAPodsNameIsNotAppliedBeforeIt() {
        alive(at(90));
        StepContext context = builder.build();

        Deduplicator.enqueueLast(context, ev("pause", 1, 99, "podId", "p".repeat(64)), false);

        assertThat(context.next).isNull();
        assertThat(context.queue.queued()).hasSize(1);
        assertThat(context.queue.ready()).isNull();
        assertThat(context.end().outputs()).hasSize(1).hasOnlyElementsOfType(Output.LookupPod.class);
    }

    private void alive(long sinceNs) {
        builder.checkpoint = builder.checkpoint.with(Portfolio.empty()
                .plus(new LiveContainer(described(1), Life.exact(sinceNs, 7), Status.RUNNING, sinceNs, null)));
    }

    private void hold(EngineEvent... events) {
        builder.queue = builder.queue.released();
        for (EngineEvent event : events) {
            builder.queue = builder.queue.holding(event);
        }
    }

    private StepContext released() {
        StepContext context = builder.build();
        Deduplicator.releaseHeld(context);
        return context;
    }

    private static List<EngineEvent> queued(StepContext context) {
        List<EngineEvent> events = new ArrayList<>();
        for (QueueItem item : context.queue.queued()) {
            events.add(((QueueItem.Event) item).event());
        }
        return events;
    }

    private static EngineEvent died(long timeNs) {
        return EngineEvent.of("container", "died", id(1).value(), Map.of(), timeNs);
    }
}
