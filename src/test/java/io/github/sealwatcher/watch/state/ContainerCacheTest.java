package io.github.sealwatcher.watch.state;

import static io.github.sealwatcher.watch.ExactHost.alive;
import static io.github.sealwatcher.watch.ExactHost.at;
import static io.github.sealwatcher.watch.ExactHost.described;
import static io.github.sealwatcher.watch.ExactHost.ended;
import static io.github.sealwatcher.watch.ExactHost.ev;
import static io.github.sealwatcher.watch.ExactHost.id;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.sealwatcher.model.EngineEvent;
import io.github.sealwatcher.model.Life;
import io.github.sealwatcher.model.ObservedContainer;
import io.github.sealwatcher.model.RunState;
import io.github.sealwatcher.watch.checkpoint.Portfolio;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What is remembered of containers between lists, and what that decides. */
class ContainerCacheTest {

    private static final ContainerCache LISTED = ContainerCache.EMPTY.listed(
            new ContainerList(at(50), List.of(alive(1, 10, 7), ended(2, 10, 20))),
            Portfolio.empty(),
            Long.MIN_VALUE,
            0);

    @Test
    void remembersWhatTheLastListShowed() {
        assertThat(LISTED.container(id(1))).isEqualTo(described(1));
        assertThat(LISTED.container(id(3))).isNull();
        assertThat(LISTED.listedAtNs()).isEqualTo(at(50));
        assertThat(LISTED.firstListNs()).as("that of an earlier run").isEqualTo(Long.MIN_VALUE);
        assertThat(LISTED.withFirstList().firstListNs()).isEqualTo(at(50));
    }

    @Test
    void lastReportIsTheLaterOfAChangeAndAnEnd() {
        assertThat(LISTED.reportedUntilNs(id(1))).isEqualTo(Long.MIN_VALUE);
        assertThat(LISTED.changed(id(1), at(30)).reportedUntilNs(id(1))).isEqualTo(at(30));
        assertThat(LISTED.changed(id(1), at(30)).ended(id(1), at(40)).reportedUntilNs(id(1)))
                .isEqualTo(at(40));
        assertThat(LISTED.ended(id(1), at(40)).changed(id(1), at(45)).reportedUntilNs(id(1)))
                .isEqualTo(at(45));
    }

    @Test
    void listThatShowsAnEndedContainerAliveIsOutdated() {
        assertThat(LISTED.hasEnded(id(2), false))
                .as("an inspect showed its end")
                .isTrue();
        assertThat(LISTED.hasEnded(id(1), false)).isFalse();
        assertThat(LISTED.hasEnded(id(1), true)).isFalse();
        assertThat(LISTED.hasEnded(id(3), false)).isFalse();
        assertThat(LISTED.ended(id(1), at(60)).hasEnded(id(1), true))
                .as("the end that was reported came after the first list")
                .isTrue();
        assertThat(LISTED.ended(id(1), at(60)).hasEnded(id(1), false))
                .as("a later list can show its next life")
                .isFalse();
    }

    @Test
    void lifeBeganBeforeTheTrailIfItsStartStandsBeforeIt() {
        ContainerCache cache = LISTED.withStartedBeforeTrail(List.of(ev("start", 1, 10.5)));

        assertThat(cache.isStartedBeforeTrail(id(1), Life.exact(at(10.4), 7))).isTrue();
        assertThat(cache.isStartedBeforeTrail(id(1), Life.exact(at(10.5), 7))).isTrue();
        assertThat(cache.isStartedBeforeTrail(id(1), Life.exact(at(10.5) + 1, 7)))
                .as("a next life")
                .isFalse();
        assertThat(cache.isStartedBeforeTrail(id(2), Life.exact(at(10), 7))).isFalse();
    }

    /** The event may be stamped seconds after the start, and a next life's event is a later one. */
    @Test
    void lifeThatIsKnownFromItsStartEventIsComparedByThatEvent() {
        ContainerCache cache = LISTED.withStartedBeforeTrail(List.of(ev("start", 1, 10.5)));

        assertThat(cache.isStartedBeforeTrail(id(1), Life.fromEvent(at(10.5)))).isTrue();
        assertThat(cache.isStartedBeforeTrail(id(1), Life.fromEvent(at(12)))).isFalse();
    }

    @Test
    void checkpointExplainsAnEndThatIsNotLater() {
        EngineEvent checkpoint = ev("checkpoint", 1, 30);
        ContainerCache cache = LISTED.checkpointed(checkpoint);

        assertThat(cache.checkpointThatEnded(id(1), endedAt(at(29)))).isEqualTo(checkpoint);
        assertThat(cache.checkpointThatEnded(id(1), endedAt(at(30)))).isEqualTo(checkpoint);
        assertThat(cache.checkpointThatEnded(id(1), endedAt(at(30) + 1))).isNull();
        assertThat(cache.checkpointThatEnded(id(1), endedAt(null))).isNull();
        assertThat(LISTED.checkpointThatEnded(id(1), endedAt(at(29)))).isNull();
    }

    @Test
    void removedContainerIsForgotten() {
        ObservedContainer none = LISTED.changed(id(1), at(30)).minus(id(1)).get(id(1));

        assertThat(none).isNull();
        assertThat(LISTED.changed(id(1), at(30)).minus(id(1)).changedNs(id(1))).isEqualTo(Long.MIN_VALUE);
    }

    private static RunState.Ended endedAt(@Nullable Long ns) {
        return new RunState.Ended(at(10), ns, 0);
    }

    @Test
    void removedContainersAreForgottenThoughNoListAgrees() {
        ContainerCache busy = LISTED;
        for (int i = 3; i < 1_000; i++) {
            busy = busy.changed(id(i), at(i))
                    .listed(new ContainerList(at(i + 1), List.of()), Portfolio.empty(), at(i - 60), 0);
        }

        assertThat(busy.agreedNs()).isEqualTo(Long.MIN_VALUE);
        assertThat(busy.lives().byContainer()).hasSizeBetween(60, 62);
    }
}
