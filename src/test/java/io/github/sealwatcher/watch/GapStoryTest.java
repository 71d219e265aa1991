package io.github.sealwatcher.watch;

import static io.github.sealwatcher.watch.ExactHost.S;
import static io.github.sealwatcher.watch.ExactHost.aliveExactly;
import static io.github.sealwatcher.watch.ExactHost.at;
import static io.github.sealwatcher.watch.ExactHost.ev;
import static io.github.sealwatcher.watch.ExactHost.id;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.sealwatcher.model.ContainerFilter;
import io.github.sealwatcher.model.HostChange;
import io.github.sealwatcher.watch.checkpoint.Checkpoint;
import io.github.sealwatcher.watch.checkpoint.DedupWindow;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Which window a gap has, for each way in which the log can lose what was to be read; and that nothing comes behind it. */
class GapStoryTest {

    /** The log lost all that was known: from the last event read to the first that there is. */
    @ParameterizedTest
    @EnumSource
    void newestEventIsGoneAfterARestart(Options.OnGap onGap) {
        ExactHost host = watched(onGap);
        host.real.put(id(9), aliveExactly(9, 15, 9));
        host.write(ev("start", 9, 15));
        host.changes.clear();
        host.log.clear();
        host.log.add(ev("start", 2, 50));
        host.log.add(ev("died", 2, 51));
        host.restartAt(100);
        host.pass(5);

        assertThat(host.windows()).containsExactly("13.5 to 51.5");
        assertReportedUnlessFailed(host, onGap, "STARTED c2", "DIED c2");
    }

    /** No container is left that was known before, and no event: it may be another host, and the other went on until now. */
    @ParameterizedTest
    @EnumSource
    void nothingIsLeftOfAllThatWasKnown(Options.OnGap onGap) {
        ExactHost host = watched(onGap);
        host.log.clear();
        host.log.add(ev("start", 2, 50));
        host.log.add(ev("died", 2, 51));
        host.restartAt(100);
        host.pass(5);

        assertThat(host.windows()).containsExactly("2.5 to 101.0");
        assertReportedUnlessFailed(host, onGap, "STARTED c2", "DIED c2");
    }

    @ParameterizedTest
    @EnumSource
    void newestEventIsGoneWhileWatching(Options.OnGap onGap) {
        ExactHost host = watched(onGap);
        host.log.clear();
        host.log.add(ev("start", 2, 50));
        host.pass(60);

        // No list since the first one was asked for late enough behind the events to be compared with them.
        assertThat(host.windows()).containsExactly("-0.5 to 51.5");
        assertReportedUnlessFailed(host, onGap, "STARTED c2");
    }

    @ParameterizedTest
    @EnumSource
    void logIsEmptied(Options.OnGap onGap) {
        ExactHost host = watched(onGap);
        host.log.clear();
        host.restartAt(100);
        host.pass(5);

        assertThat(host.windows()).containsExactly("2.5 to 101.0");
        assertReportedUnlessFailed(host, onGap);
        assertThat(host.state.isStopped()).isEqualTo(onGap == Options.OnGap.FAIL);
    }

    /** The newest event is there, what was read before it is not: the end of the log before was never read. */
    @ParameterizedTest
    @EnumSource
    void logIsReplacedWhileNobodyWatches(Options.OnGap onGap) {
        ExactHost host = watched(onGap);
        host.lose(Input.Loss.BROKEN);
        host.pass(21);
        host.write(ev("start", 2, 40));
        host.log.clear();
        host.log.add(ev("start", 2, 40));
        host.log.add(ev("died", 2, 50));
        host.changes.clear();
        // What is stored of the events applied has no times.
        host.stored = host.stored.with(DedupWindow.restored(host.stored.storedKeys(10 * S, 1000)));
        host.restartAt(100);
        host.pass(5);

        assertThat(host.windows()).containsExactly("2.5 to 41.5");
        assertReportedUnlessFailed(host, onGap, "DIED c2");
    }

