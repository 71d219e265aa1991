package io.github.sealwatcher.watch.sim;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Runs seeds until a checker complains, and says of what. */
public final class FirstViolation {

    private FirstViolation() {}

    /**
     * At one seed.
     *
     * @param losing whether with what loses history too
     * @param shrinks whether to shrink the script
     * @return null if nobody complains; else what is wrong and, if shrunk, the script below it
     */
    public static @Nullable String at(long seed, boolean losing, boolean shrinks) {
        Faults faults = losing ? Faults.all() : Faults.harmless();
        return shrinks ? shrunk(seed, faults) : of(seed, faults);
    }

    /** Of a script; null if nobody complains. */
    public static @Nullable String playing(String script) {
        return Shrinker.complaint(Script.parse(script));
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
        return Simulation.of(new ScriptGenerator(seed, faults, ScriptGenerator.DEFAULT_ACTIONS), Tracer.none());
    }
}
