package io.github.sealwatcher.watch;

import io.github.sealwatcher.model.EngineEvent;
import org.jspecify.annotations.Nullable;

/**
 * What a replay of history has returned so far, as far as it tells whether history is whole.
 *
 * <p>Two events must be in it. The newest event that was applied: without it, what came after it may be gone. And the last
 * event of the replay before: without it the log is not the one that was read then, and Podman's follower, which changes
 * over to the new file without a word, may never have looked at the end of the old one. Only a cut of the log, which
 * reports itself, excuses the second. As long as nothing was ever read there is nothing to be found: then the log must
 * reach back to the time from which on everything is to be reported.
 *
 * @param newest the newest event applied
 * @param last the last event of the replay before
 * @param positionNs the position when the replay began
 * @param cut whether it returned a cut of the log that was not known
 * @param refreshed whether it returned a reboot that was not known
 * @param first the first event returned that is not a mark of a cut; null if there is none yet
 * @param beginsNs the time of the first event returned that is later than what must be found; the greatest value if there
 *     is none yet
 * @param returned the last event returned; null if there is none yet
 */
record Replay(
        Expected newest,
        Expected last,
        long positionNs,
        boolean cut,
        boolean refreshed,
        @Nullable Mark first,
        long beginsNs,
        @Nullable Mark returned) {

    /**
     * Before anything is returned.
     *
     * @param newest the newest event that was read; null if none was
     */
    static Replay of(Checkpoint known, @Nullable Mark newest) {
        long waitingNs = newest == null || newest.equals(known.newestEvent()) ? Long.MIN_VALUE : newest.timeNs();
        return new Replay(
                new Expected(newest, false),
                new Expected(known.lastReplayed(), false),
                Math.max(waitingNs, known.positionNs()),
                false,
                false,
                null,
                Long.MAX_VALUE,
                null);
    }

    /**
     * With one more event returned.
     *
     * @param unknown whether it was not applied before
     */
    Replay returned(EngineEvent event, boolean unknown) {
        Mark mark = Mark.of(event);
        boolean isCut = event.action().equals(Actions.LOG_ROTATION);
        boolean begins = beginsNs == Long.MAX_VALUE && !isCut && mark.timeNs() > expectedNs();
        return new Replay(
                newest.returned(mark),
                last.returned(mark),
                positionNs,
                cut || (unknown && isCut),
                refreshed || (unknown && event.action().equals(Actions.REFRESH)),
                first == null && !isCut ? mark : first,
                begins ? mark.timeNs() : beginsNs,
                mark);
    }

    /** By then what must be found should have been returned. */
    private long expectedNs() {
        long newestNs =
                newest.mark() == null ? positionNs : Math.min(newest.mark().timeNs(), positionNs);
        return last.mark() == null ? newestNs : Math.max(newestNs, last.mark().timeNs());
    }

    /** Whether the log was never read before. */
    boolean isFirst() {
        return newest.mark() == null;
    }

    /** Whether only the whole log tells if it reaches back to the time from which on everything is to be reported. */
    boolean isUndecided() {
        return isFirst() && (first == null || first.timeNs() > positionNs);
    }

    /** Whether the newest event known is no longer in the log; of an empty log, whether another one was begun since. */
    boolean isNewestGone() {
        Mark mark = newest.mark();
        if (mark == null || newest.found()) {
            return false;
        }
        return !mark.isEmptyLog() || cut || refreshed;
    }

    /** Whether the log is another than the one that was read before. */
    boolean isReplaced() {
        return last.mark() != null && !last.found() && (!cut || wasAbsent());
    }

    /** Whether there was no log at all when it was read before. */
    boolean wasAbsent() {
        return last.mark() != null && last.mark().isNoLog() && !last.found();
    }

    /** From when on something may be missing: all up to the newest event was read, unless the log is another one. */
    long lostFromNs() {
        if (newest.mark() == null) {
            return positionNs;
        }
        return isReplaced() && !isNewestGone() && last.mark() != null
                ? last.mark().timeNs()
                : newest.mark().timeNs();
    }

    /** With the loss reported: nothing need be found any more. */
    Replay reported() {
        return new Replay(
                new Expected(newest.mark(), true),
                new Expected(last.mark(), true),
                positionNs,
                cut,
                refreshed,
                first,
                beginsNs,
                returned);
    }

    /**
     * An event that a replay must return if history is whole.
     *
     * @param mark the event; null if none is known
     * @param found whether it was returned, or its loss reported
     */
    record Expected(@Nullable Mark mark, boolean found) {

        Expected returned(Mark other) {
            return other.equals(mark) ? new Expected(mark, true) : this;
        }
    }
}
