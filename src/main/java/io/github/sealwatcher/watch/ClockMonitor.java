package io.github.sealwatcher.watch;

import io.github.sealwatcher.watch.checkpoint.Checkpoint;
import io.github.sealwatcher.watch.state.ClockReading;
import org.jspecify.annotations.Nullable;

/** Learns the host's clock from what the host answers, and notices when it was set back. */
final class ClockMonitor {

    /** HTTP tells the host's clock in these. */
    private static final long SECOND_NS = 1_000_000_000L;

    private ClockMonitor() {}

    /** Reads the host's clock from an answer. */
    static void read(StepContext context, @Nullable ClockReading reading) {
        if (reading != null) {
            context.clock = context.clock.read(reading);
            noteStepBack(context, context.clock.setBackNs());
            if (context.clock.setBackNs() > 0) {
                context.cache = context.cache.stepped();
            }
            if (context.clock.setBackNs() > 0 || isBeginAhead(context)) {
                beginEarlier(context);
            }
        }
    }

    /** Aligns the position of the trail with the host's clock. */
    static void alignPosition(StepContext context) {
        Checkpoint known = context.checkpoint;
        if (known.snapshot() == Checkpoint.Snapshot.WAITING) {
            context.checkpoint = known.beginningAt(beginNs(context));
        } else if (context.hostLatestNs() < known.positionNs()) {
            // It was set back while the host was not watched, if not by more than is known already.
            noteStepBack(context, known.positionNs() - context.hostEarliestNs() - context.clockSetBackNs);
        }
    }

    /** Notes that the host's clock was set back: the next replay has to go by the order of the log. */
    private static void noteStepBack(StepContext context, long byNs) {
        if (byNs > 0) {
            context.setBackBy(context.clockSetBackNs + byNs);
            context.cache = context.cache.withListsOfBefore(byNs);
            context.logOrder = true;
        }
    }

    /** Whether the host's clock cannot have shown at the first try what the worker's did within that second. */
    private static boolean isBeginAhead(StepContext context) {
        long sinceTicks = context.now.monotonicNs() - context.beganTicks;
        long aheadNs = context.checkpoint.positionNs() - (context.hostLatestNs() - sinceTicks);
        return aheadNs >= 0 && aheadNs < SECOND_NS;
    }

    /** As long as nothing was read, the trail goes on beginning with the first try, whatever the clock shows of that now. */
    private static void beginEarlier(StepContext context) {
        Checkpoint known = context.checkpoint;
        long beginNs = beginNs(context);
        if (known.snapshot() == Checkpoint.Snapshot.RUNNING
                && known.newestEvent() == null
                && known.lastReplayed() == null
                && beginNs < known.positionNs()) {
            context.checkpoint = known.beginningAt(beginNs);
        }
    }

    /**
     * The host's time of the first try. It is known to the second only, and within that the worker's clock may be right: most
     * hosts keep the same time. Whichever moment it is, that is where the trail begins.
     */
    private static long beginNs(StepContext context) {
        long sinceTicks = context.now.monotonicNs() - context.beganTicks;
        long workersNs = context.now.wallNs() - sinceTicks;
        long earliestNs = context.hostEarliestNs(context.beganTicks);
        return workersNs >= earliestNs && workersNs < context.hostLatestNs() - sinceTicks ? workersNs : earliestNs;
    }
}
