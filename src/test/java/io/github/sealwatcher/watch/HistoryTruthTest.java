package io.github.sealwatcher.watch;

import static io.github.sealwatcher.watch.ExactHost.alive;
import static io.github.sealwatcher.watch.ExactHost.aliveExactly;
import static io.github.sealwatcher.watch.ExactHost.at;
import static io.github.sealwatcher.watch.ExactHost.cut;
import static io.github.sealwatcher.watch.ExactHost.ended;
import static io.github.sealwatcher.watch.ExactHost.ev;
import static io.github.sealwatcher.watch.ExactHost.id;
import static io.github.sealwatcher.watch.ExactHost.options;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.sealwatcher.model.ContainerChange;
import io.github.sealwatcher.model.DetailSource;
import io.github.sealwatcher.model.EngineEvent;
import io.github.sealwatcher.model.ObservedContainer;
import io.github.sealwatcher.watch.checkpoint.Checkpoint;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Histories in which starts and ends were once lost without a word, reported twice, or invented. */
class HistoryTruthTest {
    /** Trail begins on a quiet host: no anchor. Outage, 1,000 short containers, two cuts: all gone, and no gap said. */
    @Test
    void quietBeginningThenOutageAndRotation() {
        ExactHost r = new ExactHost(options(), null);
        r.pass(5);
        r.lose(Input.Loss.BROKEN);
        // Away for an hour. Five whole lives happen; the log is cut, and keeps the last life only.
        for (int c = 1; c <= 5; c++) {
            r.log.add(ev("start", c, 100 + c));
            r.log.add(ev("died", c, 100.5 + c, "containerExitCode", "0"));
            r.log.add(ev("remove", c, 100.6 + c));
        }
        r.log.subList(0, 12).clear();
        r.log.add(0, cut("begin", 106));
        r.log.add(cut("end", 106.0001));
        r.pass(3600);
        assertThat(r.gaps() > 0)
                .as("G3: starts and dies of c1..c4 left the log unread: history_gap must be said")
                .isTrue();
    }

    /** The same after a restart of the worker: nothing in the offset tells. */
    @Test
    void quietBeginningThenWorkerDownAndRotation() {
        ExactHost r = new ExactHost(options(), null);
        r.pass(65);
        for (int c = 1; c <= 5; c++) {
            r.log.add(ev("start", c, 100 + c));
            r.log.add(ev("died", c, 100.5 + c, "containerExitCode", "0"));
        }
        r.log.subList(0, 8).clear();
        r.log.add(0, cut("begin", 106));
        r.log.add(cut("end", 106.0001));
        r.ours += 7200;
        r.ticks += 7200;
        r.begin();
        r.pass(200);
        assertThat(r.gaps() > 0).as("G3: history_gap must be said").isTrue();
    }

    /** Podman 4.3 is upgraded to 5.x in place; the log stays; the same lines now come without containerExitCode "0". */
    @Test
    void upgradeInPlace() {
        ExactHost r = new ExactHost(options(), null);
        r.version = "4.3.1";
        r.pass(20);
        r.real.put(id(1), alive(1, 30, 100));
        r.inspected.put(id(1), aliveExactly(1, 30, 100));
        r.pass(10);
        r.write(ev("start", 1, 30.01, "containerExitCode", "0"));
        r.pass(600);
        r.version = "5.4.2";
        r.lose(Input.Loss.BROKEN);
        r.log.set(0, ev("start", 1, 30.01));
        r.pass(300);
        assertThat(r.count(1, ContainerChange.Kind.STARTED) == 1 && r.count(1, ContainerChange.Kind.DIED) == 0)
                .as("G1/G2: one start, no die")
                .isTrue();
    }

    /** The log can't be read for a while (broken line), lists do; then it can, after a restart: the life is told twice. */
    @Test
    void blindThenReadableAfterRestart() {
        ExactHost r = new ExactHost(options(), null);
        r.pass(5);
        r.breakReplay = true;
        r.lose(Input.Loss.BROKEN);
        r.pass(200);
        // A life while blind, written to the log, not brought by the stream (it may miss some without since).
        r.following = false;
        r.log.add(ev("start", 1, 210.01));
        r.real.put(id(1), alive(1, 210, 100));
        r.inspected.put(id(1), aliveExactly(1, 210, 100));
        r.pass(150);
        r.log.add(ev("died", 1, 360, "containerExitCode", "0"));
        r.real.put(id(1), ended(1, 210, 360));
        r.inspected.remove(id(1));
        r.pass(150);
        r.breakReplay = false;
        r.begin();
        r.pass(200);
        assertThat(r.count(1, ContainerChange.Kind.STARTED) == 1 && r.count(1, ContainerChange.Kind.DIED) == 1)
                .as("G2: every life once")
                .isTrue();
    }

