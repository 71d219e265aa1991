package io.github.sealwatcher.watch;

import io.github.sealwatcher.model.Container;
import io.github.sealwatcher.model.ContainerId;
import io.github.sealwatcher.model.Observed;
import io.github.sealwatcher.model.Run;
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
 * @param sightNs when the list was asked for with which the trail began; the least value if that was an earlier run's
 */
record Catalog(PMap<ContainerId, Observed> observed, PMap<ContainerId, Long> endedAtNs, long listedAtNs, long sightNs) {

    static final Catalog EMPTY =
            new Catalog(HashTreePMap.empty(), HashTreePMap.empty(), Long.MIN_VALUE, Long.MIN_VALUE);

    @Nullable
    Observed get(ContainerId id) {
        return observed.get(id);
    }

    @Nullable
    Container container(ContainerId id) {
        Observed found = observed.get(id);
        return found == null ? null : found.container();
    }

    /**
     * Whether a list that shows it alive is outdated: an inspect since showed that it ended.
     *
     * @param first whether this is the trail's first list: then an end that was told is one that came after it
     */
    boolean hasEnded(ContainerId id, boolean first) {
        Observed found = observed.get(id);
        return (found != null && found.run() instanceof Run.Ended) || (first && endedAtNs.containsKey(id));
    }

    /** With this container as it is now shown; what only an earlier inspect told stays. */
    Catalog plus(Observed shown) {
        return new Catalog(observed.plus(shown.id(), completed(shown)), endedAtNs, listedAtNs, sightNs);
    }

    Catalog ended(ContainerId id, long timeNs) {
        return new Catalog(observed, endedAtNs.plus(id, timeNs), listedAtNs, sightNs);
    }

    Catalog minus(ContainerId id) {
        return new Catalog(observed.minus(id), endedAtNs.minus(id), listedAtNs, sightNs);
    }

    /** The trail begins with the last list. */
    Catalog sighted() {
        return new Catalog(observed, endedAtNs, listedAtNs, listedAtNs);
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
        return new Catalog(all, ends, listing.askedAtNs(), sightNs);
    }

    /** The host's clock was set back: when something was is no longer to be compared. */
    Catalog setBack() {
        return new Catalog(observed, HashTreePMap.empty(), Long.MIN_VALUE, Long.MIN_VALUE);
    }

    private Observed completed(Observed shown) {
        Container earlier = container(shown.id());
        return earlier == null ? shown : new Observed(shown.container().completedBy(earlier), shown.pod(), shown.run());
    }
}
