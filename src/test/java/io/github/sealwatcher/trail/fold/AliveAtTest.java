package io.github.sealwatcher.trail.fold;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.sealwatcher.trail.TrailEvents;
import io.github.sealwatcher.trail.event.ContainerEvent;
import io.github.sealwatcher.trail.event.Pod;
import io.github.sealwatcher.trail.event.Window;
import java.util.List;
import org.junit.jupiter.api.Test;

/** History lost events between the 60th and the 65th second; a list made up for that in the 72nd. */
class AliveAtTest {
    private static final String A = "aaaa";
    private static final AliveAt.Losses NONE = new Lost(new Window(-2, -1), 0);

    private final TrailEvents make = new TrailEvents();
    private final List<ContainerEvent> events = List.of(
            make.live("start", A, 10, 10),
            make.live("pause", A, 20, 10),
            make.live("unpause", A, 30, 10),
            make.live("die", A, 40, 10),
            make.live("start", A, 50, 50),
            make.inferred("die", A, 65, 50));

    private record Lost(Window gap, long settledNs) implements AliveAt.Losses {
        @Override
        public boolean mayHaveChanged(String host, long knownNs, long timeNs, long nextNs) {
            return lost(host, knownNs, timeNs) && settledNs >= nextNs;
        }

        @Override
        public boolean lost(String host, long fromNs, long toNs) {
            return gap.meets(new Window(fromNs, toNs));
        }
    }

    @Test
    void aliveSetFollowsTheEvents() {
        assertThat(at(9)).isEmpty();
        assertThat(at(10)).containsExactly("running");
        assertThat(at(25)).containsExactly("paused");
        assertThat(at(35)).containsExactly("running");
        assertThat(at(45)).isEmpty();
    }

    @Test
    void lifeThatMayHaveEndedInAGapIsUncertain() {
        assertThat(at(59)).containsExactly("running");
        assertThat(at(62)).containsExactly("running?");
        assertThat(at(65)).isEmpty();
    }

    @Test
    void lifeConfirmedByTheListIsCertain() {
        assertThat(at(62, make.live("start", A, 50, 50))).containsExactly("running");
        assertThat(at(62, make.live("start", A, 50, 50), make.live("die", A, 80, 50)))
                .containsExactly("running");
    }

    @Test
    void endBetweenGapAndListMayBeOfAnotherLife() {
        ContainerEvent start = make.live("start", A, 50, 50);
        ContainerEvent die = make.live("die", A, 70, 50);
        assertThat(at(62, start, die)).containsExactly("running?");
        assertThat(at(67, start, die)).as("nothing is lost in between").containsExactly("running");
    }

    @Test
    void inferredEndWithAnExitCodeIsExact() {
        ContainerEvent start = make.live("start", A, 50, 50);
        assertThat(at(62, start, make.event("die", A, 64, 50, "reconciled", 137, null)))
                .containsExactly("running");
    }

    @Test
    void lifeSeenLaterWasAliveSinceItsStart() {
        ContainerEvent start = make.inferred("start", A, 65, 61);
        assertThat(at(60, start)).containsExactly("running?");
        assertThat(at(62, start)).containsExactly("running");
        ContainerEvent sight = make.event("start", A, 30, 5, "snapshot", null, null);
        assertThat(at(4, sight)).isEmpty();
        assertThat(at(6, sight)).containsExactly("running");
    }

    @Test
    void unseenStartMayBeEarlier() {
        ContainerEvent start = make.inferred("start", A, 65, 80);
        assertThat(at(59, start)).as("before the gap").isEmpty();
        assertThat(at(62, start)).containsExactly("running?");
        assertThat(at(66, start)).containsExactly("running");
        assertThat(at(62, make.live("start", A, 64, 64))).as("seen as it went").isEmpty();
    }

    @Test
    void lifeFromBeforeTheTrailIsKnownByLaterRecords() {
        List<ContainerEvent> cut = events.subList(3, 4);
        AliveAt alive = new AliveAt(20 * TrailEvents.SECOND, started -> true, NONE);
        cut.forEach(alive::add);
        assertThat(alive.rows()).extracting(AliveAt.Row::status).containsExactly("running");
        AliveAt whole = new AliveAt(20 * TrailEvents.SECOND, started -> false, NONE);
        cut.forEach(whole::add);
        assertThat(whole.rows()).isEmpty();
    }

    @Test
    void lifeWithoutEventsIsKnownByTheStateTopic() {
        AliveAt alive = new AliveAt(20 * TrailEvents.SECOND, started -> true, NONE);
        alive.add(make.row("bbbb", "running", 5));
        alive.add(make.row("cccc", "running", 25));
        assertThat(alive.rows()).extracting(row -> row.key().id()).containsExactly("bbbb");
    }

    /** Of a life that was inferred from its end, which bears no pod, a later record names it. */
    @Test
    void podThatOnlyALaterRecordNamesIsThatOfAllTheLife() {
        Pod pod = new Pod("b".repeat(64), "web");
        AliveAt alive = new AliveAt(15 * TrailEvents.SECOND, started -> false, NONE);
        alive.add(make.inferred("start", A, 10, 10));
        alive.add(make.live("die", A, 20, 10));
        alive.add(make.event("pod_association", A, 21, 21, "replay", null, pod));
        alive.add(make.event("start", A, 22, 22, "replay", null, pod));

        assertThat(alive.rows()).extracting(AliveAt.Row::pod).containsExactly(pod);
    }

    private List<String> at(long second) {
        return at(second, events.toArray(ContainerEvent[]::new));
    }

    private static List<String> at(long second, ContainerEvent... trail) {
        Window gap = new Window(60 * TrailEvents.SECOND, 65 * TrailEvents.SECOND);
        AliveAt alive =
                new AliveAt(second * TrailEvents.SECOND, started -> false, new Lost(gap, 72 * TrailEvents.SECOND));
        List.of(trail).forEach(alive::add);
        return alive.rows().stream()
                .map(row -> row.status() + (row.certain() ? "" : "?"))
                .toList();
    }
}
