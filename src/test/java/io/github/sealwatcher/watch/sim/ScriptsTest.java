package io.github.sealwatcher.watch.sim;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.sealwatcher.model.ContainerChange;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What once was wrong, shrunk and kept. */
class ScriptsTest {

    private static final Path SCRIPTS = Path.of("src/test/resources/sim");

    static List<Path> scripts() throws IOException {
        try (Stream<Path> files = Files.list(SCRIPTS)) {
            return files.sorted().toList();
        }
    }

    @ParameterizedTest
    @MethodSource("scripts")
    void scriptHasNoViolation(Path script) throws IOException {
        assertThat(Shrinker.complaint(Script.parse(Files.readString(script)))).isNull();
    }

    @Test
    void replaysAGeneratedRun() {
        Simulation drawn = FirstViolation.draw(7, Faults.all());
        Script read = Script.parse(drawn.script().toString());

        Simulation again = Simulation.of(read);

        assertThat(read).isEqualTo(drawn.script());
        assertThat(changes(again)).isNotEmpty().isEqualTo(changes(drawn));
    }

    private static List<ContainerChange> changes(Simulation run) {
        return run.trail.last().emitted.stream()
                .flatMap(emitted -> emitted.emission().changes().stream())
                .toList();
    }
}
