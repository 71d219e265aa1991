package io.github.sealwatcher.watch;

import io.github.sealwatcher.model.ContainerId;
import io.github.sealwatcher.model.EngineEvent;
import io.github.sealwatcher.model.Life;
import io.github.sealwatcher.model.ObservedContainer;
import io.github.sealwatcher.model.RunState;
import io.github.sealwatcher.watch.checkpoint.Checkpoint;
import io.github.sealwatcher.watch.state.Actions;
import io.github.sealwatcher.watch.state.ContainerList;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Recognizes in the log the lives that were reported as ended because the endpoint led to another host, and that are back: by
 * their starts, since the times at which they were gone cannot be compared once the host's clock was set back.
 */
final class VanishedLives {

    private final StepContext context;
    private final ContainerList listing;
    private final Set<String> begun = new HashSet<>();
    private final Set<String> found = new HashSet<>();
    /** Whose last life, by what an earlier process read of the log, has no end in it as far as that was read. */
    private final Set<String> unended = new HashSet<>();

    VanishedLives(StepContext context, ContainerList listing) {
        this.context = context;
        this.listing = listing;
    }

    /**
     * Whether the next event of the log is the end of a life that an earlier process read the start of, and that is not known
     * to be alive: then its end was reported without this event.
     */
    private boolean isEndOfReported(EngineEvent event, ContainerId id) {
        boolean ends = event.action().equals(Actions.DIED) && unended.contains(event.actorId());
        boolean begins = Actions.BEGINNING.contains(event.action());
        if (begins && isReported(event, id)) {
            unended.add(event.actorId());
        } else if (begins
                || Actions.BOUNDING.contains(event.action())
                || event.action().equals(Actions.CHECKPOINT)) {
            unended.remove(event.actorId());
        }
        return ends && !context.checkpoint.dedupWindow().contains(event);
    }

    private boolean isReported(EngineEvent event, ContainerId id) {
        Checkpoint known = context.checkpoint;
        return known.snapshot() == Checkpoint.Snapshot.DONE
                && known.dedupWindow().contains(event)
                && known.portfolio().alive(id) == null
                && !isSurelyUnreported(event, id)
                && !UnconfirmedLives.isKnown(known, id, UnconfirmedLives.begunBy(event))
                && isLastShown(listing.get(id), UnconfirmedLives.begunBy(event));
    }

    /**
     * Whether the end of a life that was read to begin cannot have been reported without its event: whoever saw the trail's
     * first list knows what was reported since; and it takes a list, and one more to report at first sight what began before
     * the trail.
     */
    private boolean isSurelyUnreported(EngineEvent begin, ContainerId id) {
        boolean before = begin.timeNs() < context.checkpoint.dedupWindow().beginNs();
        boolean sinceFirst = context.cache.firstListNs() != Long.MIN_VALUE;
        return context.checkpoint.inferred() < (before ? 2 : 1)
                || (sinceFirst && context.cache.reportedUntilNs(id) == Long.MIN_VALUE);
    }

    /** Whether the list shows no later life. */
    private static boolean isLastShown(@Nullable ObservedContainer shown, Life begun) {
        return shown == null
                || (shown.state() instanceof RunState.Ended ended && begun.canBe(Life.shown(ended.startedAtNs())));
    }

    /** Whether the next event of the log is the start of such a life, or its end, which was reported already. */
    boolean isOf(EngineEvent event) {
        if (!Actions.isOfContainer(event)) {
            return false;
        }
        ContainerId id = Actions.containerId(event);
        if (isEndOfReported(event, id)) {
            return true;
        }
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
