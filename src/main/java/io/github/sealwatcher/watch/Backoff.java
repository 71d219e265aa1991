package io.github.sealwatcher.watch;

/**
 * How long to wait before the next try: exponential, with full jitter so that a thousand hosts that were lost together
 * don't come back together.
 *
 * @param baseNs the upper bound of the first wait
 * @param maxNs the upper bound of any wait
 * @param maxElapsedNs after how long without success to give up; negative = never, 0 = at the first failure
 */
public record Backoff(long baseNs, long maxNs, long maxElapsedNs) {

    private static final int MAX_DOUBLINGS = 40;
    private static final long DEFAULT_BASE_NS = 500_000_000L;
    private static final long DEFAULT_MAX_NS = 30_000_000_000L;

    /** No second try: the first failure is the last. */
    public static Backoff never() {
        return new Backoff(0, 0, 0);
    }

    /** Retries forever, at first within half a second, later within half a minute. */
    public static Backoff forever() {
        return new Backoff(DEFAULT_BASE_NS, DEFAULT_MAX_NS, -1);
    }

    /**
     * The wait before a try.
     *
     * @param attempt 0 for the first try after a failure
     * @param random any 64 bits; the same bits give the same wait
     */
    long delayNs(int attempt, long random) {
        long ceiling = maxNs;
        if (attempt < MAX_DOUBLINGS && baseNs << attempt > 0) {
            ceiling = Math.min(maxNs, baseNs << attempt);
        }
        return ceiling <= 0 ? 0 : Math.floorMod(random, ceiling) + 1;
    }

    /** Whether to give up after having failed for so long. */
    boolean isExhausted(long failingForNs) {
        return maxElapsedNs >= 0 && failingForNs >= maxElapsedNs;
    }
}
