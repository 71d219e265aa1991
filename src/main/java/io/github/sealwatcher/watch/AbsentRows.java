package io.github.sealwatcher.watch;

import io.github.sealwatcher.model.ContainerId;
import io.github.sealwatcher.model.EngineEvent;
import io.github.sealwatcher.watch.state.Actions;
import io.github.sealwatcher.watch.state.CollectedEvents;
import io.github.sealwatcher.watch.state.ContainerList;
import io.github.sealwatcher.watch.state.Difference;
import io.github.sealwatcher.watch.state.QueueItem;
import io.github.sealwatcher.watch.state.ResyncPhase;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** The rows that an earlier trail, whose offset was deleted, may have left of containers that have ended since. */
final class AbsentRows {

    private AbsentRows() {}

    /** Has those removed that only the log shows, as far as it could be read before it was found that it can't be to its end. */
    static void report(StepContext context, ResyncPhase.Replaying replaying) {
        CollectedEvents collected = replaying.returned().collected();
        if (collected != null) {
            report(context, replaying.list(), collected.events(), List.of());
        }
    }

    /**
     * Has those removed that only the log shows.
     *
     * @param before what it holds of before the trail
     * @param fresh what it holds of the trail
     */
    static void report(StepContext context, ContainerList listing, List<EngineEvent> before, List<EngineEvent> fresh) {
        Set<ContainerId> absent = new HashSet<>();
        Stream.concat(before.stream(), fresh.stream())
                .filter(Actions::isOfContainer)
                .forEach(event -> absent.add(Actions.containerId(event)));
        // What starts now reports itself, unless only that trail's filter let it through.
        fresh.stream()
                .filter(event -> event.action().equals(Actions.START) && isAccepted(context, event))
                .forEach(event -> absent.remove(Actions.containerId(event)));
        context.emitAbsent(absent, listing);
    }

    /** What the trail's first list shows and doesn't report: also what is alive, but may begin later than the trail. */
    static Set<ContainerId> unreported(StepContext context, ContainerList listing, List<QueueItem> reported) {
        Set<ContainerId> unreported = new HashSet<>();
        listing.all().forEach(listed -> unreported.add(listed.id()));
        for (QueueItem item : reported) {
            if (item instanceof QueueItem.Report report
                    && report.difference() instanceof Difference.Appeared appeared
                    && context.options.filter().accepts(appeared.listed().container())) {
                unreported.remove(appeared.id());
            }
        }
        return unreported;
    }

    private static boolean isAccepted(StepContext context, EngineEvent event) {
        return context.options.filter().accepts(Attributes.container(event));
    }
}
