package io.github.sealwatcher.watch.sim;

import io.github.sealwatcher.model.ContainerChange;
import io.github.sealwatcher.model.ContainerId;
import io.github.sealwatcher.model.EventId;
import io.github.sealwatcher.model.PodRef;
import io.github.sealwatcher.model.Status;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** G4: what was told adds up to what is. */
final class FinalState {

    /** A process that goes on asks for two; one that fails by a setting, and is restarted, for more. */
    private static final int LISTS_IN_CALM = 10;

    private FinalState() {}

    /** In the end nothing happens any more: who asks for lists over and over then loads the engine for nothing. */
    static void checkCalm(Simulation run, List<String> wrong) {
        long sinceTicks = run.clock.ticks() - Simulation.RESYNC_NS;
        long asked = run.host.listsAskedTicks.stream()
                .filter(ticks -> ticks >= sinceTicks)
                .count();
        if (asked > LISTS_IN_CALM) {
            wrong.add("calm: " + asked + " lists asked for in the last resync interval");
        }
    }

    static void check(Simulation run, Trail.Part part, List<Entry> entries, List<String> wrong) {
        Map<String, Status> folded = new TreeMap<>();
        Map<String, String> pods = new TreeMap<>();
        for (Entry entry : entries) {
            String id = Checkers.shorten(entry.id());
            ContainerChange change = entry.change();
            if (entry.kind() == ContainerChange.Kind.POD_CHANGED) {
                PodRef pod = change.pod();
                if (pod == null) {
                    pods.remove(id);
                } else {
                    pods.put(id, Checkers.shorten(pod));
                }
            }
            switch (entry.kind()) {
                case STARTED, UNPAUSED -> folded.put(id, Status.RUNNING);
                case PAUSED -> folded.put(id, Status.PAUSED);
                case DIED -> folded.remove(id);
                case POD_CHANGED, OTHER -> {}
            }
        }
        Visible visible = new Visible(run);
        boolean noData = run.processes.stream().anyMatch(Process::isNoData);
        Map<String, Status> real = new TreeMap<>();
        Map<String, String> members = new TreeMap<>();
        for (SimContainer container : run.podman.containers()) {
            String id = Checkers.shorten(container.id);
            RealLife life = container.life;
            if (container.alive && life != null) {
                boolean unreported = noData && Checkers.seemsFromBefore(run, part, life, run.clock.ticks());
                if (!unreported && visible.isSurelyInTheEnd(life, part.beginTicks)) {
                    real.put(id, container.paused ? Status.PAUSED : Status.RUNNING);
                } else if (unreported || !visible.isSurelyNotInTheEnd(life, part.beginTicks)) {
                    folded.remove(id);
                }
            }
            if (container.pod != null) {
                members.put(id, Checkers.shorten(container.pod));
            }
        }
        if (!folded.equals(real)) {
            wrong.add("G4: adds up to something else: told " + folded + " but is " + real);
        }
        if (visible.isAll() && !noData && !pods.equals(members)) {
            wrong.add("pod: in the end: told " + pods + " but is " + members);
        }
        ghosts(run).forEach(id -> wrong.add("G4: a row is left of an earlier trail: " + Checkers.shorten(id)));
        if (!run.isSynchronized()) {
            wrong.add("G4: not synchronized in the end");
        }
    }

    /**
     * What an earlier trail left in the state topic of what the host or its log still tells of, as far as that was read by whoever
     * lived on in the last trail, or stored what he reported later.
     */
    private static Set<ContainerId> ghosts(Simulation run) {
        Set<ContainerId> rows = new TreeSet<>();
        for (Trail.Part part : run.trail.parts()) {
            Set<EventId> counted = Account.of(run, part, new ArrayList<>()).entries().stream()
                    .map(entry -> entry.change().occurrence().eventId())
                    .collect(Collectors.toSet());
            for (Trail.Emitted emitted : part.emitted) {
                rows.removeAll(emitted.emission().absent());
                for (ContainerChange change : emitted.emission().changes()) {
                    if (!counted.contains(change.occurrence().eventId())) {
                        continue;
                    }
                    if (change.kind() == ContainerChange.Kind.STARTED) {
                        rows.add(change.container().id());
                    } else if (change.kind() == ContainerChange.Kind.DIED) {
                        rows.remove(change.container().id());
                    }
                }
            }
        }
        Set<ContainerId> existing =
                run.podman.containers().stream().map(it -> it.id).collect(Collectors.toSet());
        Set<String> logged = run.podman.history.log().read(0).stream()
                .map(line -> line.event.actorId())
                .collect(Collectors.toSet());
        rows.removeIf(id -> run.podman.containers().stream().anyMatch(it -> it.id.equals(id) && it.alive)
                || !(existing.contains(id)
                        || (logged.contains(id.value()) && run.trail.last().couldKnow(id))));
        return rows;
    }
}
