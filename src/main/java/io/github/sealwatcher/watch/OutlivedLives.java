package io.github.sealwatcher.watch;

import io.github.sealwatcher.model.ContainerId;
import io.github.sealwatcher.model.Life;
import io.github.sealwatcher.model.LiveContainer;
import io.github.sealwatcher.model.ObservedContainer;
import io.github.sealwatcher.watch.state.ContainerList;
import io.github.sealwatcher.watch.state.Difference;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.pcollections.PMap;

/**
 * Lives that a list showed and a later one no longer does, and of which nothing was known then: as long as reading the log
 * fails, no list is believed, and the next one shows nothing of them.
 */
final class OutlivedLives {

    private OutlivedLives() {}

    /** Remembers what the list before showed and this one does not; called before this one takes its place. */
    static void note(StepContext context, ContainerList listing) {
        PMap<ContainerId, Life> outlived = context.cache.outlived();
        for (Map.Entry<ContainerId, Life> each : outlived.entrySet()) {
            if (isKnown(context, each.getKey(), each.getValue())) {
                outlived = outlived.minus(each.getKey());
            }
        }
        for (ObservedContainer before : context.cache.listed().observed().values()) {
            Life life = before.life();
            Life now = LastLife.of(listing.get(before.id()));
            boolean gone = life != null && (now == null || !life.canBe(now));
            if (gone && !outlived.containsKey(before.id()) && !isKnown(context, before.id(), life)) {
                outlived = outlived.plus(before.id(), life);
            }
        }
        context.cache = context.cache.withOutlived(outlived);
    }

    /** Those of which nothing is known yet, although the log was read or cannot be. */
    static List<Difference> missed(StepContext context, ContainerList listing) {
        List<Difference> missed = new ArrayList<>();
        context.cache.outlived().forEach((id, life) -> {
            if (!isKnown(context, id, life)) {
                // It would be known by then unless it came from elsewhere, with an older start.
                long startedNs = Math.max(life.startedAtNs(), context.agreedNs());
                missed.add(new Difference.Missed(id, startedNs, Math.max(startedNs, listing.askedAtNs())));
            }
        });
        return missed;
    }

    /** The life that came behind the known one, as far as a list showed it; null if none did. */
    static @Nullable Life behind(StepContext context, LiveContainer known) {
        Life next = context.cache.outlived().get(known.id());
        return next != null && !known.life().canBe(next) ? next : null;
    }

    private static boolean isKnown(StepContext context, ContainerId id, Life life) {
        LiveContainer known = context.checkpoint.portfolio().alive(id);
        return (known != null && known.life().canBe(life)) || context.cache.isKnown(id, life.startedAtNs());
    }
}
