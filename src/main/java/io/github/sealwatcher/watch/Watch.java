package io.github.sealwatcher.watch;

import io.github.sealwatcher.model.EngineIdentity;
import io.github.sealwatcher.model.HostChange;
import org.jspecify.annotations.Nullable;

/**
 * The watching of one host as a function: a state and an input give a new state and what is to be done. No input is ever
 * an error; what doesn't fit the state, or comes from an earlier connection, changes nothing.
 *
 * <p>A connection goes like this. The engine answers; the containers are listed; history is re-read from an overlap before
 * the newest event on; then the stream is opened with the same overlap. What was read twice is told apart by the identity
 * of each event. Then the list is compared with what the events made known, and the difference that remains, once its
 * events have had time to be written, is what history lost. Lists are compared again at an interval, after the event log
 * rotated, and after every loss of the connection.
 */
public final class Watch {

    /** A stream that ends sooner than this isn't well, even if it ends cleanly. */
    private static final long SHORT_NS = 1_000_000_000L;

    private static final int MISSED_PINGS = 2;

    private final Options options;

    /** The watching of one host. */
    public Watch(Options options) {
        this.options = options;
    }

    /**
     * The state to begin with; the first tick connects. Without anything stored the trail begins now, even if the engine
     * answers only later.
     *
     * @param stored what an earlier run stored, or null
     */
    public State begin(@Nullable Checkpoint stored, Now now) {
        Checkpoint known = stored == null ? Checkpoint.waitingSince(now.wallNs()) : stored;
        if (options.snapshot() == Options.SnapshotMode.ALWAYS && known.snapshot() == Checkpoint.Snapshot.DONE) {
            known = known.with(Checkpoint.Snapshot.RUNNING);
        }
        // Where nothing is known no filter has decided anything yet.
        return State.initial(
                known.portfolio().isEmpty() ? known.filteredBy(options.filter().fingerprint()) : known, now);
    }

    /** What {@code input} leads to. */
    public Step step(State state, Input input, Now now) {
        Turn turn = new Turn(options, state, now);
        if (!state.isStopped()) {
            apply(turn, input);
        }
        return turn.end();
    }

    private void apply(Turn turn, Input input) {
        if (input instanceof Input.Tick) {
            tick(turn);
        } else if (input instanceof Input.Stop) {
            stop(turn);
        } else if (input instanceof Input.Connected connected && connected.epoch() == turn.epoch) {
            connected(turn, connected);
        } else if (input instanceof Input.Lost lost && lost.epoch() == turn.epoch) {
            lost(turn, lost);
        } else if (turn.link instanceof Link.Linked linked) {
            apply(turn, linked, input);
        }
    }

    private static void apply(Turn turn, Link.Linked linked, Input input) {
        if (input instanceof Input.Heard heard && heard.epoch() == turn.epoch) {
            Intake.heard(turn, linked, heard.event());
        } else if (input instanceof Input.Recalled recalled && recalled.epoch() == turn.epoch) {
            Intake.recalled(turn, linked, recalled.event());
        } else if (input instanceof Input.LookedUp found && found.epoch() == turn.epoch) {
            Intake.lookedUp(turn, found);
        } else if (input instanceof Input.Listed listed && listed.epoch() == turn.epoch) {
            Rounds.listed(turn, linked, listed);
        } else if (input instanceof Input.RecallEnded ended && ended.epoch() == turn.epoch) {
            Rounds.recallEnded(turn, linked);
        } else if (input instanceof Input.PodFound found && found.epoch() == turn.epoch) {
            Intake.podFound(turn, found);
        } else if (input instanceof Input.Pinged pinged && pinged.epoch() == turn.epoch) {
            pinged(turn, linked, pinged);
        }
    }

    private static void tick(Turn turn) {
        long ticks = turn.now.ticksNs();
        if (turn.link instanceof Link.Waiting waiting && waiting.untilTicks() <= ticks) {
            connect(turn, waiting.attempt());
        }
        if (turn.link instanceof Link.Linked linked && linked.ping().dueTicks() <= ticks) {
            turn.link = linked.with(new Link.Pinging(linked.ping().missed(), Long.MAX_VALUE));
            turn.request(new Output.Ping(turn.epoch));
        }
        if (turn.link instanceof Link.Linked linked) {
            Rounds.tick(turn, linked);
        }
        if (Deadlines.heartbeat(turn.voice, turn.options) <= ticks) {
            turn.emit();
        }
    }

    private static void connect(Turn turn, int attempt) {
        turn.epoch++;
        turn.link = new Link.Connecting(attempt);
        turn.request(new Output.Connect(turn.epoch));
    }

    private static void stop(Turn turn) {
        turn.request(new Output.Disconnect(turn.epoch));
        turn.epoch++;
        turn.link = new Link.Stopped();
        turn.pending = Pending.NONE;
    }

    private static void connected(Turn turn, Input.Connected answer) {
        if (!(turn.link instanceof Link.Connecting connecting)) {
            return;
        }
        EngineIdentity engine = answer.engine();
        learn(turn, answer.reading());
        place(turn);
        turn.link = new Link.Linked(
                engine,
                turn.hostNowNs(),
                turn.now.ticksNs(),
                connecting.attempt(),
                Link.Stream.NONE,
                false,
                new Round.Idle(turn.now.ticksNs()),
                new Link.Pinging(0, turn.now.ticksNs() + Jitter.within(turn.options.pingNs(), bits(turn))));
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
        Rounds.begin(turn, false);
    }

