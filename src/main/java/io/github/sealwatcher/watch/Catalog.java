package io.github.sealwatcher.watch;

import io.github.sealwatcher.model.Container;
import io.github.sealwatcher.model.ContainerId;
import io.github.sealwatcher.model.Observed;
import org.jspecify.annotations.Nullable;
import org.pcollections.HashTreePMap;
import org.pcollections.PMap;

/**
 * What is remembered of the containers that exist, alive or not: their descriptions and when they were last told dead.
 * Kept in memory only; the next list brings it back.
 *
 * @param observed each as it was last shown
 * @param endedAtNs when each was last told dead, by the host's clock
 * @param listedAtNs when the last list was asked for: of what is older and isn't in here, nothing is left to be asked
 */
record Catalog(PMap<ContainerId, Observed> observed, PMap<ContainerId, Long> endedAtNs, long listedAtNs) {

    static final Catalog EMPTY = new Catalog(HashTreePMap.empty(), HashTreePMap.empty(), Long.MIN_VALUE);

    @Nullable
    Observed get(ContainerId id) {
        return observed.get(id);
    }

    @Nullable
    Container container(ContainerId id) {
        Observed found = observed.get(id);
        return found == null ? null : found.container();
    }

    /** With this container as it is now shown; what only an earlier inspect told stays. */
    Catalog plus(Observed shown) {
        return new Catalog(observed.plus(shown.id(), completed(shown)), endedAtNs, listedAtNs);
    }

    Catalog ended(ContainerId id, long timeNs) {
        return new Catalog(observed, endedAtNs.plus(id, timeNs), listedAtNs);
    }

    Catalog minus(ContainerId id) {
        return new Catalog(observed.minus(id), endedAtNs.minus(id), listedAtNs);
    }

    /** What a list says, and nothing that isn't in it. */
    Catalog listed(Listing listing) {
        PMap<ContainerId, Observed> all = HashTreePMap.empty();
        PMap<ContainerId, Long> ends = HashTreePMap.empty();
        for (Observed shown : listing.all()) {
            all = all.plus(shown.id(), completed(shown));
            Long end = endedAtNs.get(shown.id());
            if (end != null) {
                ends = ends.plus(shown.id(), end);
            }
        }
        return new Catalog(all, ends, listing.askedAtNs());
    }

    /** The host's clock was set back: when something was is no longer to be compared. */
    Catalog setBack() {
        return new Catalog(observed, HashTreePMap.empty(), Long.MIN_VALUE);
    }

    private Observed completed(Observed shown) {
        Container earlier = container(shown.id());
        return earlier == null ? shown : new Observed(shown.container().completedBy(earlier), shown.pod(), shown.run());
    }
}
