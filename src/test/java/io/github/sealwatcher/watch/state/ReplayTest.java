package io.github.sealwatcher.watch.state;

import static io.github.sealwatcher.watch.ExactHost.at;
import static io.github.sealwatcher.watch.ExactHost.cut;
import static io.github.sealwatcher.watch.ExactHost.ev;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.sealwatcher.model.EngineEvent;
import io.github.sealwatcher.watch.checkpoint.Checkpoint;
import io.github.sealwatcher.watch.checkpoint.EventRef;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What a replay shows of the log that it was read from. */
class ReplayTest {

    private static final EngineEvent NEWEST = ev("died", 1, 100);
    private static final EngineEvent LAST = ev("died", 2, 90);
    private static final EngineEvent REFRESH = EngineEvent.of("system", "refresh", "", Map.of(), at(120));

    @Test
    void logThatWasNeverReadIsUndecidedUntilItReachesBack() {
        Replay none = Replay.of(Checkpoint.startingAt(at(50)), null);

        assertThat(none.isFirst()).isTrue();
        assertThat(none.isUndecided()).isTrue();
        assertThat(none.isNewestGone()).isFalse();
        assertThat(none.lostFromNs()).isEqualTo(at(50));
        assertThat(none.returned(ev("died", 3, 50), true).isUndecided()).isFalse();
        assertThat(none.returned(ev("died", 3, 50.001), true).isUndecided()).isTrue();
    }

    @Test
    void newestEventIsGoneUntilItIsReturned() {
        Replay replay = replay();

        assertThat(replay.isNewestGone()).isTrue();
        assertThat(replay.lostFromNs()).isEqualTo(at(100));
        assertThat(replay.returned(NEWEST, false).isNewestGone()).isFalse();
        assertThat(replay.reported().isNewestGone()).isFalse();
    }

    @Test
    void newestEventIsNotMissedBehindTheLastOneThatWasRead() {
        assertThat(replay().returned(LAST, false).isNewestGone()).isFalse();
    }

    @Test
    void logIsAnotherOneIfItLacksWhatWasReadLastUnlessItWasCut() {
        Replay replay = replay().returned(NEWEST, false);

        assertThat(replay.isReplaced()).isTrue();
        assertThat(replay.lostFromNs()).isEqualTo(at(90));
        assertThat(replay.returned(LAST, false).isReplaced()).isFalse();
        assertThat(replay.returned(cut("begin", 110), true).isReplaced()).isFalse();
        assertThat(replay.returned(cut("begin", 110), false).isReplaced())
                .as("a cut that was known explains nothing new")
                .isTrue();
        assertThat(replay.reported().isReplaced()).isFalse();
    }

    @Test
    void emptyLogIsAnotherOneOnlyAfterACutOrAReboot() {
        Checkpoint known = Checkpoint.startingAt(at(50)).withExpected(EventRef.emptyLog(at(60)), null);
        Replay replay = Replay.of(known, known.newestEvent()).returned(ev("died", 3, 110), true);

        assertThat(replay.isNewestGone()).isFalse();
        assertThat(replay.returned(cut("begin", 120), true).isNewestGone()).isTrue();
        assertThat(replay.returned(REFRESH, true).isNewestGone()).isTrue();
        assertThat(replay.returned(REFRESH, false).isNewestGone()).isFalse();
    }

    @Test
    void whereThereWasNoLogACutExcusesNothing() {
        Checkpoint known = known().withExpected(EventRef.of(NEWEST), EventRef.noLog(at(95)));
        Replay replay = Replay.of(known, known.newestEvent()).returned(NEWEST, false);

        assertThat(replay.wasAbsent()).isTrue();
        assertThat(replay.returned(cut("begin", 110), true).isReplaced()).isTrue();
        assertThat(replay().wasAbsent()).isFalse();
    }

    @Test
    void logBeginsWithWhatComesAfterAllThatMustBeInIt() {
        Replay replay = replay().returned(cut("begin", 130), true)
                .returned(LAST, false)
                .returned(NEWEST, false)
                .returned(ev("start", 4, 100.5), true)
                .returned(ev("died", 4, 101), true);

        assertThat(replay.first()).isEqualTo(EventRef.of(LAST));
        assertThat(replay.beginsNs()).isEqualTo(at(100.5));
        assertThat(replay.returned()).isEqualTo(EventRef.of(ev("died", 4, 101)));
    }

    @Test
    void eventThatWaitsForALookUpHoldsBackWhereTheLogMustBegin() {
        Checkpoint known = known();

        assertThat(Replay.of(known, EventRef.of(ev("start", 9, 140))).positionNs())
                .isEqualTo(at(140));
        assertThat(Replay.of(known, known.newestEvent()).positionNs()).isEqualTo(at(100));
    }

    private static Replay replay() {
        return Replay.of(known(), known().newestEvent());
    }

    private static Checkpoint known() {
        return Checkpoint.startingAt(at(50))
                .withApplied(NEWEST, true, true, Long.MAX_VALUE)
                .withExpected(EventRef.of(NEWEST), EventRef.of(LAST));
    }
}
