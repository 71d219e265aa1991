package io.github.sealwatcher.host;

import io.github.sealwatcher.model.ContainerChange;
import io.github.sealwatcher.model.HostChange;
import io.github.sealwatcher.model.HostName;
import io.github.sealwatcher.model.Origin;
import io.github.sealwatcher.watch.Emission;
import io.github.sealwatcher.watch.Input;
import io.github.sealwatcher.watch.Output;
import io.github.sealwatcher.watch.checkpoint.Checkpoint;
import io.github.sealwatcher.watch.state.ClockReading;
import io.github.sealwatcher.watch.state.State;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;

/**
 * Times what a host's core asks for and is answered, for the metrics, and logs every five seconds how far a snapshot or a
 * replay has come that takes longer. It sees the core from outside: its inputs and outputs. One thread at a time, but for the
 * log, which the runtime's timer writes.
 */
final class SyncProgress {

    private static final long LOG_NS = TimeUnit.SECONDS.toNanos(5);
    private static final long NONE = -1;

    private final Logger log;
    private final HostName host;
    private final HostMetrics metrics;
    private final HostRuntime runtime;
    private long connecting = NONE;
    private long connected = NONE;
    private @Nullable SyncPhase phase;

    /** @param log where an operator finds all lines of the watcher */
    SyncProgress(Logger log, HostName host, HostMetrics metrics, HostRuntime runtime) {
        this.log = log;
        this.host = host;
        this.metrics = metrics;
        this.runtime = runtime;
    }

    /** Takes an input of the core, and the outputs that it led to. */
    void stepped(Input input, List<Output> outputs, State after) {
        if (input instanceof Input.EventReplayed) {
            // As often as events are read: nothing but a count.
            SyncPhase current = phase;
            if (current != null) {
                current.read.increment();
            }
        } else if (input instanceof Input.Connected answer) {
            connected = answer.epoch();
            pinged(answer.reading());
        } else if (input instanceof Input.Pinged ping) {
            pinged(ping.reading());
        } else if (input instanceof Input.Listed listed) {
            listed(listed);
        } else if (input instanceof Input.Lost lost) {
            lost(lost);
        }
        boolean recalls = false;
        for (Output output : outputs) {
            recalls |= output instanceof Output.Replay;
            if (output instanceof Output.Connect connect) {
                connecting = connect.epoch();
                end();
            } else if (output instanceof Output.Disconnect) {
                end();
            } else if (output instanceof Output.ListAll) {
                begin(after);
            }
        }
        boolean answered = input instanceof Input.ReplayEnded || input instanceof Input.Listed;
        if (answered && !recalls) {
            compared(after);
        }
    }

    /** Takes what the core gives out. */
    void emitted(Emission emission) {
        for (HostChange change : emission.hostChanges()) {
            metrics.changed(change);
            if (change.type() == HostChange.Type.SYNCHRONIZED) {
                end();
            }
        }
        SyncPhase current = phase;
        if (current != null && current.snapshot) {
            for (ContainerChange change : emission.changes()) {
                boolean initial = change.occurrence().origin() == Origin.SNAPSHOT;
                if (initial && change.kind() == ContainerChange.Kind.STARTED) {
                    current.reported.increment();
                }
            }
        }
    }

    private void pinged(@Nullable ClockReading reading) {
        if (reading != null) {
            metrics.read(reading);
            metrics.pingMs().record(TimeUnit.NANOSECONDS.toMillis(reading.answeredTicks() - reading.askedTicks()));
        }
    }

    private void listed(Input.Listed listed) {
        SyncPhase current = phase;
        if (current != null) {
            current.listed = listed.containers().stream()
                    .filter(container -> container.life() != null)
                    .count();
        }
    }

    private void lost(Input.Lost lost) {
        if (lost.epoch() == connecting && lost.epoch() != connected) {
            metrics.count(HostMetrics.Counter.CONNECT_FAILURES);
            // An attempt fails once, however often that is reported.
            connecting = NONE;
        }
    }

    private void begin(State state) {
        if (phase == null) {
            SyncPhase begun =
                    new SyncPhase(System.nanoTime(), state.checkpoint().snapshot() != Checkpoint.Snapshot.DONE);
            phase = begun;
            metrics.syncing(begun);
            runtime.runIn(LOG_NS, () -> report(begun));
        }
    }

    /** The list and history are there; what is left of a first comparison is to report what they hold. */
    private void compared(State state) {
        SyncPhase current = phase;
        if (current != null && !current.compared) {
            current.compared = true;
            metrics.resyncMs().record(TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - current.beganTicks));
            if (state.isSynchronized()) {
                end();
            }
        }
    }

    private void end() {
        SyncPhase ended = phase;
        phase = null;
        metrics.syncing(null);
        if (ended != null) {
            ended.over = true;
            if (ended.logged) {
                log.info("Host {}: {}; done", host, ended.sentence());
            }
        }
    }

    private void report(SyncPhase running) {
        if (!running.over) {
            running.logged = true;
            log.info("Host {}: {} so far", host, running.sentence());
            runtime.runIn(LOG_NS, () -> report(running));
        }
    }
}
