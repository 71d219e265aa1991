package io.github.sealwatcher.watch.sim;

import io.github.sealwatcher.model.Change;
import io.github.sealwatcher.model.ContainerChange;
import io.github.sealwatcher.model.HostChange;
import io.github.sealwatcher.model.ObservedContainer;
import io.github.sealwatcher.watch.Emission;
import io.github.sealwatcher.watch.Input;
import io.github.sealwatcher.watch.Output;
import io.github.sealwatcher.watch.Step;
import io.github.sealwatcher.watch.checkpoint.Checkpoint;
import io.github.sealwatcher.watch.state.State;
import java.io.PrintStream;
import org.jspecify.annotations.Nullable;

/** Prints what a run does, hears and tells, a line each, short enough to be read. */
final class Tracer {

    private final @Nullable PrintStream out;
    private final StepObserver observer;

    private Tracer(@Nullable PrintStream out, StepObserver observer) {
        this.out = out;
        this.observer = observer;
    }

    static Tracer none() {
        return new Tracer(null, StepObserver.NONE);
    }

    static Tracer to(PrintStream out) {
        return new Tracer(out, StepObserver.NONE);
    }

    static Tracer to(StepObserver observer) {
        return new Tracer(null, observer);
    }

    void stepped(State before, Input input, Step step) {
        observer.stepped(before, input, step);
    }

    void does(long ticks, Move move) {
        print(ticks, "does", move);
    }

    void received(long ticks, Input input) {
        if (out == null || input instanceof Input.Tick) {
            return;
        }
        if (input instanceof Input.Listed listed) {
            print(ticks, "hears", "a list, " + listed.reading());
            for (ObservedContainer shown : listed.containers()) {
                print(ticks, "     ", shown.container().id() + " " + shown.state());
            }
        } else {
            print(ticks, "hears", input);
        }
    }

    void emitted(long ticks, Output output) {
        if (out == null) {
            return;
        }
        if (output instanceof Output.Emit emit) {
            Emission emission = emit.emission();
            emission.hostChanges().forEach(change -> print(ticks, "tells", describe(change)));
            emission.changes().forEach(change -> print(ticks, "tells", describe(change)));
            emission.absent().forEach(id -> print(ticks, "tells", "no row of " + id));
            Checkpoint stored = emission.checkpoint();
            print(
                    ticks,
                    "     ",
                    "position " + stored.positionNs() + " gap " + stored.gap() + " newest " + stored.newestEvent()
                            + " last " + stored.lastReplayed() + " " + stored.snapshot());
        } else {
            print(ticks, "wants", output);
        }
    }

    private static String describe(Change change) {
        if (change instanceof ContainerChange reported) {
            return reported.occurrence().origin() + " " + reported.kind() + " "
                    + reported.container().id() + " at " + reported.occurrence().timeNs() + " " + reported.alive();
        }
        HostChange reported = (HostChange) change;
        return reported.type() + " " + reported.gap() + " " + reported.reason();
    }

    private void print(long ticks, String what, Object text) {
        if (out != null) {
            String shortened = text.toString().replaceAll("\\b0{50,}(?=[0-9a-f])", "");
            out.println(ticks / SimClock.MILLISECOND_NS + " " + what + " " + shortened);
        }
    }

    /** Sees every step of the core in a run. */
    @FunctionalInterface
    interface StepObserver {
        StepObserver NONE = (before, input, step) -> {};

        void stepped(State before, Input input, Step step);
    }
}