    /** events.include=remove: a removal whose death the stream skipped is never told. */
    @Test
    void removalOfAnAliveContainerIsReported() {
        ExactHost r = new ExactHost(options(Set.of("remove"), Options.SnapshotMode.INITIAL), null);
        r.pass(20);
        r.write(ev("start", 1, 20));
        r.real.put(id(1), alive(1, 20, 100));
        r.pass(20);
        // The follower skips the death, as Podman 5.x does at a cut, and then brings the mark and the removal.
        EngineEvent died = ev("died", 1, 40, "containerExitCode", "0");
        r.real.clear();
        r.log.add(died);
        r.write(ev("remove", 1, 40.2));
        r.pass(200);
        assertThat(r.changes.stream().anyMatch(c -> c.occurrence().rawAction().equals("remove")))
                .as("events.include=remove: told")
                .isTrue();
    }

    /** Checkpoint and restore twice: the second die and start bear the event ids of the first. */
    @Test
    void checkpointAndRestore() {
        ExactHost r = new ExactHost(options(Set.of("checkpoint", "restore"), Options.SnapshotMode.INITIAL), null);
        r.pass(20);
        r.real.put(id(1), alive(1, 20, 100));
        r.inspected.put(id(1), aliveExactly(1, 20, 100));
        r.write(ev("start", 1, 20.01));
        double t = 20;
        for (int round = 0; round < 2; round++) {
            r.pass(100);
            t = r.ticks;
            r.real.put(id(1), ended(1, 20, t));
            r.inspected.remove(id(1));
            r.write(ev("checkpoint", 1, t));
            r.pass(100);
            t = r.ticks;
            r.real.put(id(1), alive(1, 20, 200 + round));
            r.inspected.put(id(1), aliveExactly(1, 20, 200 + round));
            r.write(ev("restore", 1, t));
        }
        r.pass(200);
        long ids =
                r.changes.stream().map(c -> c.occurrence().eventId()).distinct().count();
        assertThat(ids == r.changes.size())
                .as("event_id: different events, different ids (" + ids + " of " + r.changes.size() + ")")
                .isTrue();
    }

    /** The connection is cut four times in a row while history is read: the log is declared unreadable for an hour. */
    @Test
    void fourCutsWhileReading() {
        ExactHost r = new ExactHost(options(), null);
        r.pass(20);
        r.write(ev("start", 9, 19));
        r.real.put(id(9), alive(9, 19, 9));
        r.pass(10);
        r.breakReplay = true;
        r.lose(Input.Loss.BROKEN);
        r.log.add(ev("start", 1, 40));
        r.log.add(ev("died", 1, 41, "containerExitCode", "3"));
        r.log.add(ev("remove", 1, 41.5));
        for (int i = 0; i < 400 && !r.state.plan().eventLog().isBlind(); i++) {
            r.pass(1);
        }
        r.breakReplay = false;
        r.pass(4 * 3600);
        assertThat(r.count(1, ContainerChange.Kind.STARTED) == 1 && r.count(1, ContainerChange.Kind.DIED) == 1)
                .as("G2: history still holds start and die of c1, connection cuts lose nothing")
                .isTrue();
    }

    /** snapshot.mode=always leaves out what started within the overlap before the last event. */
    @Test
    void snapshotAlwaysReportsTheYoungest() {
        ExactHost r = new ExactHost(options(Set.of(), Options.SnapshotMode.ALWAYS), null);
        r.pass(20);
        for (int c = 1; c <= 3; c++) {
            r.write(ev("start", c, 20 + c));
            r.real.put(id(c), alive(c, 20 + c, c));
            r.inspected.put(id(c), aliveExactly(c, 20 + c - 0.01, c));
        }
        r.pass(3600);
        int before = r.changes.size();
        r.begin();
        r.pass(3600);
        long retold = r.changes.subList(before, r.changes.size()).stream()
                .filter(c -> c.kind() == ContainerChange.Kind.STARTED)
                .count();
        assertThat(retold == 3)
                .as("snapshot.mode=always: at every task start; told again: " + retold)
                .isTrue();
    }

    /** Our clock a minute ahead of the host's: no new container is ever asked for. */
    @Test
    void workerClockIsAhead() {
        ExactHost r = new ExactHost(options(), Checkpoint.startingAt(at(-100)).with(Checkpoint.Snapshot.DONE));
        r.ours = 60;
        r.begin();
        r.pass(20);
        int asked = r.asked;
        r.real.put(id(1), alive(1, 30, 100));
        r.inspected.put(id(1), aliveExactly(1, 30, 100));
        r.write(ev("start", 1, 30.01));
        r.pass(300);
        assertThat(r.changes.stream().anyMatch(c -> c.container().detailSource() == DetailSource.INSPECT))
                .as("labels are the true ones while the container exists (asked " + (r.asked - asked) + " times)")
                .isTrue();
    }

    /** First start, our clock ahead of the host's by an hour: short lives of the first hour are told by nobody. */
    @Test
    void firstStartWithWorkerClockAhead() {
        ExactHost r = new ExactHost(options(), null);
        r.ours = 3600; // begin() took 0: begin anew, with our clock an hour ahead
        r.stored = null;
        r.begin();
        for (int c = 1; c <= 10; c++) {
            r.pass(300);
            double t = r.ticks;
            r.write(ev("start", c, t));
            r.write(ev("died", c, t + 1, "containerExitCode", "1"));
        }
        assertThat(r.changes.stream()
                                        .filter(c -> c.kind() == ContainerChange.Kind.DIED)
                                        .count()
                                == 10
                        || r.gaps() > 0)
                .as("G2: ten lives after the connector began, all in history: told, or at least a gap")
                .isTrue();
    }

