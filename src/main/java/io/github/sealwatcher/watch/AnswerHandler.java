package io.github.sealwatcher.watch;

import io.github.sealwatcher.model.EngineIdentity;
import io.github.sealwatcher.model.HostChange;

/**
 * Handles what a connection brings: the transition of the connection's state for each kind of answer. An answer that does
 * not fit the state changes nothing.
 */
final class AnswerHandler implements Input.Handler {

    /** A stream that ends sooner than this isn't well, even if it ends cleanly. */
    private static final long SHORT_NS = 1_000_000_000L;

    private static final int MISSED_PINGS = 2;

    private final Turn turn;

    AnswerHandler(Turn turn) {
        this.turn = turn;
    }

    @Override
    public void heard(Input.Heard answer) {
        if (turn.link instanceof Link.Linked linked) {
            Intake.heard(turn, linked, answer.event());
        }
    }

    @Override
    public void recalled(Input.Recalled answer) {
        if (turn.link instanceof Link.Linked linked) {
            Intake.recalled(turn, linked, answer.event());
        }
    }

    @Override
    public void lookedUp(Input.LookedUp answer) {
        if (turn.link instanceof Link.Linked) {
            Intake.lookedUp(turn, answer);
        }
    }

    @Override
    public void podFound(Input.PodFound answer) {
        if (turn.link instanceof Link.Linked) {
            Intake.podFound(turn, answer);
        }
    }

    @Override
    public void listed(Input.Listed answer) {
        if (turn.link instanceof Link.Linked linked) {
            Rounds.listed(turn, linked, answer);
        }
    }

    @Override
    public void recallEnded(Input.RecallEnded answer) {
        if (turn.link instanceof Link.Linked linked) {
            Rounds.recallEnded(turn, linked);
        }
    }

    @Override
    public void pinged(Input.Pinged answer) {
        if (turn.link instanceof Link.Linked linked) {
            pinged(linked, answer);
        }
    }

    @Override
    public void connected(Input.Connected answer) {
        if (!(turn.link instanceof Link.Connecting connecting)) {
            return;
        }
        EngineIdentity engine = answer.engine();
        ClockMonitor.learn(turn, answer.reading());
        ClockMonitor.place(turn);
        turn.link = new Link.Linked(
                engine,
                turn.hostNowNs(),
                turn.now.ticksNs(),
                connecting.attempt(),
                Link.Stream.NONE,
                false,
                new Round.Idle(turn.now.ticksNs()),
                new Link.Pinging(0, turn.now.ticksNs() + Jitter.within(turn.options.pingNs(), turn.jitterBits())));
        String earlier = turn.checkpoint.engineVersion();
        turn.checkpoint = turn.checkpoint.answeredBy(engine.version());
        boolean back = turn.voice.said() == State.Voice.Said.CONNECTED;
        turn.voice = turn.voice.connected();
        if (!back) {
            turn.emit(HostChange.of(
                    HostChange.Type.CONNECTED, turn.hostNowNs(), "Podman " + engine.version() + " answers"));
        }
        if (earlier != null && !earlier.equals(engine.version())) {
            turn.emit(HostChange.of(
                    HostChange.Type.ENGINE_CHANGED,
                    turn.hostNowNs(),
                    "Podman " + earlier + " became " + engine.version()));
        }
        ResyncRequests.begin(turn, false);
    }

    private void pinged(Link.Linked linked, Input.Pinged ping) {
        ClockMonitor.learn(turn, ping.reading());
        if (turn.clock.setBackNs() > 0 && ping.reading() != null) {
            Reconnection.afterClockSetBack(turn);
            return;
        }
        int missed = ping.answered() ? 0 : linked.ping().missed() + 1;
        turn.link = linked.with(
                new Link.Pinging(missed, turn.now.ticksNs() + Jitter.around(turn.options.pingNs(), turn.jitterBits())));
        if (missed >= MISSED_PINGS) {
            lost(new Input.Lost(turn.epoch, Input.Loss.BROKEN, missed + " pings in a row weren't answered"));
        }
    }

    @Override
    public void lost(Input.Lost lost) {
        if (lost.loss() == Input.Loss.NO_HISTORY && turn.link instanceof Link.Linked linked) {
            Rounds.noHistory(turn, linked);
            return;
        }
        if (lost.loss() == Input.Loss.GARBLED
                && turn.history.isBlind()
                && turn.link instanceof Link.Linked linked
                && linked.round() instanceof Round.Recalling) {
            Rounds.stillBlind(turn);
            return;
        }
        turn.request(new Output.Disconnect(turn.epoch));
        noteHistory(lost.loss());
        if (turn.link instanceof Link.Stopped) {
            return;
        }
        turn.pending = Pending.NONE;
        turn.again = false;
        if (lost.loss() == Input.Loss.ENDED && turn.link instanceof Link.Linked linked && isWell(linked)) {
            Reconnection.connect(turn, 0);
            return;
        }
        if (turn.voice.said() != State.Voice.Said.DISCONNECTED) {
            turn.voice = turn.voice.disconnected();
            turn.emit(HostChange.of(HostChange.Type.DISCONNECTED, turn.hostNowNs(), lost.reason()));
        }
        Reconnection.retry(turn, lost.reason());
    }

    private void noteHistory(Input.Loss loss) {
        if (!(turn.link instanceof Link.Linked linked)) {
            return;
        }
        if (linked.round() instanceof Round.Recalling recalling && turn.history.isTried()) {
            History before = turn.history.absent() ? History.READABLE : turn.history;
            turn.history = before.failed(recalling.replay().returned(), loss == Input.Loss.GARBLED, turn.now.ticksNs());
            if (turn.history.isBlind()) {
                turn.deep = true;
                // What could be read is not read again before the log can be read as a whole.
                QueueProcessor.drainUnread(turn, recalling);
            }
        } else if (turn.history.isBlind() && linked.synced()) {
            turn.history = turn.history.retried();
        }
    }

    private boolean isWell(Link.Linked linked) {
        return linked.synced() && turn.now.ticksNs() - linked.sinceTicks() >= SHORT_NS;
    }
}
