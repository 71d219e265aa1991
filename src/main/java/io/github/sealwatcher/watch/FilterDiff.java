package io.github.sealwatcher.watch;

import io.github.sealwatcher.model.Container;
import io.github.sealwatcher.model.ContainerChange;
import io.github.sealwatcher.model.ContainerFilter;
import io.github.sealwatcher.model.ContainerId;
import io.github.sealwatcher.model.ObservedContainer;
import io.github.sealwatcher.model.Occurrence;
import io.github.sealwatcher.model.PodRef;
import io.github.sealwatcher.watch.checkpoint.Checkpoint;
import io.github.sealwatcher.watch.checkpoint.Portfolio;
import io.github.sealwatcher.watch.state.ContainerCache;
import io.github.sealwatcher.watch.state.ContainerList;
import io.github.sealwatcher.watch.state.Difference;
import java.util.ArrayList;
import java.util.List;

/** Finds which of the known containers another filter than before shows, or no longer shows. */
final class FilterDiff {

    private FilterDiff() {}

    /** What is reported of the pod of a container that the filter shows from now on, or no longer does. */
    static ContainerChange associated(Occurrence occurrence, Container container, PodRef pod, boolean hidden) {
        return new ContainerChange.PodChanged(occurrence, container, null, hidden ? null : pod, hidden ? pod : null);
    }

    /** @param cache what this process knows: of a life that it reported itself, this filter has decided already */
    static List<Difference> compare(
            Checkpoint known, ContainerList listing, ContainerFilter filter, ContainerCache cache) {
        if (known.filter() == filter.fingerprint()) {
            return List.of();
        }
        List<Difference> differences = new ArrayList<>();
        Portfolio portfolio = known.portfolio();
        for (ObservedContainer listed : listing.all()) {
            ContainerId id = listed.id();
            boolean isKnown = portfolio.alive(id) != null || portfolio.members().containsKey(id);
            boolean decided = portfolio.alive(id) != null && cache.reportedNs(id) != null;
            boolean accepted = filter.accepts(listed.container());
            if (isKnown && !decided && accepted == portfolio.isHidden(id)) {
                differences.add(accepted ? new Difference.Revealed(listed) : new Difference.Concealed(id));
            }
        }
        return differences;
    }
}
