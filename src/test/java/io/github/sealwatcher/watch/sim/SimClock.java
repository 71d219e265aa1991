package io.github.sealwatcher.watch.sim;

import io.github.sealwatcher.watch.Now;
import java.util.Comparator;
import java.util.PriorityQueue;

/** A virtual clock with what is to happen when; equal moments keep their order. */
final class SimClock {

    static final long SECOND_NS = 1_000_000_000L;
    private static final long EPOCH_NS = 1_800_000_000L * SECOND_NS;

    private final PriorityQueue<Entry> entries =
            new PriorityQueue<>(Comparator.comparingLong(Entry::atTicks).thenComparingLong(Entry::order));
    private long ticks;
    private long order;

    private record Entry(long atTicks, long order, Runnable action) {}

    Now now() {
        return new Now(EPOCH_NS + ticks, ticks);
    }

    long wallNs() {
        return EPOCH_NS + ticks;
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
