package io.github.sealwatcher.watch;

import static io.github.sealwatcher.watch.ExactHost.S;
import static io.github.sealwatcher.watch.ExactHost.aliveExactly;
import static io.github.sealwatcher.watch.ExactHost.at;
import static io.github.sealwatcher.watch.ExactHost.described;
import static io.github.sealwatcher.watch.ExactHost.ended;
import static io.github.sealwatcher.watch.ExactHost.id;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.sealwatcher.model.ContainerId;
import io.github.sealwatcher.model.Life;
import io.github.sealwatcher.model.LiveContainer;
import io.github.sealwatcher.model.ObservedContainer;
import io.github.sealwatcher.model.PodRef;
import io.github.sealwatcher.model.RunState;
import io.github.sealwatcher.model.Status;
import io.github.sealwatcher.watch.checkpoint.Portfolio;
import io.github.sealwatcher.watch.state.ContainerCache;
import io.github.sealwatcher.watch.state.ContainerList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** In what a list and what is known don't agree. */
class ListDiffTest {

    private static final PodRef POD = new PodRef("pod", "crew");
    private static final Life LIFE = Life.exact(at(10), 7);

    private Portfolio known = Portfolio.empty();
    private ContainerCache cache = ContainerCache.EMPTY;
    private long nowTicks;
    private boolean reportAgain;
    private boolean reportedAsEnded;

    @Test
    void equalStatesDoNotDiffer() {
        knows(Status.RUNNING);

        assertThat(differences(Set.of(), Set.of(), aliveExactly(1, 10, 7))).isEmpty();
    }

    @Test
    void unknownContainerAppearsAfterItsPod() {
        assertThat(differences(Set.of(), Set.of(), inPod(aliveExactly(1, 10, 7))))
                .containsExactly("Joined", "Appeared");
        assertThat(differences(Set.of(), Set.of(), ended(1, 10, 20))).isEmpty();
    }

    @Test
    void deadOrMissingContainerVanishesBeforeItLeavesItsPod() {
        knows(Status.RUNNING);
        assertThat(differences(Set.of(), Set.of(), ended(1, 10, 20))).containsExactly("Vanished");

        known = known.associated(id(1), POD);
        assertThat(differences(Set.of(), Set.of())).containsExactly("Vanished", "Left");
        known = known.minus(id(1));
        assertThat(differences(Set.of(), Set.of())).containsExactly("Left");
        assertThat(differences(Set.of(), Set.of(), inPod(ended(1, 10, 20)))).isEmpty();
    }

    @Test
    void otherPodIsJoined() {
        known = known.associated(id(1), new PodRef("other", null));

        assertThat(differences(Set.of(), Set.of(), inPod(ended(1, 10, 20)))).containsExactly("Joined");
    }

    @Test
    void otherLifeReplacesTheOneThatIsKnown() {
        knows(Status.RUNNING);

        assertThat(differences(Set.of(), Set.of(), aliveExactly(1, 30, 8))).containsExactly("Replaced");
    }

    @Test
    void whatChangedSinceTheListIsLeftOut() {
        knows(Status.RUNNING);
        known = known.associated(id(1), POD);

        assertThat(differences(Set.of(id(1)), Set.of())).isEmpty();
        assertThat(differences(Set.of(id(1)), Set.of(), ended(1, 10, 20))).isEmpty();
    }

    @Test
    void pauseIsADifferenceUnlessItChangedSinceTheList() {
        knows(Status.PAUSED);

        assertThat(differences(Set.of(), Set.of(), aliveExactly(1, 10, 7))).containsExactly("PauseChanged");
        assertThat(differences(Set.of(), Set.of(id(1)), aliveExactly(1, 10, 7))).isEmpty();
        assertThat(differences(Set.of(), Set.of(id(1)), ended(1, 10, 20))).containsExactly("Vanished");
    }

    @Test
    void containerThatIsBeingStoppedIsNeitherPausedNorNot() {
        knows(Status.PAUSED);

        assertThat(differences(Set.of(), Set.of(), stopping())).isEmpty();
    }

    @Test
    void containerThatIsStuckIsNotAlive() {
        knows(Status.RUNNING);
        cache = cache.listed(new ContainerList(at(0), List.of(stopping())), Portfolio.empty(), Long.MIN_VALUE, 0);
        nowTicks = 20 * S;
        assertThat(differences(Set.of(), Set.of(), stopping())).isEmpty();

        nowTicks = 20 * S + 1;
        assertThat(differences(Set.of(), Set.of(), stopping())).containsExactly("Vanished");
    }

    @Test
    void containerThatIsBeingStoppedDoesNotAppearAgainAfterItsEndWasReported() {
        assertThat(differences(Set.of(), Set.of(), stopping())).containsExactly("Appeared");

        reportedAsEnded = true;
        assertThat(differences(Set.of(), Set.of(), stopping())).isEmpty();
        assertThat(differences(Set.of(), Set.of(), aliveExactly(1, 10, 7))).containsExactly("Appeared");
    }

    @Test
    void whatIsAliveAppearsAgainIfItIsToBeReportedAgain() {
        knows(Status.RUNNING);
        reportAgain = true;

        assertThat(differences(Set.of(id(1)), Set.of(), aliveExactly(1, 10, 7))).containsExactly("Appeared");
        assertThat(differences(Set.of(id(1)), Set.of(), ended(1, 10, 20))).isEmpty();
        cache = cache.reported(id(1));
        assertThat(differences(Set.of(), Set.of(), aliveExactly(1, 10, 7)))
                .as("it was reported by this run")
                .isEmpty();
    }

    private void knows(Status status) {
        known = known.plus(new LiveContainer(described(1), LIFE, status, at(10), null));
    }

    private List<String> differences(
            Set<ContainerId> changed, Set<ContainerId> pauseChanged, ObservedContainer... listed) {
        return new ListDiff(
                        known,
                        new ContainerList(at(50), List.of(listed)),
                        cache,
                        nowTicks,
                        reportAgain,
                        (id, life) -> reportedAsEnded)
                .compare(changed, pauseChanged).stream()
                        .map(difference -> difference.getClass().getSimpleName())
                        .toList();
    }

    private static ObservedContainer inPod(ObservedContainer shown) {
        return new ObservedContainer(shown.container(), POD, shown.state());
    }

    private static ObservedContainer stopping() {
        return new ObservedContainer(
                described(1), null, new RunState.Live(LIFE, Status.RUNNING, new RunState.Stopping(null)));
    }
}
