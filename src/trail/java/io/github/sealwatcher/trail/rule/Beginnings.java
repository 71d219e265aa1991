package io.github.sealwatcher.trail.rule;

import io.github.sealwatcher.trail.event.ContainerEvent;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Where the topic of events begins. What retention has deleted can't be asked for, and isn't a violation. */
public final class Beginnings {
    private final Map<Integer, Beginning> cut = new HashMap<>();

    /**
     * Of one partition.
     *
     * @param firstOffset that is still there
     * @param firstNs the time stamp of the record there, in nanoseconds since 1970
     */
    public record Beginning(int partition, long firstOffset, long firstNs) {}

    /** Takes where a partition begins; must be known before its first record is judged. */
    public void add(Beginning beginning) {
        if (beginning.firstOffset() > 0) {
            cut.put(beginning.partition(), beginning);
        }
    }

    /** Whether retention has deleted anything. */
    public boolean isCut() {
        return !cut.isEmpty();
    }

    /** The partitions that retention has cut. */
    public Collection<Beginning> cut() {
        return List.copyOf(cut.values());
    }

    /** Whether the start of the life that an event belongs to may have been deleted. */
    public boolean mayHide(ContainerEvent event) {
        Beginning beginning = cut.get(event.place().partition());
        return beginning != null && isBefore(beginning, event.container().startedAtNs());
    }

    /** Whether the start of a life may have been deleted, wherever it was. */
    public boolean mayHide(@Nullable Long startedNs) {
        return cut.values().stream().anyMatch(beginning -> isBefore(beginning, startedNs));
    }

    /** A time stamp knows milliseconds only, and the time of a start may be known in seconds only. */
    private static boolean isBefore(Beginning beginning, @Nullable Long startedNs) {
        return startedNs == null || startedNs <= beginning.firstNs() + TimeUnit.SECONDS.toNanos(1);
    }
}
