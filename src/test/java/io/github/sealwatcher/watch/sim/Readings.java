package io.github.sealwatcher.watch.sim;

import io.github.sealwatcher.model.HostChange;
import io.github.sealwatcher.watch.Input;
import io.github.sealwatcher.watch.state.ClockReading;
import java.util.TreeSet;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/** When answers showed the host's clock to a process that lived on, or that stored what it reported later. */
final class Readings {

    /** Each reading leaves open a second, and how long it took: from so much on a step shows. */
    private static final long VISIBLE_NS = 3 * SimClock.SECOND_NS;

    private final TreeSet<Long> ticks = new TreeSet<>();

    /** An answer of the present connection. */
    void note(Input input, long atTicks) {
        ClockReading reading = of(input);
        if (reading != null) {
            ticks.add(atTicks);
        }
    }

    static @Nullable ClockReading of(Input input) {
        if (input instanceof Input.Connected connected) {
            return connected.reading();
        }
        if (input instanceof Input.Listed listed) {
            return listed.reading();
        }
        return input instanceof Input.Pinged pinged ? pinged.reading() : null;
    }

    /** The next process knows no more than what was stored then. */
    void forgetSince(long storedTicks) {
        ticks.tailSet(storedTicks, false).clear();
    }

    /**
     * Whether the gap holds the stamp that a lost event would have, had the host's clock been set at another moment between
     * two readings: what was answered would be the same, and nothing else shows when it was set.
     */
    boolean covers(Simulation run, HostChange.Window gap, Fact fact) {
        Long before = ticks.floor(fact.ticks());
        Long after = ticks.higher(fact.ticks());
        if (before == null || after == null || !run.clock.isSet(before, after)) {
            return false;
        }
        long aheadNs = fact.stampNs() - fact.ticks();
        long beforeNs = run.clock.hostNs(before) - before;
        long afterNs = run.clock.hostNs(after) - after;
        boolean sameProcess = run.processes.stream()
                .noneMatch(process -> process.beginTicks() > before && process.beginTicks() <= after);
        boolean shown = Math.abs(aheadNs - beforeNs) < SimClock.MILLISECOND_NS
                || Math.abs(aheadNs - afterNs) < SimClock.MILLISECOND_NS;
        if (sameProcess && shown && Math.abs(afterNs - beforeNs) >= VISIBLE_NS) {
            // Both settings are known, and the gap can hold the stamps by either.
            return false;
        }
        return LongStream.of(beforeNs, afterNs).anyMatch(ahead -> Checkers.isIn(gap, fact.ticks() + ahead));
    }
}
