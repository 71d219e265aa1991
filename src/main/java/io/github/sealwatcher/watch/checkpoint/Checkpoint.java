package io.github.sealwatcher.watch.checkpoint;

import io.github.sealwatcher.model.ContainerId;
import io.github.sealwatcher.model.EngineEvent;
import io.github.sealwatcher.model.Life;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.pcollections.HashTreePMap;
import org.pcollections.PMap;
import org.pcollections.PVector;
import org.pcollections.TreePVector;

/**
 * What survives a restart: everything that the records given out so far imply, exactly. Every emission carries its own,
 * and as all parts are immutable and shared that costs nothing; it is written out once a batch.
 *
 * @param read how far the event log was read
 * @param portfolio what is alive, and who is in which pod
 * @param coverage what was reported without an event of its own, and why
 * @param filter the {@linkplain io.github.sealwatcher.model.ContainerFilter#fingerprint fingerprint} of the filter by which
 *     the portfolio's hidden containers were chosen
 * @param engineVersion the version of the engine that answered last; null if unknown
 */
public record Checkpoint(
        ReadPosition read,
        Portfolio portfolio,
        Coverage coverage,
        long filter,
        @Nullable String engineVersion) {

    /** In place of a filter's fingerprint: a process with another filter than before has not compared a list with it yet. */
    public static final long SEVERAL_FILTERS = -1;

    /** Of so many logs that were lost it is remembered how far they were read: the endpoint can lead back to their hosts. */
    private static final int MAX_FORMER = 4;

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

    /**
     * How far the event log was read.
     *
     * @param positionNs the newest time stamp among the events applied, in nanoseconds since 1970 by the host's clock;
     *     before the first event, the time from which on the log is read
     * @param newestEvent the newest event that was read from the log: if a replay no longer returns it, history was lost.
     *     Null if the log was empty so far, or was never read.
     * @param lastReplayed the last event that the last replay returned: if the next one no longer does, and the log was not
     *     cut in between, it is another log. Null before the first replay that returned any.
     * @param dedupWindow the events applied around the position
     * @param setBackNs by how much at most the host's clock was set back since the last complete replay; 0 if it was not.
     *     Once the clock has passed the position again, nothing else shows the next process that it was
     * @param former the newest event that was read from each of the last logs whose loss was reported: one that holds it was
     *     read up to there
     */
    public record ReadPosition(
            long positionNs,
            @Nullable EventRef newestEvent,
            @Nullable EventRef lastReplayed,
            DedupWindow dedupWindow,
            long setBackNs,
            PVector<EventRef> former) {

        /** The same with a clock that was not set back, and a log that is the first. */
        public ReadPosition(
                long positionNs,
                @Nullable EventRef newestEvent,
                @Nullable EventRef lastReplayed,
                DedupWindow dedupWindow) {
            this(positionNs, newestEvent, lastReplayed, dedupWindow, 0, TreePVector.empty());
        }

        ReadPosition with(DedupWindow changed) {
            return new ReadPosition(positionNs, newestEvent, lastReplayed, changed, setBackNs, former);
        }

        ReadPosition expecting(@Nullable EventRef newest, @Nullable EventRef last) {
            return new ReadPosition(positionNs, newest, last, dedupWindow, setBackNs, former);
        }
    }

    /**
     * What was reported without an event of its own, and why.
     *
     * @param snapshot how far the first report of what is alive has come
     * @param gap the gap that was reported last, as long as what is found missing can have been lost in it; null once all
     *     that is alive is known again
     * @param inferred how many changes were inferred so far: it distinguishes them in their ids
     * @param unconfirmed lives that were reported as ended while the log could not be read
     * @param shown lives that lists have shown, and of which nothing was reported yet
     */
    public record Coverage(
            Snapshot snapshot,
            @Nullable Gap gap,
            long inferred,
            PVector<EndedLife> unconfirmed,
            PMap<ContainerId, Life> shown) {

        /** The same with all that lists have shown reported. */
        public Coverage(Snapshot snapshot, @Nullable Gap gap, long inferred, PVector<EndedLife> unconfirmed) {
            this(snapshot, gap, inferred, unconfirmed, HashTreePMap.empty());
        }

        Coverage with(Snapshot changed) {
            return new Coverage(changed, gap, inferred, unconfirmed, shown);
        }

        Coverage explained(@Nullable Gap by) {
            return new Coverage(snapshot, by, inferred, unconfirmed, shown);
        }

        Coverage with(PMap<ContainerId, Life> lives) {
            return new Coverage(snapshot, gap, inferred, unconfirmed, lives);
        }
    }

    /** The same without anything that was added later than the first version of an offset. */
    public Checkpoint(
            long positionNs,
            @Nullable EventRef newestEvent,
            @Nullable EventRef lastReplayed,
            @Nullable Gap gap,
            DedupWindow dedupWindow,
            Portfolio portfolio,
            Snapshot snapshot) {
        this(
                new ReadPosition(positionNs, newestEvent, lastReplayed, dedupWindow),
                portfolio,
                new Coverage(snapshot, gap, 0, TreePVector.empty()),
                0,
                null);
    }

    public long positionNs() {
        return read.positionNs;
    }

    public @Nullable EventRef newestEvent() {
        return read.newestEvent;
    }

    public @Nullable EventRef lastReplayed() {
        return read.lastReplayed;
    }

    public DedupWindow dedupWindow() {
        return read.dedupWindow;
    }

    public Snapshot snapshot() {
        return coverage.snapshot;
    }

    public @Nullable Gap gap() {
        return coverage.gap;
    }

    public long inferred() {
        return coverage.inferred;
    }

    public PVector<EndedLife> unconfirmed() {
        return coverage.unconfirmed;
    }

    public PMap<ContainerId, Life> shown() {
        return coverage.shown;
    }

    /** Nothing known; the log is read from {@code fromNs} on, that moment included. */
    public static Checkpoint startingAt(long fromNs) {
        return new Checkpoint(fromNs, null, null, null, DedupWindow.from(fromNs), Portfolio.empty(), Snapshot.RUNNING);
    }

    /** Nothing known either, with another begin. */
    public Checkpoint beginningAt(long fromNs) {
        return startingAt(fromNs).withFilter(filter).withSetBack(read.setBackNs);
    }

    /** Nothing known, of a host that did not answer yet. */
    public static Checkpoint waitingSince(long workerNs) {
        return startingAt(workerNs).with(Snapshot.WAITING);
    }

    /**
     * From when on the stream is to begin, exclusively as Podman means it.
     *
     * @param hostNowNs what was stamped later than now was so before the clock was set back: what comes now is not later
     */
    public long followSinceNs(long overlapNs, long hostNowNs) {
        return Math.max(read.dedupWindow.lowWatermarkNs(), Math.min(read.positionNs, hostNowNs) - overlapNs) - 1;
    }

    /** What was reported is not later: the position stays where it is while the log cannot be read. */
    public long reportedUntilNs() {
        return Math.max(read.positionNs, read.dedupWindow.untilNs());
    }

    /** What has to be stored so that a replay repeats nothing; of {@code limit} keys at most. */
    public DedupWindow.StoredKeys storedKeys(long overlapNs, int limit) {
        DedupWindow.StoredKeys storedKeys =
                read.dedupWindow.storedKeys(Math.min(read.positionNs, read.dedupWindow.lastNs()) - overlapNs, limit);
        // Those from before the clock was set back can take all the room.
        long lowWatermarkNs = Math.min(storedKeys.lowWatermarkNs(), read.positionNs + 1);
        // What is alive is not all reported: whether it began in the trail is still to be told.
        long beginNs = snapshot() == Snapshot.RUNNING
                ? read.dedupWindow.beginNs()
                : lowWatermarkNs == storedKeys.lowWatermarkNs() ? storedKeys.beginNs() : lowWatermarkNs;
        return new DedupWindow.StoredKeys(lowWatermarkNs, beginNs, storedKeys.untilNs(), storedKeys.keys());
    }

    /** From when on a replay is to begin, exclusively as Podman means it: what must be found is in it. */
    public long replaySinceNs(long overlapNs, long hostNowNs) {
        long sinceNs = followSinceNs(overlapNs, hostNowNs);
        if (read.newestEvent != null) {
            sinceNs = Math.min(sinceNs, read.newestEvent.timeNs() - 1);
        }
        if (read.lastReplayed != null) {
            sinceNs = Math.min(sinceNs, read.lastReplayed.timeNs() - 1);
        }
        return sinceNs;
    }

    private Checkpoint with(ReadPosition changed) {
        return new Checkpoint(changed, portfolio, coverage, filter, engineVersion);
    }

    private Checkpoint with(Coverage changed) {
        return new Checkpoint(read, portfolio, changed, filter, engineVersion);
    }

    /** With another portfolio. */
    public Checkpoint with(Portfolio changed) {
        return new Checkpoint(read, changed, coverage, filter, engineVersion);
    }

    /** With another dedup window. */
    public Checkpoint with(DedupWindow changed) {
        return with(read.with(changed));
    }

    /** With the first report at another point. */
    public Checkpoint with(Snapshot changed) {
        return with(coverage.with(changed));
    }

    /** With what a gap that was reported explains; null when all that is alive is known again. */
    public Checkpoint withGap(@Nullable Gap by) {
        return with(coverage.explained(by));
    }

    /** With the lives of which the log may still hold events. */
    public Checkpoint unconfirmed(PVector<EndedLife> lives) {
        return with(new Coverage(coverage.snapshot, coverage.gap, coverage.inferred, lives, coverage.shown));
    }

    /** With the lives that lists have shown, and of which nothing was reported yet. */
    public Checkpoint withShown(PMap<ContainerId, Life> lives) {
        return lives == coverage.shown ? this : with(coverage.with(lives));
    }

    /** With a change reported that was inferred, and dated so. */
    public Checkpoint withInferred(long timeNs) {
        DedupWindow later = read.dedupWindow.inferred(timeNs);
        return later == read.dedupWindow ? this : with(later);
    }

    /** With one more round of changes inferred. */
    public Checkpoint withInference() {
        return with(new Coverage(
                coverage.snapshot, coverage.gap, coverage.inferred + 1, coverage.unconfirmed, coverage.shown));
    }

    /** With the hidden containers chosen by another filter, or by {@linkplain #SEVERAL_FILTERS more than one}. */
    public Checkpoint withFilter(long fingerprint) {
        return new Checkpoint(read, portfolio, coverage, fingerprint, engineVersion);
    }

    /** With the engine's version. */
    public Checkpoint withEngineVersion(String version) {
        return version.equals(engineVersion) ? this : new Checkpoint(read, portfolio, coverage, filter, version);
    }

    /** With other events that the next replay must return. */
    public Checkpoint withExpected(@Nullable EventRef newest, @Nullable EventRef last) {
        return with(read.expecting(newest, last));
    }

    /** With the host's clock set back by so much since the last complete replay. */
    public Checkpoint withSetBack(long byNs) {
        return byNs == read.setBackNs
                ? this
                : with(new ReadPosition(
                        read.positionNs, read.newestEvent, read.lastReplayed, read.dedupWindow, byNs, read.former));
    }

    /** The log is another one, as far as is known: what was read of the one before is told by its newest event. */
    public Checkpoint withFormerLog() {
        EventRef newest = read.newestEvent;
        // What is only expected of a log from which nothing was read yet tells nothing of it.
        if (newest == null || newest.isEmptyLog() || read.lastReplayed == null) {
            return this;
        }
        PVector<EventRef> left = read.former.size() < MAX_FORMER ? read.former : read.former.minus(0);
        return with(new ReadPosition(
                read.positionNs,
                newest,
                read.lastReplayed,
                read.dedupWindow,
                read.setBackNs,
                left.minus(newest).plus(newest)));
    }

    /** The log was cut: its newer half is kept, with the newest event; the older half may be gone. */
    public Checkpoint afterRotation() {
        return withExpected(read.newestEvent, read.newestEvent);
    }

    /**
     * With one more event applied.
     *
     * @param repeatable whether a repetition of it has to be recognized
     * @param moves whether it moves the position if it is newer: not while the log cannot be read, because what is read
     *     again later must begin where reading ended
     * @param limitNs how far it moves it at most: if the host's clock was set back since, what comes after it is stamped
     *     earlier
     */
    public Checkpoint withApplied(EngineEvent event, boolean repeatable, boolean moves, long limitNs) {
        // One that is stamped later than the newest can stand before it: it is not to be taken for one past it.
        boolean ahead = event.timeNs() > limitNs;
        DedupWindow more = repeatable || !moves || ahead ? read.dedupWindow.plus(event) : read.dedupWindow;
        if (event.timeNs() < read.positionNs || !moves) {
            // It stands behind the newest event, as does what was put in since that, whatever it is stamped.
            return with(read.with(more.withLast(Math.min(read.dedupWindow.lastNs(), more.lastNs()))));
        }
        return with(new ReadPosition(
                Math.max(read.positionNs, Math.min(event.timeNs(), limitNs)),
                EventRef.of(event),
                read.lastReplayed,
                more.withLast(event.timeNs()),
                read.setBackNs,
                read.former));
    }

    /**
     * The host's clock was set back: goes on from {@code timeNs} at the latest.
     *
     * @param awaited the alive containers whose own start event is still to come
     */
    public Checkpoint setBackTo(long timeNs, DedupWindow changed, Set<ContainerId> awaited) {
        return new Checkpoint(
                new ReadPosition(
                        Math.min(read.positionNs, timeNs),
                        read.newestEvent,
                        read.lastReplayed,
                        changed,
                        read.setBackNs,
                        read.former),
                portfolio.continued(Long.MAX_VALUE, awaited),
                coverage.with(HashTreePMap.empty()),
                filter,
                engineVersion);
    }

    /** A new trail of the same host: what is alive is to be reported again; what was read is not read again. */
    public Checkpoint beginningNewTrail() {
        return new Checkpoint(
                read,
                Portfolio.empty(),
                new Coverage(Snapshot.RUNNING, coverage.gap, coverage.inferred, TreePVector.empty()),
                0,
                engineVersion);
    }
}
