package io.github.sealwatcher.engine.podman;

import io.github.sealwatcher.model.Life;
import io.github.sealwatcher.model.RunState;
import io.github.sealwatcher.model.Status;
import org.jspecify.annotations.Nullable;

/** Derives what a container is doing from a list or an inspect. */
final class RunStates {

    private RunStates() {}

    /** Whether a container of that state has living processes; a stopping one hasn't died yet. */
    static boolean isAlive(@Nullable String state) {
        return "running".equals(state) || "paused".equals(state) || isStopping(state);
    }

    static boolean isStopping(@Nullable String state) {
        return "stopping".equals(state);
    }

    /**
     * The run of a container that is alive.
     *
     * @param life null if its start isn't known: then lives can't be distinguished by it; the next list has it
     * @param stopping null unless {@link #isStopping}
     * @param restoredAtNs null unless it was restored
     */
    static RunState alive(
            @Nullable Life life, boolean paused, RunState.@Nullable Stopping stopping, @Nullable Long restoredAtNs) {
        return life == null
                ? new RunState.NeverStarted()
                : new RunState.Live(life, paused ? Status.PAUSED : Status.RUNNING, stopping, restoredAtNs);
    }

    /**
     * The run of a container that isn't alive. A state such as {@code created} doesn't decide: a container that is
     * initialized again keeps the start time of the life before.
     *
     * @param startedAtNs null if never
     * @param endedAtNs null if Podman didn't see the end
     */
    static RunState over(@Nullable Long startedAtNs, @Nullable Long endedAtNs, @Nullable Integer exitCode) {
        return startedAtNs == null ? new RunState.NeverStarted() : new RunState.Ended(startedAtNs, endedAtNs, exitCode);
    }

    /** A process id that fits; 0 for none. */
    static int pid(@Nullable Long number) {
        return number == null || number < 0 || number > Integer.MAX_VALUE ? 0 : number.intValue();
    }

    /** An exit code; null for none, and for the negative one that Podman uses for unknown. */
    static @Nullable Integer exitCode(@Nullable Long number) {
        return number == null || number < 0 || number != number.intValue() ? null : (Integer) number.intValue();
    }
}
