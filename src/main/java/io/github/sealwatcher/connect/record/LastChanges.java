package io.github.sealwatcher.connect.record;

import io.github.sealwatcher.host.HostEmission;
import io.github.sealwatcher.model.ContainerChange;
import io.github.sealwatcher.model.ContainerId;
import io.github.sealwatcher.model.HostName;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Of each container the last change in a large batch that touches its row in the state topic. The rows before it would be
 * outdated by the time that anybody reads the batch, and a compacted topic drops them sooner or later anyway. A small batch
 * costs little, and its rows are all written, so that who follows the topic sees each status of a container.
 */
final class LastChanges {

    /** The most changes in a batch of which every row is written. */
    static final int MAX_SMALL = 32;

    private static final LastChanges UNKNOWN = new LastChanges(Map.of());

    private final Map<Key, ContainerChange> changes;

    private LastChanges(Map<Key, ContainerChange> changes) {
        this.changes = changes;
    }

    /** Those of a batch. */
    static LastChanges of(List<HostEmission> batch) {
        if (isSmall(batch)) {
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

    private static boolean isSmall(List<HostEmission> batch) {
        int changes = 0;
        for (HostEmission taken : batch) {
            changes += taken.emission().changes().size();
            if (changes > MAX_SMALL) {
                return false;
            }
        }
        return true;
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
