package io.github.sealwatcher.watch.state;

import io.github.sealwatcher.model.EngineIdentity;
import io.github.sealwatcher.watch.checkpoint.Checkpoint;

/** The state of the connection to the host. */
public sealed interface Connection {

    /** Not connected; the next try is due at {@code untilTicks}. */
    record Waiting(int attempt, long untilTicks) implements Connection {}

    /** Asked, not answered yet. */
    record Connecting(int attempt) implements Connection {}

    /**
     * Connected.
     *
     * @param engine who answered
     * @param sinceNs when, by our wall clock: what happened later is live
     * @param sinceTicks the same, to measure how long it lasted
     * @param first whether no host ever answered before
     * @param attempt how many tries failed before; forgotten once synchronized
     * @param stream whether the stream is open, and what it brings
     * @param synced whether what is known equalled what the host shows once
     * @param resync the comparison under way
     * @param ping the watch over a silent link
     */
    record Connected(
            EngineIdentity engine,
            long sinceNs,
            long sinceTicks,
            boolean first,
            int attempt,
            Stream stream,
            boolean synced,
            ResyncPhase resync,
            PingState ping)
            implements Connection {

        /** Whether this surely is the host that was watched before: a connection stays with its host, and so does a container. */
        public boolean isSameHost(Checkpoint known, ContainerList listing) {
            return first
                    || stream != Stream.NONE
                    || listing.all().stream()
                            .anyMatch(shown -> known.portfolio().isKnown(shown.id()));
        }

        /** With the resync in another phase. */
        public Connected withResync(ResyncPhase next) {
            return new Connected(engine, sinceNs, sinceTicks, first, attempt, stream, synced, next, ping);
        }

        /** Whether all that the stream brings now is new, whatever its stamp. */
        public boolean isStreamNewOnly() {
            return stream == Stream.NEW_ONLY || stream == Stream.BEHIND_PAST;
        }

        /** With the stream at another place of the log. */
        public Connected withStream(Stream opened) {
            return new Connected(engine, sinceNs, sinceTicks, first, attempt, opened, synced, resync, ping);
        }

        /** Synchronized: the tries that failed before are forgotten. */
        public Connected withSynced() {
            return new Connected(engine, sinceNs, sinceTicks, first, 0, stream, true, resync, ping);
        }

        /** With another state of the pings. */
        public Connected withPing(PingState next) {
            return new Connected(engine, sinceNs, sinceTicks, first, attempt, stream, synced, resync, next);
        }
    }

    /** The event stream. */
    enum Stream {
        /** Not open. */
        NONE,
        /** It repeats what was stamped since a given time, and then brings what is written. */
        WITH_PAST,
        /** It has repeated all that was read of the log: what it brings now stands behind that. */
        BEHIND_PAST,
        /** It brings nothing but what is written: all of that is new, whatever its stamp. */
        NEW_ONLY
    }

    /** Over. */
    record Stopped() implements Connection {}

    /**
     * The watch over a silent link: a stream has no keep-alive, so a dead one looks like a quiet host.
     *
     * @param missed how many pings in a row weren't answered
     * @param dueTicks when the next is due; {@link Long#MAX_VALUE} while one is under way
     */
    record PingState(int missed, long dueTicks) {}
}
