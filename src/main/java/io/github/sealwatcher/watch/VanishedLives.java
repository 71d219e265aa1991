package io.github.sealwatcher.watch;

import io.github.sealwatcher.model.ContainerId;
import io.github.sealwatcher.model.EngineEvent;
import io.github.sealwatcher.model.EventId;
import io.github.sealwatcher.model.Life;
import io.github.sealwatcher.model.ObservedContainer;
import io.github.sealwatcher.model.RunState;
import io.github.sealwatcher.watch.checkpoint.Checkpoint;
import io.github.sealwatcher.watch.checkpoint.DedupWindow;
import io.github.sealwatcher.watch.state.Actions;
import io.github.sealwatcher.watch.state.ContainerList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
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
    /** The begin of the last life of each container that has, by what an earlier process read of the log, no end in it. */
    private final Map<String, EngineEvent> unended = new HashMap<>();
    /** The last start of each container in the log. */
    private final Map<String, EventId> last = new HashMap<>();

    /** @param events the log, in its order */
    VanishedLives(StepContext context, ContainerList listing, List<EngineEvent> events) {
        this.context = context;
        this.listing = listing;
        for (EngineEvent event : events) {
            if (Actions.BEGINNING.contains(event.action())) {
                last.put(event.actorId(), event.id());
            }
        }
    }

    /**
     * Whether the next event of the log is of a life that an earlier process read the start of, and that is not known to be
     * alive: then its end was reported without this event.
     */
    private boolean isOfReported(EngineEvent event, ContainerId id, boolean read) {
        EngineEvent begin = unended.get(event.actorId());
        boolean turns = event.action().equals(Actions.PAUSE) || event.action().equals(Actions.UNPAUSE);
        boolean ends = event.action().equals(Actions.DIED);
        boolean of = begin != null
                && !isBehindGap(event)
                && (turns
                        || (ends
                                && (isNotLast(begin)
                                        || isLastShown(listing.get(id), UnconfirmedLives.begunBy(begin)))));
        if (Actions.BEGINNING.contains(event.action()) && isReported(event, id, read)) {
            unended.put(event.actorId(), event);
        } else if (Actions.BOUNDING.contains(event.action()) || event.action().equals(Actions.CHECKPOINT)) {
            unended.remove(event.actorId());
        }
        return of && !context.checkpoint.dedupWindow().contains(event);
    }

    /** Whether it is stamped behind the gap by which the end was reported: then the container is back since. */
    private boolean isBehindGap(EngineEvent event) {
        Checkpoint.Gap gap = context.checkpoint.gap();
        return gap != null && event.timeNs() > gap.toNs();
    }

    private boolean isReported(EngineEvent event, ContainerId id, boolean read) {
        Checkpoint known = context.checkpoint;
        Life begun = UnconfirmedLives.begunBy(event);
        return known.snapshot() == Checkpoint.Snapshot.DONE
                && (known.dedupWindow().contains(event)
                        || (read && known.dedupWindow().refuses(event)))
                && known.portfolio().alive(id) == null
                && (UnconfirmedLives.isEndKnown(known, id, begun)
                        || !(isSurelyUnreported(event, id) || UnconfirmedLives.isKnown(known, id, begun)));
    }

    /** Whether the log has a later start of the container. */
    private boolean isNotLast(EngineEvent begin) {
        return !begin.id().equals(last.get(begin.actorId()));
    }

    /**
     * Whether the end of a life that was read to begin cannot have been reported without its event: whoever saw the trail's
     * first list knows what was reported since; and it takes a list, and one more to report at first sight what began before
     * the trail.
     */
    private boolean isSurelyUnreported(EngineEvent begin, ContainerId id) {
        DedupWindow dedupWindow = context.checkpoint.dedupWindow();
        boolean young = dedupWindow.lowWatermarkNs() < dedupWindow.beginNs();
        boolean before = young && begin.timeNs() < dedupWindow.beginNs();
        boolean sinceFirst = context.cache.firstListNs() != Long.MIN_VALUE;
        return context.checkpoint.inferred() < (before ? 2 : 1)
                || (sinceFirst && context.cache.reportedNs(id) == null && context.cache.endedAtNs(id) == null);
    }

    /** Whether the list shows no later life. */
    private static boolean isLastShown(@Nullable ObservedContainer shown, Life begun) {
        return shown == null
                || (shown.state() instanceof RunState.Ended ended && begun.canBe(Life.shown(ended.startedAtNs())));
    }

    /** Whether the next event of the log is the start of such a life, or its end, which was reported already. */
    boolean isOf(EngineEvent event, boolean read) {
        if (!Actions.isOfContainer(event)) {
            return false;
        }
        ContainerId id = Actions.containerId(event);
        if (isOfReported(event, id, read)) {
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
