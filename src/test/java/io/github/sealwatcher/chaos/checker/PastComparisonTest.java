package io.github.sealwatcher.chaos.checker;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.sealwatcher.chaos.checker.PastComparison.Answer;
import io.github.sealwatcher.chaos.checker.PastComparison.Row;
import io.github.sealwatcher.chaos.world.SeededRandom;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class PastComparisonTest {
    private static final long SECOND = 1_000_000_000L;

    private final Verdict verdict = new Verdict();

    @Test
    void equalTablesHaveNoFindings() {
        compare(Map.of("a", "running in p"), Map.of("a", new Row("running in p", true)), false);
        assertThat(verdict.violations()).isEmpty();
        assertThat(verdict.figures()).contains("1 of 1 moments equal, 0 in a blind window");
    }

    @Test
    void extraMissingOrDifferentRowIsAFinding() {
        compare(Map.of("a", "running"), Map.of(), false);
        compare(Map.of(), Map.of("d", new Row("running", true)), false);
        compare(Map.of("c", "running"), Map.of("c", new Row("paused", true)), false);
        assertThat(verdict.violations()).extracting(Violation::id).containsExactly("a", "d", "c");
    }

    @Test
    void tablesMayDifferInABlindWindow() {
        compare(Map.of("a", "running"), Map.of(), true);
        assertThat(verdict.violations()).isEmpty();
        assertThat(verdict.figures()).contains("0 of 1 moments equal, 1 in a blind window (0 of them equal");
    }

    @Test
    void uncertaintyNeedsABlindWindow() {
        compare(Map.of(), Map.of("a", new Row("running", false)), true);
        assertThat(verdict.figures()).contains("1 of 1 moments equal");
        assertThat(verdict.violations()).isEmpty();
        compare(Map.of(), Map.of("a", new Row("running", false)), false);
        assertThat(verdict.violations()).hasSize(1);
    }

    @Test
    void changingOrStoppingContainerCountsAsEither() {
        compare(Map.of("a", "stopping"), Map.of("a", new Row("running", true)), false);
        compare(Map.of("b", "running"), Map.of(), false);
        assertThat(verdict.violations()).isEmpty();
    }

    /** Podman is asked in the hundredth second; container b starts in the 101st, c in the 110th. */
    private void compare(Map<String, String> podman, Map<String, Row> trail, boolean blind) {
        CensusLook look = new CensusLook(100 * SECOND, 100 * SECOND + 1000, podman);
        List<TruthLine> lines = List.of(line("b", 1), line("c", 10));
        new PastComparison(at -> new Answer(trail, blind), lines)
                .judge(List.of(look), 1, new SeededRandom(new SplittableRandom(1)), verdict);
    }

    private static TruthLine line(String id, int seconds) {
        String time = String.format("1970-01-01T00:01:%02d.5Z", 40 + seconds - 1);
        return new TruthLine(
                "{\"ID\":\"" + id + "\",\"Name\":\"" + id + "\",\"Status\":\"start\",\"Time\":\"" + time
                        + "\",\"Type\":\"container\"}",
                0);
    }
}
