package io.github.sealwatcher.watch;

import io.github.sealwatcher.model.ContainerFilter;
import io.github.sealwatcher.watch.state.Actions;
import java.util.Set;

/**
 * How a host is watched. All spans in nanoseconds.
 *
 * @param overlapNs how far before the newest event a re-read begins
 * @param resyncNs how often the host is listed and compared although all seems well
 * @param settleNs how long a difference between a list and what is known must last, with its event still missing from
 *     the log, before it is believed: Podman writes events up to 1.2 s late
 * @param pingNs how often the engine is asked whether it is still there
 * @param heartbeatNs how often a quiet host moves its offset; 0 = never
 * @param backoff how to try again
 * @param snapshot how to report the containers that are alive at first sight
 * @param onGap what to do when events were lost
 * @param inspect whether to look up what a list doesn't show
 * @param actions further actions of Podman's that are given out under their own names
 * @param filter which containers are reported; decided once a life, at its start
 * @param jitterSeed any bits; different for each host
 */
public record Options(
        long overlapNs,
        long resyncNs,
        long settleNs,
        long pingNs,
        long heartbeatNs,
        Backoff backoff,
        SnapshotMode snapshot,
        OnGap onGap,
        boolean inspect,
        Actions actions,
        ContainerFilter filter,
        long jitterSeed) {

    /** Podman writes events up to 1.2 s late; a difference that lasts longer isn't one of those. */
    public static final long DEFAULT_SETTLE_NS = 2_500_000_000L;

    /** How to report the containers that are alive at first sight. */
    public enum SnapshotMode {
        /** Report them when nothing is stored of an earlier run. */
        INITIAL,
        /** Report them at every start. */
        ALWAYS,
        /** Never report them. */
        NO_DATA
    }

    /** What to do when events were lost. */
    public enum OnGap {
        /** Report it, and infer what was missed from a list. */
        RECONCILE,
        /** Stop the task. */
        FAIL
    }

    /**
     * Further actions that are given out under their own names.
     *
     * @param all whether all are
     * @param named the actions that are, if not all
     */
    public record Actions(boolean all, Set<String> named) {

        public Actions {
            named = Set.copyOf(named);
        }

        /** None but the changes that are always reported. */
        public static Actions none() {
            return new Actions(false, Set.of());
        }

        boolean include(String action) {
            return all || named.contains(action);
        }
    }

    /**
     * Whether more is read of a container's event with this action than who it is about and which pod it names: of all others
     * the attributes can be left out.
     */
    public boolean describes(String action) {
        return io.github.sealwatcher.watch.state.Actions.CHANGING.contains(action)
                || action.equals(io.github.sealwatcher.watch.state.Actions.REMOVE)
                || action.equals(io.github.sealwatcher.watch.state.Actions.RENAME)
                || actions.include(action);
    }
}
