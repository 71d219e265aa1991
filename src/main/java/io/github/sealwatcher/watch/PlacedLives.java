package io.github.sealwatcher.watch;

import io.github.sealwatcher.model.ContainerId;
import io.github.sealwatcher.model.EngineEvent;
import io.github.sealwatcher.model.LiveContainer;
import io.github.sealwatcher.watch.state.Actions;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** The containers whose known life has its start event in the log, or has none: what is new stands behind that. */
final class PlacedLives {

    private PlacedLives() {}

    /**
     * Their ids.
     *
     * @param events the log
     * @param begun the containers of which the log has a start that was reported already
     */
    static Set<String> of(StepContext context, List<EngineEvent> events, Set<String> begun) {
        Set<String> placed = new HashSet<>(begun);
        placed.removeIf(id -> {
            LiveContainer known = context.checkpoint.portfolio().alive(new ContainerId(id));
            return known != null && !known.life().announced();
        });
        Set<String> begunHere = begunIn(context, events);
        for (LiveContainer known : context.checkpoint.portfolio().alive().values()) {
            // Its start was read, and is no longer there: all that is left of the log was written later.
            if (known.life().announced() && !begunHere.contains(known.id().value())) {
                placed.add(known.id().value());
            }
        }
        return placed;
    }

    /** The containers of which the log has an event that can have begun the known life: one that is new begins a later one. */
    private static Set<String> begunIn(StepContext context, List<EngineEvent> events) {
        Set<String> begunHere = new HashSet<>();
        for (EngineEvent event : events) {
            if (Actions.isOfContainer(event)
                    && Actions.BEGINNING.contains(event.action())
                    && !Deduplicator.isNew(context, event)) {
                LiveContainer known = context.checkpoint.portfolio().alive(Actions.containerId(event));
                if (known != null && known.life().canBe(UnconfirmedLives.begunBy(event))) {
                    begunHere.add(event.actorId());
                }
            }
        }
        return begunHere;
    }
}
