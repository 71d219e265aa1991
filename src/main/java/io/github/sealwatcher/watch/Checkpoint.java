package io.github.sealwatcher.watch;

import io.github.sealwatcher.model.ContainerId;
import io.github.sealwatcher.model.EngineEvent;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.pcollections.PVector;
import org.pcollections.TreePVector;

/**
 * What survives a restart: everything that the records given out so far imply, exactly. Every emission carries its own,
 * and as all parts are immutable and shared that costs nothing; it is written out once a batch.
 *
 * @param positionNs the newest time stamp among the events applied, in nanoseconds since 1970 by the host's clock; before
 *     the first event, the time from which on history is read
 * @param newestEvent the newest event that was read from the log: if a replay no longer returns it, history was lost. Null
 *     if the log was empty so far, or was never read.
 * @param lastReplayed the last event that the last replay returned: if the next one no longer does, and the log was not cut
 *     in between, it is another log. Null before the first replay that returned any.
 * @param gap the gap that was reported last, as long as what is found missing can have been lost in it; null once all that
 *     is alive is known again
 * @param seen the events applied around the position
 * @param portfolio what is alive, and who is in which pod
 * @param snapshot how far the first report of what is alive has come
 * @param inferred how many changes were inferred so far: it tells one from another in their ids
 * @param filter the {@linkplain io.github.sealwatcher.model.ContainerFilter#fingerprint fingerprint} of the filter by which
 *     the portfolio's hidden containers were chosen
 * @param engineVersion the version of the engine that answered last; null if unknown
 * @param unconfirmed lives that were reported as ended while the log could not be read
 */
