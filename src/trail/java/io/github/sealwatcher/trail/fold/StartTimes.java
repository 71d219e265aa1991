package io.github.sealwatcher.trail.fold;

/** Compares times of start: a list tells them in seconds, an inspect in nanoseconds. */
public final class StartTimes {
    private static final long SECOND = 1_000_000_000L;

    private StartTimes() {}

    /** Whether both may be the same moment. */
    public static boolean agree(long one, long other) {
        if (one % SECOND == 0 || other % SECOND == 0) {
            return Math.floorDiv(one, SECOND) == Math.floorDiv(other, SECOND);
        }
        return one == other;
    }
}
