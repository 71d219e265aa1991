package io.github.sealwatcher.watch;

import io.github.sealwatcher.model.ContainerChange;
import io.github.sealwatcher.model.ContainerId;
import io.github.sealwatcher.model.EngineIdentity;
import io.github.sealwatcher.model.HostChange;
import io.github.sealwatcher.watch.checkpoint.Checkpoint;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Changes that belong together, with what is to be stored once they are delivered: all of them or none must survive a
 * crash. Without any change it is a heartbeat, which only moves the offset.
 *
 * @param engine the engine that they come from; null if none has answered yet
 * @param hostChanges what happened to the watching of the host
 * @param changes what happened to containers, in order
 * @param absent containers that are known not to be alive as the trail begins: an earlier trail, whose offset was deleted,
 *     may have left rows of them in the state topic
 * @param atNs when they were given out, in nanoseconds since 1970 by our own clock
 * @param checkpoint what is known after them
 */
public record Emission(
        @Nullable EngineIdentity engine,
        List<HostChange> hostChanges,
        List<ContainerChange> changes,
        Set<ContainerId> absent,
        long atNs,
        Checkpoint checkpoint) {

    public Emission {
        hostChanges = List.copyOf(hostChanges);
        changes = List.copyOf(changes);
        absent = Set.copyOf(absent);
    }

    /** An emission that is not the beginning of a trail. */
    public Emission(
            @Nullable EngineIdentity engine,
            List<HostChange> hostChanges,
            List<ContainerChange> changes,
            long atNs,
            Checkpoint checkpoint) {
        this(engine, hostChanges, changes, Set.of(), atNs, checkpoint);
    }

    /** Whether it only moves the offset. */
    public boolean isHeartbeat() {
        return hostChanges.isEmpty() && changes.isEmpty() && absent.isEmpty();
    }
}
