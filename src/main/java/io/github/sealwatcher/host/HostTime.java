package io.github.sealwatcher.host;

import io.github.sealwatcher.watch.state.ClockReading;
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

    private volatile @Nullable ClockOffset distance;

    /** By how much the host's clock is ahead of the worker's monotonic one, as was true at {@code asOfTicks}. */
    private record ClockOffset(long minNs, long maxNs, long asOfTicks) {}

    void read(ClockReading reading) {
        long min = reading.hostNs() - reading.answeredTicks();
        long max = reading.hostNs() + SECOND_NS - reading.askedTicks();
        ClockOffset known = distance;
        if (known != null) {
            long drift = Math.max(0, reading.answeredTicks() - known.asOfTicks()) / DRIFT;
            long closestLeast = Math.max(min, known.minNs() - drift);
            long closestMost = Math.min(max, known.maxNs() + drift);
            if (closestLeast <= closestMost) {
                min = closestLeast;
                max = closestMost;
            }
        }
        distance = new ClockOffset(min, max, reading.answeredTicks());
    }

    /** The host's time now in nanoseconds since 1970; the worker's while the host's isn't known. */
    long nowNs() {
        ClockOffset known = distance;
        return known == null
                ? Clocks.SYSTEM.now().wallNs()
                : known.minNs() + (known.maxNs() - known.minNs()) / 2 + System.nanoTime();
    }
}
