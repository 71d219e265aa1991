package io.github.sealwatcher.quickstart;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class TallyTest {
    private static final Instant COMMAND = Instant.ofEpochSecond(1000);
    private final Tally tally = new Tally(COMMAND);

    @Test
    void hasNoFirstRecordAtFirst() {
        assertThat(tally.untilFirst()).isEmpty();
        assertThat(tally.summary()).containsExactly("Records       0: ");
    }

    @Test
    void sumsUp() {
        tally.add(row("start", "snapshot"), COMMAND.plusMillis(7_650));
        tally.add(row("start", "live"), COMMAND.plusMillis(8_010));
        tally.add(row("die", "live"), COMMAND.plusMillis(8_030));
        tally.add(row("die", "live"), COMMAND.plusMillis(8_300));

        assertThat(tally.untilFirst()).contains(Duration.ofMillis(7_650));
        assertThat(tally.summary())
                .containsExactly(
                        "First record  7.6 s after the command",
                        "Records       4: die 2, start 2",
                        "Latency       median 30 ms, highest 300 ms, of 3 live events");
    }

    @Test
    void countsRepeatedRecordsOnce() {
        tally.add(row("start", "live"), COMMAND);

        assertThat(tally.has(row -> row.type().equals("start"))).isTrue();
        assertThat(tally.has(row -> row.type().equals("die"))).isFalse();
    }

    /** An event of the eighth second. */
    private static Row row(String type, String origin) {
        return Row.ofContainerEvent(
                QuotedJson.of("{'time_ns': 1008000000000, 'type': '%s', 'origin': '%s', 'container': {'id': 'a'}}"
                        .formatted(type, origin)));
    }
}
