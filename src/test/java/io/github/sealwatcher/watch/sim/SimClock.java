package io.github.sealwatcher.watch.sim;

import io.github.sealwatcher.watch.Now;
import java.util.Comparator;
import java.util.PriorityQueue;

/** Virtual clocks with what is to happen when; equal moments keep their order. */
final class SimClock {

    static final long SECOND_NS = 1_000_000_000L;
    static final long MILLISECOND_NS = 1_000_000L;
    private static final long EPOCH_NS = 1_800_000_000L * SECOND_NS;

    private final PriorityQueue<Entry> entries =
            new PriorityQueue<>(Comparator.comparingLong(Entry::atTicks).thenComparingLong(Entry::order));
    private final boolean one;
    private long ticks;
    private long order;
    private long hostAheadNs;
    private long furthestAheadNs;
    private long mostSetBackNs;

    private record Entry(long atTicks, long order, Runnable action) {}

    /** @param one whether the host's clock is ours */
    SimClock(boolean one) {
        this.one = one;
    }

    /** The time as we see it. */
    Now now() {
        return new Now(one ? hostNs() : ourNs(ticks), ticks);
    }

    /** What our own wall clock shows at that moment, if it isn't the host's. */
    long ourNs(long atTicks) {
        return EPOCH_NS + atTicks;
    }

    /** The host's wall clock. */
    long hostNs() {
        return EPOCH_NS + ticks + hostAheadNs;
    }

    long ticks() {
        return ticks;
    }

    /** The host's clock is set. */
    void step(long byNs) {
        hostAheadNs += byNs;
        furthestAheadNs = Math.max(furthestAheadNs, hostAheadNs);
        mostSetBackNs = Math.max(mostSetBackNs, furthestAheadNs - hostAheadNs);
    }

    /** By how much the host's clock was ever behind what it had been. */
    long setBackNs() {
        return mostSetBackNs;
    }

    void in(long delayNs, Runnable action) {
        entries.add(new Entry(ticks + Math.max(1, delayNs), order++, action));
    }

    void at(long atTicks, Runnable action) {
        in(atTicks - ticks, action);
    }

    /** Lets everything happen that is due within {@code spanNs}. */
    void run(long spanNs) {
        long until = ticks + spanNs;
        for (Entry next = entries.peek(); next != null && next.atTicks() <= until; next = entries.peek()) {
            entries.remove();
            ticks = next.atTicks();
            next.action().run();
        }
        ticks = until;
    }
}
