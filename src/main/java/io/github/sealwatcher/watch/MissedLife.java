package io.github.sealwatcher.watch;

import io.github.sealwatcher.model.ContainerId;
import io.github.sealwatcher.model.ObservedContainer;
import io.github.sealwatcher.model.RunState;
import io.github.sealwatcher.watch.state.ContainerCache;
import io.github.sealwatcher.watch.state.Difference;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A life between two looks, of which no event came: a list shows that it ended. */
final class MissedLife {

    /** A list rounds times down to this. */
    private static final long LISTED_TIME_UNIT_NS = 1_000_000_000L;

    private MissedLife() {}

    /**
     * The last life of a container, if it was missed.
     *
     * @param askedAtNs when the list was asked for
     */
    static Difference.@Nullable Missed of(ContainerCache cache, ObservedContainer listed, long askedAtNs) {
        if (!(listed.state() instanceof RunState.Ended ended) || !isLookedFor(cache, listed.id(), ended)) {
            return null;
        }
        ObservedContainer before = cache.listed().agreed().get(listed.id());
        boolean same = before != null
                && before.state() instanceof RunState.Ended then
                && isSameSecond(then.startedAtNs(), ended.startedAtNs());
        // What ended with its host has no end.
        Long shownNs = ended.endedAtNs();
        long startedAtNs = ended.startedAtNs();
        long endedAtNs =
                shownNs == null ? Math.max(startedAtNs, cache.goneByNs(listed.id(), startedAtNs, askedAtNs)) : shownNs;
        if (same || endedAtNs < startedAtNs) {
            return null;
        }
        return isUnknown(cache, listed, before != null)
                        || (shownNs != null && cache.hasEndedOnceMore(listed.id(), shownNs))
                ? new Difference.Missed(listed.id(), startedAtNs, endedAtNs)
                : null;
    }

    /**
     * Whether it would be known: until a list agreed, only what is later than all that an earlier process reported, than the first
     * list of the trail, or than a life whose end was read.
     */
    private static boolean isLookedFor(ContainerCache cache, ContainerId id, RunState.Ended ended) {
        long startedAtNs = ended.startedAtNs();
        long lastNs = Objects.requireNonNullElse(ended.endedAtNs(), startedAtNs);
        boolean sinceFirst = cache.firstListNs() != Long.MIN_VALUE && startedAtNs > cache.firstListNs();
        return cache.agreedNs() != Long.MIN_VALUE
                || lastNs > cache.listed().resumedNs()
                || sinceFirst
                || cache.isBehindLast(id, startedAtNs);
    }

    /** Whether the life began since the last list that agreed, and was not reported. */
    private static boolean isUnknown(ContainerCache cache, ObservedContainer listed, boolean agreed) {
        long startedAtNs = listed.startedAtNs();
        return !cache.isKnown(listed.id(), startedAtNs)
                && (!agreed || startedAtNs > cache.agreedNs() - LISTED_TIME_UNIT_NS);
    }

    /** An inspect shows the nanosecond, a list the second. */
    private static boolean isSameSecond(long oneNs, long otherNs) {
        return Math.floorDiv(oneNs, LISTED_TIME_UNIT_NS) == Math.floorDiv(otherNs, LISTED_TIME_UNIT_NS);
    }
}
