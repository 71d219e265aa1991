package io.github.sealwatcher.watch;

import org.jspecify.annotations.Nullable;

/** Learns the host's clock from what the host answers, and notices when it was set back. */
final class ClockMonitor {

    private ClockMonitor() {}

    /** Takes what an answer tells of the host's clock. */
    static void learn(Turn turn, @Nullable ClockReading reading) {
        if (reading != null) {
            turn.clock = turn.clock.read(reading);
            goBack(turn, turn.clock.setBackNs());
            if (turn.clock.setBackNs() > 0) {
                beginEarlier(turn);
            }
        }
    }

    /** Finds what the host's clock says of the place where the trail stands. */
    static void place(Turn turn) {
        Checkpoint known = turn.checkpoint;
        if (known.snapshot() == Checkpoint.Snapshot.WAITING) {
            turn.checkpoint = known.beginningAt(beginNs(turn));
        } else if (turn.backNs == 0 && turn.hostLatestNs() < known.positionNs()) {
            // It was set back while nobody looked.
            goBack(turn, known.positionNs() - turn.hostLatestNs());
        }
    }

    /** Notes that the host's clock was set back: the next replay has to go by the order of the log. */
    private static void goBack(Turn turn, long byNs) {
        if (byNs > 0) {
            turn.backNs += byNs;
            turn.deep = true;
        }
    }

    /** As long as nothing was read, the trail goes on beginning with the first try, whatever the clock shows of that now. */
    private static void beginEarlier(Turn turn) {
        Checkpoint known = turn.checkpoint;
        long beginNs = turn.hostEarliestNs(turn.beganTicks);
        if (known.snapshot() == Checkpoint.Snapshot.RUNNING
                && known.newestEvent() == null
                && known.lastReplayed() == null
                && beginNs < known.positionNs()) {
            turn.checkpoint = known.beginningAt(beginNs);
        }
    }

    /**
     * The host's time of the first try. It is known to the second only, and within that the worker's clock may be right: most
     * hosts keep the same time. Whichever moment it is, that is where the trail begins.
     */
    private static long beginNs(Turn turn) {
        long sinceTicks = turn.now.ticksNs() - turn.beganTicks;
        long workersNs = turn.now.wallNs() - sinceTicks;
        long earliestNs = turn.hostEarliestNs(turn.beganTicks);
        return workersNs >= earliestNs && workersNs <= turn.hostLatestNs() - sinceTicks ? workersNs : earliestNs;
    }
}
