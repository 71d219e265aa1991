package io.github.sealwatcher.trail.fold;

import io.github.sealwatcher.trail.event.ContainerEvent;
import io.github.sealwatcher.trail.event.ContainerKey;
import io.github.sealwatcher.trail.event.Pod;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Who is alive, from the events alone: {@code start} puts, {@code pause} and {@code unpause} set the status,
 * {@code pod_association} sets the pod, {@code die} deletes; nothing else counts. Total: it takes whatever comes, and the
 * rules say whether that was right. Holds what is alive and who is in which pod, whatever the trail's length.
 */
public final class Fold {
    private final Map<ContainerKey, FoldedContainer> alive = new HashMap<>();
    private final Map<ContainerKey, Pod> pods = new HashMap<>();

    /** Applies the next event of the trail; those of one container must come in their order. */
    public Step apply(ContainerEvent event) {
        ContainerKey key = event.key();
        FoldedContainer before = alive.get(key);
        Pod podBefore = pods.get(key);
        // Whoever has left pod_association out of events.include still has the pods in the other events.
        FoldedContainer after = after(event, before, podBefore == null ? event.pod() : podBefore);
        if (event.type().equals("pod_association")) {
            put(pods, key, event.pod());
        }
        put(alive, key, after);
        return new Step(event, before, after, podBefore);
    }

    /** The alive by container. */
    public Map<ContainerKey, FoldedContainer> alive() {
        return Collections.unmodifiableMap(alive);
    }

    private static @Nullable FoldedContainer after(
            ContainerEvent event, @Nullable FoldedContainer before, @Nullable Pod pod) {
        return switch (event.type()) {
            case "start" -> started(event, before, pod);
            case "die" -> null;
            case "pause" -> turned(event, before, true, pod);
            case "unpause" -> turned(event, before, false, pod);
            case "pod_association" ->
                before == null
                        ? null
                        : new FoldedContainer(before.start(), event, before.paused(), before.sinceNs(), event.pod());
            default -> before;
        };
    }

    /** A snapshot may report a known life again: it continues. */
    private static FoldedContainer started(ContainerEvent event, @Nullable FoldedContainer before, @Nullable Pod pod) {
        ContainerEvent start = before != null && !before.isEndedBy(event) ? before.start() : event;
        return new FoldedContainer(start, event, false, event.timeNs(), pod);
    }

    /** A container that is paused or unpaused is alive, even if its start was not reported. */
    private static FoldedContainer turned(
            ContainerEvent event, @Nullable FoldedContainer before, boolean paused, @Nullable Pod pod) {
        return new FoldedContainer(before == null ? event : before.start(), event, paused, event.timeNs(), pod);
    }

    private static <T> void put(Map<ContainerKey, T> map, ContainerKey key, @Nullable T value) {
        if (value == null) {
            map.remove(key);
        } else {
            map.put(key, value);
        }
    }
}