    /** Notes that the host's clock was set back: the next replay has to go by the order of the log. */
    private static void goBack(Turn turn, long byNs) {
        if (byNs > 0) {
            turn.backNs += byNs;
            turn.deep = true;
        }
    }

    /** Takes what an answer tells of the host's clock. */
    static void learn(Turn turn, @Nullable ClockReading reading) {
        if (reading != null) {
            turn.clock = turn.clock.read(reading);
            goBack(turn, turn.clock.setBackNs());
            if (turn.clock.setBackNs() > 0) {
                beginEarlier(turn);
            }
        }
    }

    /** As long as nothing was read, the trail goes on beginning with the first try, whatever the clock shows of that now. */
    private static void beginEarlier(Turn turn) {
        Checkpoint known = turn.checkpoint;
        long beginNs = turn.hostEarliestNs(turn.beganTicks);
        if (known.snapshot() == Checkpoint.Snapshot.RUNNING
                && known.newestEvent() == null
                && known.lastReplayed() == null
                && beginNs < known.positionNs()) {
            turn.checkpoint = known.beginningAt(beginNs);
        }
    }

    /** Finds what the host's clock says of the place where the trail stands. */
    private static void place(Turn turn) {
        Checkpoint known = turn.checkpoint;
        if (known.snapshot() == Checkpoint.Snapshot.WAITING) {
            turn.checkpoint = known.beginningAt(beginNs(turn));
        } else if (turn.backNs == 0 && turn.hostLatestNs() < known.positionNs()) {
            // It was set back while nobody looked.
            goBack(turn, known.positionNs() - turn.hostLatestNs());
        }
    }

    /**
     * The host's time of the first try. It is known to the second only, and within that the worker's clock may be right: most
     * hosts keep the same time. Whichever moment it is, that is where the trail begins.
     */
    private static long beginNs(Turn turn) {
        long sinceTicks = turn.now.ticksNs() - turn.beganTicks;
        long workersNs = turn.now.wallNs() - sinceTicks;
        long earliestNs = turn.hostEarliestNs(turn.beganTicks);
        return workersNs >= earliestNs && workersNs <= turn.hostLatestNs() - sinceTicks ? workersNs : earliestNs;
    }

    private static void pinged(Turn turn, Link.Linked linked, Input.Pinged ping) {
        learn(turn, ping.reading());
        if (turn.clock.setBackNs() > 0 && ping.reading() != null) {
            setBack(turn);
            return;
        }
        int missed = ping.answered() ? 0 : linked.ping().missed() + 1;
        turn.link = linked.with(
                new Link.Pinging(missed, turn.now.ticksNs() + Jitter.around(turn.options.pingNs(), bits(turn))));
        if (missed >= MISSED_PINGS) {
            lost(turn, new Input.Lost(turn.epoch, Input.Loss.BROKEN, missed + " pings in a row weren't answered"));
        }
    }

    /** Other bits for each host and each moment. */
    private static long bits(Turn turn) {
        return turn.options.jitterSeed() + turn.epoch + turn.now.ticksNs();
    }

    /**
     * The host's clock was set back. The stream shows nothing that is stamped before the time from which it was asked for:
     * begins again.
     */
    static void setBack(Turn turn) {
        if (turn.link instanceof Link.Linked) {
            turn.request(new Output.Disconnect(turn.epoch));
            turn.pending = Pending.NONE;
            turn.again = false;
            turn.deep = true;
            connect(turn, 0);
        }
    }

    private static void lost(Turn turn, Input.Lost lost) {
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
        noteHistory(turn, lost.loss());
        if (turn.link instanceof Link.Stopped) {
            return;
        }
        turn.pending = Pending.NONE;
        turn.again = false;
        if (lost.loss() == Input.Loss.ENDED && turn.link instanceof Link.Linked linked && isWell(turn, linked)) {
            connect(turn, 0);
            return;
        }
        if (turn.voice.said() != State.Voice.Said.DISCONNECTED) {
            turn.voice = turn.voice.disconnected();
            turn.emit(HostChange.of(HostChange.Type.DISCONNECTED, turn.hostNowNs(), lost.reason()));
        }
        retry(turn, lost.reason());
    }

    private static void noteHistory(Turn turn, Input.Loss loss) {
        if (!(turn.link instanceof Link.Linked linked)) {
            return;
        }
        if (linked.round() instanceof Round.Recalling recalling && turn.history.isTried()) {
            History before = turn.history.absent() ? History.READABLE : turn.history;
            turn.history = before.failed(recalling.replay().returned(), loss == Input.Loss.GARBLED, turn.now.ticksNs());
            if (turn.history.isBlind()) {
                turn.deep = true;
                // What could be read is not read again before the log can be read as a whole.
                Intake.drainUnread(turn, recalling);
            }
        } else if (turn.history.isBlind() && linked.synced()) {
            turn.history = turn.history.retried();
        }
    }

    private static boolean isWell(Turn turn, Link.Linked linked) {
        return linked.synced() && turn.now.ticksNs() - linked.sinceTicks() >= SHORT_NS;
    }

    private static void retry(Turn turn, String reason) {
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
