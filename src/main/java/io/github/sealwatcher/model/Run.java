package io.github.sealwatcher.model;

import org.jspecify.annotations.Nullable;

/** What a list or an inspect says that a container is doing. */
public sealed interface Run {

    /** Running, paused or being stopped. */
    record Living(Life life, Status status) implements Run {}

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
            @Nullable Integer exitCode) implements Run {}

    /** Created and never started. */
    record NeverStarted() implements Run {}
}
