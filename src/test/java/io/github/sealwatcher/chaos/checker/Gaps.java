package io.github.sealwatcher.chaos.checker;

import io.github.sealwatcher.chaos.world.LifecycleEvent;
import java.util.Collection;
import java.util.List;

/**
 * Whether the gaps that were said are true. A cut takes lines from the beginning of the log, so whatever is still there has
 * all that was written later behind it.
 *
 * @param log every line that was ever in the log, of whatever type
 * @param emitted the trail
 */
record Gaps(Collection<TruthLine> log, List<EmittedEvent> emitted, boolean repeats) {
    /** Our eyes on the log are a little slower than the connector's. */
    private static final long LATE_NS = 2_000_000_000L;
    /** One look at the log shows what is gone and what is new in it; a journal is cut and looked at again within as much. */
    private static final long LOOK_NS = 1_000_000_000L;

    /** A list that stands in for history may be asked for that much before it is told. */
    private static final long AHEAD_NS = 5_000_000_000L;

    static long atLatest(Gap gap) {
        return gap.atNs() + LATE_NS;
    }

    /** Why it is false; empty if it isn't. */
    String fault(Gap gap) {
        long atLatest = atLatest(gap);
        if (gap.toNs() > gap.atNs() + AHEAD_NS) {
            return gap + " ends after it was said";
        }
        // The newest event read before: said to be gone.
        List<TruthLine> anchor = log.stream()
                .filter(line -> line.moment().timeNs() == gap.fromNs())
                .toList();
        if (!anchor.isEmpty() && anchor.stream().allMatch(line -> line.goneAtNs() > atLatest)) {
            return gap + " but " + anchor;
        }
        if (log.stream().noneMatch(line -> gap.covers(line.moment().timeNs()) && line.goneAtNs() <= atLatest)) {
            return gap + " but nothing in it had left the log";
        }
        if (anchor.isEmpty() && !repeats && !isReplaced(gap)) {
            TruthLine newest = newestEmittedBefore(gap);
            if (newest != null && newest.goneAtNs() > atLatest) {
                return gap + " but it had been read up to " + newest;
            }
        }
        return "";
    }

    /**
     * Whether another log was begun in the gap: Podman's follower goes over to it without a word, and nobody can tell whether
     * it had read the one before to its end.
     */
    private boolean isReplaced(Gap gap) {
        TruthLine last = null;
        for (TruthLine line : log) {
            boolean begins =
                    last != null && last.goneAtNs() <= atLatest(gap) && line.seenAtNs() >= last.goneAtNs() - LOOK_NS;
            if (begins
                    && gap.fromNs() <= line.moment().timeNs()
                    && gap.toNs() >= last.moment().timeNs()) {
                return true;
            }
            last = line;
        }
        return false;
    }

    /** In the log's order; null if nothing was told before. */
    private TruthLine newestEmittedBefore(Gap gap) {
        // Records of one transaction, in two topics, may be read in either order.
        List<LifecycleEvent> before = emitted.stream()
                .filter(event -> event.isReceived() && event.readAtNs() < gap.readAtNs() - LATE_NS)
                .map(EmittedEvent::moment)
                .toList();
        return log.stream()
                .filter(line -> before.contains(line.moment()))
                .reduce((first, second) -> second)
                .orElse(null);
    }
}
