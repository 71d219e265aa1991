package io.github.sealwatcher.watch.sim;

import io.github.sealwatcher.model.ContainerChange;
import io.github.sealwatcher.model.HostChange;
import io.github.sealwatcher.watch.Checkpoint;
import io.github.sealwatcher.watch.Emission;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What reached the topics, and the checkpoint that was stored with it. */
final class Trail {

    private final boolean exactlyOnce;
    private final List<List<Told>> parts = new ArrayList<>();
    private List<Told> delivered = new ArrayList<>();
    private final List<Told> underWay = new ArrayList<>();
    private @Nullable Checkpoint stored;

    /**
     * An emission.
     *
     * @param ticks when the core gave it out
     */
    record Told(Emission emission, long ticks) {
        boolean isGap() {
            return emission.hostChanges().stream().anyMatch(change -> change.type() == HostChange.Type.HISTORY_GAP);
        }
    }

    Trail(boolean exactlyOnce) {
        this.exactlyOnce = exactlyOnce;
        parts.add(delivered);
    }

    void take(Emission emission, long ticks) {
        underWay.add(new Told(emission, ticks));
    }

    /** The first {@code count} of those under way reach the topics, with the checkpoint of the last of them. */
    void commit(long count) {
        List<Told> batch = underWay.subList(0, (int) Math.min(count, underWay.size()));
        for (Told told : batch) {
            delivered.add(told);
            stored = told.emission().checkpoint();
        }
        batch.clear();
    }

    /** A crash: what is under way is lost, or delivered without its checkpoint. Without any the trail begins anew. */
    void crash() {
        if (!exactlyOnce && stored != null) {
            delivered.addAll(underWay);
        }
        underWay.clear();
    }

    /** An operator sets what is stored: what comes then is another trail. */
    void set(@Nullable Checkpoint other) {
        underWay.clear();
        stored = other;
        delivered = new ArrayList<>();
        parts.add(delivered);
    }

    @Nullable
    Checkpoint stored() {
        return stored;
    }

    /** One for each time that an operator set what is stored, and one. */
    List<List<Told>> parts() {
        return parts;
    }

    /** Since an operator last set what is stored. */
    List<Told> last() {
        return delivered;
    }

    static List<ContainerChange> changes(List<Told> part) {
        return part.stream().flatMap(told -> told.emission().changes().stream()).toList();
    }

    /** Every gap that was said, in all parts. */
    List<HostChange.Window> gaps() {
        List<HostChange.Window> gaps = new ArrayList<>();
        hostChanges().forEach(change -> {
            if (change.gap() != null) {
                gaps.add(change.gap());
            }
        });
        return gaps;
    }

    boolean isGapSaidAfter(long ticks) {
        return parts.stream().flatMap(List::stream).anyMatch(told -> told.ticks() >= ticks && told.isGap());
    }

    /** The last gap that was said; null if none was. */
    @Nullable
    HostChange lastGap() {
        return hostChanges()
                .filter(change -> change.gap() != null)
                .reduce((first, second) -> second)
                .orElse(null);
    }

    private Stream<HostChange> hostChanges() {
        return parts.stream().flatMap(List::stream).flatMap(told -> told.emission().hostChanges().stream());
    }
}