    /** A rewind to before the log begins: no gap is said for what is gone. */
    @Test
    void rewindToBeforeTheLog() {
        ExactHost r = new ExactHost(options(), Checkpoint.startingAt(at(-86400)));
        r.log.add(cut("begin", 99.9));
        r.log.add(ev("start", 7, 90));
        r.log.add(ev("died", 7, 91, "containerExitCode", "0"));
        r.log.add(cut("end", 99.91));
        r.ours = 100;
        r.ticks = 100;
        r.changes.clear();
        r.host.clear();
        r.stored = Checkpoint.startingAt(at(-86400));
        r.begin();
        r.pass(100);
        assertThat(r.gaps() > 0)
                .as("G3: what history no longer holds between time_ns and the log's begin is a gap")
                .isTrue();
    }

    /** As F6, and other containers go on living on the host meanwhile: the position moves on, c1 is never read. */
    @Test
    void fourCutsWhileReadingOnABusyHost() {
        ExactHost r = new ExactHost(options(), null);
        r.pass(20);
        r.write(ev("start", 9, 19));
        r.real.put(id(9), alive(9, 19, 9));
        r.pass(10);
        r.breakReplay = true;
        r.lose(Input.Loss.BROKEN);
        r.log.add(ev("start", 1, 40));
        r.log.add(ev("died", 1, 41, "containerExitCode", "3"));
        r.log.add(ev("remove", 1, 41.5));
        for (int i = 0; i < 400 && !r.state.plan().eventLog().isBlind(); i++) {
            r.pass(1);
        }
        r.breakReplay = false;
        r.pass(100);
        r.real.remove(id(9));
        r.write(ev("died", 9, r.ticks, "containerExitCode", "0"));
        r.pass(4 * 3600);
        assertThat(r.count(1, ContainerChange.Kind.STARTED) == 1 && r.count(1, ContainerChange.Kind.DIED) == 1)
                .as("G2: history still holds start and die of c1; connection cuts lose nothing")
                .isTrue();
    }

    /** A remote host's clock is set back by half an hour while we watch: short lives, and no gap. */
    @Test
    void remoteClockSetBack() {
        ExactHost r = new ExactHost(options(), null);
        r.pass(100);
        r.write(ev("start", 9, 99));
        r.real.put(id(9), alive(9, 99, 9));
        r.behind = 1800;
        r.pass(65);
        r.lose(Input.Loss.ENDED); // any reconnect, as at a cut of 4.3's log
        r.pass(100);
        for (int c = 1; c <= 8; c++) {
            double t = r.ticks - 1800;
            r.write(ev("start", c, t));
            r.write(ev("died", c, t + 1, "containerExitCode", "1"));
            r.pass(180);
        }
        assertThat(r.changes.stream()
                                        .filter(c -> c.kind() == ContainerChange.Kind.DIED)
                                        .count()
                                == 8
                        || r.gaps() > 0)
                .as("G2, or what the README says: after a history_gap")
                .isTrue();
    }

    /** The engine behind the name changes to a standby and back, twice: event ids come again. */
    @Test
    void failoverAndBackTwice() {
        ExactHost r = new ExactHost(options(), null);
        r.real.put(id(1), alive(1, -50, 100));
        r.inspected.put(id(1), aliveExactly(1, -50, 100));
        r.pass(70);
        for (int i = 0; i < 2; i++) {
            ObservedContainer on = r.real.remove(id(1));
            r.pass(200);
            r.real.put(id(1), on);
            r.pass(200);
        }
        long ids =
                r.changes.stream().map(c -> c.occurrence().eventId()).distinct().count();
        assertThat(ids == r.changes.size())
                .as("event_id tells events apart (" + ids + " of " + r.changes.size() + ")")
                .isTrue();
    }

    /** The same with a death with exit code 0 and a restart of the worker: the life is told twice. */
    @Test
    void upgradeInPlaceAndRestart() {
        ExactHost r = new ExactHost(options(), null);
        r.version = "4.3.1";
        r.pass(20);
        r.real.put(id(1), alive(1, 30, 100));
        r.inspected.put(id(1), aliveExactly(1, 30, 100));
        r.pass(10);
        r.write(ev("start", 1, 30.01, "containerExitCode", "0"));
        r.real.put(id(1), ended(1, 30, 35));
        r.inspected.remove(id(1));
        r.pass(5);
        r.write(ev("died", 1, 35, "containerExitCode", "0"));
        r.pass(600);
        r.version = "5.4.2";
        // As 5.x shows the very same two lines.
        r.log.set(0, ev("start", 1, 30.01));
        r.log.set(1, ev("died", 1, 35));
        r.begin();
        r.pass(300);
        assertThat(r.count(1, ContainerChange.Kind.STARTED) == 1 && r.count(1, ContainerChange.Kind.DIED) == 1)
                .as("G2: one life once")
                .isTrue();
    }
}
