package io.github.sealwatcher.watch.sim;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.sealwatcher.mutant.Mutant;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The simulator catches what it is there to catch. */
class MutantsTest {

    private static final int SEEDS = Integer.getInteger("sim.mutant.seeds", 200);
    private static final boolean SHRINKS = Boolean.getBoolean("sim.shrink");
    private static final int A_HANDFUL = 16;

    @TempDir
    Path directory;

    static List<Mutant> mutants() {
        return Mutants.ALL;
    }

    @ParameterizedTest
    @MethodSource("mutants")
    void mutantIsCaught(Mutant mutant) throws IOException, ReflectiveOperationException {
        try (MutantCore core = new MutantCore(mutant, directory)) {
            String complaint = firstComplaint(core, mutant.from(), SHRINKS);
            assertThat(complaint).as("%s", mutant).isNotNull();
            System.out.println("caught: " + mutant + " | " + complaint);
        }
    }

    /** What is left of a run of some two hundred moves tells what is wrong. */
    @Test
    void mutantsShrinkToAFewMoves() throws IOException, ReflectiveOperationException {
        try (MutantCore core = new MutantCore(Mutants.ALL.get(0), directory)) {
            String complaint = firstComplaint(core, 0, true);

            assertThat(complaint).isNotNull();
            Script script = Script.parse(complaint.substring(complaint.indexOf("setting")));
            assertThat(script.moves()).hasSizeLessThanOrEqualTo(A_HANDFUL);
            assertThat(Shrinker.complaint(script)).as("by the core as it is").isNull();
        }
    }

    /** In the first script or at the first seed at which the core as it is gives no reason to complain; null if there is none. */
    static @Nullable String firstComplaint(MutantCore core, int from, boolean shrinks)
            throws IOException, ReflectiveOperationException {
        for (Path script : shrinks ? List.<Path>of() : ScriptsTest.scripts()) {
            String text = Files.readString(script);
            String complaint = core.complaint(text);
            if (complaint != null && FirstViolation.playing(text) == null) {
                return script.getFileName() + " | " + complaint;
            }
        }
        for (int seed = from; seed < from + SEEDS; seed++) {
            for (boolean losing : List.of(false, true)) {
                String complaint = core.complaint(seed, losing, false);
                if (complaint != null && FirstViolation.at(seed, losing, false) == null) {
                    String shown = shrinks ? core.complaint(seed, losing, true) : complaint;
                    return seed + (losing ? " losing history" : "") + " | " + shown;
                }
            }
        }
        return null;
    }
}
