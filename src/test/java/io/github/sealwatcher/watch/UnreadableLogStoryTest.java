package io.github.sealwatcher.watch;

import static io.github.sealwatcher.watch.ExactHost.aliveExactly;
import static io.github.sealwatcher.watch.ExactHost.ended;
import static io.github.sealwatcher.watch.ExactHost.ev;
import static io.github.sealwatcher.watch.ExactHost.id;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.sealwatcher.model.ContainerFilter;
import io.github.sealwatcher.model.ObservedContainer;
import io.github.sealwatcher.model.PodRef;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What is reported while the event log cannot be read, and once more when it can. */
class UnreadableLogStoryTest {

    private static final PodRef POD = new PodRef("p".repeat(64), "crew");

    private final ExactHost host = new ExactHost(options(), null);

    /** What stands before the line that cannot be read is reported, once. */
    @Test
    void whatCanBeReadIsReported() {
        host.pass(20);
        host.write(ev("start", 9, 19));
        host.real.put(id(9), aliveExactly(9, 18.9, 9));
        host.log.add(ev("start", 1, 40));
        host.log.add(ev("died", 1, 41, "containerExitCode", "3"));
        host.breaksAfter = 3;
        goBlind(Input.Loss.BROKEN);
        assertThat(stories()).containsExactly("LIVE STARTED c9", "REPLAY STARTED c1", "REPLAY DIED c1");

        host.breakReplay = false;
        host.pass(1300);
        assertThat(stories()).hasSize(3);
        assertThat(host.state.plan().eventLog().isReadable()).isTrue();
    }

    /** The engine itself reports the bad line and lives on: it is tried at each resync, and lists do meanwhile. */
    @Test
    void engineThatReportsABadLineIsAskedAtEachResync() {
        host.pass(20);
        goBlind(Input.Loss.GARBLED);
        host.pass(10);
        host.outputs.clear();
        host.real.put(id(1), aliveExactly(1, host.ticks, 1));
        host.pass(190);

        assertThat(stories()).containsExactly("RECONCILED STARTED c1");
        assertThat(host.outputs).noneMatch(Output.Disconnect.class::isInstance);
        assertThat(host.outputs).filteredOn(Output.Replay.class::isInstance).hasSizeGreaterThan(2);
        assertThat(host.state.isSynchronized()).isTrue();
    }

    /** The connection was lost for another reason: the line may be gone. */
    @Test
    void logIsTriedOnceMoreAfterEachConnection() {
        host.pass(20);
        goBlind(Input.Loss.BROKEN);
        for (int i = 0; i < 100 && !host.state.isSynchronized(); i++) {
            host.pass(1);
        }
        host.breakReplay = false;
        host.lose(Input.Loss.BROKEN);
        host.pass(40);

        assertThat(host.state.plan().eventLog().isReadable()).isTrue();
        host.write(ev("start", 1, host.ticks));
        assertThat(stories()).containsExactly("LIVE STARTED c1");
    }

    /** What lists have shown of lives meanwhile is not reported again when the log shows it too. */
    @Test
    void whatListsHaveShownIsNotReportedAgain() {
        host.noLog = true;
        host.begin();
        host.pass(10);
        double since = host.ticks;
        host.log.add(ev("create", 1, since, "podId", POD.id()));
        host.log.add(ev("start", 1, since + 0.1, "podId", POD.id()));
        host.log.add(ev("pause", 1, since + 1, "podId", POD.id()));
        host.log.add(ev("unpause", 1, since + 2, "podId", POD.id()));
        host.real.put(id(1), inPod(aliveExactly(1, since, 1)));
        host.pass(130);
        assertThat(stories()).containsExactly("RECONCILED POD_CHANGED c1", "RECONCILED STARTED c1");

        host.log.add(ev("died", 1, host.ticks, "containerExitCode", "0"));
        host.real.put(id(1), inPod(ended(1, since, host.ticks)));
        host.pass(130);
        host.log.add(ev("remove", 1, host.ticks));
        host.real.clear();
        host.pass(130);
        List<String> told = List.of(
                "RECONCILED POD_CHANGED c1",
                "RECONCILED STARTED c1",
                "RECONCILED DIED c1",
                "RECONCILED POD_CHANGED null");
        assertThat(stories()).containsExactlyElementsOf(told);

        host.noLog = false;
        host.pass(130);
        assertThat(stories()).containsExactlyElementsOf(told);
        assertThat(host.state.checkpoint().unconfirmed())
                .as("the log was read to its end")
                .isEmpty();
    }

    /** A life whose start event comes from the stream, and whose end only a list shows; or the other way round. */
    @Test
    void whatTheStreamBringsWhileBlindIsNotReportedAgain() {
        host.pass(20);
        goBlind(Input.Loss.BROKEN);
        while (!host.following) {
            host.pass(1);
        }
        double since = host.ticks;
        host.write(ev("start", 1, since));
        host.write(ev("start", 2, since));
        host.write(ev("died", 2, since + 1));
        host.following = false;
        host.log.add(ev("died", 1, since + 2));
        host.pass(130);
        host.following = true;
        host.write(ev("start", 1, host.ticks));
        host.write(ev("died", 1, host.ticks + 0.5));
        List<String> told = List.copyOf(stories());
        assertThat(told)
                .containsExactly(
                        "LIVE STARTED c1",
                        "LIVE STARTED c2",
                        "LIVE DIED c2",
                        "RECONCILED DIED c1",
                        "LIVE STARTED c1",
                        "LIVE DIED c1");

        host.breakReplay = false;
        host.lose(Input.Loss.BROKEN);
        host.pass(70);
        assertThat(stories()).containsExactlyElementsOf(told);
        assertThat(host.state.checkpoint().unconfirmed()).isEmpty();
    }

    /** A second life is shown before the end of the first: that is inferred, and must not come again from the log. */
    @Test
    void lifeThatAListShowsReplacedEndsOnce() {
        host.noLog = true;
        host.begin();
        host.pass(10);
        double since = host.ticks;
        host.real.put(id(1), aliveExactly(1, since, 1));
        host.log.add(ev("start", 1, since));
        host.pass(130);
        double next = host.ticks;
        host.log.add(ev("died", 1, next - 1));
        host.log.add(ev("start", 1, next));
        host.real.put(id(1), aliveExactly(1, next, 2));
        host.pass(130);
        List<String> told = List.of("RECONCILED STARTED c1", "RECONCILED DIED c1", "RECONCILED STARTED c1");
        assertThat(stories()).containsExactlyElementsOf(told);

        host.noLog = false;
        host.pass(130);
        assertThat(stories()).containsExactlyElementsOf(told);
        assertThat(host.state.portfolio().total()).isEqualTo(1);
    }

    private void goBlind(Input.Loss by) {
        host.breakReplay = true;
        host.breaksBy = by;
        host.lose(Input.Loss.BROKEN);
        for (int i = 0; i < 400 && !host.state.plan().eventLog().isBlind(); i++) {
            host.pass(1);
        }
        assertThat(host.state.plan().eventLog().isBlind()).isTrue();
    }

    private List<String> stories() {
        return host.changes.stream()
                .map(change -> change.occurrence().origin() + " " + change.kind() + " "
                        + change.container().name())
                .toList();
    }

    private static ObservedContainer inPod(ObservedContainer shown) {
        return new ObservedContainer(shown.container(), POD, shown.state());
    }

    private static Options options() {
        return QuietOptions.of(true, Options.OnGap.RECONCILE, Set.of(), ContainerFilter.all());
    }
}
