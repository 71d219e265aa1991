package io.github.sealwatcher.watch.sim;

import java.util.HashSet;
import java.util.Set;

/** Gives time stamps. No two are equal, not even if the clock was set back in between: nanoseconds are many. */
final class Stamps {

    private final SimClock clock;
    private final Set<Long> given = new HashSet<>();
    private long lastNs;

    Stamps(SimClock clock) {
        this.clock = clock;
    }

    /** The host's clock was set. */
    void step() {
        lastNs = Long.MIN_VALUE;
    }

    long next() {
        lastNs = Math.max(clock.hostNs(), lastNs + 1);
        while (!given.add(lastNs)) {
            lastNs++;
        }
        return lastNs;
    }
}
