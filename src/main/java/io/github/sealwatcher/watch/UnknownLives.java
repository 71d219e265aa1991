package io.github.sealwatcher.watch;

import io.github.sealwatcher.model.Life;
import io.github.sealwatcher.model.LiveContainer;
import io.github.sealwatcher.model.ObservedContainer;
import io.github.sealwatcher.watch.checkpoint.EventRef;
import io.github.sealwatcher.watch.state.CollectedEvents;
import io.github.sealwatcher.watch.state.ResyncPhase;
import java.util.HashSet;
import java.util.Set;

/** What a list shows of lives of which nothing is known. */
final class UnknownLives {

    /** A list rounds times down to this. */
    private static final long SECOND_NS = 1_000_000_000L;

    private UnknownLives() {}

    /**
     * The earliest begin of a life that nobody knows and whose lines stand behind the one that cannot be read, as the log reaches
     * back that far and has none of its container before that: the clock can have been set back unseen. The greatest value if
     * none is shown.
     *
     * @param lateNs so much earlier it is taken for
     */
    static long unreadFromNs(StepContext context, ResyncPhase.Replaying replaying, long lateNs) {
        EventRef first = replaying.replay().first();
        CollectedEvents collected = replaying.returned().collected();
        long earliestNs = Long.MAX_VALUE;
        if (first != null && collected != null) {
            Set<String> read = new HashSet<>();
            collected.events().forEach(event -> read.add(event.actorId()));
            for (ObservedContainer shown : replaying.list().all()) {
                boolean unread = shown.startedAtNs() >= first.timeNs()
                        && !read.contains(shown.id().value())
                        && !isKnown(context, shown);
                earliestNs = unread ? Math.min(earliestNs, shown.startedAtNs() - lateNs) : earliestNs;
            }
        }
        return earliestNs;
    }

    /** Whether this life is known, or there is none. */
    static boolean isKnown(StepContext context, ObservedContainer shown) {
        long startedAtNs = shown.startedAtNs();
        LiveContainer alive = context.checkpoint.portfolio().alive(shown.id());
        ObservedContainer before = context.cache.listed().agreed().get(shown.id());
        return startedAtNs == Long.MIN_VALUE
                || (alive != null && alive.life().canBe(Life.withinSecond(Math.floorDiv(startedAtNs, SECOND_NS), 0)))
                || (before != null && before.startedAtNs() == startedAtNs)
                || context.cache.isKnown(shown.id(), startedAtNs);
    }
}
