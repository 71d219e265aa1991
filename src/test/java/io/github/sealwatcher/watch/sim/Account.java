package io.github.sealwatcher.watch.sim;

import io.github.sealwatcher.model.ContainerChange;
import io.github.sealwatcher.model.ContainerId;
import io.github.sealwatcher.model.EventId;
import io.github.sealwatcher.model.Life;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * One part of the trail as somebody reads it who leaves out what he has had before: each record with the real event and the
 * real life that it is about.
 */
final class Account {

    private final Simulation run;
    private final Trail.Part part;
    private final List<String> wrong;
    private final Map<EventId, Entry> byId = new LinkedHashMap<>();
    private final Map<ContainerId, RealLife> open = new HashMap<>();
    private final Map<ContainerId, RealLife> latest = new HashMap<>();
    private final List<Entry> uncounted = new ArrayList<>();

    private Account(Simulation run, Trail.Part part, List<String> wrong) {
        this.run = run;
        this.part = part;
        this.wrong = wrong;
    }

    static Account of(Simulation run, Trail.Part part, List<String> wrong) {
        Account all = of(run, part, Set.of(), wrong);
        List<Entry> uncounted = UnstoredRecords.uncounted(run, part, all.byId.values());
        if (uncounted.isEmpty()) {
            return all;
        }
        // Whoever goes on knows nothing of these: what he infers is about the lives as they were without them.
        Set<EventId> left = uncounted.stream()
                .map(entry -> entry.change().occurrence().eventId())
                .collect(Collectors.toSet());
        Account counted = of(run, part, left, new ArrayList<>());
        counted.uncounted.addAll(uncounted);
        return counted;
    }

    private static Account of(Simulation run, Trail.Part part, Set<EventId> left, List<String> wrong) {
        Account account = new Account(run, part, wrong);
        Map<EventId, Trail.Emitted> last = new HashMap<>();
        part.emitted.forEach(emitted -> emitted.emission()
                .changes()
                .forEach(change -> last.put(change.occurrence().eventId(), emitted)));
        for (Trail.Emitted emitted : part.emitted) {
            List<ContainerChange> changes = emitted.emission().changes();
            for (int i = 0; i < changes.size(); i++) {
                EventId id = changes.get(i).occurrence().eventId();
                boolean again = !emitted.kept() && !emitted.equals(last.get(id));
                if (!left.contains(id) && !(again && !left.isEmpty())) {
                    account.add(emitted, changes.get(i), changes.subList(i, changes.size()));
                }
            }
        }
        return account;
    }

    private void add(Trail.Emitted emitted, ContainerChange change, List<ContainerChange> following) {
        EventId id = change.occurrence().eventId();
        Entry before = byId.get(id);
        if (before != null) {
            if (before.kept()) {
                wrong.add("ids: reported twice: " + before);
            }
            // Whoever reports it again goes on from there.
            byId.remove(id);
            boolean kept = before.kept() || emitted.kept();
            byId.put(id, new Entry(change, emitted.ticks(), kept, before.fact(), before.life()));
            return;
        }
        byId.put(id, match(emitted, change, following));
    }

    private Entry match(Trail.Emitted emitted, ContainerChange change, List<ContainerChange> following) {
        Entry blank = new Entry(change, emitted.ticks(), emitted.kept(), null, null);
        ContainerId id = blank.id();
        if (change.kind() == ContainerChange.Kind.POD_CHANGED) {
            return blank;
        }
        Fact fact = blank.isRead() ? run.podman.truth.at(id, blank.timeNs(), run.sightings) : null;
        if (blank.isRead() && (fact == null || fact.kind() != change.kind())) {
            wrong.add("G2: invented: " + blank);
            fact = null;
        }
        RealLife life = fact != null ? fact.life() : null;
        switch (change.kind()) {
            case STARTED -> {
                if (life == null) {
                    life = begun((ContainerChange.Started) change, emitted.ticks(), following);
                    fact = life == null ? null : life.start;
                }
                if (life != null) {
                    latest.merge(id, life, (one, other) -> one.index > other.index ? one : other);
                    open.put(id, life);
                } else {
                    open.remove(id);
                }
            }
            case DIED -> {
                RealLife ended =
                        open.containsKey(id) ? open.remove(id) : unreported((ContainerChange.Died) change, blank);
                if (life != null && ended != null && life.index < ended.index) {
                    attribute(id, ended, life);
                }
                if (life == null && ended != null) {
                    life = ended;
                    fact = blank.isFilteredOut() ? null : ended.end;
                }
            }
            default -> {
                if (life == null) {
                    life = open.get(id);
                }
            }
        }
        return new Entry(change, emitted.ticks(), emitted.kept(), fact, life);
    }

