package io.github.sealwatcher.watch;

/**
 * How the host's wall clock goes against one that never steps.
 *
 * @param aheadNs the furthest that it was ahead of the other since it was last set back
 * @param steps how often it was set back
 * @param isSetBack whether it was set back since history was last re-read for that
 */
record Pace(long aheadNs, int steps, boolean isSetBack) {

    /** @param newestNs what is stored can't be from later than this, or the clock was set back since */
    static Pace beginning(Now now, long newestNs) {
        return new Pace(now.wallNs() - now.ticksNs(), 0, now.wallNs() < newestNs);
    }

    /** What holds now. A step of less than half of what every re-read overlaps changes nothing that matters. */
    Pace at(Now now, long overlapNs) {
        long ahead = now.wallNs() - now.ticksNs();
        if (ahead < aheadNs - overlapNs / 2) {
            return new Pace(ahead, steps + 1, true);
        }
        return ahead > aheadNs ? new Pace(ahead, steps, isSetBack) : this;
    }

    /** With the steps so far seen to. */
    Pace settled() {
        return new Pace(aheadNs, steps, false);
    }
}
