package io.github.sealwatcher.watch;

import io.github.sealwatcher.watch.checkpoint.Checkpoint;
import io.github.sealwatcher.watch.state.Connection;
import io.github.sealwatcher.watch.state.EventQueue;
import io.github.sealwatcher.watch.state.Now;
import io.github.sealwatcher.watch.state.State;
import org.jspecify.annotations.Nullable;

/**
 * The watching of one host as a function: a state and an input give a new state and what is to be done. No input is ever
 * an error; what doesn't fit the state, or comes from an earlier connection, changes nothing.
 *
 * <p>A connection goes like this. The engine answers; the containers are listed; the log is replayed from an overlap before
 * the newest event on; then the stream is opened from an hour earlier on: what it brings behind the last line that was read
 * is new, whatever its stamp. What was read twice is recognized by the id of each event. Then the list is compared with what
 * the events made known, and the difference that remains, once its events have had time to be written, is what the log lost.
 * Lists are compared again at an interval, after the event log rotated, and after every loss of the connection.
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
        long filter = options.filter().fingerprint();
        // Where nothing is known no filter has decided anything yet. Else, until a list is compared, what this one
        // decides
        // stands beside what another one did.
        boolean several = known.filter() != filter && !known.portfolio().isEmpty();
        return State.initial(known.withFilter(several ? Checkpoint.SEVERAL_FILTERS : filter), now);
    }

    /** What {@code input} leads to. */
    public Step step(State state, Input input, Now now) {
        StepContext context = new StepContext(options, state, now);
        if (!state.isStopped()) {
            apply(context, input);
            QueueProcessor.drain(context);
        }
        return context.end();
    }

    private static void apply(StepContext context, Input input) {
        if (input instanceof Input.Answer answer) {
            if (answer.epoch() == context.epoch) {
                answer.dispatch(new AnswerHandler(context));
            }
        } else if (input instanceof Input.Tick) {
            tick(context);
        } else {
            stop(context);
        }
    }

    private static void tick(StepContext context) {
        long ticks = context.now.monotonicNs();
        if (context.connection instanceof Connection.Waiting waiting && waiting.untilTicks() <= ticks) {
            Reconnection.connect(context, waiting.attempt());
        }
        if (context.connection instanceof Connection.Connected connected
                && connected.ping().dueTicks() <= ticks) {
            context.connection =
                    connected.withPing(new Connection.PingState(connected.ping().missed(), Long.MAX_VALUE));
            context.request(new Output.Ping(context.epoch));
        }
        if (context.connection instanceof Connection.Connected connected) {
            Resync.tick(context, connected);
        }
        if (Deadlines.heartbeat(context.status, context.options) <= ticks) {
            context.emit();
        }
    }

    private static void stop(StepContext context) {
        context.request(new Output.Disconnect(context.epoch));
        context.epoch++;
        context.connection = new Connection.Stopped();
        context.queue = EventQueue.NONE;
    }
}
