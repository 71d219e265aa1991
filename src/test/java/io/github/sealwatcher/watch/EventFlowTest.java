package io.github.sealwatcher.watch;

import static io.github.sealwatcher.watch.ExactHost.S;
import static io.github.sealwatcher.watch.ExactHost.alive;
import static io.github.sealwatcher.watch.ExactHost.at;
import static io.github.sealwatcher.watch.ExactHost.cut;
import static io.github.sealwatcher.watch.ExactHost.described;
import static io.github.sealwatcher.watch.ExactHost.ev;
import static io.github.sealwatcher.watch.ExactHost.id;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.sealwatcher.model.ContainerChange;
import io.github.sealwatcher.model.DetailSource;
import io.github.sealwatcher.model.EngineEvent;
import io.github.sealwatcher.model.HostChange;
import io.github.sealwatcher.model.Life;
import io.github.sealwatcher.model.LiveContainer;
import io.github.sealwatcher.model.PodRef;
import io.github.sealwatcher.model.Status;
import io.github.sealwatcher.watch.checkpoint.Checkpoint;
import io.github.sealwatcher.watch.checkpoint.EventRef;
import io.github.sealwatcher.watch.checkpoint.Portfolio;
import io.github.sealwatcher.watch.state.Connection;
import io.github.sealwatcher.watch.state.EventQueue;
import io.github.sealwatcher.watch.state.QueueItem;
import io.github.sealwatcher.watch.state.ResyncPhase;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What an event does on its way from the engine to what is reported, besides what it says of its container. */
class EventFlowTest {

    private static final String POD = "0123456789ab" + "c".repeat(52);
    private static final long HALF_OVERLAP = 5 * S;

    private final StepContextBuilder builder = new StepContextBuilder();

    @Test
    void cutOfTheLogIsReportedAndExcusesItsOlderHalf() {
        EngineEvent newest = ev("died", 1, 90);
        builder.checkpoint = builder.checkpoint
                .withApplied(newest, true, true, Long.MAX_VALUE)
                .withExpected(EventRef.of(newest), EventRef.of(ev("died", 2, 80)));
        StepContext context = applied(cut("end", 95));

        assertThat(hostChanges(context)).containsExactly(HostChange.of(HostChange.Type.LOG_ROTATED, at(95), null));
        assertThat(context.checkpoint.lastReplayed()).isEqualTo(EventRef.of(newest));
    }

    @Test
    void rebootLeavesNoStartToComeOfWhatBeganBefore() {
        knownAlive();
        StepContext context = applied(StepContextBuilder.event("system", "refresh", "", 95));

        assertThat(hostChanges(context)).isEmpty();
        assertThat(context.checkpoint.portfolio().alive(id(1)).life().announced())
                .isTrue();
        assertThat(applied(StepContextBuilder.event("system", "renumber", "", 95))
                        .checkpoint
                        .portfolio()
                        .alive(id(1))
                        .life()
                        .announced())
                .isFalse();
    }

    @Test
    void wordsOfTheSystemMeanNothingOfAnImage() {
        knownAlive();
        EngineEvent newest = ev("died", 1, 90);
        builder.checkpoint = builder.checkpoint.withExpected(EventRef.of(newest), EventRef.of(ev("died", 2, 80)));
        for (String action : List.of("refresh", "log-rotation")) {
            StepContext context = applied(StepContextBuilder.event("image", action, "f".repeat(64), 85));
            assertThat(hostChanges(context)).isEmpty();
            assertThat(context.checkpoint.lastReplayed()).isEqualTo(EventRef.of(ev("died", 2, 80)));
            assertThat(context.checkpoint.portfolio().alive(id(1)).life().announced())
                    .isFalse();
        }
    }

    @Test
    void eventThatWaitsForALookUpIsAppliedWithoutItWhenTheLogIsGivenUp() {
        builder.queue = EventQueue.NONE
                .plus(new QueueItem.Compare())
                .plus(new QueueItem.Event(ev("start", 1, 99), true, 5, QueueItem.NO_TICKET))
                .plus(new QueueItem.Event(ev("start", 2, 99), true, 6, QueueItem.NO_TICKET))
                .answered(6, alive(2, 99, 7));
        StepContext context = builder.build();

        QueueProcessor.applyUnanswered(context, StepContextBuilder.replaying(context.checkpoint, at(98), null));

        assertThat(changes(context))
                .extracting(ContainerChange::kind)
                .containsExactly(ContainerChange.Kind.STARTED, ContainerChange.Kind.STARTED);
        assertThat(changes(context))
                .extracting(change -> change.container().detailSource())
                .containsExactly(DetailSource.EVENT, DetailSource.INSPECT);
    }

