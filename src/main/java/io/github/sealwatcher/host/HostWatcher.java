package io.github.sealwatcher.host;

import io.github.sealwatcher.engine.Engine;
import io.github.sealwatcher.model.HostChange;
import io.github.sealwatcher.model.HostName;
import io.github.sealwatcher.watch.Input;
import io.github.sealwatcher.watch.Options;
import io.github.sealwatcher.watch.Output;
import io.github.sealwatcher.watch.Step;
import io.github.sealwatcher.watch.Watch;
import io.github.sealwatcher.watch.checkpoint.Checkpoint;
import io.github.sealwatcher.watch.checkpoint.Portfolio;
import io.github.sealwatcher.watch.state.State;
import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Watches one host: owns the state of its core, feeds it inputs and performs its outputs.
 *
 * <p>The core runs on a worker whenever there is an input for it, never on two at once. Nothing that a host does can
 * end in a lost thread: what goes wrong with the engine becomes an input of the core, and what must not go wrong is parked in the
 * sink.
 */
public final class HostWatcher implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(HostWatcher.class);

    /** After so many inputs the worker is given back, so that one busy host doesn't keep it from the others. */
    private static final int INPUTS_A_TURN = 512;

    private final HostName host;
    private final Supplier<? extends Engine> engines;
    private final Watch watch;
    private final Sink sink;
    private final HostRuntime runtime;
    private final HostLog log;
    private final SyncProgress progress;
    private final EventDetails details;
    private final ShortConnections shortLives;
    private final Mailbox mailbox = new Mailbox();
    private final MemoryShare memory = new MemoryShare();
    private final AtomicBoolean scheduled = new AtomicBoolean();
    private volatile boolean closed;
    private volatile @Nullable Session session;
    private volatile State state;
    // Used by the running core only.
    private long tickDueTicks = Long.MAX_VALUE;
    private @Nullable Future<?> tick;

    /**
     * A watcher that does nothing yet.
     *
     * @param engines makes an engine for each new connection, without connecting it
     * @param stored what an earlier run stored, or null
     * @param metrics where this watcher counts
     */
    public HostWatcher(
            HostName host,
            Supplier<? extends Engine> engines,
            Options options,
            @Nullable Checkpoint stored,
            Sink sink,
            HostRuntime runtime,
            HostMetrics metrics) {
        this.host = host;
        this.engines = engines;
        this.watch = new Watch(options);
        this.sink = sink;
        this.runtime = runtime;
        this.log = new HostLog(LOG, host);
        this.progress = new SyncProgress(LOG, host, metrics, runtime);
        this.details = new EventDetails(options.actions());
        this.shortLives = new ShortConnections(options.backoff());
        this.state = watch.begin(stored, runtime.clocks().now());
        metrics.follow(() -> state);
    }

    /** Begins to connect, and returns at once. */
    public void start() {
        post(new Input.Tick());
    }

    /** Begins to connect after a while, and returns at once. What happens meanwhile is read from history. */
    public void startIn(Duration delay) {
        runtime.runIn(delay.toNanos(), this::start);
    }

    /** What is known to be alive and who is in which pod; safe from any thread. */
    public Portfolio portfolio() {
        return state.portfolio();
    }

    /** Whether what is known equalled what the host shows on the present connection; safe from any thread. */
    public boolean isSynchronized() {
        return state.isSynchronized();
    }

    /** Ends everything at once and gives out nothing more; returns without waiting, from any thread, any number of times. */
    @Override
    public void close() {
        closed = true;
        mailbox.close();
        Session last = session;
        if (last != null) {
            last.close();
        }
    }

    private void post(Input input) {
        mailbox.answer(input);
        schedule();
    }

    private void schedule() {
        if (!closed && scheduled.compareAndSet(false, true)) {
            boolean accepted = false;
            try {
                runtime.run(this::runCore);
                accepted = true;
            } finally {
                // Else nobody would ever schedule it again.
                if (!accepted) {
                    scheduled.set(false);
                }
            }
        }
    }

    private void runCore() {
        boolean more = false;
        try {
            more = drain();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            closed = true;
        } catch (RuntimeException | Error e) {
            closed = true;
            HostRuntime.runUntilDone(
                    () -> sink.park(new FatalHostException(host, "the watcher failed; please report this: " + e, e)));
        } finally {
            scheduled.set(false);
        }
        // What came after the last look and before the flag was cleared has scheduled nothing.
        if (more || mailbox.has(state.isCongested(), state.isFull())) {
            schedule();
        }
    }

    /** Feeds the core the inputs that wait; true if it stopped before the end. */
    private boolean drain() throws InterruptedException {
        for (int i = 0; i < INPUTS_A_TURN && !closed; i++) {
            Input input = mailbox.poll(state.isCongested(), state.isFull());
            if (input == null) {
                return false;
            }
            if (input instanceof Input.Tick) {
                tickDueTicks = Long.MAX_VALUE;
            }
            log.received(input);
            note(input);
            Step step = watch.step(state, input, runtime.clocks().now());
            state = step.state();
            progress.stepped(input, step.outputs(), state);
            for (Output output : step.outputs()) {
                perform(output);
            }
            wakeAt(step.wakeAtTicks());
            if (memory.isExceeded(input, state)) {
                mailbox.answer(new Input.Lost(state.epoch(), Input.Loss.BROKEN, memory.complaint()));
            }
        }
        return !closed;
    }

    private void note(Input input) {
        if (input instanceof Input.EventReceived received) {
            details.received(received.event());
        } else if (input instanceof Input.EventReplayed replayed) {
            details.received(replayed.event());
        }
    }

    private void wakeAt(long ticks) {
        if (ticks < tickDueTicks) {
            tickDueTicks = ticks;
            Future<?> later = tick;
            tick = runtime.schedule(ticks - runtime.clocks().now().monotonicNs(), () -> post(new Input.Tick()));
            if (later != null) {
                // Each tick asks for the next one: one more that fires would be one more for ever.
                later.cancel(false);
            }
        }
    }

    private void perform(Output output) throws InterruptedException {
        if (output instanceof Output.Emit emit) {
            for (HostChange change : emit.emission().hostChanges()) {
                log.changed(change);
                if (change.type() == HostChange.Type.SYNCHRONIZED) {
                    shortLives.synchronizedAt(System.nanoTime());
                }
            }
            progress.emitted(emit.emission());
            var given = HostEmission.of(host, emit.emission(), details.takeFor(emit.emission()));
            if (!sink.put(given)) {
                closed = true;
            }
        } else if (output instanceof Output.GiveUp giveUp) {
            close();
            sink.park(new FatalHostException(host, giveUp.reason(), null));
        } else if (output instanceof Output.Connect connect) {
            open(connect.epoch());
        } else {
            Session current = session;
            if (current != null) {
                perform(current, output);
            }
        }
    }

    private void open(long epoch) {
        Session opened;
        try {
            opened = new Session(epoch, engines.get(), runtime, new Answers());
        } catch (RuntimeException | Error e) {
            // An engine that can't be had, for lack of memory or of a class, is one that can't be reached.
            HostRuntime.runUntilDone(
                    () -> post(new Input.Lost(epoch, Input.Loss.BROKEN, "no engine could be made: " + e)));
            return;
        }
        session = opened;
        if (closed) {
            opened.close();
        } else {
            connect(opened);
        }
    }

    private void connect(Session opened) {
        long delayNs = shortLives.delayNs(
                System.nanoTime(), ThreadLocalRandom.current().nextLong());
        if (delayNs == 0) {
            opened.connect();
        } else {
            runtime.runIn(delayNs, opened::connect);
        }
    }

    private static void perform(Session session, Output output) {
        if (output instanceof Output.Disconnect disconnect && session.isOf(disconnect.epoch())) {
            session.close();
        } else if (output instanceof Output.ListAll) {
            session.list();
        } else if (output instanceof Output.Replay replay) {
            session.replay(replay.sinceNs());
        } else if (output instanceof Output.Follow follow) {
            session.follow(follow.sinceNs());
        } else if (output instanceof Output.FollowNew) {
            session.followNew();
        } else if (output instanceof Output.Lookup lookup) {
            session.lookUp(lookup);
        } else if (output instanceof Output.LookupPod lookup) {
            session.lookUpPod(lookup);
        } else if (output instanceof Output.Ping) {
            session.ping();
        }
    }

    /** Puts the answers of a session into the mailbox and wakes the core. */
    private final class Answers implements Session.Answers {
        @Override
        public void answer(Input input) {
            post(input);
        }

        @Override
        public void conclude(Input input) {
            mailbox.answer(input);
            // Waking another thread would cost an idle host more than what it has to do.
            if (!closed && scheduled.compareAndSet(false, true)) {
                runCore();
            }
        }

        @Override
        public boolean replayed(Input input) throws InterruptedException {
            return woken(mailbox.putReplayed(input));
        }

        @Override
        public boolean streamed(Input input) throws InterruptedException {
            return woken(mailbox.putStreamed(input));
        }

        @Override
        public void pausing() {
            schedule();
        }

        /** A full mailbox would keep its reader waiting for a core that nobody woke. */
        private boolean woken(Mailbox.Put put) {
            if (put == Mailbox.Put.FULL) {
                schedule();
            }
            return put != Mailbox.Put.CLOSED;
        }
    }
}
