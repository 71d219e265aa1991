package io.github.sealwatcher.watch.sim;

import io.github.sealwatcher.model.ContainerChange;
import io.github.sealwatcher.model.ContainerId;
import io.github.sealwatcher.model.EngineEvent;
import io.github.sealwatcher.model.EventId;
import io.github.sealwatcher.model.HostChange;
import io.github.sealwatcher.model.Origin;
import io.github.sealwatcher.model.Status;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/** Hold what was told against what happened: one method for each guarantee. Each gives what it found wrong. */
final class Checkers {

    private Checkers() {}

    static List<String> all(Simulation run) {
        List<String> wrong = new ArrayList<>();
        if (run.faults.exactlyOnce()) {
            order(run, wrong);
            pods(run, wrong);
        }
        delivery(run, wrong);
        invention(run, wrong);
        table(run, wrong);
        return wrong;
    }

    /** G1: a start, then pauses and unpauses in turn, then a death; never two starts or deaths in a row. */
    static void order(Simulation run, List<String> wrong) {
        Map<ContainerId, String> last = new HashMap<>();
        for (ContainerChange change : run.trail.changes()) {
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

    /** G2: what history still held was told, and with exactly-once told once. */
    static void delivery(Simulation run, List<String> wrong) {
        Map<EventId, Integer> told = new HashMap<>();
        Set<ContainerId> sighted = new HashSet<>();
        for (ContainerChange change : run.trail.changes()) {
            told.merge(change.occurrence().eventId(), 1, Integer::sum);
            if (change.kind() == ContainerChange.Kind.STARTED
                    && change.occurrence().origin() != Origin.LIVE) {
                sighted.add(change.container().id());
            }
        }
        Set<ContainerId> inferred = new HashSet<>();
        for (ContainerChange change : run.trail.changes()) {
            if (change.occurrence().origin() == Origin.RECONCILED) {
                inferred.add(change.container().id());
            }
        }
        Map<ContainerId, Long> begun = new HashMap<>();
        for (EngineEvent event : run.podman.truth.events()) {
            boolean counts = event.action().equals("start") || event.action().equals("died");
            ContainerId id = new ContainerId(event.actorId());
            if (event.action().equals("start")) {
                begun.put(id, event.timeNs());
            }
            // What began before the trail isn't part of it unless it was alive at first sight.
            boolean inTrail = begun.getOrDefault(id, Long.MIN_VALUE) >= run.beginNs;
            int times = told.getOrDefault(event.id(), 0);
            boolean excused = run.faults.losesHistory()
                    && (run.podman.truth.isLost(event) || inferred.contains(id) || isInGap(run, event.timeNs()));
            if (counts && inTrail && times == 0 && !excused && !isSighted(run, event)) {
                wrong.add("G2: lost " + event.action() + " of " + shorten(id) + " at " + event.timeNs());
            }
            if (run.faults.exactlyOnce() && times > 1) {
                wrong.add("G2: " + times + " times " + event.action() + " of " + shorten(id));
            }
        }
    }

    private static boolean isInGap(Simulation run, long timeNs) {
        return run.trail.hostChanges().stream()
                .map(HostChange::gap)
                .anyMatch(gap -> gap != null && timeNs >= gap.fromNs() && timeNs <= gap.toNs());
    }

    /** A life that was told at first sight has no start event of its own in the trail. */
    private static boolean isSighted(Simulation run, EngineEvent event) {
        return event.action().equals("start")
                && run.trail.changes().stream()
                        .anyMatch(change -> change instanceof ContainerChange.Started started
                                && change.occurrence().origin() == Origin.SNAPSHOT
                                && change.container().id().value().equals(event.actorId())
                                && started.alive().life().startedAtNs() <= event.timeNs()
                                && started.alive().life().startedAtNs() > event.timeNs() - SimClock.SECOND_NS);
    }

    /** G3: nothing is inferred, and no gap said, unless history was lost; what history lost is said. */
    static void invention(Simulation run, List<String> wrong) {
        boolean gap = run.trail.hostChanges().stream().anyMatch(change -> change.type() == HostChange.Type.HISTORY_GAP);
        if (gap && !run.faults.losesHistory()) {
            wrong.add("G3: a gap was said and there was none");
        }
        for (long lostNs : run.gapsDueNs) {
            if (!isInGap(run, lostNs)) {
                wrong.add("G3: history was lost at " + lostNs + " and no gap said");
            }
        }
        for (long lostNs : run.replacedNs) {
            if (!isInGap(run, lostNs)) {
                wrong.add("G3: the log was replaced at " + lostNs + " and no gap said");
            }
        }
        for (ContainerChange change : run.trail.changes()) {
            boolean lifeOrDeath =
                    change.kind() == ContainerChange.Kind.STARTED || change.kind() == ContainerChange.Kind.DIED;
            if (change.occurrence().origin() == Origin.RECONCILED && lifeOrDeath && !gap && !isLateSight(run, change)) {
                wrong.add("G3: " + change.kind() + " of "
                        + shorten(change.container().id()) + " inferred without a gap");
            }
            if (change.occurrence().origin() == Origin.RECONCILED
                    && !run.faults.losesHistory()
                    && !isLateSight(run, change)) {
                wrong.add("G3: " + change.kind() + " of "
                        + shorten(change.container().id()) + " was inferred");
            }
        }
    }

    /** A life from before the trail whose death was written after the first look: its start is inferred from it. */
    private static boolean isLateSight(Simulation run, ContainerChange change) {
        return change.kind() == ContainerChange.Kind.STARTED
                && run.podman.truth.events().stream()
                        .noneMatch(event -> event.action().equals("start")
                                && event.actorId()
                                        .equals(change.container().id().value())
                                && event.timeNs() >= run.beginNs
                                && event.timeNs() <= change.occurrence().timeNs());
    }

    /** G4: what was told adds up to what is. */
    static void table(Simulation run, List<String> wrong) {
        Map<String, Status> folded = new HashMap<>();
        for (ContainerChange change : run.trail.changes()) {
            String id = shorten(change.container().id());
            if (change.kind() == ContainerChange.Kind.DIED) {
                folded.remove(id);
            } else if (change.alive() != null) {
                folded.put(id, change.alive().status());
            }
        }
        Map<String, Status> real = new HashMap<>();
        for (SimContainer container : run.podman.containers.values()) {
            if (container.alive) {
                real.put(shorten(container.id), container.paused ? Status.PAUSED : Status.RUNNING);
            }
        }
        if (!folded.equals(real)) {
            wrong.add("G4: told " + folded + " but is " + real);
        }
        if (!run.isSynchronized()) {
            wrong.add("G4: not synchronized in the end");
        }
    }

    /** A death carries its pod, which Podman leaves out, if the trail ever told that it was in one. */
    static void pods(Simulation run, List<String> wrong) {
        Map<ContainerId, String> told = new HashMap<>();
        for (ContainerChange change : run.trail.changes()) {
            ContainerId id = change.container().id();
            String pod = change.pod() == null ? null : change.pod().id();
            if (change.kind() == ContainerChange.Kind.POD_CHANGED) {
                told.put(id, pod);
            } else if (change.kind() == ContainerChange.Kind.DIED && !Objects.equals(pod, told.get(id))) {
                wrong.add("pod: a death of " + shorten(id) + " without its pod");
            }
        }
    }

    private static String shorten(ContainerId id) {
        return id.value().substring(id.value().length() - 4);
    }
}
