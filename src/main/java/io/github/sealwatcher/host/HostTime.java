package io.github.sealwatcher.host;

import io.github.sealwatcher.watch.ClockReading;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A guess at the time by a host's clock, for metrics only: no guarantee depends on it. Each answer narrows it down, as it
 * shows the clock to the second at some moment between question and answer; one that contradicts begins anew.
 *
 * <p>One thread reads answers, any asks for the time.
 */
final class HostTime {

    private static final long SECOND_NS = TimeUnit.SECONDS.toNanos(1);
    /** The most that two clocks drift apart while one of them is slewed: 500 ppm, as one part in so many. */
    private static final long DRIFT = 2000;

    private volatile @Nullable Distance distance;

    /** By how much the host's clock is ahead of the worker's monotonic one, as was true at {@code asOfTicks}. */
    private record Distance(long leastNs, long mostNs, long asOfTicks) {}

    void read(ClockReading reading) {
        long least = reading.hostNs() - reading.answeredTicks();
        long most = reading.hostNs() + SECOND_NS - reading.askedTicks();
        Distance known = distance;
        if (known != null) {
            long drift = Math.max(0, reading.answeredTicks() - known.asOfTicks()) / DRIFT;
            long closestLeast = Math.max(least, known.leastNs() - drift);
            long closestMost = Math.min(most, known.mostNs() + drift);
            if (closestLeast <= closestMost) {
                least = closestLeast;
                most = closestMost;
            }
        }
        distance = new Distance(least, most, reading.answeredTicks());
    }

    /** The host's time now in nanoseconds since 1970; the worker's while the host's isn't known. */
    long nowNs() {
        Distance known = distance;
        return known == null
                ? Clocks.SYSTEM.now().wallNs()
                : known.leastNs() + (known.mostNs() - known.leastNs()) / 2 + System.nanoTime();
    }
}
