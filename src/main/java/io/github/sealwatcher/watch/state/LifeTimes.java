package io.github.sealwatcher.watch.state;

import io.github.sealwatcher.model.ContainerId;
import io.github.sealwatcher.model.EngineEvent;
import io.github.sealwatcher.model.ObservedContainer;
import java.util.List;
import org.pcollections.HashTreePMap;
import org.pcollections.PMap;

/**
 * When something was last reported of each container, and by what its present life is known. Times are of the host's clock.
 *
 * @param endedAtNs when each was last reported as ended
 * @param begunNs when the present life of each container began that did so before the trail, as far as the log shows
 * @param checkpoints the last checkpoint event of each life that went on after it, as far as was known
 * @param reportedNs when the list was asked for from which each life is known that is known from a list
 * @param changedNs the time of the last change that was reported of each container
 */
record LifeTimes(
        PMap<ContainerId, Long> endedAtNs,
        PMap<ContainerId, Long> begunNs,
        PMap<ContainerId, EngineEvent> checkpoints,
        PMap<ContainerId, Long> reportedNs,
        PMap<ContainerId, Long> changedNs) {

    static final LifeTimes NONE = new LifeTimes(
            HashTreePMap.empty(),
            HashTreePMap.empty(),
            HashTreePMap.empty(),
            HashTreePMap.empty(),
            HashTreePMap.empty());

    /** With a life that is known from a list that was asked for then. */
    LifeTimes reported(ContainerId id, long listedAtNs) {
        return new LifeTimes(endedAtNs, begunNs, checkpoints, reportedNs.plus(id, listedAtNs), changedNs);
    }

    /** With a change reported of a container. */
    LifeTimes changed(ContainerId id, long timeNs) {
        return new LifeTimes(endedAtNs, begunNs, checkpoints, reportedNs, changedNs.plus(id, timeNs));
    }

    LifeTimes checkpointed(EngineEvent event) {
        PMap<ContainerId, EngineEvent> more = checkpoints.plus(new ContainerId(event.actorId()), event);
        return new LifeTimes(endedAtNs, begunNs, more, reportedNs, changedNs);
    }

    LifeTimes ended(ContainerId id, long timeNs) {
        return new LifeTimes(
                endedAtNs.plus(id, timeNs), begunNs.minus(id), checkpoints.minus(id), reportedNs.minus(id), changedNs);
    }

    /** Without a container that was removed: nothing comes of it any more. */
    LifeTimes minus(ContainerId id) {
        return new LifeTimes(
                endedAtNs.minus(id),
                begunNs.minus(id),
                checkpoints.minus(id),
                reportedNs.minus(id),
                changedNs.minus(id));
    }

    /** With what the log shows of before the trail, in its own order. */
    LifeTimes begun(List<EngineEvent> before) {
        PMap<ContainerId, Long> begun = HashTreePMap.empty();
        for (EngineEvent event : before) {
            if (event.type().equals(Actions.CONTAINER) && !event.actorId().isEmpty()) {
                ContainerId id = new ContainerId(event.actorId());
                if (event.action().equals(Actions.START)) {
                    begun = begun.plus(id, event.timeNs());
                } else if (event.action().equals(Actions.DIED) || event.action().equals(Actions.REMOVE)) {
                    begun = begun.minus(id);
                }
            }
        }
        return new LifeTimes(endedAtNs, begun, checkpoints, reportedNs, changedNs);
    }

    /** What is left of it with a list: what is remembered of containers that exist, or that had something later. */
    LifeTimes listed(
            ContainerList listing, PMap<ContainerId, ObservedContainer> existing, long listedBeforeNs, long agreedNs) {
        PMap<ContainerId, Long> ends = HashTreePMap.empty();
        for (ObservedContainer shown : listing.all()) {
            Long end = endedAtNs.get(shown.id());
            if (end != null) {
                ends = ends.plus(shown.id(), end);
            }
        }
        return new LifeTimes(
                ends,
                recent(begunNs, existing, listedBeforeNs),
                checkpoints,
                recent(reportedNs, existing, listedBeforeNs),
                recent(changedNs, existing, agreedNs));
    }

    private static PMap<ContainerId, Long> recent(
            PMap<ContainerId, Long> times, PMap<ContainerId, ObservedContainer> existing, long sinceNs) {
        PMap<ContainerId, Long> left = times;
        for (ContainerId id : times.keySet()) {
            if (!existing.containsKey(id) && times.getOrDefault(id, Long.MAX_VALUE) <= sinceNs) {
                left = left.minus(id);
            }
        }
        return left;
    }

    /** The host's clock was set back: when something was is no longer to be compared. */
    LifeTimes setBack() {
        PMap<ContainerId, Long> incomparable = reportedNs;
        for (ContainerId id : reportedNs.keySet()) {
            incomparable = incomparable.plus(id, Long.MIN_VALUE);
        }
        return new LifeTimes(HashTreePMap.empty(), begunNs, checkpoints, incomparable, changedNs);
    }
}
