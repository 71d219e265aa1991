package io.github.sealwatcher.watch;

import io.github.sealwatcher.model.EngineEvent;
import org.jspecify.annotations.Nullable;

/**
 * What survives a restart: everything that the records given out so far imply, exactly. Every emission carries its own,
 * and as all parts are immutable and shared that costs nothing; it is written out once a batch.
 *
 * @param positionNs the newest time stamp among the events taken in, in nanoseconds since 1970 by the host's clock; before
 *     the first event, the time from which on history is read
 * @param anchor the {@linkplain Seen#storedKey stored key} of the event at {@code positionNs}: if a re-read no longer
 *     returns it, history was lost. Null before the first event.
 * @param proven the last event that the last re-read returned: if the next one no longer does, and the log wasn't cut in
 *     between, it is another log. Null before the first re-read that returned any.
 * @param gap the gap that was said last, as long as what is found missing can have been lost in it; null once all that is
 *     alive is known again
 * @param seen the events taken in around the position
 * @param portfolio what is alive, and who is in which pod
 * @param snapshot how far the first telling of what is alive has come
 */
public record Checkpoint(
        long positionNs,
        @Nullable Long anchor,
        @Nullable Mark proven,
        @Nullable Gap gap,
        Seen seen,
        Portfolio portfolio,
        Snapshot snapshot) {

    /** No event's key. */
    static final Long NOT_TO_BE_FOUND = (1L << 48) - 1;

    /** How far the first telling of what is alive has come. */
    public enum Snapshot {
        /** Under way: alive containers that aren't in the portfolio are still to be told. */
        RUNNING,
        /** Done: an alive container that isn't in the portfolio was missed. */
        DONE
    }

    /**
     * A gap that was said, in nanoseconds since 1970.
     *
     * @param fromNs when its window begins
     * @param untilNs what began to be missing by then was lost in it
     */
    public record Gap(long fromNs, long untilNs) {}

    /** Nothing known; history is read from {@code fromNs} on, that moment included. */
    public static Checkpoint startingAt(long fromNs) {
        return new Checkpoint(fromNs, null, null, null, Seen.from(fromNs), Portfolio.empty(), Snapshot.RUNNING);
    }

    /**
     * From when on the stream is to begin, exclusively as Podman means it.
     *
     * @param nowNs what was stamped later than now was so before the clock was set back: what comes now isn't later
     */
    long followSinceNs(long overlapNs, long nowNs) {
        return Math.max(seen.floorNs(), Math.min(positionNs, nowNs) - overlapNs) - 1;
    }

    /** What has to be stored so that a re-read repeats nothing; of {@code limit} keys at most. */
    public Seen.Window window(long overlapNs, int limit) {
        return seen.window(Math.min(positionNs, seen.lastNs()) - overlapNs, limit);
    }

    /** From when on a re-read is to begin, exclusively as Podman means it: what must be found is in it. */
    long rereadSinceNs(long overlapNs, long nowNs) {
        long overlapped = followSinceNs(overlapNs, nowNs);
        return proven == null ? overlapped : Math.min(overlapped, proven.timeNs() - 1);
    }

    /** With another event that the next re-read must return. */
    Checkpoint proving(@Nullable Mark last) {
        return new Checkpoint(positionNs, anchor, last, gap, seen, portfolio, snapshot);
    }

    /** The log was cut: its newer half is kept, with the newest event; the older half may be gone. */
    Checkpoint cut() {
        return proving(anchor == null ? null : new Mark(anchor, positionNs));
    }

    Checkpoint with(Portfolio changed) {
        return new Checkpoint(positionNs, anchor, proven, gap, seen, changed, snapshot);
    }

    Checkpoint with(Seen changed) {
        return new Checkpoint(positionNs, anchor, proven, gap, changed, portfolio, snapshot);
    }

    Checkpoint with(Snapshot changed) {
        return new Checkpoint(positionNs, anchor, proven, gap, seen, portfolio, changed);
    }

    /**
     * With one more event taken in.
     *
     * @param repeatable whether it has to be told apart from a repetition
     * @param newest whether it is the newest if it seems so
     */
    Checkpoint having(EngineEvent event, boolean repeatable, boolean newest) {
        Seen more = repeatable || !newest ? seen.plus(event) : seen;
        return event.timeNs() < positionNs || !newest
                ? with(more)
                : new Checkpoint(event.timeNs(), Seen.storedKey(event.id()), proven, gap, more, portfolio, snapshot);
    }

    /** The host's clock was set back: goes on from {@code timeNs} at the latest, as if no event was known. */
    Checkpoint setBackTo(long timeNs, Seen changed) {
        return new Checkpoint(
                Math.min(positionNs, timeNs), null, null, null, changed, portfolio.continued(Long.MAX_VALUE), snapshot);
    }

    /**
     * There is no event log. When there is one again, what was in between will be missing from it, and what was before is
     * superseded by what was listed.
     */
    Checkpoint withoutLog(long listedAtNs) {
        return new Checkpoint(positionNs, NOT_TO_BE_FOUND, null, gap, seen.upTo(listedAtNs), portfolio, snapshot);
    }

    /** With what a gap that was said explains; null when all that is alive is known again. */
    Checkpoint explained(@Nullable Gap by) {
        return new Checkpoint(positionNs, anchor, proven, by, seen, portfolio, snapshot);
    }

    /** Without the events that are gone, so that their loss is said once; a newer one stays. */
    Checkpoint unanchored(Reread.Anchor newest) {
        boolean same =
                newest.isGone() && anchor != null && anchor.equals(newest.key()) && positionNs == newest.timeNs();
        return same ? new Checkpoint(positionNs, null, null, gap, seen, portfolio, snapshot) : proving(null);
    }
}
