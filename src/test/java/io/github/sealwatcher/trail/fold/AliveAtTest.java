package io.github.sealwatcher.trail.fold;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.sealwatcher.trail.TrailEvents;
import io.github.sealwatcher.trail.event.ContainerEvent;
import io.github.sealwatcher.trail.event.Window;
import java.util.List;
import org.junit.jupiter.api.Test;

class AliveAtTest {
    private static final String A = "aaaa";

    private final TrailEvents make = new TrailEvents();
    private final List<ContainerEvent> events = List.of(
            make.live("start", A, 10, 10),
            make.live("pause", A, 20, 10),
            make.live("unpause", A, 30, 10),
            make.live("die", A, 40, 10),
            make.live("start", A, 50, 50),
            make.inferred("die", A, 80, 50));

    @Test
    void isWhatHappenedUntilThen() {
        assertThat(at(9, false)).isEmpty();
        assertThat(at(10, false)).containsExactly("running");
        assertThat(at(25, false)).containsExactly("paused");
        assertThat(at(35, false)).containsExactly("running");
        assertThat(at(45, false)).isEmpty();
    }

    @Test
    void whatMayHaveEndedInAGapIsNotCertain() {
        assertThat(rows(59, false)).allMatch(AliveAt.Row::certain);
        assertThat(rows(70, false)).noneMatch(AliveAt.Row::certain);
        assertThat(rows(35, false)).allMatch(AliveAt.Row::certain);
    }

    @Test
    void aLifeThatBeganBeforeTheTrailIsKnownByWhatComesLater() {
        List<ContainerEvent> cut = events.subList(3, 4);
        AliveAt alive = new AliveAt(20 * TrailEvents.SECOND, started -> true, (host, window) -> false);
        cut.forEach(alive::add);
        assertThat(alive.rows()).extracting(AliveAt.Row::status).containsExactly("running");
        AliveAt whole = new AliveAt(20 * TrailEvents.SECOND, started -> false, (host, window) -> false);
        cut.forEach(whole::add);
        assertThat(whole.rows()).isEmpty();
    }

    @Test
    void aSilentLifeIsKnownByTheStateTopic() {
        AliveAt alive = new AliveAt(20 * TrailEvents.SECOND, started -> true, (host, window) -> false);
        alive.add(make.row("bbbb", "running", 5));
        alive.add(make.row("cccc", "running", 25));
        assertThat(alive.rows()).extracting(row -> row.key().id()).containsExactly("bbbb");
    }

    private List<String> at(long second, boolean cut) {
        return rows(second, cut).stream().map(AliveAt.Row::status).toList();
    }

    /** History lost events between the 60th and the 65th second. */
    private List<AliveAt.Row> rows(long second, boolean cut) {
        Window gap = new Window(60 * TrailEvents.SECOND, 65 * TrailEvents.SECOND);
        AliveAt alive = new AliveAt(second * TrailEvents.SECOND, started -> cut, (host, window) -> gap.meets(window));
        events.forEach(alive::add);
        return alive.rows();
    }
}
