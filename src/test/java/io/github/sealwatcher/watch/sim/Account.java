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
import org.jspecify.annotations.Nullable;

/**
 * One part of the trail as somebody reads it who leaves out what he has had before: each record with the real event and the
 * real life that it is about.
 */
final class Account {

    private final Simulation run;
    private final Trail.Part part;
    private final long lastTicks;
    private final long endTicks;
    private final List<String> wrong;
    private final Map<EventId, Entry> byId = new LinkedHashMap<>();
    private final Map<ContainerId, RealLife> open = new HashMap<>();
    private final Map<ContainerId, RealLife> latest = new HashMap<>();

    /**
     * @param lastTicks when the last record of this part was reported
     * @param endTicks when the next part began
     */
    private Account(Simulation run, Trail.Part part, long lastTicks, long endTicks, List<String> wrong) {
        this.run = run;
        this.part = part;
        this.lastTicks = lastTicks;
        this.endTicks = endTicks;
        this.wrong = wrong;
    }

    static Account of(Simulation run, Trail.Part part, List<String> wrong) {
        long lastTicks = part.emitted.isEmpty()
                ? Long.MIN_VALUE
                : part.emitted.get(part.emitted.size() - 1).ticks();
        List<Trail.Part> parts = run.trail.parts();
        int next = parts.indexOf(part) + 1;
        long endTicks = next < parts.size() ? parts.get(next).beginTicks : Long.MAX_VALUE;
        Account account = new Account(run, part, lastTicks, endTicks, wrong);
        for (Trail.Emitted emitted : part.emitted) {
            List<ContainerChange> changes = emitted.emission().changes();
            for (int i = 0; i < changes.size(); i++) {
                account.add(emitted, changes.get(i), changes.subList(i, changes.size()));
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
                RealLife ended = open.containsKey(id) ? open.remove(id) : unreported((ContainerChange.Died) change, blank);
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
                        .filter(life -> Checkers.seemsFromBefore(run, part, life))
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

    /**
     * All that counts: without what was reported without its offset, last of all, if a process that doesn't know of it goes
     * on in this part of the trail, and finds nothing of it.
     */
    List<Entry> entries() {
        List<Entry> entries = new ArrayList<>();
        byId.forEach((id, entry) -> {
            if (entry.kept() || !isGoneOnFrom(entry) || isStillToCome(entry)) {
                entries.add(entry);
            }
        });
        return entries;
    }

    /** Whether a later process reported anything in this part of the trail. */
    private boolean isGoneOnFrom(Entry entry) {
        return run.processes.stream()
                .mapToLong(Process::beginTicks)
                .filter(begin -> begin > entry.ticks())
                .anyMatch(begin -> lastTicks >= begin);
    }

    /**
     * Whether a process that doesn't know of it finds it in the log, and has to report it: if it lives for long enough, before
     * an operator begins another part, and if its filter accepts it.
     */
    private boolean isStillToCome(Entry entry) {
        Fact fact = entry.fact();
        return entry.isRead()
                && fact != null
                && run.wholeReads.stream()
                        .filter(read -> read > entry.ticks() && read < endTicks)
                        .anyMatch(read -> fact.line().isInLog(read) && isReportedBy(entry, read, fact));
    }

    private boolean isReportedBy(Entry entry, long read, Fact fact) {
        long reportedTicks = read + run.pendingNs();
        Process reader = null;
        boolean livesOn = true;
        for (Process process : run.processes) {
            if (process.beginTicks() <= read) {
                reader = process;
            } else {
                livesOn &= process.beginTicks() > reportedTicks;
            }
        }
        // What is under way when an operator begins another part is gone with all that comes later.
        boolean delivered = endTicks == Long.MAX_VALUE || lastTicks > reportedTicks;
        return reader != null
                && reader.beginTicks() > entry.ticks()
                && livesOn
                && delivered
                && isAccepted(reader, read, fact);
    }

    private static boolean isAccepted(Process reader, long read, Fact fact) {
        return (fact.kind() != ContainerChange.Kind.OTHER || reader.include())
                && fact.life().container.namesWithin(fact.ticks(), read).stream()
                        .anyMatch(reader::accepts);
    }

    /** All that was told, whether or not it was stored. */
    List<Entry> reported() {
        return List.copyOf(byId.values());
    }
}
