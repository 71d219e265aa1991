package io.github.sealwatcher.host;

import io.github.sealwatcher.watch.Backoff;
import java.util.concurrent.TimeUnit;

/**
 * Connections that end soon after they were synchronized. Each of them looks like a success, so the core's own backoff
 * begins anew with each; but a host whose stream ends at once would be connected several times a second. For one thread
 * at a time.
 */
final class ShortConnections {

    private static final long LONG_NS = TimeUnit.SECONDS.toNanos(10);
    private static final int MAX_DOUBLINGS = 30;

    private final Backoff backoff;
    private boolean pending;
    private long synchronizedTicks;
    private int inARow;

    ShortConnections(Backoff backoff) {
        this.backoff = backoff;
    }

    /** A connection is synchronized; a second time on the same connection changes nothing. */
    void synchronizedAt(long ticks) {
        if (!pending) {
            pending = true;
            synchronizedTicks = ticks;
        }
    }

    /**
     * How long to wait before the next connection, beside what the core has waited; the first connection that ends soon
     * costs nothing.
     *
     * @param random any 64 bits
     */
    long delayNs(long ticks, long random) {
        if (!pending) {
            return 0;
        }
        pending = false;
        inARow = ticks - synchronizedTicks < LONG_NS ? inARow + 1 : 0;
        if (inARow < 2) {
            return 0;
        }
        int doublings = Math.min(MAX_DOUBLINGS, inARow - 2);
        long max = backoff.baseNs() > backoff.maxNs() >> doublings ? backoff.maxNs() : backoff.baseNs() << doublings;
        // Half of it at least: with no lower bound, several short waits in a row would still be a storm.
        return max / 2 + Math.floorMod(random, max / 2 + 1);
    }
}