    /** What the stream brought can be of either log. */
    @ParameterizedTest
    @EnumSource
    void logIsReplacedWhileWatching(Options.OnGap onGap) {
        ExactHost host = watched(onGap);
        host.lose(Input.Loss.BROKEN);
        host.pass(21);
        host.write(ev("start", 3, 35));
        host.write(ev("start", 2, 40));
        host.real.put(id(2), aliveExactly(2, 39.9, 2));
        host.log.remove(0);
        host.log.remove(0);
        host.log.remove(0);
        host.changes.clear();
        host.pass(65);

        assertThat(host.windows()).hasSize(1);
        assertThat(host.windows().get(0)).matches("2.5 to 8.*");
        assertReportedUnlessFailed(host, onGap, "DIED c3");
    }

    @ParameterizedTest
    @EnumSource
    void trailIsSetBackToBeforeTheLog(Options.OnGap onGap) {
        ExactHost host = new ExactHost(options(onGap), Checkpoint.startingAt(at(-100)));
        host.log.add(ev("start", 2, -50));
        host.real.put(id(2), aliveExactly(2, -50.1, 2));
        host.real.put(id(9), aliveExactly(9, -200, 9));
        again(host, Checkpoint.startingAt(at(-100)));
        host.pass(5);

        assertThat(host.windows()).containsExactly("-101.5 to -48.5");
        assertReportedUnlessFailed(host, onGap, "STARTED c2", "STARTED c9");
    }

    /** An empty log shows nothing: all up to now may have been in it. */
    @Test
    void trailIsSetBackAndThereIsNoEvent() {
        ExactHost host = new ExactHost(options(Options.OnGap.RECONCILE), Checkpoint.startingAt(at(-100)));

        assertThat(host.windows()).containsExactly("-101.5 to 1.0");
    }

    /** The trail begins with now, and the log with an event of a moment later: that is no loss. */
    @Test
    void logThatBeginsWithTheTrailIsComplete() {
        ExactHost host = new ExactHost(options(Options.OnGap.RECONCILE), null);
        host.log.add(ev("died", 1, 0.4));
        again(host, Checkpoint.startingAt(at(-1)));
        assertThat(host.windows()).isEmpty();

        again(host, Checkpoint.startingAt(at(-2)));
        assertThat(host.windows()).as("a second too late").containsExactly("-3.5 to 1.9");
    }

    @Test
    void logThatReachesBackIsComplete() {
        ExactHost host = new ExactHost(options(Options.OnGap.RECONCILE), null);
        host.log.add(ev("died", 1, -101));
        host.log.add(ev("start", 1, -50));
        again(host, Checkpoint.startingAt(at(-100)));

        assertThat(host.windows()).isEmpty();
    }

    /** The clock was set back by an unknown part of 500 s before the trail's first look. */
    @Test
    void afterAStepOfTheClockTheLogMustReachBackByAllOfThat() {
        ExactHost host = new ExactHost(options(Options.OnGap.RECONCILE), null);
        host.ticks = 500;
        host.ours = 500;
        host.log.add(ev("died", 1, 490));
        again(host, Checkpoint.startingAt(at(1000)));
        assertThat(host.windows()).isEmpty();

        host.log.set(0, ev("died", 1, 498));
        again(host, Checkpoint.startingAt(at(1000)));
        assertThat(host.windows()).as("can be of after the step").containsExactly("0.0 to 1500.0");

        host.log.clear();
        again(host, Checkpoint.startingAt(at(1000)));
        assertThat(host.windows()).containsExactly("0.0 to 1500.0");
    }

    /** Without a log each list is one more blind minute. */
    @ParameterizedTest
    @EnumSource
    void hostWithoutAnEventLogIsSeenByListsOnly(Options.OnGap onGap) {
        ExactHost host = new ExactHost(options(onGap), null);
        host.noLog = true;
        host.real.put(id(9), aliveExactly(9, -200, 9));
        again(host, null);
        assertReportedUnlessFailed(host, onGap, "STARTED c9");
        assertThat(host.windows()).containsExactly("-1.5 to 1.0");
        host.pass(70);

        if (onGap == Options.OnGap.RECONCILE) {
            assertThat(host.windows()).hasSize(2);
            assertThat(host.windows().get(1)).matches("-0.5 to [56].*");
        }
    }

