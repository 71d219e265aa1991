package io.github.sealwatcher.model;

import org.jspecify.annotations.Nullable;

/**
 * A container as a list or an inspect shows it, alive or not.
 *
 * @param container what describes it
 * @param pod its pod; null if none. An inspect knows the pod's id only.
 * @param state what it is doing
 */
public record ObservedContainer(
        Container container, @Nullable PodRef pod, RunState state) {

    /** The container's id. */
    public ContainerId id() {
        return container.id();
    }

    /** Its life if it is alive, else null. */
    public @Nullable Life life() {
        return state instanceof RunState.Live live ? live.life() : null;
    }

    /** When its last life began, in nanoseconds since 1970; the least value if it never was alive. */
    public long startedAtNs() {
        if (state instanceof RunState.Live live) {
            return live.life().startedAtNs();
        }
        return state instanceof RunState.Ended ended ? ended.startedAtNs() : Long.MIN_VALUE;
    }
}
