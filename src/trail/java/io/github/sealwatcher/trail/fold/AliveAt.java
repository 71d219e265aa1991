package io.github.sealwatcher.trail.fold;

import io.github.sealwatcher.trail.event.ContainerEvent;
import io.github.sealwatcher.trail.event.ContainerFacts;
import io.github.sealwatcher.trail.event.ContainerKey;
import io.github.sealwatcher.trail.event.Origin;
import io.github.sealwatcher.trail.event.Pod;
import io.github.sealwatcher.trail.event.StateRow;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Who was alive at a moment: the fold of what happened until then, by the events' own times, whenever they were written. A
 * life that was first seen later, and whose start time an inspect or a list showed, was alive from then on. Where
 * retention has deleted the beginning, later records of a life that had begun by then count too.
 *
 * <p>What may have ended, or begun, in a gap before that moment is a row that is not certain.
 */
public final class AliveAt {
    private final long atNs;
    private final Retention retention;
    private final Losses losses;
    private final Fold fold = new Fold();
    private final Map<ContainerKey, Row> fromBefore = new HashMap<>();
    private final Map<ContainerKey, ContainerEvent> next = new HashMap<>();
    /** The pods that only later records name: a container is in one pod all its life, known or not. */
    private final Map<ContainerKey, Pod> laterPods = new HashMap<>();

    /** Whether the start of a life may have been deleted. */
    @FunctionalInterface
    public interface Retention {
        /** Null stands for a start that nobody knows. */
        boolean mayHide(@Nullable Long startedNs);
    }

    /** What history lost of the hosts. */
    public interface Losses {
        /** Whether events were lost in a span of time that no list made up for until a container was reported again. */
        boolean mayHaveChanged(String host, long knownNs, long timeNs, long nextNs);

        /** Whether events were lost in a span of time at all. */
        boolean lost(String host, long fromNs, long toNs);
    }

    /**
     * A container that was alive.
     *
     * @param certain whether it cannot have ended, or begun later, without a record
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
    public AliveAt(long atNs, Retention retention, Losses losses) {
        this.atNs = atNs;
        this.retention = retention;
        this.losses = losses;
    }

    /** Takes the next event of the trail. */
    public void add(ContainerEvent event) {
        ContainerKey key = event.key();
        if (beganNs(event) <= atNs) {
            fold.apply(event);
            next.remove(key);
            return;
        }
        if (event.pod() != null && fold.alive().containsKey(key)) {
            laterPods.putIfAbsent(key, event.pod());
        }
        if (event.isTurn()) {
            // Beyond what is alive, only what a loss makes doubtful is remembered.
            if (fold.alive().containsKey(key) || mayHaveChanged(key, Long.MIN_VALUE, event.timeNs())) {
                next.putIfAbsent(key, event);
            }
            addIfFromBefore(key, event.container(), event.pod());
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
        next.forEach((key, event) -> {
            if (event.type().equals("start") && event.origin() == Origin.RECONCILED) {
                rows.putIfAbsent(key, begunUnseen(event));
            }
        });
        fold.alive().forEach((key, live) -> rows.put(key, row(key, live)));
        List<Row> sorted = new ArrayList<>(rows.values());
        sorted.sort(Comparator.comparing((Row row) -> row.key().host())
                .thenComparing(row -> row.pod() == null ? "" : row.pod().name())
                .thenComparing(row -> String.valueOf(row.facts().name()))
                .thenComparing(row -> row.key().id()));
        return sorted;
    }

    /** When it happened; of a life that was first seen later, when it began. */
    private static long beganNs(ContainerEvent event) {
        Long started = event.container().startedAtNs();
        boolean seenLater = event.type().equals("start")
                && (event.origin() == Origin.RECONCILED || event.origin() == Origin.SNAPSHOT);
        return seenLater && started != null && event.container().isLookedUp()
                ? Math.min(event.timeNs(), started)
                : event.timeNs();
    }

    private Row row(ContainerKey key, FoldedContainer live) {
        // A life that was first seen later is known from a later record.
        long sinceNs = live.sinceNs() <= atNs ? live.sinceNs() : live.startedNs();
        boolean certain = isCertain(key, sinceNs);
        Pod pod = live.pod() == null ? laterPods.get(key) : live.pod();
        return new Row(key, live.facts(), pod, live.status(), sinceNs, live.startedNs(), certain);
    }

    private boolean isCertain(ContainerKey key, long knownNs) {
        ContainerEvent then = next.get(key);
        if (then == null) {
            return !mayHaveChanged(key, knownNs, Long.MAX_VALUE);
        }
        if (then.origin().isHeard()) {
            // With all known in between, what ends or turns later was alive.
            return !losses.lost(key.host(), atNs, then.timeNs()) || !mayHaveChanged(key, knownNs, then.timeNs());
        }
        // An inferred end with an exit code is from an inspect, which knows when it was, too.
        return then.exitCode() != null || !mayHaveChanged(key, knownNs, then.timeNs());
    }

    private boolean mayHaveChanged(ContainerKey key, long knownNs, long nextNs) {
        return losses.mayHaveChanged(key.host(), knownNs, atNs, nextNs);
    }

    /** Inferred to have begun by a time that is later; nobody knows when. */
    private static Row begunUnseen(ContainerEvent start) {
        long timeNs = start.timeNs();
        return new Row(start.key(), start.container(), start.pod(), "running", timeNs, timeNs, false);
    }

    /** A later record that has an earlier start proves that the life was alive then. */
    private void addIfFromBefore(ContainerKey key, ContainerFacts facts, @Nullable Pod pod) {
        Long started = facts.startedAtNs();
        if (started != null && started <= atNs && retention.mayHide(started)) {
            fromBefore.putIfAbsent(key, new Row(key, facts, pod, "running", started, started, true));
        }
    }
}
