package io.github.sealwatcher.watch;

import static io.github.sealwatcher.watch.ExactHost.at;
import static io.github.sealwatcher.watch.ExactHost.described;
import static io.github.sealwatcher.watch.ExactHost.ev;
import static io.github.sealwatcher.watch.ExactHost.id;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.sealwatcher.model.Life;
import io.github.sealwatcher.model.LiveContainer;
import io.github.sealwatcher.model.ObservedContainer;
import io.github.sealwatcher.model.RunState;
import io.github.sealwatcher.model.Status;
import io.github.sealwatcher.watch.checkpoint.EndedLife;
import io.github.sealwatcher.watch.checkpoint.Portfolio;
import io.github.sealwatcher.watch.state.ContainerList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Which events that the log brings late belong to lives that were reported as ended without them. */
class UnconfirmedLivesTest {

    private final StepContextBuilder builder = new StepContextBuilder();
    private final StepContext blind = builder.unreadable().build();

    @Test
    void lifeIsKeptOnlyWhileTheLogCannotBeRead() {
        StepContext readable = new StepContextBuilder().build();
        UnconfirmedLives.ended(readable, live(1, 10), at(50), false);
        UnconfirmedLives.ended(blind, live(1, 10), at(50), false);

        assertThat(isKnown(readable, 1)).isFalse();
        assertThat(isKnown(blind, 1)).isTrue();
        assertThat(isKnown(blind, 2)).isFalse();
    }

    @Test
    void deathIsRecognizedOnceAndOfItsContainerOnly() {
        UnconfirmedLives.ended(blind, live(1, 10), at(50), false);

        assertThat(UnconfirmedLives.isEnd(blind, ev("died", 2, 40), true, null)).isFalse();
        assertThat(UnconfirmedLives.isEnd(blind, ev("died", 1, 40), true, null)).isTrue();
        assertThat(UnconfirmedLives.isEnd(blind, ev("died", 1, 41), true, null)).isFalse();
    }

    /** Whoever waited for its end is gone; when the engine notices at last, the end was reported already. */
    @Test
    void deathOfAContainerThatNeverStoppedStoppingIsRecognizedThoughTheLogCanBeRead() {
        StepContext readable = new StepContextBuilder().build();
        UnconfirmedLives.stuck(readable, live(1, 10), at(50));

        assertThat(isKnown(readable, 1)).isTrue();
        assertThat(UnconfirmedLives.isEnd(readable, ev("died", 1, 40), true, null))
                .isTrue();
    }

    @Test
    void startIsRecognizedIfItCanBeTheOneOfTheLife() {
        UnconfirmedLives.ended(blind, live(1, 10), at(200), false);

        assertThat(UnconfirmedLives.isStart(blind, ev("start", 2, 10.1), true)).isFalse();
        assertThat(UnconfirmedLives.isStart(blind, ev("start", 1, 100), true))
                .as("a start is written within seconds")
                .isFalse();
        assertThat(UnconfirmedLives.isStart(blind, ev("restore", 1, 100), true))
                .as("a restored life shows the start of an earlier one")
                .isTrue();
        assertThat(UnconfirmedLives.isStart(blind, ev("start", 1, 10.1), true))
                .as("a second time")
                .isFalse();
    }

    @Test
    void whatHappenedInTheLifeIsCovered() {
        UnconfirmedLives.ended(blind, live(1, 10), at(50), false);

        assertThat(UnconfirmedLives.covers(blind, ev("pause", 1, 30), true)).isTrue();
        assertThat(UnconfirmedLives.covers(blind, ev("pause", 1, 51), true)).isFalse();
        assertThat(UnconfirmedLives.covers(blind, ev("pause", 2, 30), true)).isFalse();
    }

    @Test
    void removalIsNotedWithTheContainersLastLife() {
        UnconfirmedLives.ended(blind, live(1, 10), at(20), false);
        UnconfirmedLives.ended(blind, live(1, 30), at(40), false);
        UnconfirmedLives.ended(blind, live(2, 30), at(40), false);

        UnconfirmedLives.removed(blind, id(1), at(60));

        assertThat(blind.checkpoint.unconfirmed())
                .extracting(EndedLife::removed)
                .containsExactly(false, true, false);
        assertThat(blind.checkpoint.unconfirmed()).extracting(EndedLife::endNs).containsExactly(at(20), at(60), at(40));
    }

