package io.github.sealwatcher.model;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An alive container: what a portfolio holds.
 *
 * @param container what describes it
 * @param life its present run
 * @param status whether it runs or is paused
 * @param sinceNs since when it has that status, in nanoseconds since 1970
 * @param pod the pod that it is a member of; null if none
 */
public record LiveContainer(
        Container container,
        Life life,
        Status status,
        long sinceNs,
        @Nullable PodRef pod) {

    /** The container's id. */
    public ContainerId id() {
        return container.id();
    }

    /** The container's own labels and the {@linkplain Annotations annotations} that name its pod and mark infra and privileged containers. */
    public Map<String, String> annotatedLabels() {
        return Annotations.labels(container, pod);
    }

    /** Whether its processes are frozen. */
    public boolean isPaused() {
        return status == Status.PAUSED;
    }

    /** This container described anew. */
    public LiveContainer describedBy(Container described) {
        return new LiveContainer(described, life, status, sinceNs, pod);
    }

    /** This container with its life better known. */
    public LiveContainer withLife(Life refined) {
        return new LiveContainer(container, refined, status, sinceNs, pod);
    }

    /** This container in another status since {@code sinceNs}. */
    public LiveContainer withStatus(Status status, long sinceNs) {
        return new LiveContainer(container, life, status, sinceNs, pod);
    }

    /** This container in another pod, or in none. */
    public LiveContainer inPod(@Nullable PodRef pod) {
        return new LiveContainer(container, life, status, sinceNs, pod);
    }
}