    @Test
    void logThatCannotBeReadIsAGapFromTheLastListThatAgreedUntilTheStreamIsSurelyOpen() {
        ExactHost host = watched(Options.OnGap.RECONCILE);
        host.breakReplay = true;
        host.lose(Input.Loss.BROKEN);
        for (int i = 0; i < 400 && !host.state.plan().eventLog().isBlind(); i++) {
            host.pass(1);
        }
        while (host.windows().isEmpty()) {
            host.pass(1);
        }
        double now = host.ticks;
        assertThat(host.windows()).hasSize(1);
        HostChange.Window window = host.host.stream()
                .filter(change -> change.type() == HostChange.Type.HISTORY_GAP)
                .findFirst()
                .orElseThrow()
                .gap();
        assertThat(window.fromNs()).isEqualTo(at(-0.5));
        assertThat(window.toNs()).isBetween(at(now + 9), at(now + 12));
        host.pass(200);
        assertThat(host.windows()).as("the stream is open").hasSize(1);
        assertThat(host.outputs).filteredOn(Output.FollowNew.class::isInstance).hasSize(1);
    }

    @Test
    void logThatComesBackIsFollowed() {
        ExactHost host = new ExactHost(options(Options.OnGap.RECONCILE), null);
        host.noLog = true;
        again(host, null);
        host.pass(100);
        assertThat(host.outputs)
                .as("there is nothing to follow")
                .noneMatch(output -> output instanceof Output.Follow || output instanceof Output.FollowNew);

        host.noLog = false;
        host.pass(65);
        int before = host.windows().size();
        host.real.put(id(1), aliveExactly(1, host.ticks - 0.1, 1));
        host.write(ev("start", 1, host.ticks));
        assertThat(host.changes).hasSize(1);
        host.pass(200);
        assertThat(host.windows()).hasSize(before);
    }

    /** A gap explains what is found missing until all is known again, together with those that it touches. */
    @Test
    void gapsThatTouchAreOne() {
        ExactHost host = new ExactHost(options(Options.OnGap.RECONCILE), null);
        host.noLog = true;
        again(host, null);
        host.pass(70);
        assertThat(host.state.checkpoint().gap().fromNs()).isEqualTo(at(-1.5));
        assertThat(host.state.checkpoint().gap().toNs()).isGreaterThan(at(50));

        host.noLog = false;
        host.pass(70);
        assertThat(host.state.checkpoint().gap()).as("all is known again").isNull();
    }

    private static void assertReportedUnlessFailed(ExactHost host, Options.OnGap onGap, String... reported) {
        List<String> stories = host.changes.stream()
                .map(change -> change.kind() + " " + change.container().name())
                .toList();
        if (onGap == Options.OnGap.FAIL) {
            assertThat(stories).as("nothing behind the gap").isEmpty();
            assertThat(host.state.isStopped()).isTrue();
            assertThat(host.outputs).filteredOn(Output.GiveUp.class::isInstance).hasSize(1);
        } else {
            assertThat(stories).containsExactly(reported);
            assertThat(host.state.isStopped()).isFalse();
        }
    }

    /** A life at 3 s, and nothing since: it is 20 s. */
    private static ExactHost watched(Options.OnGap onGap) {
        ExactHost host = new ExactHost(options(onGap), null);
        host.pass(5);
        host.write(ev("start", 1, 3));
        host.write(ev("died", 1, 4));
        host.pass(15);
        host.changes.clear();
        return host;
    }

    /** Another process begins with that, without any time passing. */
    private static void again(ExactHost host, Checkpoint stored) {
        host.stored = stored;
        host.changes.clear();
        host.host.clear();
        host.outputs.clear();
        host.begin();
    }

    private static Options options(Options.OnGap onGap) {
        return QuietOptions.of(false, onGap, Set.of(), ContainerFilter.all());
    }
}
