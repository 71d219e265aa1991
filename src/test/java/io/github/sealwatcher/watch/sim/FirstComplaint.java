package io.github.sealwatcher.watch.sim;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Runs seeds until a checker complains, and says of what. */
public final class FirstComplaint {

    private FirstComplaint() {}

    /**
     * With everything that goes wrong, but what loses history, and then with that too.
     *
     * @param from the first seed
     * @param seeds how many
     * @param shrinks whether to shrink the script
     * @return null if nobody complains; else the seed, what is wrong and, if shrunk, the script below it
     */
    public static @Nullable String among(int from, int seeds, boolean shrinks) {
        for (int seed = from; seed < from + seeds; seed++) {
            for (Faults faults : List.of(Faults.harmless(), Faults.all())) {
                String complaint = shrinks ? shrunk(seed, faults) : of(seed, faults);
                if (complaint != null) {
                    return "seed " + seed + (faults.losesHistory() ? " losing history" : "") + ": " + complaint;
                }
            }
        }
        return null;
    }

    /** Of one seed, with the shrunk script below it; null if nobody complains. */
    static @Nullable String shrunk(long seed, Faults faults) {
        String complaint = of(seed, faults);
        return complaint == null
                ? null
                : complaint + "\n" + Shrinker.shrink(draw(seed, faults).script());
    }

    /** Of one seed; null if nobody complains. */
    static @Nullable String of(long seed, Faults faults) {
        List<String> wrong = Checkers.all(draw(seed, faults));
        return wrong.isEmpty() ? null : wrong.get(0);
    }

    static Simulation draw(long seed, Faults faults) {
        return Simulation.of(new Author(seed, faults, Author.USUAL_ACTIONS));
    }
}