    @Test
    void listIsTooOldForAContainerWithAnEventOfHalfAnOverlapBefore() {
        assertThat(outdatedBy("died", at(90) - HALF_OVERLAP).changed()).containsExactly(id(1));
        assertThat(outdatedBy("died", at(90) - HALF_OVERLAP - 1).changed()).isEmpty();
        assertThat(outdatedBy("died", at(100) + HALF_OVERLAP).changed()).containsExactly(id(1));
        assertThat(outdatedBy("died", at(100) + HALF_OVERLAP + 1).changed())
                .as("from before the clock was set back")
                .isEmpty();
        assertThat(outdatedBy("pause", at(95)).changed()).isEmpty();
        assertThat(outdatedBy("pause", at(95)).paused()).containsExactly(id(1));
        assertThat(outdatedBy("exec", at(95))).isEqualTo(ResyncPhase.Outdated.NONE);
    }

    @Test
    void resyncBeginsAtOnceUnlessOneIsUnderWay() {
        assertThat(beginsAtOnce(new ResyncPhase.Idle(Long.MAX_VALUE), false)).isTrue();
        assertThat(beginsAtOnce(new ResyncPhase.Idle(Long.MAX_VALUE), true)).isTrue();
        assertThat(beginsAtOnce(new ResyncPhase.Settling(Long.MAX_VALUE, Set.of()), true))
                .isTrue();
        assertThat(beginsAtOnce(new ResyncPhase.Settling(Long.MAX_VALUE, Set.of()), false))
                .as("what is not believed yet needs its time")
                .isFalse();
        assertThat(beginsAtOnce(new ResyncPhase.Listing(Set.of(), false), true)).isFalse();
        assertThat(beginsAtOnce(new ResyncPhase.Reporting(Set.of()), true)).isFalse();
    }

    /** A crash in between would hide it. */
    @Test
    void lossOfTheNewestEventIsReportedBeforeWhateverIsReportedPastIt() {
        assertThat(gapsBefore(ev("start", 2, 95))).isEqualTo(1);
        assertThat(gapsBefore(ev("remove", 2, 95))).isEqualTo(1);
        assertThat(gapsBefore(ev("rename", 2, 95))).isEqualTo(1);
        assertThat(gapsBefore(ev("kill", 2, 95, "podId", POD))).isEqualTo(1);
        assertThat(gapsBefore(ev("exec", 2, 95))).as("asked for").isEqualTo(1);
        assertThat(gapsBefore(StepContextBuilder.event("system", "refresh", "", 95)))
                .isEqualTo(1);
    }

    @Test
    void lossOfTheNewestEventIsNotReportedBeforeWhatIsNotReportedItself() {
        assertThat(gapsBefore(ev("kill", 2, 95))).isZero();
        assertThat(gapsBefore(StepContextBuilder.event("image", "pull", "f".repeat(64), 95)))
                .isZero();
        assertThat(gapsBefore(ev("start", 2, 80))).as("not past it").isZero();
    }

    /** The stream's event waits for the pod's name, so that its record has it. */
    @Test
    void membershipIsReportedWithThePodsName() {
        SteppedHost host = new SteppedHost(ExactHost.options(), null);
        host.synchronize();
        host.asked();
        host.input(new Input.EventReceived(host.state.epoch(), ev("create", 1, 1001, "podId", POD)));
        assertThat(host.changes).isEmpty();
        for (Output output : List.copyOf(host.asked)) {
            if (output instanceof Output.Lookup question) {
                host.input(new Input.ContainerFound(host.state.epoch(), question.ticket(), question.id(), null));
            }
        }
        assertThat(host.changes).isEmpty();
        for (Output output : List.copyOf(host.asked)) {
            if (output instanceof Output.LookupPod question) {
                host.input(new Input.PodFound(host.state.epoch(), question.ticket(), new PodRef(POD, "crew")));
            }
        }

        assertThat(host.changes).extracting(ContainerChange::pod).containsExactly(new PodRef(POD, "crew"));
    }

    @Test
    void containerThatIsGoneIsDescribedAsItWasWhenItStarted() {
        ExactHost host = new ExactHost(ExactHost.options(), null);
        host.pass(28);
        host.write(ev("start", 1, 30, "team", "blue"));
        host.write(ev("died", 1, 31));

        ContainerChange died = host.changes.get(1);
        assertThat(died.container().labels()).containsExactly(Map.entry("team", "blue"));
        assertThat(died.container().detailSource()).isEqualTo(DetailSource.REMEMBERED);
    }

