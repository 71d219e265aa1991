package io.github.sealwatcher.watch;

import io.github.sealwatcher.model.Container;
import io.github.sealwatcher.model.ContainerId;
import io.github.sealwatcher.model.EngineEvent;
import io.github.sealwatcher.model.Life;
import io.github.sealwatcher.model.Observed;
import io.github.sealwatcher.model.Run;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.pcollections.HashTreePMap;
import org.pcollections.PMap;

/**
 * What is remembered of the containers that exist, alive or not: their descriptions and when they were last told dead.
 * Kept in memory only; the next list brings it back.
 *
 * @param observed each as it was last shown
 * @param endedAtNs when each was last told dead, by the host's clock
 * @param listedAtNs when the last list was asked for: of what is older and isn't in here, nothing is left to be asked
 * @param stopping the containers that the last list showed as being stopped
 * @param begunNs when the present life of each container began that did so before the trail, as far as the log told
 * @param checkpoints the last checkpoint event of each life that went on after it, as far as was known
 * @param reportedNs when the list was asked for from which each life is known that is known from a list
 * @param changedNs the time of the last change that was reported of each container
 * @param agreedNs when the list was asked for that last agreed with all that was known; the least value if none did
 * @param sightNs when the list was asked for with which the trail began; the least value if that was an earlier run's
 */
