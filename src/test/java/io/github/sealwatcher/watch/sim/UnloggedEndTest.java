package io.github.sealwatcher.watch.sim;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.sealwatcher.model.HostChange;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** How wide the gap of an end is that was never written. No checker asks that: a wider one hides nothing. */
class UnloggedEndTest {

    private static final long RESTART_MS = 400_000;

    @Test
    void gapBeginsWithTheLastListThatShowedTheProcess() {
        Simulation run = Simulation.of(Script.parse("""
                setting 2 SKIPPING exactly-once 120000 one-clock
                0 create 1 0 0
                0 start 1 0
                5000 watch
                %d reboot
                """.formatted(RESTART_MS)));

        List<HostChange.Window> gaps = run.trail.last().emitted.stream()
                .flatMap(emitted -> emitted.emission().hostChanges().stream())
                .map(HostChange::gap)
                .filter(Objects::nonNull)
                .toList();

        assertThat(Checkers.all(run)).isEmpty();
        assertThat(gaps).hasSize(1);
        long restartNs = run.clock.hostNs() - run.clock.ticks() + RESTART_MS * SimClock.MILLISECOND_NS;
        assertThat(gaps.get(0).fromNs()).isBetween(restartNs - 2 * Simulation.RESYNC_NS, restartNs);
    }
}