    @Test
    void eventOfAReplayThatIsOverIsNotLost() {
        SteppedHost host = new SteppedHost(ExactHost.options(), null);
        host.synchronize();
        host.input(new Input.EventReplayed(host.state.epoch(), ev("exec", 1, 1001)));

        assertThat(host.state.checkpoint().positionNs()).isEqualTo(at(1001));
    }

    /** More than can be recognized: the oldest, which the trail has, need not be kept. */
    @Test
    void replayOfAVeryLongLogKeepsWhatCanBeRecognizedOnly() {
        int kept = 16_384;
        EngineEvent newest = ev("died", 1, 950);
        SteppedHost host = new SteppedHost(
                ExactHost.options(),
                Checkpoint.startingAt(at(900))
                        .with(Checkpoint.Snapshot.DONE)
                        .withApplied(newest, true, true, Long.MAX_VALUE));
        host.connect(null);
        host.list();
        for (int i = 0; i < kept + 20; i++) {
            host.input(new Input.EventReplayed(host.state.epoch(), ev("exec", 2, 100 + i / 100.0)));
        }
        long most = kept * ev("exec", 2, 0).attributeBytes();
        assertThat(host.state.shownBytes()).isLessThan(most);

        host.input(new Input.EventReplayed(host.state.epoch(), newest));
        host.input(new Input.EventReplayed(host.state.epoch(), ev("start", 3, 960)));
        assertThat(host.state.shownBytes()).as("all was applied").isLessThan(most / 10);
        host.replayEnds();
        assertThat(host.said).extracting(HostChange::type).doesNotContain(HostChange.Type.HISTORY_GAP);
    }

    private void knownAlive() {
        builder.checkpoint = builder.checkpoint.with(Portfolio.empty()
                .plus(new LiveContainer(described(1), Life.exact(at(10), 7), Status.RUNNING, at(10), null)));
    }

    private StepContext applied(EngineEvent event) {
        StepContext context = builder.build();
        context.next = new QueueItem.Event(event, false, QueueItem.NO_TICKET, QueueItem.NO_TICKET);
        QueueProcessor.drain(context);
        return context;
    }

    private ResyncPhase.Outdated outdatedBy(String action, long timeNs) {
        builder.connection =
                StepContextBuilder.connected(StepContextBuilder.replaying(builder.checkpoint, at(90), null));
        StepContext context = builder.build();
        ResyncRequests.noteChange(context, EngineEvent.of("container", action, id(1).value(), Map.of(), timeNs));
        return ((ResyncPhase.Replaying) ((Connection.Connected) context.connection).resync()).outdated();
    }

    private boolean beginsAtOnce(ResyncPhase phase, boolean holding) {
        builder.connection = StepContextBuilder.connected(phase);
        StepContext context = builder.build();
        ResyncRequests.request(context, holding);
        boolean begun = context.end().outputs().stream().anyMatch(Output.ListAll.class::isInstance);
        assertThat(context.resyncRequested).isNotEqualTo(begun);
        return begun;
    }

    /** How many gaps are said when a replay, which has not returned the newest event, returns this one. */
    private long gapsBefore(EngineEvent event) {
        builder.options = ExactHost.options(Set.of("exec"), Options.SnapshotMode.INITIAL);
        builder.checkpoint = builder.checkpoint.withApplied(ev("died", 1, 90), true, true, Long.MAX_VALUE);
        Connection.Connected connected =
                StepContextBuilder.connected(StepContextBuilder.replaying(builder.checkpoint, at(98), null));
        builder.connection = connected;
        StepContext context = builder.build();
        EventReceiver.replayed(context, connected, event);
        return hostChanges(context).stream()
                .filter(change -> change.type() == HostChange.Type.HISTORY_GAP)
                .count();
    }

    private static List<HostChange> hostChanges(StepContext context) {
        return context.end().outputs().stream()
                .filter(Output.Emit.class::isInstance)
                .flatMap(output -> ((Output.Emit) output).emission().hostChanges().stream())
                .toList();
    }

    private static List<ContainerChange> changes(StepContext context) {
        return context.end().outputs().stream()
                .filter(Output.Emit.class::isInstance)
                .flatMap(output -> ((Output.Emit) output).emission().changes().stream())
                .toList();
    }
}
