package io.github.sealwatcher.watch.sim;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.sealwatcher.model.HostChange;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** What one loss took is reported as one gap, although the list that shows it is believed later. */
class SingleGapTest {

    /** Container 5 starts while nobody watches, until 25 s. */
    private static final String STARTED_WHILE_NOBODY_WATCHES = """
            setting 0 ENDING exactly-once 120000 one-clock
            0 watch
            0 create 1 0 0
            0 start 1 0
            5000 commit 50
            5000 crash 20000
            6000 create 5 0 0
            6000 start 5 0
            """;

    @Test
    void lifeThatIsListedOnceIsPartOfTheGap() {
        String script = STARTED_WHILE_NOBODY_WATCHES + """
                7000 die 5 0 0
                8000 delete
                8001 create 6 0 0
                27000 remove 5 0
                """;

        assertThat(gaps(script)).hasSize(1);
    }

    @Test
    void lifeThatEndedWithItsHostIsPartOfTheGap() {
        String script = """
                setting 1 ENDING exactly-once 0 one-clock
                0 watch
                5048 create 18 0 0
                5048 start 18 0
                5048 reboot
                """;

        assertThat(gaps(script)).hasSize(1);
    }

    @Test
    void lifeThatOnlyAListOfBeforeTheGapHasShownIsPartOfIt() {
        String script = STARTED_WHILE_NOBODY_WATCHES + """
                25290 drop
                25291 die 5 0 0
                25292 remove 5 0
                25300 delete
                25301 create 6 0 0
                """;

        assertThat(gaps(script)).hasSize(1);
    }

    private static List<HostChange.Window> gaps(String script) {
        return Simulation.of(Script.parse(script)).trail.last().emitted.stream()
                .flatMap(emitted -> emitted.emission().hostChanges().stream())
                .map(HostChange::gap)
                .filter(Objects::nonNull)
                .toList();
    }
}
