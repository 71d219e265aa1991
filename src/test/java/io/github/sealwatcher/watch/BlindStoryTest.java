package io.github.sealwatcher.watch;

import static io.github.sealwatcher.watch.ExactHost.at;
import static io.github.sealwatcher.watch.ExactHost.ev;
import static io.github.sealwatcher.watch.ExactHost.id;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.sealwatcher.model.ContainerChange;
import io.github.sealwatcher.model.HostChange;
import io.github.sealwatcher.watch.checkpoint.Checkpoint;
import org.junit.jupiter.api.Test;

/** What is done with a log that fails to be read each time: lists must do, and it is tried again. */
class BlindStoryTest {

    private static final int BY_ENGINE = 4;
    private static final int BY_CUTS = 8;

    private final SteppedHost host = new SteppedHost(
            ExactHost.options(),
            Checkpoint.startingAt(at(900))
                    .with(Checkpoint.Snapshot.DONE)
                    .withApplied(ev("died", 1, 950), true, true, Long.MAX_VALUE));

    @Test
    void errorThatTheEngineReportsNoLongerEndsTheConnectionOnceListsMustDo() {
        fail(Input.Loss.GARBLED, BY_ENGINE);
        host.connect(null);
        host.asked();
        host.said();
        host.list();
        assertThat(host.asked()).as("trying does no harm").containsExactly("Replay");
        host.lose(Input.Loss.GARBLED);

        assertThat(host.asked()).containsExactly("FollowNew");
        assertThat(host.said()).containsExactly(HostChange.Type.HISTORY_GAP, HostChange.Type.SYNCHRONIZED);
        assertThat(host.state.isSynchronized()).isTrue();
    }

    @Test
    void logThatTakesTheConnectionDownEachTimeIsLeftAlone() {
        fail(Input.Loss.BROKEN, BY_CUTS);
        host.connect(null);
        host.asked();
        host.list();

        assertThat(host.asked()).containsExactly("FollowNew");
        assertThat(host.state.isSynchronized()).isTrue();
        assertThat(host.state.plan().logOrder())
                .as("it can hold older lives of what is known to be alive")
                .isTrue();
    }

    @Test
    void logIsTriedAgainAfterAConnectionThatDidWithoutIt() {
        fail(Input.Loss.BROKEN, BY_CUTS);
        host.connect(null);
        host.list();
        host.lose(Input.Loss.BROKEN);
        host.connect(null);
        host.asked();
        host.list();

        assertThat(host.asked()).containsExactly("Replay");
    }

    @Test
    void logIsNotTriedAgainAfterAConnectionThatDidNothing() {
        fail(Input.Loss.BROKEN, BY_CUTS);
        host.connect(null);
        host.lose(Input.Loss.BROKEN);
        host.connect(null);
        host.asked();
        host.list();

        assertThat(host.asked()).containsExactly("FollowNew");
    }

    @Test
    void logThatCouldBeReadIsNotGivenUpForLossesAtOtherTimes() {
        for (int i = 0; i < 2 * BY_CUTS; i++) {
            host.connect(null);
            host.lose(Input.Loss.BROKEN);
        }
        host.synchronize();
        host.lose(Input.Loss.BROKEN);
        host.connect(null);
        host.list();
        host.lose(Input.Loss.BROKEN);
        host.connect(null);
        host.asked();
        host.list();

        assertThat(host.asked()).containsExactly("Replay");
    }

    /** Once lists must do, nothing would bring it again. */
    @Test
    void whatCouldBeReadIsReportedBeforeTheLogIsGivenUp() {
        fail(Input.Loss.BROKEN, BY_CUTS - 1);
        host.connect(null);
        host.list();
        host.input(new Input.EventReplayed(host.state.epoch(), ev("died", 1, 950)));
        host.input(new Input.EventReplayed(host.state.epoch(), ev("start", 2, 960)));
        assertThat(host.changes).as("the log is read in its order, at its end").isEmpty();
        host.lose(Input.Loss.BROKEN);
        assertThat(host.changes).as("that was another place").isEmpty();

        for (int i = 1; i < BY_CUTS; i++) {
            host.connect(null);
            host.list();
            host.input(new Input.EventReplayed(host.state.epoch(), ev("died", 1, 950)));
            host.input(new Input.EventReplayed(host.state.epoch(), ev("start", 2, 960)));
            host.lose(Input.Loss.BROKEN);
        }

        assertThat(host.state.plan().eventLog().isBlind()).isTrue();
        assertThat(host.changes).extracting(ContainerChange::kind).containsExactly(ContainerChange.Kind.STARTED);
        assertThat(host.state.portfolio().alive(id(2))).isNotNull();
    }

    private void fail(Input.Loss loss, int times) {
        for (int i = 0; i < times; i++) {
            host.connect(null);
            host.list();
            host.lose(loss);
        }
        assertThat(host.state.plan().eventLog().isReadable()).isFalse();
    }
}
