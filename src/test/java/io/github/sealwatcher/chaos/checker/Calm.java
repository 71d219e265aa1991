package io.github.sealwatcher.chaos.checker;

import java.time.Duration;

/**
 * Whether the connector settles once nothing happens any more: it says that it is synchronized, and not again and again. Who
 * connects over and over reads all again each time, and never gets to believe what a list lacks.
 */
public final class Calm {
    private final Trails trails;
    private final long settledAtNanos;
    /** How often it may have said so in the end; negative until it had time to settle. */
    private int syncsAllowed = -1;

    /** @param within how long it may take to settle */
    public Calm(Trails trails, Duration within) {
        this.trails = trails;
        this.settledAtNanos = System.nanoTime() + within.toNanos();
    }

    /** After each reading of the topics. */
    public void look() {
        if (syncsAllowed < 0 && System.nanoTime() >= settledAtNanos) {
            syncsAllowed = trails.syncs() + (trails.isSynchronized() ? 0 : 1);
        }
    }

    public void judge(Verdict verdict) {
        if (!trails.isSynchronized()) {
            verdict.violated("not synchronized in the end", "", "the last that host.events say is something else");
        }
        int again = trails.syncs() - syncsAllowed;
        if (again > 0) {
            verdict.violated("synchronized again", "", again + " times although nothing happens");
        }
    }
}
