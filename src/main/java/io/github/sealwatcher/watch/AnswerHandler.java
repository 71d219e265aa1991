package io.github.sealwatcher.watch;

import io.github.sealwatcher.model.EngineIdentity;
import io.github.sealwatcher.model.HostChange;
import io.github.sealwatcher.watch.checkpoint.EventRef;
import io.github.sealwatcher.watch.state.Actions;
import io.github.sealwatcher.watch.state.Connection;
import io.github.sealwatcher.watch.state.EventLogStatus;
import io.github.sealwatcher.watch.state.EventQueue;
import io.github.sealwatcher.watch.state.QueueItem;
import io.github.sealwatcher.watch.state.ResyncPhase;
import io.github.sealwatcher.watch.state.State;

/**
 * Handles what a connection brings: the transition of the connection's state for each kind of answer. An answer that does
 * not fit the state changes nothing.
 */
final class AnswerHandler implements Input.Handler {

    /** A stream that ends sooner than this isn't well, even if it ends cleanly. */
    private static final long SHORT_NS = 1_000_000_000L;

    private static final int MISSED_PINGS = 2;

    private final StepContext context;

    AnswerHandler(StepContext context) {
        this.context = context;
    }

    @Override
    public void eventReceived(Input.EventReceived answer) {
        if (context.connection instanceof Connection.Connected connected) {
            EventReceiver.received(context, connected, answer.event());
        }
    }

    @Override
    public void eventReplayed(Input.EventReplayed answer) {
        if (context.connection instanceof Connection.Connected connected) {
            EventReceiver.replayed(context, connected, answer.event());
        }
    }

    @Override
    public void containerFound(Input.ContainerFound answer) {
        if (context.connection instanceof Connection.Connected) {
            EventReceiver.containerFound(context, answer);
        }
    }

    @Override
    public void podFound(Input.PodFound answer) {
        if (context.connection instanceof Connection.Connected) {
            EventReceiver.podFound(context, answer);
        }
    }

    @Override
    public void listed(Input.Listed answer) {
        if (context.connection instanceof Connection.Connected connected) {
            Resync.listed(context, connected, answer);
        }
    }

    @Override
    public void replayEnded(Input.ReplayEnded answer) {
        if (context.connection instanceof Connection.Connected connected) {
            Resync.replayEnded(context, connected);
        }
    }

    @Override
    public void pinged(Input.Pinged answer) {
        if (context.connection instanceof Connection.Connected connected) {
            pinged(connected, answer);
        }
    }

    @Override
    public void connected(Input.Connected answer) {
        if (!(context.connection instanceof Connection.Connecting connecting)) {
            return;
        }
        EngineIdentity engine = answer.engine();
        ClockMonitor.read(context, answer.reading());
        ClockMonitor.alignPosition(context);
        String earlier = context.checkpoint.engineVersion();
        context.connection = new Connection.Connected(
                engine,
                context.hostNowNs(),
                context.now.monotonicNs(),
                earlier == null && context.checkpoint.newestEvent() == null,
                connecting.attempt(),
                Connection.Stream.NONE,
                false,
                new ResyncPhase.Idle(context.now.monotonicNs()),
                new Connection.PingState(
                        0, context.now.monotonicNs() + Jitter.within(context.options.pingNs(), context.jitterBits())));
        context.checkpoint = context.checkpoint.withEngineVersion(engine.version());
        boolean back = context.status.announced() == State.ConnectionStatus.Announcement.CONNECTED;
        context.status = context.status.connected();
        if (!back) {
            context.emit(HostChange.of(
                    HostChange.Type.CONNECTED, context.hostNowNs(), "Podman " + engine.version() + " answers"));
        }
        if (earlier != null && !earlier.equals(engine.version())) {
            // Another version may be able to read a line that the one before could not.
            if (context.eventLog.isBlind() && !context.eventLog.absent()) {
                context.eventLog = context.eventLog.retried();
            }
            context.emit(HostChange.of(
                    HostChange.Type.ENGINE_CHANGED,
                    context.hostNowNs(),
                    "Podman " + earlier + " became " + engine.version()));
        }
        ResyncRequests.begin(context, false);
    }