    @Test
    void removalIsNotedOfTheOnlyLife() {
        UnconfirmedLives.ended(blind, live(1, 10), at(20), false);
        UnconfirmedLives.removed(blind, id(1), at(60));

        assertThat(blind.checkpoint.unconfirmed()).hasSize(1);
        assertThat(blind.checkpoint.unconfirmed().get(0).removed()).isTrue();
    }

    @Test
    void whatHappenedUpToTheRemovalIsOver() {
        UnconfirmedLives.ended(blind, live(1, 10), at(20), false);
        assertThat(UnconfirmedLives.isRemoved(blind.checkpoint, ev("create", 1, 15)))
                .as("ended, but not removed")
                .isFalse();

        UnconfirmedLives.removed(blind, id(1), at(60));

        assertThat(UnconfirmedLives.isRemoved(blind.checkpoint, ev("create", 1, 15)))
                .isTrue();
        assertThat(UnconfirmedLives.isRemoved(blind.checkpoint, ev("create", 1, 60)))
                .isTrue();
        assertThat(UnconfirmedLives.isRemoved(blind.checkpoint, ev("create", 1, 60.001)))
                .isFalse();
        assertThat(UnconfirmedLives.isRemoved(blind.checkpoint, ev("create", 2, 15)))
                .isFalse();
    }

    /** A container that was created in a pod and never started has a membership only. */
    @Test
    void removalOfAContainerWithoutALifeIsKeptOnlyWhileTheLogCannotBeRead() {
        StepContext readable = new StepContextBuilder().build();
        UnconfirmedLives.removed(readable, id(1), at(60));
        UnconfirmedLives.removed(blind, id(1), at(60));

        assertThat(readable.checkpoint.unconfirmed()).isEmpty();
        assertThat(UnconfirmedLives.isRemoved(blind.checkpoint, ev("create", 1, 15)))
                .isTrue();
        assertThat(UnconfirmedLives.isStart(blind, ev("start", 1, 60), true)).isFalse();
        assertThat(UnconfirmedLives.isEnd(blind, ev("died", 1, 60), true, null)).isFalse();
    }

    @Test
    void onceTheLogWasReadOnlyWhatIsStillBeingStoppedIsKept() {
        UnconfirmedLives.ended(blind, live(1, 10), at(50), false);
        UnconfirmedLives.ended(blind, live(2, 10), at(50), false);
        blind.cache = blind.cache.listed(
                new ContainerList(at(90), List.of(stopping(2))), Portfolio.empty(), Long.MIN_VALUE, 0);

        UnconfirmedLives.forget(blind);

        assertThat(blind.checkpoint.unconfirmed()).extracting(EndedLife::id).containsExactly(id(2));
    }

    @Test
    void oldestLifeOfTooManyIsForgotten() {
        for (int i = 1; i <= 1024; i++) {
            UnconfirmedLives.ended(blind, live(i, 10), at(50), false);
        }
        assertThat(isKnown(blind, 1)).isTrue();

        UnconfirmedLives.ended(blind, live(1025, 10), at(50), false);

        assertThat(isKnown(blind, 1)).isFalse();
        assertThat(isKnown(blind, 2)).isTrue();
        assertThat(isKnown(blind, 1025)).isTrue();
    }

    private static boolean isKnown(StepContext context, int number) {
        return UnconfirmedLives.isKnown(
                context.checkpoint, id(number), live(number, 10).life());
    }

    private static LiveContainer live(int number, double since) {
        return new LiveContainer(described(number), Life.exact(at(since), number), Status.RUNNING, at(since), null);
    }

    private static ObservedContainer stopping(int number) {
        return new ObservedContainer(
                described(number),
                null,
                new RunState.Live(Life.exact(at(10), number), Status.RUNNING, new RunState.Stopping(null)));
    }
}