    /** A life of before a trail that begins without a snapshot, and whose end is inferred; null if it is no such end. */
    private @Nullable RealLife unreported(ContainerChange.Died died, Entry entry) {
        return run.processes.stream().noneMatch(Process::isNoData) || entry.isRead()
                ? null
                : run.podman.truth.lives(entry.id()).stream()
                        .filter(life -> Checkers.seemsFromBefore(run, part, life, entry.ticks()))
                        .filter(life -> life.begunTicks <= entry.ticks()
                                && life.life.canBe(died.last().life()))
                        .reduce(null, (one, other) -> other);
    }

    /** A start that a list showed can be that of an earlier life within the same second: its end tells. */
    private void attribute(ContainerId id, RealLife later, RealLife earlier) {
        for (Map.Entry<EventId, Entry> recorded : byId.entrySet()) {
            Entry entry = recorded.getValue();
            if (entry.id().equals(id)
                    && entry.life() == later
                    && !entry.isRead()
                    && entry.change() instanceof ContainerChange.Started start
                    && canBe(earlier, later, start.alive().life())
                    && earlier.begunTicks <= entry.ticks()) {
                Entry moved = new Entry(entry.change(), entry.ticks(), entry.kept(), earlier.start, earlier);
                recorded.setValue(moved);
                latest.put(id, earlier);
            }
        }
    }

    /**
     * Whether what a list showed can be the earlier of two lives within a second: also by the process of the later one, if that
     * ended before the end of the earlier one was written, and nobody saw the earlier one.
     */
    private boolean canBe(RealLife earlier, RealLife later, Life shown) {
        boolean indistinct = earlier.end != null
                && earlier.end.line().writtenTicks > later.endedTicks
                && !run.sightings.wasSeen(earlier.id, earlier.begunTicks, earlier.endedTicks);
        Life time = new Life(shown.startedAtNs(), shown.precision(), 0, shown.announced());
        return earlier.life.canBe(indistinct ? time : shown);
    }

    private static boolean isRead(ContainerChange change) {
        return new Entry(change, 0, true, null, null).isRead();
    }

    /** The life that is inferred to have begun: the latest that it can be, if none is left that wasn't told yet. */
    private @Nullable RealLife begun(ContainerChange.Started start, long ticks, List<ContainerChange> following) {
        ContainerId id = start.container().id();
        for (ContainerChange next : following) {
            // Only what was read has its own stamp; what is inferred can be dated like what happened in another life.
            if (next != start && next.container().id().equals(id) && isRead(next)) {
                Fact fact = run.podman.truth.at(id, next.occurrence().timeNs(), run.sightings);
                if (fact != null && fact.kind() == next.kind() && fact.life().index >= 0) {
                    return fact.life();
                }
            }
        }
        Life life = start.alive().life();
        RealLife last = latest.get(id);
        RealLife found = null;
        for (RealLife candidate : run.podman.truth.lives(id)) {
            if (candidate.begunTicks <= ticks && candidate.life.canBe(life)) {
                found = candidate;
            }
        }
        if (found == null || last == null || found.index > last.index) {
            return found;
        }
        return found;
    }

    /** All that counts, in the order in which it was reported for the last time. */
    List<Entry> entries() {
        return List.copyOf(byId.values());
    }

    /** All that was told, whether or not it counts. */
    List<Entry> reported() {
        return Stream.concat(uncounted.stream(), byId.values().stream()).toList();
    }
}
