package io.github.sealwatcher.watch.sim;

import io.github.sealwatcher.model.ContainerChange;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Finds pauses that were read and reported, and inferred once more. A life that is inferred is inferred with its pause: that
 * may have been read before, when the life before it was the one that was known.
 */
final class RepeatedPauses {

    private RepeatedPauses() {}

    static void check(Simulation run, List<Entry> entries, List<String> wrong) {
        Set<Fact> paused = new HashSet<>();
        Entry before = null;
        for (Entry entry : entries) {
            switch (entry.kind()) {
                case PAUSED -> {
                    Fact last = entry.isInferred() ? last(run, entry) : entry.fact();
                    if (last != null && !paused.add(last) && entry.isInferred() && !isInferredWith(before, entry)) {
                        wrong.add("G2: a pause reported twice: " + entry);
                    }
                }
                case UNPAUSED -> paused.removeIf(pause -> pause.id().equals(entry.id()));
                default -> {}
            }
            before = entry;
        }
    }

    private static boolean isInferredWith(@Nullable Entry before, Entry entry) {
        return before != null
                && before.isInferred()
                && before.kind() == ContainerChange.Kind.STARTED
                && Objects.equals(before.life(), entry.life());
    }

    /** The last pause until then of the life that the entry is about. */
    private static @Nullable Fact last(Simulation run, Entry entry) {
        Fact last = null;
        for (Fact fact : run.podman.truth.facts()) {
            if (fact.life() == entry.life()
                    && fact.kind() == ContainerChange.Kind.PAUSED
                    && fact.ticks() <= entry.ticks()) {
                last = fact;
            }
        }
        return last;
    }
}
