package io.github.sealwatcher.trail.fold;

import io.github.sealwatcher.trail.event.ContainerEvent;
import org.jspecify.annotations.Nullable;

/**
 * When a life began, as exactly as a record shows it: an inspect knows nanoseconds, a large stored offset milliseconds, a list
 * seconds, and a start event is written a little after the start. What is learnt later is more exact.
 *
 * @param earliestNs the earliest moment
 * @param latestNs the latest moment
 */
public record StartTimes(long earliestNs, long latestNs) {
    private static final long SECOND = 1_000_000_000L;
    private static final long MILLISECOND = 1_000_000L;
    /** How long after the start its event may be written, on a host that is short of processor time. */
    private static final long EVENT_DELAY = 5 * SECOND;

    /** Of the life of a record; null if the record has none. */
    public static @Nullable StartTimes of(ContainerEvent event) {
        Long startedNs = event.container().startedAtNs();
        if (startedNs == null) {
            return null;
        }
        boolean start = event.type().equals("start");
        if (start && event.isRestore()) {
            // The life goes on that was written to disk, and an inspect shows when that began.
            return new StartTimes(Long.MIN_VALUE, startedNs);
        }
        if (start && event.origin().isHeard() && startedNs == event.timeNs()) {
            return new StartTimes(startedNs - EVENT_DELAY, startedNs);
        }
        if (startedNs % SECOND == 0) {
            // If its start event comes after the list, that dates it anew.
            long delay = start && !event.origin().isHeard() ? EVENT_DELAY : 0;
            return new StartTimes(startedNs, startedNs + SECOND - 1 + delay);
        }
        return new StartTimes(startedNs, startedNs % MILLISECOND == 0 ? startedNs + MILLISECOND - 1 : startedNs);
    }

    /** Whether both can be of one life. */
    public boolean agree(StartTimes other) {
        return earliestNs <= other.latestNs && other.earliestNs <= latestNs;
    }
}
