package io.github.sealwatcher.watch.sim;

import io.github.sealwatcher.model.ContainerChange;
import io.github.sealwatcher.model.ContainerId;
import io.github.sealwatcher.model.Origin;
import io.github.sealwatcher.model.Status;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Hold what was told against what happened: one method for each guarantee. Each gives what it found wrong. */
final class Checkers {

    private Checkers() {}

    static List<String> all(Simulation run) {
        List<String> wrong = new ArrayList<>();
        if (run.failure() != null) {
            wrong.add("crash: " + run.failure());
            return wrong;
        }
        if (!run.repeats()) {
            for (List<Trail.Told> part : run.trail.parts()) {
                order(part, wrong);
                pods(part, wrong);
            }
        }
        Delivery.check(run, wrong);
        for (List<Trail.Told> part : run.trail.parts()) {
            invention(run, part, wrong);
        }
        gaps(run, wrong);
        table(run, wrong);
        return wrong;
    }

    /** G1: a start, then pauses and unpauses in turn, then a death; never two starts or deaths in a row. */
    static void order(List<Trail.Told> part, List<String> wrong) {
        Map<ContainerId, String> last = new HashMap<>();
        for (ContainerChange change : Trail.changes(part)) {
            ContainerId id = change.container().id();
            String was = last.getOrDefault(id, "dead");
            String fits = switch (change.kind()) {
                case STARTED -> "dead";
                case DIED -> was.equals("dead") ? "alive" : was;
                case PAUSED -> "running";
                case UNPAUSED -> "paused";
                case POD_CHANGED, OTHER -> was;
            };
            if (!was.equals(fits) && !isPausedAtSight(change)) {
                wrong.add("G1: " + change.kind() + " of " + shorten(id) + " that is " + was);
            }
            switch (change.kind()) {
                case STARTED, UNPAUSED -> last.put(id, "running");
                case PAUSED -> last.put(id, "paused");
                case DIED -> last.put(id, "dead");
                case POD_CHANGED, OTHER -> {}
            }
        }
    }

    private static boolean isPausedAtSight(ContainerChange change) {
        return change.kind() == ContainerChange.Kind.PAUSED
                && change.occurrence().origin() != Origin.LIVE;
    }

    /** G3: nothing is inferred, and no gap said, before history lost something; and a gap is said before anything inferred. */
    static void invention(Simulation run, List<Trail.Told> part, List<String> wrong) {
        boolean gap = false;
        for (Trail.Told told : part) {
            boolean lossy = told.ticks() >= run.podman.truth.firstLossTicks();
            boolean said = told.isGap();
            gap |= said;
            if (said && !lossy) {
                wrong.add("G3: a gap was said and there was none");
            }
            for (ContainerChange change : told.emission().changes()) {
                boolean inferred = change.occurrence().origin() == Origin.RECONCILED && !isLateSight(run, change);
                if (inferred && !lossy) {
                    wrong.add("G3: " + describe(change) + " was inferred");
                } else if (inferred && isLifeOrDeath(change) && !gap) {
                    wrong.add("G3: " + describe(change) + " inferred without a gap");
                }
            }
        }
    }

    private static boolean isLifeOrDeath(ContainerChange change) {
        return change.kind() == ContainerChange.Kind.STARTED || change.kind() == ContainerChange.Kind.DIED;
    }

    private static String describe(ContainerChange change) {
        return change.kind() + " of " + shorten(change.container().id());
    }

    /** A life from before the trail whose death was written after the first look: its start is inferred from it. */
    private static boolean isLateSight(Simulation run, ContainerChange change) {
        return change.kind() == ContainerChange.Kind.STARTED
                && run.podman.truth.facts().stream()
                        .noneMatch(fact -> fact.isStart()
                                && fact.event()
                                        .actorId()
                                        .equals(change.container().id().value())
                                && fact.ticks() >= run.beginTicks()
                                && fact.event().timeNs() <= change.occurrence().timeNs());
    }

    /** G3: that history was lost is said. */
    static void gaps(Simulation run, List<String> wrong) {
        for (Simulation.Due due : run.gapsDue) {
            if (!isSaid(run, due)) {
                wrong.add("G3: history was lost at " + due.hostNs() + " and no gap said");
            }
        }
        for (Simulation.Due due : run.replaced) {
            if (!isSaid(run, due)) {
                wrong.add("G3: the log was replaced at " + due.hostNs() + " and no gap said");
            }
        }
    }

    /** Once the clock was set, a gap's window can't be compared with a moment; then it must have been said later. */
    private static boolean isSaid(Simulation run, Simulation.Due due) {
        long writtenNs = due.hostNs() - SimPodman.LATEST_WRITE_NS;
        return run.podman.isClockSet()
                ? run.trail.isGapSaidAfter(due.ticks())
                : run.trail.gaps().stream().anyMatch(gap -> due.hostNs() >= gap.fromNs() && writtenNs <= gap.toNs());
    }

    /** G4: what was told adds up to what is. */
    static void table(Simulation run, List<String> wrong) {
        Map<String, Status> folded = new HashMap<>();
        for (ContainerChange change : Trail.changes(run.trail.last())) {
            String id = shorten(change.container().id());
            if (change.kind() == ContainerChange.Kind.DIED) {
                folded.remove(id);
            } else if (change.alive() != null) {
                folded.put(id, change.alive().status());
            }
        }
        Map<String, Status> real = new HashMap<>();
        for (SimContainer container : run.podman.containers()) {
            if (container.alive) {
                real.put(shorten(container.id), container.paused ? Status.PAUSED : Status.RUNNING);
            }
        }
        if (run.repeats() && run.podman.truth.isLossy()) {
            // What was told without its offset, and undone by what history lost, can't be known.
            folded.keySet().retainAll(real.keySet());
            folded.replaceAll((id, status) -> real.get(id));
        }
        if (!folded.equals(real)) {
            wrong.add("G4: told " + folded + " but is " + real);
        }
        if (!run.isSynchronized()) {
            wrong.add("G4: not synchronized in the end");
        }
    }

    /** A death carries its pod, which Podman leaves out, if the trail ever told that it was in one. */
    static void pods(List<Trail.Told> part, List<String> wrong) {
        Map<ContainerId, String> told = new HashMap<>();
        for (ContainerChange change : Trail.changes(part)) {
            ContainerId id = change.container().id();
            String pod = change.pod() == null ? null : change.pod().id();
            if (change.kind() == ContainerChange.Kind.POD_CHANGED) {
                told.put(id, pod);
            } else if (change.kind() == ContainerChange.Kind.DIED && !Objects.equals(pod, told.get(id))) {
                wrong.add("pod: a death of " + shorten(id) + " without its pod");
            }
        }
    }

    static String shorten(ContainerId id) {
        return id.value().substring(id.value().length() - 4);
    }
}
