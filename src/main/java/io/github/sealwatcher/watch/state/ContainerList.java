package io.github.sealwatcher.watch.state;

import io.github.sealwatcher.model.ContainerId;
import io.github.sealwatcher.model.ObservedContainer;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** A list of all containers. Immutable. */
public final class ContainerList {

    private final long askedAtNs;
    private final Map<ContainerId, ObservedContainer> containers;

    /** @param askedAtNs the earliest that it can have been asked for, by the host's clock, in nanoseconds since 1970 */
    public ContainerList(long askedAtNs, List<ObservedContainer> listed) {
        this.askedAtNs = askedAtNs;
        this.containers = new TreeMap<>();
        for (ObservedContainer container : listed) {
            containers.put(container.id(), container);
        }
    }

    /** The earliest that it can have been asked for, by the host's clock, in nanoseconds since 1970. */
    public long askedAtNs() {
        return askedAtNs;
    }

    /** What it shows of a container; null if it doesn't show it. */
    @Nullable
    public ObservedContainer get(ContainerId id) {
        return containers.get(id);
    }

    /** In the order of their ids, so that equal lists give equal outcomes. */
    public Collection<ObservedContainer> all() {
        return containers.values();
    }
}
