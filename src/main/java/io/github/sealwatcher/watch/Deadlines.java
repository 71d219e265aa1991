package io.github.sealwatcher.watch;

/** When a state wants to be woken. */
final class Deadlines {

    private Deadlines() {}

    static long next(State state, Options options) {
        if (state.isStopped()) {
            return Long.MAX_VALUE;
        }
        long next = heartbeat(state.voice(), options);
        if (state.link() instanceof Link.Waiting waiting) {
            next = Math.min(next, waiting.untilTicks());
        }
        if (state.link() instanceof Link.Linked linked) {
            next = Math.min(next, linked.ping().dueTicks());
            if (linked.round() instanceof Round.Idle idle) {
                next = Math.min(next, idle.dueTicks());
            }
            if (linked.round() instanceof Round.Settling settling) {
                next = Math.min(next, settling.untilTicks());
            }
        }
        return next;
    }

    /** When the next heartbeat is due if nothing else is given out before. */
    static long heartbeat(State.Voice voice, Options options) {
        return options.heartbeatNs() <= 0 ? Long.MAX_VALUE : voice.lastEmissionTicks() + options.heartbeatNs();
    }
}
