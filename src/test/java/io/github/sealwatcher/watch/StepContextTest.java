package io.github.sealwatcher.watch;

import static io.github.sealwatcher.watch.ExactHost.S;
import static io.github.sealwatcher.watch.ExactHost.aliveExactly;
import static io.github.sealwatcher.watch.ExactHost.at;
import static io.github.sealwatcher.watch.ExactHost.described;
import static io.github.sealwatcher.watch.ExactHost.ended;
import static io.github.sealwatcher.watch.ExactHost.ev;
import static io.github.sealwatcher.watch.ExactHost.id;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.sealwatcher.model.ContainerFilter;
import io.github.sealwatcher.model.EngineEvent;
import io.github.sealwatcher.model.Life;
import io.github.sealwatcher.model.LiveContainer;
import io.github.sealwatcher.model.Origin;
import io.github.sealwatcher.model.Status;
import io.github.sealwatcher.watch.checkpoint.Portfolio;
import io.github.sealwatcher.watch.state.Connection;
import io.github.sealwatcher.watch.state.ContainerList;
import io.github.sealwatcher.watch.state.Now;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What a step takes for the host's time, and what it gives out. */
class StepContextTest {

    private static final long HALF_OVERLAP = 5 * S;

    private final StepContextBuilder builder = new StepContextBuilder();

    @Test
    void workersClockIsUsedAsLongAsTheHostsIsUnknown() {
        StepContext context = builder.build();

        assertThat(context.hostEarliestNs()).isEqualTo(at(100));
        assertThat(context.hostLatestNs()).isEqualTo(at(100));
        assertThat(context.hostNowNs()).isEqualTo(at(100));
        assertThat(context.hostEarliestNs(70 * S)).isEqualTo(at(70));
        builder.now = new Now(at(100), 300 * S);
        assertThat(builder.build().hostEarliestNs(290 * S)).isEqualTo(at(90));
    }

    @Test
    void hostsClockIsUsedOnceItIsKnown() {
        StepContext context = builder.hostTime(at(3700), at(3701)).build();

        assertThat(context.hostEarliestNs()).isEqualTo(at(3700));
        assertThat(context.hostLatestNs()).isEqualTo(at(3701));
        assertThat(context.hostEarliestNs(90 * S)).isEqualTo(at(3690));
        assertThat(context.hostNowNs()).as("in the middle").isEqualTo(at(3700.5));
    }

    /** Most hosts keep the worker's time, which is finer than the second that the host's answers show. */
    @Test
    void workersClockIsUsedWhereItCanBeTheHosts() {
        assertThat(builder.hostTime(at(99.5), at(100.5)).build().hostNowNs()).isEqualTo(at(100));
        assertThat(builder.hostTime(at(100), at(101)).build().hostNowNs()).isEqualTo(at(100));
        assertThat(builder.hostTime(at(99), at(100)).build().hostNowNs()).isEqualTo(at(100));
        assertThat(builder.hostTime(at(100) + 2, at(100) + 4).build().hostNowNs())
                .isEqualTo(at(100) + 3);
        assertThat(builder.hostTime(at(100) - 4, at(100) - 2).build().hostNowNs())
                .isEqualTo(at(100) - 3);
    }

    /** It is from before the clock was set back: reading must not go on from there. */
    @Test
    void eventThatIsYetToComeDoesNotMoveThePosition() {
        builder.hostTime(at(100), at(101));

        assertThat(positionAfter(stamped(at(101)))).isEqualTo(at(101));
        assertThat(positionAfter(stamped(at(101) + HALF_OVERLAP))).isEqualTo(at(100) + GapDetector.LATE_NS);
        assertThat(positionAfter(stamped(at(101) + HALF_OVERLAP + 1))).isEqualTo(at(0));
    }

    @Test
    void afterARestartTheTrailAgreedTwoIntervalsBeforeItsPosition() {
        builder.checkpoint = builder.checkpoint.withApplied(ev("died", 1, 90), true, true, Long.MAX_VALUE);

        assertThat(builder.build().agreedNs()).isEqualTo(at(90 - 120));
    }

    @Test
    void trailAgreedWithTheLastListThatDidAndWithNothingPastItsPosition() {
        builder.checkpoint = builder.checkpoint.withApplied(ev("died", 1, 90), true, true, Long.MAX_VALUE);
        builder.listed(80);
        builder.cache = builder.cache.agreed();
        assertThat(builder.build().agreedNs()).isEqualTo(at(80));

        builder.listed(95);
        builder.cache = builder.cache.agreed();
        assertThat(builder.build().agreedNs()).isEqualTo(at(90));
    }

    @Test
    void eventIsLiveFromTheMomentOfTheConnectionOn() {
        StepContext context = builder.build();

        assertThat(context.occurrence(ev("start", 1, 40), "start").origin()).isEqualTo(Origin.LIVE);
        assertThat(context.occurrence(stamped(at(40) - 1), "start").origin()).isEqualTo(Origin.REPLAY);
        builder.connection = new Connection.Connecting(0);
        assertThat(builder.build().occurrence(ev("start", 1, 40), "start").origin())
                .isEqualTo(Origin.REPLAY);
    }

    @Test
    void rowsAreRemovedOfAllButWhatIsAliveAndReported() {
        builder.filter(new ContainerFilter(Pattern.compile("^c[134]$"), null, List.of(), List.of(), true));
        builder.checkpoint = builder.checkpoint.with(Portfolio.empty()
                .plus(new LiveContainer(described(4), Life.exact(at(0), 4), Status.RUNNING, at(0), null)));
        StepContext context = builder.build();

        context.emitAbsent(
                Set.of(id(1), id(2), id(3), id(4), id(5)),
                new ContainerList(at(90), List.of(aliveExactly(1, 0, 1), aliveExactly(2, 0, 2), ended(3, 0, 50))));

        Emission emission = ((Output.Emit) context.end().outputs().get(0)).emission();
        assertThat(emission.absent()).containsExactlyInAnyOrder(id(2), id(3), id(5));
        assertThat(emission.engine()).isEqualTo(StepContextBuilder.ENGINE);
        assertThat(emission.changes()).isEmpty();
    }

    @Test
    void nothingIsGivenOutIfNoRowIsToBeRemoved() {
        StepContext context = builder.build();

        context.emitAbsent(Set.of(id(1)), new ContainerList(at(90), List.of(aliveExactly(1, 0, 1))));

        assertThat(context.end().outputs()).isEmpty();
    }

    private long positionAfter(EngineEvent event) {
        StepContext context = builder.build();
        context.applied(event, true);
        return context.checkpoint.positionNs();
    }

    private static EngineEvent stamped(long timeNs) {
        return EngineEvent.of("container", "start", id(1).value(), Map.of(), timeNs);
    }
}
