package io.github.sealwatcher.watch.checkpoint;

import static io.github.sealwatcher.watch.ExactHost.S;
import static io.github.sealwatcher.watch.ExactHost.at;
import static io.github.sealwatcher.watch.ExactHost.ev;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.sealwatcher.model.EngineEvent;
import org.junit.jupiter.api.Test;

/** From when on is read again, and what moves that. */
class CheckpointTest {

    private static final long OVERLAP = 10 * S;
    private static final EngineEvent NEWEST = ev("died", 1, 100);

    @Test
    void streamBeginsAnOverlapBeforeThePosition() {
        Checkpoint known = Checkpoint.startingAt(at(0)).withApplied(NEWEST, true, true, Long.MAX_VALUE);

        assertThat(known.followSinceNs(OVERLAP, at(200))).isEqualTo(at(90) - 1);
        assertThat(known.followSinceNs(OVERLAP, at(50)))
                .as("the host's clock was set back")
                .isEqualTo(at(40) - 1);
        assertThat(Checkpoint.startingAt(at(95)).followSinceNs(OVERLAP, at(200)))
                .as("what is older is refused")
                .isEqualTo(at(95) - 1);
    }

    @Test
    void replayBeginsBeforeWhatItMustReturn() {
        Checkpoint known = Checkpoint.startingAt(at(0)).withApplied(NEWEST, true, true, Long.MAX_VALUE);
        EventRef old = EventRef.of(ev("died", 2, 20));

        assertThat(known.replaySinceNs(OVERLAP, at(200))).isEqualTo(at(90) - 1);
        assertThat(known.withExpected(old, null).replaySinceNs(OVERLAP, at(200)))
                .isEqualTo(at(20) - 1);
        assertThat(known.withExpected(null, old).replaySinceNs(OVERLAP, at(200)))
                .isEqualTo(at(20) - 1);
        assertThat(known.withExpected(null, null).replaySinceNs(OVERLAP, at(200)))
                .isEqualTo(at(90) - 1);
    }

    @Test
    void laterEventMovesThePositionAndAnEarlierOneDoesNot() {
        Checkpoint known = Checkpoint.startingAt(at(0)).withApplied(NEWEST, true, true, Long.MAX_VALUE);

        assertThat(known.positionNs()).isEqualTo(at(100));
        assertThat(known.newestEvent()).isEqualTo(EventRef.of(NEWEST));
        assertThat(known.withApplied(ev("died", 2, 99), true, true, Long.MAX_VALUE)
                        .newestEvent())
                .isEqualTo(EventRef.of(NEWEST));
        EngineEvent same = ev("died", 2, 100);
        assertThat(known.withApplied(same, true, true, Long.MAX_VALUE).newestEvent())
                .isEqualTo(EventRef.of(same));
    }

    @Test
    void whileTheLogCannotBeReadNothingMovesAndAllIsRemembered() {
        Checkpoint known = Checkpoint.startingAt(at(0)).withApplied(NEWEST, true, true, Long.MAX_VALUE);
        EngineEvent later = ev("exec", 2, 110);

        Checkpoint blind = known.withApplied(later, false, false, Long.MAX_VALUE);

        assertThat(blind.positionNs()).isEqualTo(at(100));
        assertThat(blind.dedupWindow().contains(later)).isTrue();
        assertThat(known.withApplied(later, false, true, Long.MAX_VALUE)
                        .dedupWindow()
                        .contains(later))
                .as("what may come twice")
                .isFalse();
    }

    @Test
    void afterACutBothThatMustBeReturnedAreTheNewest() {
        Checkpoint known = Checkpoint.startingAt(at(0))
                .withApplied(NEWEST, true, true, Long.MAX_VALUE)
                .withExpected(EventRef.of(NEWEST), EventRef.of(ev("died", 2, 20)));

        assertThat(known.afterRotation().lastReplayed()).isEqualTo(EventRef.of(NEWEST));
    }

    @Test
    void whatIsStoredReachesBackAnOverlapBeforeTheEventThatCameLast() {
        Checkpoint known = Checkpoint.startingAt(at(0))
                .withApplied(ev("died", 3, 80), true, true, Long.MAX_VALUE)
                .withApplied(ev("died", 2, 91), true, true, Long.MAX_VALUE)
                .withApplied(NEWEST, true, true, Long.MAX_VALUE);

        assertThat(known.storedKeys(OVERLAP, 10).keys()).hasSize(2);
        // One that was written late shows that the host stands there in the log.
        assertThat(known.withApplied(ev("died", 4, 88), true, true, Long.MAX_VALUE)
                        .storedKeys(OVERLAP, 10)
                        .keys())
                .hasSize(4);
    }

    @Test
    void lowWatermarkThatIsStoredIsNotPastThePosition() {
        Checkpoint known = Checkpoint.startingAt(at(0))
                .withApplied(ev("died", 2, 500), true, true, Long.MAX_VALUE)
                .withApplied(ev("died", 3, 501), true, true, Long.MAX_VALUE);
        Checkpoint setBack = known.setBackTo(at(100), known.dedupWindow(), java.util.Set.of());

        assertThat(setBack.positionNs()).isEqualTo(at(100));
        assertThat(setBack.storedKeys(OVERLAP, 1).lowWatermarkNs()).isEqualTo(at(100) + 1);
        assertThat(known.setBackTo(at(600), known.dedupWindow(), java.util.Set.of())
                        .positionNs())
                .isEqualTo(at(501));
    }

    /** Another event of the position's own moment can still come. */
    @Test
    void lowWatermarkThatIsStoredCanBeThePosition() {
        EngineEvent before =
                EngineEvent.of("container", "died", ev("died", 2, 0).actorId(), java.util.Map.of(), at(100) - 1);
        Checkpoint known = Checkpoint.startingAt(at(0))
                .withApplied(before, true, true, Long.MAX_VALUE)
                .withApplied(NEWEST, true, true, Long.MAX_VALUE);

        assertThat(known.storedKeys(OVERLAP, 1).lowWatermarkNs()).isEqualTo(at(100));
    }

    @Test
    void newTrailKeepsWhatWasReadAndForgetsWhatIsAlive() {
        Checkpoint known = Checkpoint.startingAt(at(0))
                .withApplied(NEWEST, true, true, Long.MAX_VALUE)
                .with(Checkpoint.Snapshot.DONE)
                .withInference()
                .withFilter(7)
                .withEngineVersion("5.4.2");

        Checkpoint anew = known.beginningNewTrail();

        assertThat(anew.snapshot()).isEqualTo(Checkpoint.Snapshot.RUNNING);
        assertThat(anew.newestEvent()).isEqualTo(EventRef.of(NEWEST));
        assertThat(anew.inferred()).isEqualTo(1);
        assertThat(anew.filter()).isZero();
        assertThat(anew.engineVersion()).isEqualTo("5.4.2");
    }
}
