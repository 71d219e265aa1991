package io.github.sealwatcher.watch;

import io.github.sealwatcher.model.ContainerId;
import io.github.sealwatcher.model.Life;
import io.github.sealwatcher.model.LiveContainer;
import io.github.sealwatcher.model.ObservedContainer;
import io.github.sealwatcher.watch.checkpoint.Portfolio;
import io.github.sealwatcher.watch.state.Connection;
import io.github.sealwatcher.watch.state.ContainerList;
import io.github.sealwatcher.watch.state.Difference;
import io.github.sealwatcher.watch.state.HostClock;
import io.github.sealwatcher.watch.state.OutlivedLife;
import io.github.sealwatcher.watch.state.ResyncPhase;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.pcollections.HashTreePMap;
import org.pcollections.PMap;

/**
 * Lives that a list showed and a later one no longer does, and of which nothing was known then: as long as reading the log
 * fails, no list is believed, and the next one shows nothing of them. On a connection that works, each list is compared with
 * the events that came before it.
 */
final class OutlivedLives {

    /** So many are stored at most. */
    private static final int MAX_STORED = 100;

    private OutlivedLives() {}

    /** A list takes the place of the one before. */
    static void listed(StepContext context, ResyncPhase.Listing asked, ContainerList listing) {
        if (!isCompared(context)) {
            note(context, listing);
        }
        ListedLife.leftRunning(context, listing);
        Set<ContainerId> removed = new HashSet<>();
        for (ContainerId id : asked.outdated().changed()) {
            ObservedContainer shown = listing.get(id);
            boolean known = context.cache.get(id) != null
                    || context.checkpoint.portfolio().alive(id) != null;
            if (shown != null && shown.life() != null && !known) {
                removed.add(id);
            }
        }
        context.cache = context.cache.listed(
                listing,
                context.checkpoint.portfolio(),
                context.checkpoint.replaySinceNs(context.options.overlapNs(), context.hostEarliestNs()),
                context.now.monotonicNs());
        for (ContainerId id : removed) {
            // Its removal was heard before this list, which was made before that.
            context.cache = context.cache.minus(id);
        }
        remember(context, listing);
    }

    /** Has the next process know, too, of which lives nothing is reported yet: the list is all that shows them. */
    private static void remember(StepContext context, ContainerList listing) {
        PMap<ContainerId, Life> shown = HashTreePMap.empty();
        for (Map.Entry<ContainerId, OutlivedLife> each :
                context.cache.outlived().entrySet()) {
            shown = shown.size() < MAX_STORED
                    ? shown.plus(each.getKey(), each.getValue().life())
                    : shown;
        }
        for (ObservedContainer each : listing.all()) {
            Life life = each.life();
            if (life != null && shown.size() < MAX_STORED && !isKnown(context, each.id(), life)) {
                shown = shown.plus(each.id(), life);
            }
        }
        context.checkpoint = context.checkpoint.withShown(shown);
    }

    /** Something of a container was reported. */
    static void reported(StepContext context, ContainerId id) {
        PMap<ContainerId, Life> shown = context.checkpoint.shown();
        Life life = shown.get(id);
        if (life != null && isKnown(context, id, life)) {
            context.checkpoint = context.checkpoint.withShown(shown.minus(id));
        }
    }

    /**
     * A container was removed. If the last list showed a life of it and the log said nothing of that by now, nothing is to come
     * that shows when it ended.
     */
    static void removed(StepContext context, ContainerId id, Portfolio portfolio) {
        if (portfolio.podOf(id) != null) {
            // That it left is still to be inferred, and comes behind what was reported of it.
            return;
        }
        PMap<ContainerId, OutlivedLife> outlived = context.cache.outlived();
        ObservedContainer shown = context.cache.get(id);
        OutlivedLife before = outlived.get(id);
        if (before == null && shown != null && shown.life() != null && !isCompared(context)) {
            before = OutlivedLife.unended(shown.life());
        }
        Life life = before == null ? null : before.life();
        Long endedNs = context.cache.endedAtNs(id);
        // Its own end can be stamped before its start, if the clock was set back meanwhile.
        boolean ended = life != null && endedNs != null && life.startedAtNs() <= endedNs + HostClock.UNNOTICED_NS;
        boolean lost = life != null && !ended && !isKnown(context, id, life);
        context.cache = context.cache.minus(id);
        if (before != null && lost) {
            context.cache = context.cache.withOutlived(outlived.plus(id, before));
        } else {
            context.checkpoint =
                    context.checkpoint.withShown(context.checkpoint.shown().minus(id));
        }
    }

