package io.github.sealwatcher.watch.sim;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** What the filters let through: decided once a life, at its start, and again by a process with another filter. */
final class Visible {

    private enum Verdict {
        YES,
        NO,
        /** It depends on which process came first, or on which name it saw. */
        EITHER
    }

    private final Simulation run;
    private final boolean all;

    Visible(Simulation run) {
        this.run = run;
        this.all = run.processes.stream().allMatch(process -> process.filter() == 0);
    }

    /** Whether its start is surely to be told. */
    boolean isSurelyAtStart(RealLife life, long trailTicks) {
        return all || atStart(life, trailTicks) == Verdict.YES;
    }

    /** Whether nothing of it may be told. */
    boolean isNever(RealLife life, long trailTicks) {
        return !all && atStart(life, trailTicks) == Verdict.NO && inTheEnd(life, trailTicks) == Verdict.NO;
    }

    boolean isSurelyInTheEnd(RealLife life, long trailTicks) {
        return all || inTheEnd(life, trailTicks) == Verdict.YES;
    }

    boolean isSurelyNotInTheEnd(RealLife life, long trailTicks) {
        return !all && inTheEnd(life, trailTicks) == Verdict.NO;
    }

    /** Whether there is no filter at all. */
    boolean isAll() {
        return all;
    }

    private Verdict atStart(RealLife life, long trailTicks) {
        long from = life.begunTicks;
        long until = firstRead(run.wholeReads, Math.max(from, trailTicks));
        // What one process took in and didn't store is another's to decide.
        return verdict(life, from, Long.MAX_VALUE, from < trailTicks || isUnread(life) ? until : from);
    }

    /**
     * Whether nobody had its start before that was gone, or the log could not be read when it began: only lists show its name,
     * and the line of a rename shows only the new one.
     */
    private boolean isUnread(RealLife life) {
        if (life.start == null) {
            return false;
        }
        Line line = life.start.line();
        if (line.heldTicks == Line.NEVER && line.goneTicks != Line.NEVER) {
            return true;
        }
        // Its own line can be the one that cannot be read: then so is what stands behind it, as a rename.
        long cutTicks = run.podman.truth.cutShortTicks(life.start.stampNs());
        return Checkers.wasUnreadable(run, life.start, cutTicks == Line.NEVER ? life.begunTicks : cutTicks);
    }

    private Verdict inTheEnd(RealLife life, long trailTicks) {
        Verdict verdict = atStart(life, trailTicks);
        List<Process> processes = run.processes;
        for (int i = 1; i < processes.size(); i++) {
            Process process = processes.get(i);
            boolean changed = process.filter() != processes.get(i - 1).filter();
            if (changed && process.beginTicks() > life.begunTicks && process.beginTicks() >= trailTicks) {
                long until = firstRead(run.keptReads, process.beginTicks());
                Verdict anew = verdict(life, process.beginTicks(), until, until);
                // To whoever goes on from an offset that knows nothing of its start, that comes now.
                verdict = anew == verdict || isStartKnown(life, process) ? anew : Verdict.EITHER;
            }
        }
        return verdict;
    }

    private boolean isStartKnown(RealLife life, Process process) {
        return life.start == null
                || life.start.line().heldTicks < process.beginTicks()
                || run.sightings.wasListed(life.begunTicks, process.beginTicks());
    }

    /** By all processes that were there then, and all names that it had. */
    private Verdict verdict(RealLife life, long fromTicks, long untilTicks, long namedUntilTicks) {
        Set<Boolean> verdicts = new HashSet<>();
        List<Process> processes = run.processes;
        for (int i = 0; i < processes.size(); i++) {
            long end = i + 1 < processes.size() ? processes.get(i + 1).beginTicks() : Long.MAX_VALUE;
            if (processes.get(i).beginTicks() <= untilTicks && end > fromTicks) {
                Process process = processes.get(i);
                life.container
                        .namesWithin(fromTicks, namedUntilTicks)
                        .forEach(name -> verdicts.add(process.accepts(name)));
            }
        }
        return verdicts.size() != 1 ? Verdict.EITHER : verdicts.contains(true) ? Verdict.YES : Verdict.NO;
    }

    private long firstRead(List<Long> reads, long ticks) {
        return reads.stream()
                .filter(read -> read > ticks)
                .findFirst()
                .map(read -> read + Simulation.PENDING_NS)
                .orElse(run.clock.ticks());
    }
}
