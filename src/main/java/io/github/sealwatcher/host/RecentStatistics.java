package io.github.sealwatcher.host;

import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * What was measured of late: the newest figure, the average and the maximum. A figure counts for one minute at least and
 * for two at most, so that a peak is seen by whoever looks once a minute, and is forgotten afterwards. Thread-safe; meant for
 * what is measured once a batch or less often, not once an event.
 */
public final class RecentStatistics {

    private static final long WINDOW_NS = TimeUnit.MINUTES.toNanos(1);

    private final LongSupplier monotonicNs;
    // Guarded by this: all below.
    private Window current;
    private Window previous;
    private long newest;

    /** Nothing measured yet. */
    public RecentStatistics() {
        this(System::nanoTime);
    }

    /** @param monotonicNs a clock in nanoseconds that never jumps */
    RecentStatistics(LongSupplier monotonicNs) {
        this.monotonicNs = monotonicNs;
        this.current = new Window(monotonicNs.getAsLong());
        this.previous = new Window(current.beganTicks);
    }

    /** Takes one more figure. */
    public synchronized void record(long figure) {
        rotate();
        current.count++;
        current.sum += figure;
        current.max = Math.max(current.max, figure);
        newest = figure;
    }

    /** The newest figure; 0 if there is none of late. */
    public synchronized long newest() {
        rotate();
        return isEmpty() ? 0 : newest;
    }

    /** The largest figure; 0 if there is none of late. */
    public synchronized long max() {
        rotate();
        return isEmpty() ? 0 : Math.max(current.max, previous.max);
    }

    /** The mean of the figures; 0 if there is none of late. */
    public synchronized double average() {
        rotate();
        return isEmpty() ? 0 : (double) (current.sum + previous.sum) / (current.count + previous.count);
    }

    private boolean isEmpty() {
        return current.count + previous.count == 0;
    }

    private void rotate() {
        long ticks = monotonicNs.getAsLong();
        long age = ticks - current.beganTicks;
        if (age >= WINDOW_NS) {
            previous = age < 2 * WINDOW_NS ? current : new Window(ticks);
            current = new Window(ticks);
        }
    }

    /** The figures of one minute. */
    private static final class Window {
        private final long beganTicks;
        private long count;
        private long sum;
        private long max = Long.MIN_VALUE;

        private Window(long beganTicks) {
            this.beganTicks = beganTicks;
        }
    }
}
