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
        for (LiveContainer known : context.checkpoint.portfolio().alive().values()) {
            // Its start was read, and is no longer there: all that is left of the log was written later.
            if (known.life().announced() && !isBegunIn(events, known)) {
                placed.add(known.id().value());
            }
        }
        return placed;
    }

    private static boolean isBegunIn(List<EngineEvent> events, LiveContainer known) {
        return events.stream()
                .anyMatch(event -> event.actorId().equals(known.id().value())
                        && Actions.isOfContainer(event)
                        && (event.action().equals(Actions.START)
                                || event.action().equals(Actions.RESTORE))
                        && known.life().canBe(UnconfirmedLives.begunBy(event)));
    }
}
