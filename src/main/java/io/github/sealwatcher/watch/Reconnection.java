package io.github.sealwatcher.watch;

import io.github.sealwatcher.watch.state.Connection;
import io.github.sealwatcher.watch.state.EventQueue;

/** Opens connections, and decides when the next one is tried after one was lost. */
final class Reconnection {

    private Reconnection() {}

    static void connect(StepContext context, int attempt) {
        context.epoch++;
        context.connection = new Connection.Connecting(attempt);
        context.request(new Output.Connect(context.epoch));
    }

    /**
     * The host's clock was set back. The stream shows nothing that is stamped before the time from which it was asked for:
     * begins again. What was heard by now is applied: the log can be cut or deleted before it is read again.
     */
    static void afterClockSetBack(StepContext context) {
        if (context.connection instanceof Connection.Connected) {
            EventProcessor.applyWaiting(context);
        }
        if (context.connection instanceof Connection.Connected) {
            context.request(new Output.Disconnect(context.epoch));
            context.queue = EventQueue.NONE;
            context.resyncRequested = false;
            context.logOrder = true;
            connect(context, 0);
        }
    }

    static void retry(StepContext context, String reason) {
        long ticks = context.now.monotonicNs();
        boolean wasSynced = context.connection instanceof Connection.Connected connected && connected.synced();
        long since = wasSynced ? ticks : Math.min(context.status.failingSinceTicks(), ticks);
        context.status = context.status.failing(since);
        if (context.options.backoff().isExhausted(ticks - since)) {
            context.connection = new Connection.Stopped();
            context.request(new Output.GiveUp(reason));
            return;
        }
        int attempt = attempts(context.connection);
        long random = Jitter.mix(context.options.jitterSeed() + context.epoch);
        // No answer of the lost connection may count for the next one, even before that is tried.
        context.epoch++;
        context.connection = new Connection.Waiting(
                attempt + 1, ticks + context.options.backoff().delayNs(attempt, random));
    }

    private static int attempts(Connection connection) {
        if (connection instanceof Connection.Connecting connecting) {
            return connecting.attempt();
        }
        return connection instanceof Connection.Connected connected ? connected.attempt() : 0;
    }
}
