package io.github.sealwatcher.chaos.checker;

import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** Whether the fold of a trail, its state topic and what the filters show of {@code podman ps} are equal, and since when. */
public final class Equality {
    private final ConsumedTrail trail;
    private final ExpectedVisibility visibility;
    private final Supplier<Set<String>> forgotten;
    private final Map<String, String> running;
    private final Map<String, String> alive;
    private final Set<String> undecided;
    private final long beganNs = System.nanoTime();
    private long equalAfterMs = -1;

    /**
     * @param running what is alive by Podman's word
     * @param forgotten containers of which nobody can know any more whether they are
     */
    public Equality(
            ConsumedTrail trail,
            ExpectedVisibility visibility,
            Map<String, String> running,
            Supplier<Set<String>> forgotten) {
        this.trail = trail;
        this.visibility = visibility;
        this.forgotten = forgotten;
        this.running = running;
        undecided = idsWith(ExpectedVisibility.Answer.EITHER);
        alive = new TreeMap<>(running);
        alive.keySet().removeAll(idsWith(ExpectedVisibility.Answer.HIDDEN));
        alive.keySet().removeAll(undecided);
    }

    public void look() {
        Set<String> unknown = unknown();
        if (!known(trail.folded(), unknown).equals(alive)
                || !known(trail.table(), unknown).equals(alive)) {
            equalAfterMs = -1;
        } else if (equalAfterMs < 0) {
            equalAfterMs = Duration.ofNanos(System.nanoTime() - beganNs).toMillis();
        }
    }

    public void judge(Verdict verdict, boolean atLeastOnce) {
        Set<String> unknown = unknown();
        verdict.figure("alive at the end", alive.size());
        verdict.figure("  all three equal", equalAfterMs < 0 ? "no" : "yes, after " + equalAfterMs + " ms");
        if (!visibility.isWhole()) {
            verdict.figure("  hidden", running.size() - alive.size() - undecided.size());
            verdict.figure("  undecided, either is right", undecided.size());
        }
        TableDiff.between("folded trail", known(trail.folded(), unknown), alive, verdict);
        TableDiff.between("state topic", known(trail.table(), unknown), alive, verdict);
        if (atLeastOnce) {
            Set<String> phantoms = new TreeSet<>(trail.folded().keySet());
            phantoms.removeAll(alive.keySet());
            phantoms.retainAll(forgotten.get());
            verdict.figure("  forgotten, but alive in the trail", phantoms.size());
        }
    }

    /** Without the containers of which nobody can know. */
    private static Map<String, String> known(Map<String, String> table, Set<String> unknown) {
        Map<String, String> known = new TreeMap<>(table);
        known.keySet().removeAll(unknown);
        return known;
    }

    private Set<String> unknown() {
        Set<String> unknown = new TreeSet<>(forgotten.get());
        unknown.removeAll(alive.keySet());
        unknown.addAll(undecided);
        return unknown;
    }

    private Set<String> idsWith(ExpectedVisibility.Answer answer) {
        return running.keySet().stream()
                .filter(id -> visibility.now(id) == answer)
                .collect(Collectors.toSet());
    }
}