    private void pinged(Connection.Connected connected, Input.Pinged ping) {
        ClockMonitor.read(context, ping.reading());
        if (context.clock.setBackNs() > 0 && ping.reading() != null) {
            Reconnection.afterClockSetBack(context);
            return;
        }
        int missed = ping.answered() ? 0 : connected.ping().missed() + 1;
        context.connection = connected.withPing(new Connection.PingState(
                missed, context.now.monotonicNs() + Jitter.around(context.options.pingNs(), context.jitterBits())));
        if (missed >= MISSED_PINGS) {
            lost(new Input.Lost(context.epoch, Input.Loss.BROKEN, missed + " pings in a row weren't answered"));
        }
    }

    @Override
    public void lost(Input.Lost lost) {
        if (lost.loss() == Input.Loss.NO_EVENT_LOG && context.connection instanceof Connection.Connected connected) {
            Resync.noEventLog(context, connected);
            return;
        }
        if (lost.loss() == Input.Loss.GARBLED
                && context.eventLog.isBlind()
                && context.connection instanceof Connection.Connected connected
                && connected.resync() instanceof ResyncPhase.Replaying replaying) {
            EventRef returned = replaying.replay().returned();
            if (context.eventLog.absent() || !context.eventLog.isBrokenAt(returned)) {
                // It is there again, or was cut, and was not read yet.
                AbsentRows.interrupted(context);
                context.eventLog = context.eventLog.withBrokenAt(returned);
            }
            Resync.stillBlind(context);
            return;
        }
        context.request(new Output.Disconnect(context.epoch));
        AbsentRows.interrupted(context);
        noteEventLog(lost.loss());
        if (context.connection instanceof Connection.Stopped) {
            return;
        }
        forgetBegun();
        context.queue = EventQueue.NONE;
        context.resyncRequested = false;
        if (lost.loss() == Input.Loss.ENDED
                && context.connection instanceof Connection.Connected connected
                && isWell(connected)) {
            Reconnection.connect(context, 0);
            return;
        }
        if (context.status.announced() != State.ConnectionStatus.Announcement.DISCONNECTED) {
            context.status = context.status.disconnected();
            context.emit(HostChange.of(HostChange.Type.DISCONNECTED, context.hostNowNs(), lost.reason()));
        }
        Reconnection.retry(context, lost.reason());
    }

    /** What waited was read: if it ended a life that began before the trail, what is alive now is another one. */
    private void forgetBegun() {
        for (QueueItem item : context.queue.queued()) {
            if (item instanceof QueueItem.Event waiting
                    && Actions.isChange(waiting.event())
                    && waiting.event().action().equals(Actions.DIED)) {
                context.cache = context.cache.begunInTrail(Actions.containerId(waiting.event()));
            }
        }
    }

    private void noteEventLog(Input.Loss loss) {
        if (!(context.connection instanceof Connection.Connected connected)
                || (context.eventLog.isHarmless() && loss != Input.Loss.GARBLED)) {
            // Where each resync tries the log, a connection that is lost shows nothing of it.
            return;
        }
        if (connected.resync() instanceof ResyncPhase.Replaying replaying && context.eventLog.isTried()) {
            EventLogStatus before = context.eventLog.absent() ? EventLogStatus.READABLE : context.eventLog;
            context.eventLog =
                    before.failed(replaying.replay().returned(), loss == Input.Loss.GARBLED, context.now.monotonicNs());
            if (context.eventLog.isBlind()) {
                // What could be read is not read again before the log can be read as a whole.
                QueueProcessor.applyUnanswered(context, replaying);
                context.logOrder = true;
            }
        } else if (context.eventLog.isBlind() && connected.synced()) {
            context.eventLog = context.eventLog.retried();
        }
    }

    private boolean isWell(Connection.Connected connected) {
        return connected.synced() && context.now.monotonicNs() - connected.sinceTicks() >= SHORT_NS;
    }
}
