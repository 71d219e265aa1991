package io.github.sealwatcher.model;

import org.jspecify.annotations.Nullable;

/** What a container is doing, as a list or an inspect shows it. */
public sealed interface RunState {

    /**
     * Running, paused or being stopped.
     *
     * @param stopping null unless it is being stopped
     * @param restoredAtNs when it was restored from a checkpoint, in nanoseconds since 1970; null if it was not, or that was
     *     not asked for: a list doesn't show it
     */
    record Live(
            Life life,
            Status status,
            @Nullable Stopping stopping,
            @Nullable Long restoredAtNs) implements RunState {

        /** Not known to be restored. */
        public Live(Life life, Status status, @Nullable Stopping stopping) {
            this(life, status, stopping, null);
        }

        /** Running or paused, and not being stopped. */
        public Live(Life life, Status status) {
            this(life, status, null, null);
        }
    }

    /**
     * The engine stops it, and waits for its processes to end. {@code podman ps} no longer shows it. When whoever waits is
     * killed together with the processes, it stays like that for good, and no event reports its end.
     *
     * @param timeoutNs how long the container's own settings let a stop take (whoever stops it may give another limit); null if
     *     it wasn't asked for: a list doesn't show it
     */
    record Stopping(@Nullable Long timeoutNs) {}

    /**
     * It ran once and doesn't any more.
     *
     * @param startedAtNs when its last life began, in nanoseconds since 1970
     * @param endedAtNs when that life ended; null if Podman didn't see it (a reboot)
     * @param exitCode null if Podman didn't see it
     */
    record Ended(
            long startedAtNs,
            @Nullable Long endedAtNs,
            @Nullable Integer exitCode) implements RunState {}

    /** Created and never started. */
    record NeverStarted() implements RunState {}
}
