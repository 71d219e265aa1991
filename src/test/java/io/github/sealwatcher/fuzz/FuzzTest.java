package io.github.sealwatcher.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The short run of every build. More: {@code bin/fuzz}, and {@code -Dfuzz.inputs=N -Dfuzz.seed=S} here. */
class FuzzTest {

    private static final int INPUTS = Integer.getInteger("fuzz.inputs", 1_000);
    private static final long SEED = Long.getLong("fuzz.seed", 15);

    static Stream<String> targets() {
        return Targets.names().stream();
    }

    @ParameterizedTest
    @MethodSource("targets")
    void corpusIsAccepted(String name) throws Exception {
        List<byte[]> seeds = Targets.seeds(name);
        assertThat(seeds).isNotEmpty();
        for (byte[] seed : seeds) {
            Targets.of(name).read(seed);
        }
        Targets.of(name).read(new byte[0]);
    }

    @ParameterizedTest
    @MethodSource("targets")
    @Timeout(600)
    void mutatedInputIsReadOrRejected(String name) {
        FuzzTarget target = Targets.of(name);
        Mutator mutator = new Mutator(SEED, Targets.seeds(name));
        for (int i = 0; i < INPUTS; i++) {
            byte[] input = mutator.next();
            try {
                target.read(input);
            } catch (Exception | Error e) {
                throw new AssertionError(
                        "target " + name + ", seed " + SEED + ", input " + i + ":\n"
                                + new String(input, StandardCharsets.ISO_8859_1),
                        e);
            }
        }
    }
}