record Catalog(
        PMap<ContainerId, Observed> observed,
        PMap<ContainerId, Long> endedAtNs,
        long listedAtNs,
        PMap<ContainerId, Stopping> stopping,
        PMap<ContainerId, Long> begunNs,
        PMap<ContainerId, EngineEvent> checkpoints,
        PMap<ContainerId, Long> reportedNs,
        PMap<ContainerId, Long> changedNs,
        long agreedNs,
        long sightNs) {

    static final Catalog EMPTY = new Catalog(
            HashTreePMap.empty(),
            HashTreePMap.empty(),
            Long.MIN_VALUE,
            HashTreePMap.empty(),
            HashTreePMap.empty(),
            HashTreePMap.empty(),
            HashTreePMap.empty(),
            HashTreePMap.empty(),
            Long.MIN_VALUE,
            Long.MIN_VALUE);

    @Nullable
    Observed get(ContainerId id) {
        return observed.get(id);
    }

    @Nullable
    Container container(ContainerId id) {
        Observed found = observed.get(id);
        return found == null ? null : found.container();
    }

    /**
     * Whether a list that shows it alive is outdated: an inspect since showed that it ended.
     *
     * @param first whether this is the trail's first list: then an end that was told is one that came after it
     */
    boolean hasEnded(ContainerId id, boolean first) {
        Observed found = observed.get(id);
        return (found != null && found.run() instanceof Run.Ended) || (first && endedAtNs.containsKey(id));
    }

    /** Whether this life began before the trail, as its start event in the log tells; a next one began after that. */
    boolean isBegun(ContainerId id, Life life) {
        Long begun = begunNs.get(id);
        long earliestNs = life.precision() == Life.Precision.EVENT ? life.startedAtNs() : life.earliestNs();
        return begun != null && earliestNs <= begun;
    }

    /** The time of the last that was reported of a container; the least value if nothing was. */
    long reportedUntilNs(ContainerId id) {
        return Math.max(changedNs.getOrDefault(id, Long.MIN_VALUE), endedAtNs.getOrDefault(id, Long.MIN_VALUE));
    }

    /** When the first of the containers that are being stopped will have been so for too long; the greatest value if none. */
    long stuckAtTicks(long nowTicks) {
        long first = Long.MAX_VALUE;
        for (Stopping known : stopping.values()) {
            long atTicks = known.sinceTicks() + known.limitNs() + 1;
            first = atTicks > nowTicks ? Math.min(first, atTicks) : first;
        }
        return first;
    }

    /** With this container as it is now shown; what only an earlier inspect told stays. */
    Catalog plus(Observed shown) {
        PMap<ContainerId, Stopping> stops = stopping;
        Stopping known = stopping.get(shown.id());
        if (known != null && shown.run() instanceof Run.Living living && living.stopping() != null) {
            stops = stops.plus(
                    shown.id(),
                    new Stopping(known.sinceTicks(), living.stopping().timeoutNs()));
        }
        return new Catalog(
                observed.plus(shown.id(), completed(shown)),
                endedAtNs,
                listedAtNs,
                stops,
                begunNs,
                checkpoints,
                reportedNs,
                changedNs,
                agreedNs,
                sightNs);
    }

    /** With a life that is known from the last list. */
    Catalog reported(ContainerId id) {
        return new Catalog(
                observed,
                endedAtNs,
                listedAtNs,
                stopping,
                begunNs,
                checkpoints,
                reportedNs.plus(id, listedAtNs),
                changedNs,
                agreedNs,
                sightNs);
    }

    /** With a life that is known from an event, which no list has shown yet. */
    Catalog noticed(ContainerId id) {
        return new Catalog(
                observed,
                endedAtNs,
                listedAtNs,
                stopping,
                begunNs,
                checkpoints,
                reportedNs.plus(id, Long.MIN_VALUE),
                changedNs,
                agreedNs,
                sightNs);
    }

    /** With a change reported of a container. */
    Catalog changed(ContainerId id, long timeNs) {
        return new Catalog(
                observed,
                endedAtNs,
                listedAtNs,
                stopping,
                begunNs,
                checkpoints,
                reportedNs,
                changedNs.plus(id, timeNs),
                agreedNs,
                sightNs);
    }

    /** The checkpoint event by which a life ended; null if it ended otherwise, or nothing tells. */
    @Nullable
    EngineEvent checkpointThatEnded(ContainerId id, Run.Ended ended) {
        EngineEvent event = checkpoints.get(id);
        Long endedAtNs = ended.endedAtNs();
        return event != null && endedAtNs != null && endedAtNs <= event.timeNs() ? event : null;
    }

    Catalog checkpointed(EngineEvent event) {
        PMap<ContainerId, EngineEvent> more = checkpoints.plus(new ContainerId(event.actorId()), event);
        return new Catalog(
                observed, endedAtNs, listedAtNs, stopping, begunNs, more, reportedNs, changedNs, agreedNs, sightNs);
    }

    Catalog ended(ContainerId id, long timeNs) {
        return new Catalog(
                observed,
                endedAtNs.plus(id, timeNs),
                listedAtNs,
                stopping,
                begunNs.minus(id),
                checkpoints.minus(id),
                reportedNs.minus(id),
                changedNs,
                agreedNs,
                sightNs);
    }

    Catalog minus(ContainerId id) {
        return new Catalog(
                observed.minus(id),
                endedAtNs.minus(id),
                listedAtNs,
                stopping,
                begunNs.minus(id),
                checkpoints.minus(id),
                reportedNs.minus(id),
                changedNs,
                agreedNs,
                sightNs);
    }

    /** With what the log tells of before the trail, in its own order. */
    Catalog begun(List<EngineEvent> before) {
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
        return new Catalog(
                observed,
                endedAtNs,
                listedAtNs,
                stopping,
                begun,
                checkpoints,
                reportedNs,
                changedNs,
                agreedNs,
                sightNs);
    }

    /** The last list agreed with all that was known. */
    Catalog agreed() {
        return new Catalog(
                observed,
                endedAtNs,
                listedAtNs,
                stopping,
                begunNs,
                checkpoints,
                reportedNs,
                changedNs,
                listedAtNs,
                sightNs);
    }

    /** The trail begins with the last list. */
    Catalog sighted() {
        return new Catalog(
                observed,
                endedAtNs,
                listedAtNs,
                stopping,
                begunNs,
                checkpoints,
                reportedNs,
                changedNs,
                agreedNs,
                listedAtNs);
    }

    /** What a list says, and nothing that isn't in it. */
    Catalog listed(Listing listing, long nowTicks) {
        PMap<ContainerId, Observed> all = HashTreePMap.empty();
        PMap<ContainerId, Long> ends = HashTreePMap.empty();
        PMap<ContainerId, Stopping> stops = HashTreePMap.empty();
        for (Observed shown : listing.all()) {
            all = all.plus(shown.id(), completed(shown));
            if (shown.run() instanceof Run.Living living && living.stopping() != null) {
                Stopping known = stopping.get(shown.id());
                stops = stops.plus(shown.id(), known == null ? new Stopping(nowTicks, null) : known);
            }
            Long end = endedAtNs.get(shown.id());
            if (end != null) {
                ends = ends.plus(shown.id(), end);
            }
        }
        return new Catalog(
                all,
                ends,
                listing.askedAtNs(),
                stops,
                recent(begunNs, all, listedAtNs),
                checkpoints,
                recent(reportedNs, all, listedAtNs),
                recent(changedNs, all, agreedNs),
                agreedNs,
                sightNs);
    }

    /** What is remembered of containers that exist, or of which there was something later than that. */
    private static PMap<ContainerId, Long> recent(
            PMap<ContainerId, Long> times, PMap<ContainerId, Observed> existing, long sinceNs) {
        PMap<ContainerId, Long> left = times;
        for (ContainerId id : times.keySet()) {
            if (!existing.containsKey(id) && times.getOrDefault(id, Long.MAX_VALUE) <= sinceNs) {
                left = left.minus(id);
            }
        }
        return left;
    }

    /** The host's clock was set back: when something was is no longer to be compared. */
    Catalog setBack() {
        PMap<ContainerId, Long> incomparable = reportedNs;
        for (ContainerId id : reportedNs.keySet()) {
            incomparable = incomparable.plus(id, Long.MIN_VALUE);
        }
        return new Catalog(
                observed,
                HashTreePMap.empty(),
                Long.MIN_VALUE,
                stopping,
                begunNs,
                checkpoints,
                incomparable,
                changedNs,
                Long.MIN_VALUE,
                Long.MIN_VALUE);
    }

    /**
     * Whether the container is being stopped for longer than that can take: whoever waited for its end is gone, and its end
     * will never be seen.
     */
    boolean isStuck(ContainerId id, long nowTicks) {
        Stopping known = stopping.get(id);
        return known != null && nowTicks - known.sinceTicks() > known.limitNs();
    }

    /**
     * A container that is being stopped.
     *
     * @param sinceTicks when a list first showed that
     * @param timeoutNs how long its own settings let that take; null if unknown
     */
    record Stopping(long sinceTicks, @Nullable Long timeoutNs) {

        private static final long DEFAULT_NS = 10_000_000_000L;
        /** Podman waits for the timeout, kills, and waits again. */
        private static final long MARGIN_NS = 10_000_000_000L;

        long limitNs() {
            return (timeoutNs == null ? DEFAULT_NS : timeoutNs) + MARGIN_NS;
        }
    }

    private Observed completed(Observed shown) {
        Container earlier = container(shown.id());
        return earlier == null ? shown : new Observed(shown.container().completedBy(earlier), shown.pod(), shown.run());
    }
}
