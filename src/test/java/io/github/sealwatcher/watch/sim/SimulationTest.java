package io.github.sealwatcher.watch.sim;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SimulationTest {

    private static final int SEEDS = Integer.getInteger("sim.seeds", 300);

    @Test
    void tellsEverythingOnceWhenNothingGoesWrong() {
        check(Faults.none());
    }

    @Test
    void tellsEverythingOnceAsLongAsHistoryHoldsIt() {
        check(Faults.harmless());
    }

    @Test
    void losesNothingWhenOffsetsLag() {
        check(Faults.harmless().atLeastOnce());
    }

    @Test
    void infersWhatHistoryLost() {
        check(Faults.all());
    }

    private static void check(Faults faults) {
        for (long seed = 0; seed < SEEDS; seed++) {
            assertThat(FirstComplaint.shrunk(seed, faults))
                    .as("seed %d with %s", seed, faults)
                    .isNull();
        }
    }
}
