package io.github.sealwatcher.watch.sim;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.sealwatcher.watch.Input;
import io.github.sealwatcher.watch.Output;
import io.github.sealwatcher.watch.state.Connection;
import io.github.sealwatcher.watch.state.ResyncPhase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** docs/transitions.md is what the core does: it takes no transition that the page doesn't have. */
class TransitionTableTest {

    private static final Path PAGE = Path.of("docs/transitions.md");
    private static final int SEEDS = 100;

    @Test
    void pageHasEveryTransition() throws IOException {
        TransitionTable page = TransitionTable.parse(Files.readAllLines(PAGE));
        var seen = new TransitionTable();
        for (long seed = 0; seed < SEEDS; seed++) {
            Simulation.of(new ScriptGenerator(seed, Faults.all(), ScriptGenerator.DEFAULT_ACTIONS), Tracer.to(seen));
        }

        assertThat(seen.beyond(page))
                .as("rows that %s lacks or has in part: correct the core, or the page", PAGE)
                .isEmpty();
        assertThat(seen.states()).as("states that the runs reach").isEqualTo(page.states());
    }

    @Test
    void pageNamesEveryKindOfStateInputAndOutput() throws IOException {
        List<String> words = Arrays.asList(Files.readString(PAGE).split("[^A-Za-z]+", -1));

        assertThat(words)
                .containsAll(kinds(Input.class))
                .containsAll(kinds(Output.class))
                .containsAll(kinds(ResyncPhase.class))
                .contains("Waiting", "Connecting", "Stopped");
        assertThat(kinds(Connection.class)).containsExactlyInAnyOrder("Waiting", "Connecting", "Connected", "Stopped");
    }

    private static List<String> kinds(Class<?> family) {
        return Stream.of(family.getPermittedSubclasses())
                .flatMap(kind -> kind.isSealed() ? kinds(kind).stream() : Stream.of(kind.getSimpleName()))
                .toList();
    }
}
