package io.github.sealwatcher.watch.sim;

import io.github.sealwatcher.model.HostChange;
import io.github.sealwatcher.model.Origin;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** G2 and G3: whatever isn't told is lost, and lies in a gap that was said. */
final class Delivery {

    private final Simulation run;
    private final Trail.Part part;
    private final List<Entry> told;
    private final List<HostChange> gaps;
    private final Set<Fact> toldFacts;
    private final Set<RealLife> begun = new HashSet<>();

    private Delivery(Simulation run, Trail.Part part, List<Entry> told) {
        this.run = run;
        this.part = part;
        this.told = told;
        this.gaps = part.gaps();
        this.toldFacts = told.stream().map(Entry::fact).collect(Collectors.toSet());
        told.stream().filter(entry -> entry.kind() == io.github.sealwatcher.model.ContainerChange.Kind.STARTED)
                .forEach(entry -> begun.add(entry.life()));
    }

    static void check(Simulation run, Trail.Part part, List<Entry> told, List<String> wrong) {
        Delivery delivery = new Delivery(run, part, told);
        for (Fact fact : run.podman.truth.facts()) {
            if (delivery.isDue(fact) && !delivery.toldFacts.contains(fact)) {
                String why = delivery.blame(fact);
                if (why != null) {
                    wrong.add(why + ": " + fact);
                }
            }
        }
    }

    private boolean isDue(Fact fact) {
        if (!part.covers(fact) || fact.optional()) {
            return false;
        }
        return switch (fact.kind()) {
            case STARTED, DIED -> true;
            // Of a life that wasn't told, or was told from a list that shows it paused or not, no more is due.
            case PAUSED, UNPAUSED -> begun.contains(fact.life()) && !isShown(fact);
            case OTHER -> run.setting.get(Setting.Knob.INCLUDE) == 1;
            case POD_CHANGED -> false;
        };
    }

    private boolean isShown(Fact fact) {
        return told.stream()
                .anyMatch(entry -> entry.life() == fact.life()
                        && !entry.isRead()
                        && entry.change().occurrence().origin() != Origin.LIVE
                        && entry.ticks() >= fact.ticks());
    }

    /** What is wrong with its not being told; null if nothing is. */
    private @org.jspecify.annotations.Nullable String blame(Fact fact) {
        long now = run.clock.ticks();
        if (run.podman.isReadable() && fact.line().isInLog(now) && run.podman.log().read(0).contains(fact.line())) {
            return "G2: untold though history holds it";
        }
        if (fact.line().heldTicks != Line.NEVER) {
            return "G2: untold though history held it when it was read";
        }
        if (gaps.stream().noneMatch(change -> covers(change, fact))) {
            return gaps.isEmpty() ? "G3a: lost, and no gap said" : "G3a: lost outside of every gap";
        }
        return null;
    }

    private boolean covers(HostChange change, Fact fact) {
        HostChange.Window gap = change.gap();
        return gap != null && (Checkers.isIn(gap, fact.stampNs()) || isOpen(change, fact));
    }

    /** As long as nobody can read history, nobody knows when the gap ends. */
    private boolean isOpen(HostChange change, Fact fact) {
        HostChange.Window gap = change.gap();
        return !run.podman.isReadable()
                && gap != null
                && change.equals(gaps.get(gaps.size() - 1))
                && fact.stampNs() >= gap.fromNs();
    }
}