public record Checkpoint(
        long positionNs,
        @Nullable Mark newestEvent,
        @Nullable Mark lastReplayed,
        @Nullable Gap gap,
        Seen seen,
        Portfolio portfolio,
        Snapshot snapshot,
        long inferred,
        long filter,
        @Nullable String engineVersion,
        PVector<EndedLife> unconfirmed) {

    /** How far the first report of what is alive has come. */
    public enum Snapshot {
        /** The host never answered: its clock is unknown, and {@code positionNs} is the worker's time of the first try. */
        WAITING,
        /** Under way: alive containers that are not in the portfolio are still to be reported. */
        RUNNING,
        /** Done: an alive container that is not in the portfolio was missed. */
        DONE
    }

    /**
     * A gap that was reported, with those before it that it joins, in nanoseconds since 1970 by the host's clock.
     *
     * @param fromNs when its window begins
     * @param toNs when its window ends
     * @param reportedNs when it was reported: a start of unknown time that is found missing by then was lost in it
     */
    public record Gap(long fromNs, long toNs, long reportedNs) {}

    /** The same without anything that was added later than the first version of an offset. */
    public Checkpoint(
            long positionNs,
            @Nullable Mark newestEvent,
            @Nullable Mark lastReplayed,
            @Nullable Gap gap,
            Seen seen,
            Portfolio portfolio,
            Snapshot snapshot) {
        this(positionNs, newestEvent, lastReplayed, gap, seen, portfolio, snapshot, 0, 0, null, TreePVector.empty());
    }

    /** The same without the engine's version. */
    public Checkpoint(
            long positionNs,
            @Nullable Mark newestEvent,
            @Nullable Mark lastReplayed,
            @Nullable Gap gap,
            Seen seen,
            Portfolio portfolio,
            Snapshot snapshot,
            long inferred,
            long filter,
            PVector<EndedLife> unconfirmed) {
        this(
                positionNs,
                newestEvent,
                lastReplayed,
                gap,
                seen,
                portfolio,
                snapshot,
                inferred,
                filter,
                null,
                unconfirmed);
    }

    /** Nothing known; history is read from {@code fromNs} on, that moment included. */
    public static Checkpoint startingAt(long fromNs) {
        return new Checkpoint(fromNs, null, null, null, Seen.from(fromNs), Portfolio.empty(), Snapshot.RUNNING);
    }

    /** Nothing known either, with another begin. */
    Checkpoint beginningAt(long fromNs) {
        return startingAt(fromNs).filteredBy(filter);
    }

    /** Nothing known, of a host that did not answer yet. */
    static Checkpoint waitingSince(long workerNs) {
        return startingAt(workerNs).with(Snapshot.WAITING);
    }

    /**
     * From when on the stream is to begin, exclusively as Podman means it.
     *
     * @param hostNowNs what was stamped later than now was so before the clock was set back: what comes now is not later
     */
    long followSinceNs(long overlapNs, long hostNowNs) {
        return Math.max(seen.floorNs(), Math.min(positionNs, hostNowNs) - overlapNs) - 1;
    }

    /** What has to be stored so that a replay repeats nothing; of {@code limit} keys at most. */
    public Seen.Window window(long overlapNs, int limit) {
        Seen.Window window = seen.window(Math.min(positionNs, seen.lastNs()) - overlapNs, limit);
        // Those from before the clock was set back can take all the room.
        return window.floorNs() <= positionNs + 1
                ? window
                : new Seen.Window(positionNs + 1, window.untilNs(), window.keys());
    }

    /** From when on a replay is to begin, exclusively as Podman means it: what must be found is in it. */
    long replaySinceNs(long overlapNs, long hostNowNs) {
        long sinceNs = followSinceNs(overlapNs, hostNowNs);
        if (newestEvent != null) {
            sinceNs = Math.min(sinceNs, newestEvent.timeNs() - 1);
        }
        if (lastReplayed != null) {
            sinceNs = Math.min(sinceNs, lastReplayed.timeNs() - 1);
        }
        return sinceNs;
    }

    Checkpoint with(Portfolio changed) {
        return new Checkpoint(
                positionNs,
                newestEvent,
                lastReplayed,
                gap,
                seen,
                changed,
                snapshot,
                inferred,
                filter,
                engineVersion,
                unconfirmed);
    }

    Checkpoint with(Seen changed) {
        return new Checkpoint(
                positionNs,
                newestEvent,
                lastReplayed,
                gap,
                changed,
                portfolio,
                snapshot,
                inferred,
                filter,
                engineVersion,
                unconfirmed);
    }

    Checkpoint with(Snapshot changed) {
        return new Checkpoint(
                positionNs,
                newestEvent,
                lastReplayed,
                gap,
                seen,
                portfolio,
                changed,
                inferred,
                filter,
                engineVersion,
                unconfirmed);
    }

    /** With what a gap that was reported explains; null when all that is alive is known again. */
    Checkpoint explained(@Nullable Gap by) {
        return new Checkpoint(
                positionNs,
                newestEvent,
                lastReplayed,
                by,
                seen,
                portfolio,
                snapshot,
                inferred,
                filter,
                engineVersion,
                unconfirmed);
    }

    /** With the lives that the log may still tell of. */
    Checkpoint unconfirmed(PVector<EndedLife> lives) {
        return new Checkpoint(
                positionNs,
                newestEvent,
                lastReplayed,
                gap,
                seen,
                portfolio,
                snapshot,
                inferred,
                filter,
                engineVersion,
                lives);
    }

    /** With one more change inferred. */
    Checkpoint inferredOnceMore() {
        return new Checkpoint(
                positionNs,
                newestEvent,
                lastReplayed,
                gap,
                seen,
                portfolio,
                snapshot,
                inferred + 1,
                filter,
                engineVersion,
                unconfirmed);
    }

    /** With the hidden containers chosen by another filter. */
    Checkpoint filteredBy(long fingerprint) {
        return new Checkpoint(
                positionNs,
                newestEvent,
                lastReplayed,
                gap,
                seen,
                portfolio,
                snapshot,
                inferred,
                fingerprint,
                engineVersion,
                unconfirmed);
    }

    /** With the engine's version. */
    Checkpoint answeredBy(String version) {
        return version.equals(engineVersion)
                ? this
                : new Checkpoint(
                        positionNs,
                        newestEvent,
                        lastReplayed,
                        gap,
                        seen,
                        portfolio,
                        snapshot,
                        inferred,
                        filter,
                        version,
                        unconfirmed);
    }

    /** With other events that the next replay must return. */
    Checkpoint expecting(@Nullable Mark newest, @Nullable Mark last) {
        return new Checkpoint(
                positionNs, newest, last, gap, seen, portfolio, snapshot, inferred, filter, engineVersion, unconfirmed);
    }

    /** The log was cut: its newer half is kept, with the newest event; the older half may be gone. */
    Checkpoint cut() {
        return expecting(newestEvent, newestEvent);
    }

    /**
     * With one more event applied.
     *
     * @param repeatable whether it has to be told apart from a repetition
     * @param moves whether it moves the position if it is newer: not while the log cannot be read, because what is read
     *     again later must begin where reading ended
     */
    Checkpoint having(EngineEvent event, boolean repeatable, boolean moves) {
        Seen more = repeatable || !moves ? seen.plus(event) : seen;
        return event.timeNs() < positionNs || !moves
                ? with(more)
                : new Checkpoint(
                        event.timeNs(),
                        Mark.of(event),
                        lastReplayed,
                        gap,
                        more,
                        portfolio,
                        snapshot,
                        inferred,
                        filter,
                        engineVersion,
                        unconfirmed);
    }

    /**
     * The host's clock was set back: goes on from {@code timeNs} at the latest.
     *
     * @param awaited the alive containers whose own start event is still to come
     */
    Checkpoint setBackTo(long timeNs, Seen changed, Set<ContainerId> awaited) {
        return new Checkpoint(
                Math.min(positionNs, timeNs),
                newestEvent,
                lastReplayed,
                null,
                changed,
                portfolio.continued(Long.MAX_VALUE, awaited),
                snapshot,
                inferred,
                filter,
                engineVersion,
                unconfirmed);
    }

    /** A new trail of the same host: what is alive is to be reported again; what was read is not read again. */
    public Checkpoint reportingAnew() {
        return new Checkpoint(
                positionNs,
                newestEvent,
                lastReplayed,
                gap,
                seen,
                Portfolio.empty(),
                Snapshot.RUNNING,
                inferred,
                0,
                engineVersion,
                TreePVector.empty());
    }
}
