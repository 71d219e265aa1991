package io.github.sealwatcher.mutant;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The unit tests catch what the simulator doesn't play: connections, look-ups, records and offsets. */
class UnitMutantsTest {

    private static final List<String> ALL_OF_OURS = List.of(MutantClasses.ROOT);

    @TempDir
    Path directory;

    static List<UnitMutant> mutants() {
        return UnitMutants.ALL;
    }

    @ParameterizedTest
    @MethodSource("mutants")
    void mutantIsCaught(UnitMutant unit) throws IOException, ReflectiveOperationException {
        assertThat(complaint(unit.mutant().unchanged(), unit))
                .as("%s.%s without the mutant", unit.test(), unit.method())
                .isNull();

        Throwable complaint = complaint(unit.mutant(), unit);

        assertThat(complaint)
                .as("%s.%s with the mutant \"%s\"", unit.test(), unit.method(), unit)
                .isInstanceOf(AssertionError.class);
        System.out.println("caught: " + unit + " | " + unit.test() + "." + unit.method());
    }

    private @Nullable Throwable complaint(Mutant mutant, UnitMutant unit)
            throws IOException, ReflectiveOperationException {
        Path own = directory.resolve(mutant.equals(unit.mutant()) ? "mutant" : "unchanged");
        try (MutantClasses classes = new MutantClasses(mutant, ALL_OF_OURS, own)) {
            return UnitTestRun.complaint(classes, unit.test(), unit.method());
        }
    }
}
