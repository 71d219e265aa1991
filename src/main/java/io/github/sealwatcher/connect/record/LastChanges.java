package io.github.sealwatcher.connect.record;

import io.github.sealwatcher.host.HostEmission;
import io.github.sealwatcher.model.ContainerChange;
import io.github.sealwatcher.model.ContainerId;
import io.github.sealwatcher.model.HostName;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Of each container the last change in a batch that touches its row in the state topic. The rows before it would be outdated
 * by the time that anybody reads the batch, and a compacted topic drops them sooner or later anyway.
 */
final class LastChanges {

    private static final LastChanges UNKNOWN = new LastChanges(Map.of());

    private final Map<Key, ContainerChange> changes;

    private LastChanges(Map<Key, ContainerChange> changes) {
        this.changes = changes;
    }

    /** Those of a batch. */
    static LastChanges of(List<HostEmission> batch) {
        if (batch.size() == 1 && batch.get(0).emission().changes().size() <= 1) {
            return UNKNOWN;
        }
        Map<Key, ContainerChange> changes = new HashMap<>();
        for (HostEmission taken : batch) {
            for (ContainerChange change : taken.emission().changes()) {
                if (touchesState(change)) {
                    changes.put(new Key(taken.host(), change.container().id()), change);
                }
            }
        }
        return new LastChanges(changes);
    }

    /** Nothing comes after a change that is mapped alone. */
    static LastChanges unknown() {
        return UNKNOWN;
    }

    /** Only a death empties a place in the table; what else happens to a container that isn't alive leaves it alone. */
    static boolean touchesState(ContainerChange change) {
        return change.kind() == ContainerChange.Kind.DIED || change.alive() != null;
    }

    /** Whether another change of the batch comes after this one and touches the same row. */
    @SuppressWarnings("ReferenceEquality") // Two equal changes are still two.
    boolean isOutdated(HostName host, ContainerChange change) {
        ContainerChange last = changes.get(new Key(host, change.container().id()));
        return last != null && last != change;
    }

    private record Key(HostName host, ContainerId container) {}
}
