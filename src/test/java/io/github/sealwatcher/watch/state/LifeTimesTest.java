package io.github.sealwatcher.watch.state;

import static io.github.sealwatcher.watch.ExactHost.alive;
import static io.github.sealwatcher.watch.ExactHost.at;
import static io.github.sealwatcher.watch.ExactHost.ev;
import static io.github.sealwatcher.watch.ExactHost.id;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.sealwatcher.model.ContainerId;
import io.github.sealwatcher.model.EngineEvent;
import io.github.sealwatcher.model.ObservedContainer;
import io.github.sealwatcher.watch.checkpoint.Portfolio;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.pcollections.HashTreePMap;
import org.pcollections.PMap;

/** How long is remembered when something was. */
class LifeTimesTest {

    private static final PMap<ContainerId, ObservedContainer> NOBODY = HashTreePMap.empty();

    @Test
    void lifeBeganBeforeTheTrailWithItsLastStartThatHasNoEnd() {
        LifeTimes times = LifeTimes.NONE.begun(
                List.of(
                        ev("start", 1, 1),
                        ev("died", 1, 2),
                        ev("start", 1, 3),
                        ev("start", 2, 4),
                        ev("died", 2, 5),
                        ev("start", 3, 6),
                        ev("remove", 3, 7),
                        ev("pause", 4, 8),
                        EngineEvent.of("pod", "start", id(5).value(), Map.of(), at(9)),
                        EngineEvent.of("container", "start", "", Map.of(), at(10))),
                HashTreePMap.empty());

        assertThat(times.byContainer()).containsOnlyKeys(id(1));
        assertThat(times.of(id(1)).begunNs()).isEqualTo(at(3));
        assertThat(times.begun(List.of(), HashTreePMap.empty()).byContainer()).isEmpty();
    }

    @Test
    void listForgetsWhatIsOlderThanTheListBeforeAndNoLongerThere() {
        LifeTimes times = LifeTimes.NONE
                .changed(id(1), at(20))
                .changed(id(2), at(21))
                .changed(id(3), at(20))
                .reported(id(1), at(20))
                .reported(id(2), at(21));

        LifeTimes left = times.listed(NOBODY.plus(id(3), alive(3, 1, 7)), Portfolio.empty(), at(20), at(25), at(20));

        assertThat(left.byContainer()).containsOnlyKeys(id(2), id(3));
        assertThat(left.of(id(2)).changedNs()).isEqualTo(at(21));
        assertThat(left.of(id(2)).reportedNs()).isEqualTo(at(21));
    }

    @Test
    void endOfAContainerThatIsNoLongerListedIsForgotten() {
        LifeTimes times = LifeTimes.NONE.ended(id(1), at(20)).ended(id(2), at(20));

        LifeTimes left = times.listed(NOBODY.plus(id(2), alive(2, 1, 7)), Portfolio.empty(), at(30), at(35), at(30));

        assertThat(left.of(id(1)).endedAtNs()).isNull();
        assertThat(left.of(id(2)).endedAtNs()).isEqualTo(at(20));
    }

    @Test
    void listThatIsOlderThanAnEndDoesNotForgetIt() {
        LifeTimes times = LifeTimes.NONE.ended(id(1), at(35)).ended(id(2), at(36));

        LifeTimes left = times.listed(NOBODY, Portfolio.empty(), at(30), at(35), at(30));

        assertThat(left.of(id(1)).endedAtNs()).isNull();
        assertThat(left.of(id(2)).endedAtNs()).isEqualTo(at(36));
    }

    @Test
    void endOfALifeTakesWithItWhatWasKnownOfThatLife() {
        LifeTimes times = LifeTimes.NONE
                .begun(List.of(ev("start", 1, 1)), HashTreePMap.empty())
                .checkpointed(ev("checkpoint", 1, 2))
                .reported(id(1), at(3))
                .ended(id(1), at(4));

        assertThat(times.of(id(1))).isEqualTo(LifeTime.NONE.ended(at(4)));
    }

    @Test
    void afterTheClockWasSetBackNothingIsComparedWithEarlierTimes() {
        LifeTimes times =
                LifeTimes.NONE.ended(id(1), at(4)).reported(id(2), at(5)).setBack();

        assertThat(times.of(id(1)).endedAtNs()).isNull();
        assertThat(times.of(id(2)).reportedNs()).isEqualTo(Long.MIN_VALUE);
    }
}
