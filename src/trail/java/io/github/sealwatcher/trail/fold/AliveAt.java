package io.github.sealwatcher.trail.fold;

import io.github.sealwatcher.trail.event.ContainerEvent;
import io.github.sealwatcher.trail.event.ContainerFacts;
import io.github.sealwatcher.trail.event.ContainerKey;
import io.github.sealwatcher.trail.event.Origin;
import io.github.sealwatcher.trail.event.Pod;
import io.github.sealwatcher.trail.event.StateRow;
import io.github.sealwatcher.trail.event.Window;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Who was alive at a moment: the fold of what happened until then, by the events' own times, whenever they were written.
 * Where retention has deleted the beginning, what is told later of a life that had begun by then counts too.
 *
 * <p>A life whose end was inferred after a gap may have ended in that gap: such a row is not certain.
 */
public final class AliveAt {
    private final long atNs;
    private final Retention retention;
    private final Gaps gaps;
    private final Fold fold = new Fold();
    private final Map<ContainerKey, Row> fromBefore = new HashMap<>();
    private final Map<ContainerKey, Origin> next = new HashMap<>();

    /** Whether the start of a life may have been deleted. */
    @FunctionalInterface
    public interface Retention {
        /** Null stands for a start that nobody knows. */
        boolean mayHide(@Nullable Long startedNs);
    }

    /** Whether history lost events of a host within a window. */
    @FunctionalInterface
    public interface Gaps {
        /** Of that host. */
        boolean meet(String host, Window window);
    }

    /**
     * A container that was alive.
     *
     * @param certain whether nothing says that it may have ended or turned unseen
     */
    public record Row(
            ContainerKey key,
            ContainerFacts facts,
            @Nullable Pod pod,
            String status,
            long sinceNs,
            long startedNs,
            boolean certain) {}

    /** One that looks at a time in nanoseconds since 1970. */
    public AliveAt(long atNs, Retention retention, Gaps gaps) {
        this.atNs = atNs;
        this.retention = retention;
        this.gaps = gaps;
    }

    /** Takes the next event of the trail. */
    public void add(ContainerEvent event) {
        if (event.timeNs() <= atNs) {
            fold.apply(event);
            return;
        }
        if (event.isTurn()) {
            if (fold.alive().containsKey(event.key())) {
                next.putIfAbsent(event.key(), event.origin());
            }
            addIfFromBefore(event.key(), event.container(), event.pod());
        }
    }

    /** Takes the next row of the state topic, after all events. */
    public void add(StateRow row) {
        if (row.status() != null) {
            addIfFromBefore(row.key(), row.container(), row.pod());
        }
    }

    /** The alive, by host, pod and name. */
    public List<Row> rows() {
        Map<ContainerKey, Row> rows = new HashMap<>(fromBefore);
        fold.alive().forEach((key, live) -> rows.put(key, row(key, live)));
        List<Row> sorted = new ArrayList<>(rows.values());
        sorted.sort(Comparator.comparing((Row row) -> row.key().host())
                .thenComparing(row -> row.pod() == null ? "" : row.pod().name())
                .thenComparing(row -> String.valueOf(row.facts().name()))
                .thenComparing(row -> row.key().id()));
        return sorted;
    }

    private Row row(ContainerKey key, LiveContainer live) {
        boolean inferred = next.get(key) == Origin.RECONCILED;
        boolean certain = !inferred || !gaps.meet(key.host(), new Window(live.sinceNs(), atNs));
        return new Row(key, live.facts(), live.pod(), live.status(), live.sinceNs(), live.startedNs(), certain);
    }

    /** What says that it began before and is later than that, shows a life that went on then. */
    private void addIfFromBefore(ContainerKey key, ContainerFacts facts, @Nullable Pod pod) {
        Long started = facts.startedAtNs();
        if (started != null && started <= atNs && retention.mayHide(started)) {
            fromBefore.putIfAbsent(key, new Row(key, facts, pod, "running", started, started, true));
        }
    }
}
