package io.github.sealwatcher.watch.state;

import io.github.sealwatcher.model.ContainerId;
import io.github.sealwatcher.model.EngineEvent;
import io.github.sealwatcher.model.Life;
import io.github.sealwatcher.model.ObservedContainer;
import io.github.sealwatcher.watch.checkpoint.Portfolio;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.pcollections.HashTreePMap;
import org.pcollections.PMap;

/**
 * When something was last reported of each container. Immutable.
 *
 * <p>An event changes what is known of its container several times, and on a host with many the map is deep. So what was changed
 * last stays beside the map until another container is.
 *
 * @param stored what is known of all others, and what was known of the one that was changed last
 * @param changed the container that was changed last; null if none was since the map holds all
 * @param last what is known of that
 */
record LifeTimes(
        PMap<ContainerId, LifeTime> stored, @Nullable ContainerId changed, LifeTime last) {

    /** For so long it is remembered what vanished without a trace. */
    private static final long KEPT_NS = 25 * 3600 * 1_000_000_000L;

    static final LifeTimes NONE = new LifeTimes(HashTreePMap.empty(), null, LifeTime.NONE);

    /** All that is known; a container of which nothing is has no entry. */
    PMap<ContainerId, LifeTime> byContainer() {
        if (changed == null) {
            return stored;
        }
        return last.isEmpty() ? stored.minus(changed) : stored.plus(changed, last);
    }

    /** What is known of a container; never null. */
    LifeTime of(ContainerId id) {
        if (id.equals(changed)) {
            return last;
        }
        // What is absent would be looked for twice by getOrDefault.
        LifeTime time = stored.get(id);
        return time == null ? LifeTime.NONE : time;
    }

    /** With a life that is known from a list that was asked for then. */
    LifeTimes reported(ContainerId id, long listedAtNs) {
        return with(id, of(id).reported(listedAtNs));
    }

    /** With a change reported of a container. */
    LifeTimes changed(ContainerId id, long timeNs) {
        return with(id, of(id).changed(timeNs));
    }

    LifeTimes checkpointed(EngineEvent event) {
        ContainerId id = Actions.containerId(event);
        return with(id, of(id).checkpointed(event));
    }

    LifeTimes wentOn(ContainerId id) {
        return of(id).checkpoint() == null ? this : with(id, of(id).checkpointed(null));
    }

    LifeTimes ended(ContainerId id, long timeNs) {
        return with(id, of(id).ended(timeNs));
    }

    LifeTimes endedBy(ContainerId id, long timeNs, Life life) {
        return with(id, of(id).endedBy(timeNs, life));
    }

    LifeTimes vanished(ContainerId id, long timeNs, Life life) {
        return with(id, of(id).vanished(timeNs, life));
    }

    LifeTimes missed(ContainerId id, long timeNs) {
        return with(id, of(id).missed(timeNs));
    }

    LifeTimes begun(ContainerId id, @Nullable Long beforeTrailNs) {
        LifeTime time = of(id);
        return Objects.equals(time.begunNs(), beforeTrailNs) ? this : with(id, time.begun(beforeTrailNs));
    }

    /** With a container that was removed, and that the last list showed: the next one forgets its end. */
    LifeTimes removed(ContainerId id) {
        LifeTime time = of(id);
        return with(id, new LifeTime(time.endedAtNs(), time.last(), null, time.missedNs(), null, null, null, null));
    }

    /** Without a container that was removed: nothing comes of it any more. */
    LifeTimes minus(ContainerId id) {
        return with(id, LifeTime.NONE);
    }

    /**
     * With what the log shows of before the trail, in its own order. A checkpoint was the end of what is no longer there, as far as
     * is known.
     */
    LifeTimes begun(List<EngineEvent> before, PMap<ContainerId, ObservedContainer> existing) {
        Map<ContainerId, Long> begun = new HashMap<>();
        for (EngineEvent event : before) {
            if (Actions.isOfContainer(event)) {
                ContainerId id = Actions.containerId(event);
                if (event.action().equals(Actions.START)) {
                    begun.put(id, event.timeNs());
                } else if (event.action().equals(Actions.DIED)
                        || event.action().equals(Actions.REMOVE)
                        || (event.action().equals(Actions.CHECKPOINT) && !existing.containsKey(id))) {
                    begun.remove(id);
                }
            }
        }
        LifeTimes all = mapped(time -> time.begun(null));
        for (Map.Entry<ContainerId, Long> each : begun.entrySet()) {
            all = all.with(each.getKey(), all.of(each.getKey()).begun(each.getValue()));
        }
        return all;
    }

    /**
     * What is left of it with a list: of containers that exist, of which something is still to be reported, or that had
     * something later.
     *
     * @param reported what is reported of each container by now
     * @param listedBeforeNs when the list before was asked for
     * @param listedAtNs when this one was: it can have been made before what ended later
     * @param settledNs nothing more is to come of a removed container of which nothing later was told
     */
    LifeTimes listed(
            PMap<ContainerId, ObservedContainer> existing,
            Portfolio reported,
            long listedBeforeNs,
            long listedAtNs,
            long settledNs) {
        LifeTimes left = this;
        for (Map.Entry<ContainerId, LifeTime> each : byContainer().entrySet()) {
            if (!existing.containsKey(each.getKey()) && !reported.isKnown(each.getKey())) {
                LifeTime time = each.getValue();
                // After a step of the clock when it ended is unknown, but not when something of it was told last.
                Long lastNs = time.endedAtNs() == null ? time.changedNs() : time.endedAtNs();
                boolean kept = time.vanished() != null && lastNs != null && lastNs + KEPT_NS > listedBeforeNs;
                boolean later = time.endedAtNs() != null && time.endedAtNs() > listedAtNs;
                left = left.with(
                        each.getKey(),
                        new LifeTime(
                                kept || later ? time.endedAtNs() : null,
                                kept || later ? time.last() : null,
                                kept ? time.vanished() : null,
                                null,
                                after(listedBeforeNs, time.begunNs()),
                                time.checkpoint(),
                                after(listedBeforeNs, time.reportedNs()),
                                kept ? time.changedNs() : after(settledNs, time.changedNs())));
            }
        }
        return left;
    }

    /** The host's clock was set back: when something was is no longer to be compared; a life is known by its start. */
    LifeTimes setBack() {
        return mapped(time -> new LifeTime(
                null,
                null,
                time.vanished(),
                null,
                time.begunNs(),
                time.checkpoint(),
                time.reportedNs() == null ? null : Long.MIN_VALUE,
                time.changedNs()));
    }

    /** The same for the lists by which lives are known. */
    LifeTimes withListsOfBefore(long byNs) {
        return mapped(time -> time.reportedNs() == null || time.reportedNs() == Long.MIN_VALUE
                ? time
                : time.reported(time.reportedNs() - byNs));
    }

    private LifeTimes mapped(UnaryOperator<LifeTime> change) {
        LifeTimes all = this;
        for (Map.Entry<ContainerId, LifeTime> each : byContainer().entrySet()) {
            all = all.with(each.getKey(), change.apply(each.getValue()));
        }
        return all;
    }

    private LifeTimes with(ContainerId id, LifeTime time) {
        return new LifeTimes(id.equals(changed) ? stored : byContainer(), id, time);
    }

    private static @Nullable Long after(long sinceNs, @Nullable Long timeNs) {
        return timeNs == null || timeNs <= sinceNs ? null : timeNs;
    }
}
