package io.github.sealwatcher.watch;

/**
 * Everything that the core knows of a host. Immutable: a step gives a new one.
 *
 * @param epoch the present connection; answers with another one are void
 * @param link how the host stands to us
 * @param checkpoint what is known, exactly as the emissions so far tell it
 * @param catalog what is remembered of the existing containers
 * @param pending what waits to be taken in
 * @param tickets how many look-ups were asked for
 * @param voice what was said of the connection
 * @param history whether the event log can be read
 * @param again whether another round is wanted as soon as this one ends
 * @param clock what is known of the host's clock
 * @param deep whether the next replay has to go by the order of the log: it is the first, or the host's clock was set back
 * @param backNs by how much at least the host's clock was set back since the last complete replay; 0 if it was not
 * @param beganTicks when the first connection was tried
 */
public record State(
        long epoch,
        Link link,
        Checkpoint checkpoint,
        Catalog catalog,
        Pending pending,
        long tickets,
        Voice voice,
        History history,
        boolean again,
        HostClock clock,
        boolean deep,
        long backNs,
        long beganTicks) {

    /** Above this many waiting items the host should bring no further events. */
    private static final int CONGESTED = 4096;

    /** A host that was never connected. */
    static State initial(Checkpoint stored, Now now) {
        return new State(
                0,
                new Link.Waiting(0, now.ticksNs()),
                stored,
                Catalog.EMPTY,
                Pending.NONE,
                Item.NO_TICKET,
                new Voice(Voice.Said.NOTHING, Long.MAX_VALUE, now.ticksNs()),
                History.READABLE,
                false,
                HostClock.UNKNOWN,
                true,
                0,
                beganTicks(stored, now));
    }

    /** An earlier run of a host that never answered began by the worker's wall clock, the only one there was. */
    private static long beganTicks(Checkpoint stored, Now now) {
        boolean waiting = stored.snapshot() == Checkpoint.Snapshot.WAITING;
        return waiting ? now.ticksNs() - Math.max(0, now.wallNs() - stored.positionNs()) : now.ticksNs();
    }

    /** Whether the core wants no further event from the stream for now. */
    public boolean isCongested() {
        return pending.held().size() >= CONGESTED || isFull();
    }

    /** Whether the core wants no further event from history for now. */
    public boolean isFull() {
        return pending.queue().size() >= CONGESTED;
    }

    /** Whether nothing more will come. */
    public boolean isStopped() {
        return link instanceof Link.Stopped;
    }

    /** What is known to be alive and who is in which pod. */
    public Portfolio portfolio() {
        return checkpoint.portfolio();
    }

    /** Whether what is known equalled what the host says on this connection. */
    public boolean isSynchronized() {
        return link instanceof Link.Linked linked && linked.synced();
    }

    /**
     * What was said of the connection, so that it is said once.
     *
     * @param said the last word
     * @param failingSinceTicks since when no try has succeeded; {@link Long#MAX_VALUE} if the last one did
     * @param lastEmissionTicks when anything was last given out
     */
    record Voice(Said said, long failingSinceTicks, long lastEmissionTicks) {

        enum Said {
            NOTHING,
            CONNECTED,
            DISCONNECTED
        }

        Voice emitted(long ticks) {
            return new Voice(said, failingSinceTicks, ticks);
        }

        Voice connected() {
            return new Voice(Said.CONNECTED, failingSinceTicks, lastEmissionTicks);
        }

        Voice disconnected() {
            return new Voice(Said.DISCONNECTED, failingSinceTicks, lastEmissionTicks);
        }

        Voice failing(long sinceTicks) {
            return new Voice(said, sinceTicks, lastEmissionTicks);
        }
    }
}
