package io.github.sealwatcher.connect.offset;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.sealwatcher.model.Container;
import io.github.sealwatcher.model.ContainerId;
import io.github.sealwatcher.model.Life;
import io.github.sealwatcher.model.LiveContainer;
import io.github.sealwatcher.model.PodRef;
import io.github.sealwatcher.model.Status;
import io.github.sealwatcher.watch.checkpoint.Checkpoint;
import io.github.sealwatcher.watch.checkpoint.EndedLife;
import io.github.sealwatcher.watch.checkpoint.Portfolio;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.pcollections.TreePVector;

/** Ids and times that Podman does not write come back from a stored offset as they were. */
class ForeignIdsTest {

    private static final long NOW_NS = 1_795_000_000_000_000_000L;
    private static final ContainerId USUAL = new ContainerId("a".repeat(64));

    /** As long as an id of Podman's, with one digit that is none. */
    @ParameterizedTest
    @ValueSource(ints = {0, 1, 62, 63})
    void idWithAForeignDigitComesBack(int place) {
        ContainerId foreign = new ContainerId("a".repeat(place) + "g" + "a".repeat(63 - place));
        Portfolio portfolio = Portfolio.empty().plus(alive(foreign)).plus(alive(USUAL));

        assertThat(stored(portfolio, List.of()).portfolio().alive()).containsOnlyKeys(foreign, USUAL);
    }

    @Test
    void deadMemberWithAForeignIdComesBack() {
        ContainerId foreign = new ContainerId("member-1");
        PodRef pod = new PodRef("b".repeat(64), "crew");
        Portfolio portfolio = Portfolio.empty().plus(alive(USUAL)).associated(foreign, pod);

        assertThat(stored(portfolio, List.of()).portfolio().members()).containsOnlyKeys(foreign);
    }

    /** The clock can be set back between the two. */
    @Test
    void endBeforeTheStartComesBack() {
        EndedLife life = new EndedLife(USUAL, Life.exact(NOW_NS, 7), NOW_NS - 3_600_000_000_001L, false, true);

        assertThat(stored(Portfolio.empty(), List.of(life)).unconfirmed()).containsExactly(life);
    }

    private static Checkpoint stored(Portfolio portfolio, List<EndedLife> unconfirmed) {
        Checkpoint checkpoint = Checkpoint.startingAt(NOW_NS)
                .with(Checkpoint.Snapshot.DONE)
                .with(portfolio)
                .unconfirmed(TreePVector.from(unconfirmed));
        return Offsets.decode(Offsets.encode(checkpoint, 1_000, OffsetNotes.NONE));
    }

    private static LiveContainer alive(ContainerId id) {
        return new LiveContainer(Container.unknown(id), Life.exact(NOW_NS, 7), Status.RUNNING, NOW_NS, null);
    }
}
