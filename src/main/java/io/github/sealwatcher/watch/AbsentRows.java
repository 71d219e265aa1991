package io.github.sealwatcher.watch;

import io.github.sealwatcher.model.ContainerId;
import io.github.sealwatcher.model.EngineEvent;
import io.github.sealwatcher.watch.state.Actions;
import io.github.sealwatcher.watch.state.CollectedEvents;
import io.github.sealwatcher.watch.state.ContainerList;
import io.github.sealwatcher.watch.state.ResyncPhase;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

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
        before.stream().filter(Actions::isOfContainer).forEach(event -> absent.add(Actions.containerId(event)));
        Set<ContainerId> begun = new HashSet<>();
        for (EngineEvent event : fresh) {
            // What begins now reports itself, unless only that trail's filter let it through.
            if (Actions.isOfContainer(event)
                    && begun.add(Actions.containerId(event))
                    && !(isBegin(event) && isAccepted(context, event))) {
                absent.add(Actions.containerId(event));
            }
        }
        context.emitAbsent(absent, listing);
    }

    private static boolean isBegin(EngineEvent event) {
        return event.action().equals(Actions.CREATE) || event.action().equals(Actions.START);
    }

    private static boolean isAccepted(StepContext context, EngineEvent event) {
        return context.options.filter().accepts(Attributes.container(event));
    }
}
