package io.github.sealwatcher.watch.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.sealwatcher.model.ContainerId;
import io.github.sealwatcher.model.Life;
import org.junit.jupiter.api.Test;

/** Which late events belong to a life from 100 to 200 whose end was inferred while the event log could not be read. */
class EndedLifeTest {

    private static final long START_NS = 100;
    private static final long END_NS = 200;
    private static final EndedLife INFERRED =
            new EndedLife(new ContainerId("a"), Life.exact(START_NS, 7), END_NS, false, false);

    @Test
    void startUpToItsEndIsItsStart() {
        assertThat(INFERRED.isStartedBy(Life.fromEvent(START_NS))).isTrue();
        assertThat(INFERRED.isStartedBy(Life.fromEvent(END_NS))).isTrue();
        assertThat(INFERRED.isStartedBy(Life.fromEvent(END_NS + 1))).isFalse();
    }

    @Test
    void startThatWasAnnouncedIsNotAwaitedAgain() {
        assertThat(INFERRED.startAnnounced().isStartedBy(Life.fromEvent(START_NS)))
                .isFalse();
    }

    @Test
    void startOfAnEarlierProcessIsAnothers() {
        assertThat(INFERRED.isStartedBy(Life.exact(START_NS, 8))).isFalse();
    }

    @Test
    void pauseBetweenStartAndEndIsCovered() {
        assertThat(INFERRED.covers(START_NS - 1, false)).isFalse();
        assertThat(INFERRED.covers(START_NS, false)).isTrue();
        assertThat(INFERRED.covers(END_NS, false)).isTrue();
        assertThat(INFERRED.covers(END_NS + 1, false)).isFalse();
    }

    @Test
    void deathBetweenStartAndEndIsItsEnd() {
        assertThat(INFERRED.isEndedBy(START_NS - 1)).isFalse();
        assertThat(INFERRED.isEndedBy(START_NS)).isTrue();
        assertThat(INFERRED.isEndedBy(END_NS)).isTrue();
        assertThat(INFERRED.isEndedBy(END_NS + 1)).isFalse();
        assertThat(INFERRED.withEndAnnounced().isEndedBy(END_NS)).isFalse();
    }

    @Test
    void afterItsStartEventTheNextDeathIsItsEndWhateverItsTime() {
        assertThat(INFERRED.startAnnounced().isEndedBy(START_NS - 1)).isTrue();
    }

    @Test
    void removalMovesTheEndOnlyForwards() {
        assertThat(INFERRED.withRemoval(END_NS - 1).endNs()).isEqualTo(END_NS);
        assertThat(INFERRED.withRemoval(END_NS + 1).endNs()).isEqualTo(END_NS + 1);
        assertThat(INFERRED.withRemoval(END_NS).removed()).isTrue();
    }
}
