package io.github.sealwatcher.watch.sim;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Runs seeds until a checker complains. */
public final class FirstComplaint {

    private FirstComplaint() {}

    /** With everything that goes wrong, but what loses history, and then with that too; null if nobody complains. */
    public static @Nullable String among(int seeds) {
        for (int seed = 0; seed < seeds; seed++) {
            for (Faults faults : List.of(Faults.harmless(), Faults.all())) {
                String complaint = of(seed, faults);
                if (complaint != null) {
                    return "seed " + seed + (faults.losesHistory() ? " losing history" : "") + ": " + complaint;
                }
            }
        }
        return null;
    }

    static @Nullable String of(long seed, Faults faults) {
        Author author = new Author(seed, faults, Author.USUAL_ACTIONS);
        try {
            List<String> wrong = Checkers.all(Simulation.of(author));
            return wrong.isEmpty() ? null : wrong.get(0);
        } catch (RuntimeException e) {
            return "crash: " + e;
        }
    }
}