    /** Remembers what the list before showed and this one does not; called before this one takes its place. */
    private static void note(StepContext context, ContainerList listing) {
        PMap<ContainerId, OutlivedLife> outlived = context.cache.outlived();
        for (Map.Entry<ContainerId, OutlivedLife> each : outlived.entrySet()) {
            Life life = each.getValue().life();
            Life now = LastLife.of(listing.get(each.getKey()));
            if (isKnown(context, each.getKey(), life, listing.get(each.getKey())) || (now != null && life.canBe(now))) {
                outlived = outlived.minus(each.getKey());
            } else {
                outlived = outlived.plus(each.getKey(), each.getValue().endedBy(listing.askedAtNs()));
            }
        }
        for (ObservedContainer before : context.cache.listed().observed().values()) {
            Life life = isBehindKnown(context, before) ? LastLife.of(before) : before.life();
            Life now = LastLife.of(listing.get(before.id()));
            if (life != null
                    && (now == null || !life.canBe(now))
                    && !outlived.containsKey(before.id())
                    && !isKnown(context, before.id(), life, listing.get(before.id()))) {
                outlived =
                        outlived.plus(before.id(), OutlivedLife.of(life, before).endedBy(listing.askedAtNs()));
            }
        }
        context.cache = context.cache.withOutlived(outlived);
    }

    /** Whether what is shown to have ended is a life behind the known one, and no older one. */
    private static boolean isBehindKnown(StepContext context, ObservedContainer shown) {
        LiveContainer known = context.checkpoint.portfolio().alive(shown.id());
        return known != null && shown.startedAtNs() > known.life().startedAtNs();
    }

    /**
     * A list showed that a life has ended of which nothing is known: that is not believed yet, and the next one may not show it. If
     * the container was removed since, what was known of it is forgotten.
     *
     * @param replaying for which containers the list is too old
     */
    static void suspected(StepContext context, Difference difference, ResyncPhase.Replaying replaying) {
        if (difference instanceof Difference.Missed missed
                && (!replaying.outdated().changed().contains(missed.id())
                        || context.checkpoint.portfolio().alive(missed.id()) != null)
                && !context.cache.outlived().containsKey(missed.id())) {
            context.cache = context.cache.withOutlived(context.cache
                    .outlived()
                    .plus(missed.id(), new OutlivedLife(Life.shown(missed.startedAtNs()), missed.endedAtNs())));
        }
    }

    /** Those of which nothing is known yet, although the log was read or cannot be. */
    static List<Difference> missed(StepContext context, ContainerList listing) {
        List<Difference> missed = new ArrayList<>();
        context.cache.outlived().forEach((id, outlived) -> {
            Life life = outlived.life();
            if (!isKnown(context, id, life, listing.get(id))) {
                // It would be known by then unless it came from elsewhere, with an older start.
                long startedNs = Math.max(life.startedAtNs(), context.agreedNs());
                long endedByNs = Math.min(outlived.endedByNs(), listing.askedAtNs());
                missed.add(new Difference.Missed(id, startedNs, Math.max(startedNs, endedByNs)));
            }
        });
        return missed;
    }

    /** The life that came behind the known one, as far as a list showed it; null if none did. */
    static @Nullable Life behind(StepContext context, LiveContainer known) {
        OutlivedLife next = context.cache.outlived().get(known.id());
        return next != null && !known.life().canBe(next.life()) ? next.life() : null;
    }

    /**
     * Whether lists are compared with all that is known: then nothing that they show stays unknown. What one differs in, the next
     * one has to confirm, and may not show any more.
     */
    private static boolean isCompared(StepContext context) {
        return context.connection instanceof Connection.Connected connected
                && connected.synced()
                && connected.resync().suspects().isEmpty();
    }

    /** A later life that was shown, of which the log may still bring events; null if none was. */
    static @Nullable Life later(StepContext context, LiveContainer known, @Nullable ObservedContainer shown) {
        Life between = behind(context, known);
        Life life = between == null ? LastLife.of(shown) : between;
        // A list rounds a start down to the second, and another process can have followed within that.
        boolean follows = life != null
                && (life.startedAtNs() > known.sinceNs()
                        || (life.isOtherProcess(known.life()) && life.latestNs() > known.sinceNs()));
        return life != null && follows && !known.life().canBe(life) ? life : null;
    }

    private static boolean isKnown(StepContext context, ContainerId id, Life life) {
        return isKnown(context, id, life, context.cache.get(id));
    }

    /** What is known to be alive is the process that is shown now, if it can be that. */
    private static boolean isKnown(StepContext context, ContainerId id, Life life, @Nullable ObservedContainer shown) {
        LiveContainer known = context.checkpoint.portfolio().alive(id);
        Life now = shown == null ? null : shown.life();
        boolean later =
                known != null && now != null && !now.canBe(life) && known.life().canBe(now);
        return (known != null && !later && known.life().canBe(life))
                || context.cache.isKnown(id, life.startedAtNs())
                || context.cache.isLast(id, life);
    }
}
