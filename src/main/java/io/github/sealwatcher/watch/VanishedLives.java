package io.github.sealwatcher.watch;

import io.github.sealwatcher.model.ContainerId;
import io.github.sealwatcher.model.EngineEvent;
import io.github.sealwatcher.model.Life;
import io.github.sealwatcher.model.ObservedContainer;
import io.github.sealwatcher.watch.state.Actions;
import io.github.sealwatcher.watch.state.ContainerList;
import java.util.HashSet;
import java.util.Set;

/**
 * Recognizes in the log the lives that were reported as ended because the endpoint led to another host, and that are back: by
 * their starts, since the times at which they were gone cannot be compared once the host's clock was set back.
 */
final class VanishedLives {

    private final StepContext context;
    private final ContainerList listing;
    private final Set<String> begun = new HashSet<>();
    private final Set<String> found = new HashSet<>();

    VanishedLives(StepContext context, ContainerList listing) {
        this.context = context;
        this.listing = listing;
    }

    /** Whether the next event of the log is the start of such a life, or its end, which was reported already. */
    boolean isOf(EngineEvent event) {
        if (!Actions.isOfContainer(event)) {
            return false;
        }
        ContainerId id = Actions.containerId(event);
        if (event.action().equals(Actions.START)) {
            Life life = UnconfirmedLives.begunBy(event);
            begun.remove(event.actorId());
            // The next start within the same seconds is the next life's.
            return context.cache.isLifeThatVanished(id, life)
                    && found.add(event.actorId())
                    && begun.add(event.actorId());
        }
        ObservedContainer shown = listing.get(id);
        return event.action().equals(Actions.DIED)
                && begun.remove(event.actorId())
                && shown != null
                && shown.life() == null;
    }
}
