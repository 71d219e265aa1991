package io.github.sealwatcher.watch.sim;

import io.github.sealwatcher.model.ContainerChange;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/**
 * What reached the topics without its offset, of a worker without exactly-once support, and does not count: a process that
 * doesn't know of it goes on, and finds nothing of it.
 */
final class UnstoredRecords {

    private final Simulation run;
    private final Trail.Part part;
    private final Collection<Entry> entries;
    private final List<Entry> uncounted = new ArrayList<>();
    /** When the last record of this part was reported. */
    private final long lastTicks;
    /** When the next part began. */
    private final long endTicks;

    private UnstoredRecords(Simulation run, Trail.Part part, Collection<Entry> entries) {
        this.run = run;
        this.part = part;
        this.entries = entries;
        lastTicks = part.emitted.isEmpty()
                ? Long.MIN_VALUE
                : part.emitted.get(part.emitted.size() - 1).ticks();
        List<Trail.Part> parts = run.trail.parts();
        int next = parts.indexOf(part) + 1;
        endTicks = next < parts.size() ? parts.get(next).beginTicks : Long.MAX_VALUE;
    }

    /**
     * The records that don't count.
     *
     * @param entries the records of this part, each once
     */
    static List<Entry> uncounted(Simulation run, Trail.Part part, Collection<Entry> entries) {
        UnstoredRecords records = new UnstoredRecords(run, part, entries);
        for (Entry entry : entries) {
            if (!records.counts(entry)) {
                records.uncounted.add(entry);
            }
        }
        return records.uncounted;
    }

    /**
     * Whether it counts: all but what was reported without its offset, last of all, if a process that doesn't know of it goes
     * on in this part of the trail, and finds nothing of it.
     */
    private boolean counts(Entry entry) {
        return entry.kept() || !isGoneOnFrom(entry) || (isStillToCome(entry) && !isAlone(entry));
    }

    /** Whether it follows something of its container that doesn't count: who hears it alone can know it as something else. */
    private boolean isAlone(Entry entry) {
        return uncounted.stream().anyMatch(other -> other.id().equals(entry.id()));
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
                        .filter(read ->
                                read > entry.ticks() && read < Math.min(endTicks, knownOtherwiseTicks(entry, fact)))
                        .anyMatch(read -> fact.line().isInLog(read) && isReportedBy(entry, read, fact));
    }

    /**
     * When a process that doesn't know of it can have reported something else instead: what a first list shows, what comes
     * later in a time in which nobody could read the log, or what another host shows.
     */
    private long knownOtherwiseTicks(Entry entry, Fact fact) {
        long leftTicks = run.podman.truth.leftTicks(fact.life().container.machine, entry.ticks());
        return entries.stream()
                .filter(other -> other.id().equals(entry.id()) && other.ticks() > entry.ticks())
                .filter(other -> other.isSnapshot() || run.podman.truth.wasUnreadable(entry.ticks(), other.ticks()))
                .mapToLong(other -> other.isSnapshot() ? beginTicks(other) : other.ticks())
                .reduce(leftTicks, Math::min);
    }

    /** When the process began that reported that. */
    private long beginTicks(Entry entry) {
        return run.processes.stream()
                .mapToLong(Process::beginTicks)
                .filter(begin -> begin <= entry.ticks())
                .max()
                .orElse(entry.ticks());
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
                // What waits for a look-up is gone with the connection: it has to be there to be read once more.
                && fact.line().isInLog(reportedTicks)
                && !run.podman.truth.wasUnreadable(read, reportedTicks)
                && !isFailedByGap(read, reportedTicks)
                && isAccepted(reader, read, fact);
    }

    /** Whether the process fails as its operator wants that it does at a gap. */
    private boolean isFailedByGap(long fromTicks, long toTicks) {
        return run.setting.get(Setting.Parameter.GAP_FAILS) == 1
                && part.emitted.stream()
                        .filter(emitted ->
                                emitted.emission().hostChanges().stream().anyMatch(change -> change.gap() != null))
                        .mapToLong(Trail.Emitted::ticks)
                        .anyMatch(ticks -> ticks >= fromTicks && ticks <= toTicks);
    }

    private static boolean isAccepted(Process reader, long read, Fact fact) {
        return (fact.kind() != ContainerChange.Kind.OTHER || reader.include())
                && fact.life().container.namesWithin(fact.ticks(), read).stream()
                        .anyMatch(reader::accepts);
    }
}
