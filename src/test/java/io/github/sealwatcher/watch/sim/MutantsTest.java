package io.github.sealwatcher.watch.sim;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The simulator catches what it is there to catch. */
class MutantsTest {

    private static final int SEEDS = Integer.getInteger("sim.mutant.seeds", 200);
    private static final boolean SHRINKS = Boolean.getBoolean("sim.shrink");
    private static final int A_HANDFUL = 8;

    @TempDir
    Path directory;

    static List<Mutant> mutants() {
        return Mutant.ALL;
    }

    @ParameterizedTest
    @MethodSource("mutants")
    void isCaught(Mutant mutant) throws IOException, ReflectiveOperationException {
        try (MutantCore core = new MutantCore(mutant, directory)) {
            String complaint = core.firstComplaint(mutant.from(), SEEDS, SHRINKS);
            assertThat(complaint).as("%s", mutant).isNotNull();
            System.out.println("caught: " + mutant + " | " + complaint);
        }
    }

    /** What is left of a run of some two hundred moves tells what is wrong. */
    @Test
    void shrinkToAHandfulOfMoves() throws IOException, ReflectiveOperationException {
        try (MutantCore core = new MutantCore(Mutant.ALL.get(0), directory)) {
            String complaint = core.firstComplaint(0, SEEDS, true);

            assertThat(complaint).isNotNull();
            Script script = Script.parse(complaint.substring(complaint.indexOf("setting")));
            assertThat(script.moves()).hasSizeLessThanOrEqualTo(A_HANDFUL);
            assertThat(Shrinker.complaint(script)).as("by the core as it is").isNull();
        }
    }
}
