package io.github.sealwatcher.watch.sim;

import io.github.sealwatcher.watch.state.Now;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;

/** Virtual clocks with what is to happen when; equal moments keep their order. */
final class SimClock {

    static final long SECOND_NS = 1_000_000_000L;
    static final long MILLISECOND_NS = 1_000_000L;
    private static final long EPOCH_NS = 1_800_000_000L * SECOND_NS;

    private final PriorityQueue<Entry> entries =
            new PriorityQueue<>(Comparator.comparingLong(Entry::atTicks).thenComparingLong(Entry::order));
    private final boolean one;
    private final List<Setting> settings = new ArrayList<>();
    private long ticks;
    private long order;
    private long hostAheadNs;
    private long workerAheadNs;

    private record Entry(long atTicks, long order, Runnable action) {}

    /** From a moment on the host's clock is that far ahead of the ticks. */
    private record Setting(long ticks, long aheadNs) {}

    /**
     * @param one whether the worker runs on the host, so that both have one clock
     * @param workerAheadNs how far the worker's clock is ahead of the host's, if they have two
     */
    SimClock(boolean one, long workerAheadNs) {
        this.one = one;
        this.workerAheadNs = workerAheadNs;
        settings.add(new Setting(Long.MIN_VALUE, 0));
    }

    /** The time as the worker sees it. */
    Now now() {
        return new Now(one ? hostNs() : EPOCH_NS + ticks + workerAheadNs, ticks);
    }

    /** The host's wall clock. */
    long hostNs() {
        return EPOCH_NS + ticks + hostAheadNs;
    }

    /** What the host's wall clock showed at that moment. */
    long hostNs(long atTicks) {
        long aheadNs = 0;
        for (Setting setting : settings) {
            aheadNs = setting.ticks() < atTicks ? setting.aheadNs() : aheadNs;
        }
        return EPOCH_NS + atTicks + aheadNs;
    }

    long ticks() {
        return ticks;
    }

    /** The host's clock is set, and the worker's with it if they have one. */
    void step(long byNs) {
        hostAheadNs += byNs;
        settings.add(new Setting(ticks, hostAheadNs));
    }

    /** The worker's own clock is set. */
    void stepWorker(long byNs) {
        workerAheadNs += byNs;
    }

    /** How far the worker's clock is ahead of where the host's was at first. */
    long workerAheadNs() {
        return workerAheadNs;
    }

    /** Whether the host's clock was set between two moments. */
    boolean isSet(long fromTicks, long toTicks) {
        return settings.stream().anyMatch(it -> it.ticks() >= fromTicks && it.ticks() <= toTicks);
    }

    /** When the host's clock was last set by then. */
    long lastSetTicks(long byTicks) {
        return settings.stream()
                .mapToLong(Setting::ticks)
                .filter(set -> set <= byTicks)
                .max()
                .orElse(byTicks);
    }

    /** Whether the host's clock was set back between two moments. */
    boolean isSetBack(long fromTicks, long toTicks) {
        long aheadNs = Long.MIN_VALUE;
        boolean back = false;
        for (Setting setting : settings) {
            if (setting.ticks() >= fromTicks && setting.ticks() <= toTicks) {
                back |= setting.aheadNs() < aheadNs;
            }
            if (setting.ticks() <= toTicks) {
                aheadNs = setting.aheadNs();
            }
        }
        return back;
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
