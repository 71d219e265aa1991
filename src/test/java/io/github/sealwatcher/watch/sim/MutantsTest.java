package io.github.sealwatcher.watch.sim;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The simulator catches what it is there to catch. */
class MutantsTest {

    private static final int SEEDS = 200;

    @TempDir
    Path directory;

    static List<Mutant> mutants() {
        return Mutant.ALL;
    }

    @ParameterizedTest
    @MethodSource("mutants")
    void isCaught(Mutant mutant) throws IOException, ReflectiveOperationException {
        try (MutantCore core = new MutantCore(mutant, directory)) {
            String complaint = core.firstComplaint(SEEDS);
            assertThat(complaint).as("%s", mutant).isNotNull();
            System.out.println("caught: " + mutant + " | " + complaint);
        }
    }
}
