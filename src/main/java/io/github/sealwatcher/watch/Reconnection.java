package io.github.sealwatcher.watch;

/** Opens connections, and decides when the next one is tried after one was lost. */
final class Reconnection {

    private Reconnection() {}

    static void connect(Turn turn, int attempt) {
        turn.epoch++;
        turn.link = new Link.Connecting(attempt);
        turn.request(new Output.Connect(turn.epoch));
    }

    /**
     * The host's clock was set back. The stream shows nothing that is stamped before the time from which it was asked for:
     * begins again.
     */
    static void afterClockSetBack(Turn turn) {
        if (turn.link instanceof Link.Linked) {
            turn.request(new Output.Disconnect(turn.epoch));
            turn.pending = Pending.NONE;
            turn.again = false;
            turn.deep = true;
            connect(turn, 0);
        }
    }

    static void retry(Turn turn, String reason) {
        long ticks = turn.now.ticksNs();
        boolean wasSynced = turn.link instanceof Link.Linked linked && linked.synced();
        long since = wasSynced ? ticks : Math.min(turn.voice.failingSinceTicks(), ticks);
        turn.voice = turn.voice.failing(since);
        if (turn.options.backoff().isExhausted(ticks - since)) {
            turn.link = new Link.Stopped();
            turn.request(new Output.GiveUp(reason));
            return;
        }
        int attempt = attempts(turn.link);
        long random = Jitter.mix(turn.options.jitterSeed() + turn.epoch);
        // No answer of the lost connection may count for the next one, even before that is tried.
        turn.epoch++;
        turn.link = new Link.Waiting(attempt + 1, ticks + turn.options.backoff().delayNs(attempt, random));
    }

    private static int attempts(Link link) {
        if (link instanceof Link.Connecting connecting) {
            return connecting.attempt();
        }
        return link instanceof Link.Linked linked ? linked.attempt() : 0;
    }
}
