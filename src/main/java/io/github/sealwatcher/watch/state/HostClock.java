package io.github.sealwatcher.watch.state;

/**
 * What is known of the host's clock: how far it is ahead of the worker's monotonic one. Learnt only from the host's
 * answers; the worker's own wall clock plays no part.
 *
 * @param lowNs the least that it can be ahead
 * @param highNs the most that it can be ahead
 * @param asOfTicks when that was true: clocks drift apart
 * @param setBackNs by how much at most the last reading found the host's clock to be set back; 0 if it did not
 */
public record HostClock(long lowNs, long highNs, long asOfTicks, long setBackNs) {

    /** By how much it can be set back without that its answers, in whole seconds, show it at once. */
    public static final long UNNOTICED_NS = 3_000_000_000L;

    /** Nothing is known. */
    static final HostClock UNKNOWN = new HostClock(Long.MIN_VALUE, Long.MAX_VALUE, 0, 0);

    private static final long SECOND_NS = 1_000_000_000L;
    /** The most that two clocks drift apart while one of them is slewed: 500 ppm, as one part in so many. */
    private static final long DRIFT = 2000;
    /** Less than this is no step. */
    private static final long MIN_STEP_NS = 20_000_000L;

    /** Whether it was ever read. */
    public boolean isKnown() {
        return lowNs != Long.MIN_VALUE;
    }

    /** With one more reading. */
    public HostClock read(ClockReading reading) {
        long low = reading.hostNs() - reading.answeredTicks();
        long high = reading.hostNs() + SECOND_NS - reading.askedTicks();
        if (!isKnown()) {
            return new HostClock(low, high, reading.answeredTicks(), 0);
        }
        HostClock now = at(reading.answeredTicks());
        if (high < now.lowNs - MIN_STEP_NS) {
            return new HostClock(low, high, reading.answeredTicks(), now.highNs - low);
        }
        if (low > now.highNs + MIN_STEP_NS) {
            return new HostClock(low, high, reading.answeredTicks(), 0);
        }
        long tighterLow = Math.min(Math.max(low, now.lowNs), Math.min(high, now.highNs));
        return new HostClock(tighterLow, Math.max(tighterLow, Math.min(high, now.highNs)), reading.answeredTicks(), 0);
    }

    /** The earliest that the host's clock can show at {@code ticks}; must be known. */
    public long earliestNs(long ticks) {
        return at(ticks).lowNs + ticks;
    }

    /** The latest that the host's clock can show at {@code ticks}; must be known. */
    public long latestNs(long ticks) {
        return at(ticks).highNs + ticks;
    }

    private HostClock at(long ticks) {
        long drift = Math.max(0, ticks - asOfTicks) / DRIFT;
        return new HostClock(lowNs - drift, highNs + drift, ticks, 0);
    }
}
