package io.github.sealwatcher.watch;

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
            QueueProcessor.drain(turn);
        }
        return turn.end();
    }

    private static void apply(Turn turn, Input input) {
        if (input instanceof Input.Answer answer) {
            if (answer.epoch() == turn.epoch) {
                answer.dispatch(new AnswerHandler(turn));
            }
        } else if (input instanceof Input.Tick) {
            tick(turn);
        } else {
            stop(turn);
        }
    }

    private static void tick(Turn turn) {
        long ticks = turn.now.ticksNs();
        if (turn.link instanceof Link.Waiting waiting && waiting.untilTicks() <= ticks) {
            Reconnection.connect(turn, waiting.attempt());
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

    private static void stop(Turn turn) {
        turn.request(new Output.Disconnect(turn.epoch));
        turn.epoch++;
        turn.link = new Link.Stopped();
        turn.pending = Pending.NONE;
    }
}
