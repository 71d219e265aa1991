package io.github.sealwatcher.watch.state;

import io.github.sealwatcher.model.EngineEvent;
import io.github.sealwatcher.model.LiveContainer;
import io.github.sealwatcher.model.ObservedContainer;
import io.github.sealwatcher.watch.checkpoint.Checkpoint;
import io.github.sealwatcher.watch.checkpoint.EventRef;
import io.github.sealwatcher.watch.checkpoint.Portfolio;
import org.jspecify.annotations.Nullable;

/**
 * Everything that the core knows of a host. Immutable: a step gives a new one.
 *
 * @param epoch the present connection; answers with another one are void
 * @param connection how the host stands to us
 * @param checkpoint what is known, exactly as after the last emission
 * @param cache what is remembered of the existing containers
 * @param queue what waits to be taken in
 * @param tickets how many look-ups were asked for
 * @param status what was last reported of the connection
 * @param plan what the next replay has to do
 * @param hostTime what is known of the host's clock
 */
public record State(
        long epoch,
        Connection connection,
        Checkpoint checkpoint,
        ContainerCache cache,
        EventQueue queue,
        long tickets,
        ConnectionStatus status,
        ReplayPlan plan,
        HostTime hostTime) {

    /** A host that was never connected. */
    public static State initial(Checkpoint stored, Now now) {
        return new State(
                0,
                new Connection.Waiting(0, now.monotonicNs()),
                stored,
                ContainerCache.resumed(resumedNs(stored), stored.shown()),
                EventQueue.NONE,
                QueueItem.NO_TICKET,
                new ConnectionStatus(ConnectionStatus.Announcement.NONE, Long.MAX_VALUE, now.monotonicNs()),
                new ReplayPlan(EventLogStatus.READABLE, true, false, null),
                new HostTime(HostClock.UNKNOWN, beganTicks(stored, now), stored.reportedUntilNs()));
    }

    /** Until when nothing that ended need be looked for, by a process that goes on from there. */
    private static long resumedNs(Checkpoint known) {
        return switch (known.snapshot()) {
            case DONE -> known.reportedUntilNs();
            case RUNNING ->
                Math.max(
                        known.reportedUntilNs(),
                        ContainerCache.sureNs(known.dedupWindow().beginNs()));
            case WAITING -> Long.MAX_VALUE;
        };
    }

    /** An earlier run of a host that never answered began by the worker's wall clock, the only one there was. */
    private static long beganTicks(Checkpoint stored, Now now) {
        boolean waiting = stored.snapshot() == Checkpoint.Snapshot.WAITING;
        return waiting ? now.monotonicNs() - Math.max(0, now.wallNs() - stored.positionNs()) : now.monotonicNs();
    }

    /** Whether the core wants no further event from the stream for now. */
    public boolean isCongested() {
        return queue.isHoldingMuch() || isFull();
    }

    /** Whether the core wants no further event of the replay for now. */
    public boolean isFull() {
        return queue.isFull();
    }

    /** Whether nothing more will come. */
    public boolean isStopped() {
        return connection instanceof Connection.Stopped;
    }

    /** About how many bytes what the host has shown takes, beside the queue, which is bounded. */
    public long shownBytes() {
        long alive = 0;
        for (LiveContainer container : portfolio().alive().values()) {
            alive += container.container().bytes();
        }
        long listed = 0;
        for (ObservedContainer shown : cache.listed().observed().values()) {
            listed += shown.container().bytes();
        }
        // Mostly the same containers, with the same texts.
        return Math.max(alive, listed) + collectedBytes();
    }

    private long collectedBytes() {
        CollectedEvents collected = connection instanceof Connection.Connected connected
                        && connected.resync() instanceof ResyncPhase.Replaying replaying
                ? replaying.returned().collected()
                : null;
        return collected == null
                ? 0
                : collected.events().stream()
                        .mapToLong(EngineEvent::attributeBytes)
                        .sum();
    }

    /** What is known to be alive and who is in which pod. */
    public Portfolio portfolio() {
        return checkpoint.portfolio();
    }

    /** Whether what is known equalled what the host shows on this connection. */
    public boolean isSynchronized() {
        return connection instanceof Connection.Connected connected && connected.synced();
    }

    /**
     * What was last reported of the connection, so that it is reported once.
     *
     * @param announced the last word
     * @param failingSinceTicks since when no try has succeeded; {@link Long#MAX_VALUE} if the last one did
     * @param lastEmissionTicks when anything was last given out
     */
    public record ConnectionStatus(Announcement announced, long failingSinceTicks, long lastEmissionTicks) {

        /** What was reported last. */
        public enum Announcement {
            NONE,
            CONNECTED,
            DISCONNECTED
        }

        /** With something given out at that time. */
        public ConnectionStatus emitted(long ticks) {
            return new ConnectionStatus(announced, failingSinceTicks, ticks);
        }

        /** With the connection reported. */
        public ConnectionStatus connected() {
            return new ConnectionStatus(Announcement.CONNECTED, failingSinceTicks, lastEmissionTicks);
        }

        /** With its loss reported. */
        public ConnectionStatus disconnected() {
            return new ConnectionStatus(Announcement.DISCONNECTED, failingSinceTicks, lastEmissionTicks);
        }

        /** With no try succeeded since that time. */
        public ConnectionStatus failing(long sinceTicks) {
            return new ConnectionStatus(announced, sinceTicks, lastEmissionTicks);
        }
    }

    /**
     * What the next replay has to do.
     *
     * @param eventLog whether the event log can be read
     * @param logOrder whether it has to go by the order of the log: it is the first, or the host's clock was set back
     * @param resyncRequested whether another resync is wanted as soon as this one ends
     * @param readUntil up to where this process has read the log; null as long as it has not
     */
    public record ReplayPlan(
            EventLogStatus eventLog,
            boolean logOrder,
            boolean resyncRequested,
            @Nullable ReadUntil readUntil) {}

    /**
     * Where a replay ended: what stands behind it in the log was written since, whatever it is stamped.
     *
     * @param last the last event returned that is no mark of a cut: those can stand before what the cut left
     * @param lowWatermarkNs the low watermark of the dedup window then: if it has risen since, some of what was written since
     *     may be forgotten
     * @param sinceTicks when it was about to be read, by the worker's monotonic clock: what was written by then was read
     */
    public record ReadUntil(EventRef last, long lowWatermarkNs, long sinceTicks) {}

    /**
     * What is known of the host's clock.
     *
     * @param clock how far it is ahead of the worker's monotonic one
     * @param beganTicks when the first connection was tried, by the worker's monotonic clock
     * @param resumedNs what an earlier process has reported is not later
     */
    public record HostTime(HostClock clock, long beganTicks, long resumedNs) {}
}
