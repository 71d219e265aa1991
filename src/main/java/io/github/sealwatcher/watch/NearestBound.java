package io.github.sealwatcher.watch;

import io.github.sealwatcher.model.EngineEvent;
import io.github.sealwatcher.model.Life;
import io.github.sealwatcher.model.LiveContainer;
import io.github.sealwatcher.watch.state.Actions;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Where in the log the lives begin that are known from a list, and of which an inspect showed when that was: at the start that
 * is stamped right then or, if there was no log meanwhile, behind an end that is stamped right before. Whichever is nearest
 * does, as the host's clock can have been set between other events.
 */
final class NearestBound {

    private final StepContext context;
    private final Map<String, Integer> places = new HashMap<>();
    private final Map<String, Long> distances = new HashMap<>();

    /** @param events the log */
    NearestBound(StepContext context, List<EngineEvent> events) {
        this.context = context;
        Set<String> begun = new HashSet<>();
        for (int i = 0; i < events.size(); i++) {
            EngineEvent event = events.get(i);
            LiveContainer known = known(event);
            if (known == null) {
                continue;
            }
            if (event.action().equals(Actions.START)) {
                begun.add(event.actorId());
                note(event, i, event.timeNs() - known.life().startedAtNs());
            } else if (event.action().equals(Actions.DIED) && begun.remove(event.actorId())) {
                // One of which the log has no start can be that of the known life, which has none either.
                note(event, i, known.life().startedAtNs() - event.timeNs());
            }
        }
    }

    private @Nullable LiveContainer known(EngineEvent event) {
        LiveContainer known =
                Actions.isOfContainer(event) ? context.checkpoint.portfolio().alive(Actions.containerId(event)) : null;
        return known != null && known.life().precision() == Life.Precision.EXACT && ListedLife.isListed(context, known)
                ? known
                : null;
    }

    private void note(EngineEvent event, int at, long distanceNs) {
        Long before = distances.get(event.actorId());
        if (distanceNs >= 0 && distanceNs < ListedLife.AHEAD_NS && (before == null || distanceNs < before)) {
            places.put(event.actorId(), at);
            distances.put(event.actorId(), distanceNs);
        }
    }

    /** Whether the known life begins at this start, or behind this end. */
    boolean is(EngineEvent event, int at) {
        Integer place = places.get(event.actorId());
        return place != null && place == at;
    }
}
