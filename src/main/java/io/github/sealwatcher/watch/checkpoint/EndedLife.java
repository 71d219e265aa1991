package io.github.sealwatcher.watch.checkpoint;

import io.github.sealwatcher.model.ContainerId;
import io.github.sealwatcher.model.Life;

/**
 * A life that was reported as ended while the event log could not be read, at least in part by inference. When the log
 * becomes readable again it may bring the events of this same life, which must not be reported a second time.
 *
 * @param id the container
 * @param life the life; {@code announced} if its start event was applied
 * @param endNs the time that was reported as its end, or as the removal of its container, in nanoseconds since 1970 by the
 *     host's clock
 * @param endAnnounced whether its died event was applied
 * @param removed whether the container was reported as removed too
 */
public record EndedLife(ContainerId id, Life life, long endNs, boolean endAnnounced, boolean removed) {

    /** Whether this start event is the one of this life, which was reported without it. */
    public boolean isStartedBy(Life begun) {
        return !life.announced() && life.canBe(begun) && begun.startedAtNs() <= endNs;
    }

    /**
     * Whether something that happened then happened in this life, or at its end.
     *
     * @param last whether no later life is known: then what the log has behind its start event did, even if the clock was set
     *     back in between
     */
    public boolean covers(long eventTimeNs, boolean last) {
        return eventTimeNs <= endNs && ((last && life.announced()) || life.covers(eventTimeNs));
    }

    /** Whether a died event of that time is its end: after its start event, the next one in the log is. */
    public boolean isEndedBy(long eventTimeNs) {
        return !endAnnounced && covers(eventTimeNs, true);
    }

    /** With its start reported. */
    public EndedLife startAnnounced() {
        return new EndedLife(id, life.announcedAlready(), endNs, endAnnounced, removed);
    }

    /** With its end reported. */
    public EndedLife withEndAnnounced() {
        return new EndedLife(id, life, endNs, true, removed);
    }

    /** With the removal of its container, at that time by the host's clock. */
    public EndedLife withRemoval(long removedNs) {
        return new EndedLife(id, life, Math.max(endNs, removedNs), endAnnounced, true);
    }
}
