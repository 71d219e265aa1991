package io.github.sealwatcher.watch;

import io.github.sealwatcher.watch.state.Connection;
import io.github.sealwatcher.watch.state.ResyncPhase;
import io.github.sealwatcher.watch.state.State;

/** When a state wants to be woken. */
final class Deadlines {

    private Deadlines() {}

    static long next(State state, Options options) {
        if (state.isStopped()) {
            return Long.MAX_VALUE;
        }
        long next = heartbeat(state.status(), options);
        if (state.connection() instanceof Connection.Waiting waiting) {
            next = Math.min(next, waiting.untilTicks());
        }
        if (state.connection() instanceof Connection.Connected connected) {
            next = Math.min(next, connected.ping().dueTicks());
            if (connected.resync() instanceof ResyncPhase.Idle idle) {
                next = Math.min(next, idle.dueTicks());
            }
            if (connected.resync() instanceof ResyncPhase.Settling settling) {
                next = Math.min(next, settling.untilTicks());
            }
        }
        return next;
    }

    /** When the next heartbeat is due if nothing else is given out before. */
    static long heartbeat(State.ConnectionStatus status, Options options) {
        return options.heartbeatNs() <= 0 ? Long.MAX_VALUE : status.lastEmissionTicks() + options.heartbeatNs();
    }
}
