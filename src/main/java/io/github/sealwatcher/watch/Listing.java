package io.github.sealwatcher.watch;

import io.github.sealwatcher.model.ContainerId;
import io.github.sealwatcher.model.Observed;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What a list said. Immutable. */
final class Listing {

    private final long askedAtNs;
    private final Map<ContainerId, Observed> containers;

    /** @param askedAtNs when it was asked for, by our wall clock */
    Listing(long askedAtNs, List<Observed> listed) {
        this.askedAtNs = askedAtNs;
        this.containers = new TreeMap<>();
        for (Observed container : listed) {
            containers.put(container.id(), container);
        }
    }

    long askedAtNs() {
        return askedAtNs;
    }

    @Nullable
    Observed get(ContainerId id) {
        return containers.get(id);
    }

    /** In the order of their ids, so that equal lists give equal outcomes. */
    Collection<Observed> all() {
        return containers.values();
    }
}
