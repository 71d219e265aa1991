package io.github.sealwatcher.watch.state;

import io.github.sealwatcher.model.EngineEvent;
import io.github.sealwatcher.watch.checkpoint.Checkpoint;
import io.github.sealwatcher.watch.checkpoint.EventRef;
import org.jspecify.annotations.Nullable;

/**
 * What a replay of the log has returned so far, as far as it shows whether the log is complete.
 *
 * <p>Two events must be in it. The newest event that was applied: without it, what came after it may be gone. And the last
 * event of the replay before: without it the log is not the one that was read then, and Podman's follower, which changes
 * over to the new file silently, may never have looked at the end of the old one. Only a cut of the log, which
 * reports itself, excuses the second. As long as nothing was ever read there is nothing to be found: then the log must
 * reach back to the time from which on everything is to be reported.
 *
 * @param newest the newest event applied
 * @param last the last event of the replay before
 * @param positionNs the position when the replay began
 * @param rotated whether it returned a cut of the log that was not known
 * @param refreshed whether it returned a reboot that was not known
 * @param first the first event returned that is not a mark of a cut; null if there is none yet
 * @param beginsNs the time of the first event returned that is later than what must be found; the greatest value if there
 *     is none yet
 * @param returned the last event returned; null if there is none yet
 * @param lastLine the same without the marks of a cut, which can stand both before and behind what the cut left
 * @param sameHost whether something shows that this is the host that was watched before: without it, the endpoint can lead
 *     to another one
 * @param otherHost whether a loss was reported that leaves this open
 */
public record Replay(
        Expected newest,
        Expected last,
        long positionNs,
        boolean rotated,
        boolean refreshed,
        @Nullable EventRef first,
        long beginsNs,
        @Nullable EventRef returned,
        @Nullable EventRef lastLine,
        boolean sameHost,
        boolean otherHost) {

    /** What a log begins with is surely older by so much: a host's clock is known to the second, and can be set back a little. */
    private static final long OLDER_NS = 5_000_000_000L;

    /**
     * Before anything is returned.
     *
     * @param newest the newest event that was read; null if none was
     */
    public static Replay of(Checkpoint known, @Nullable EventRef newest) {
        long waitingNs = newest == null || newest.equals(known.newestEvent()) ? Long.MIN_VALUE : newest.timeNs();
        return new Replay(
                new Expected(newest, false),
                new Expected(known.lastReplayed(), false),
                Math.max(waitingNs, known.positionNs()),
                false,
                false,
                null,
                Long.MAX_VALUE,
                null,
                null,
                false,
                false);
    }

    /** With something that shows that this is the host that was watched before, if it does. */
    public Replay onSameHost(boolean shown) {
        return shown && !sameHost
                ? new Replay(
                        newest,
                        last,
                        positionNs,
                        rotated,
                        refreshed,
                        first,
                        beginsNs,
                        returned,
                        lastLine,
                        true,
                        otherHost)
                : this;
    }

    /**
     * With one more event returned.
     *
     * @param unknown whether it was not applied before
     */
    public Replay returned(EngineEvent event, boolean unknown) {
        EventRef ref = EventRef.of(event);
        boolean isCut = event.action().equals(Actions.LOG_ROTATION);
        boolean begins = beginsNs == Long.MAX_VALUE && !isCut && ref.timeNs() > expectedNs();
        return new Replay(
                newest.returned(ref),
                last.returned(ref),
                positionNs,
                rotated || (unknown && isCut),
                refreshed || (unknown && event.action().equals(Actions.REFRESH)),
                first == null && !isCut ? ref : first,
                begins ? ref.timeNs() : beginsNs,
                ref,
                isCut ? lastLine : ref,
                sameHost,
                otherHost);
    }

    /** With an earlier event as the first one: it was cut off since. */
    Replay beginningWith(@Nullable EventRef earlier) {
        return new Replay(
                newest,
                last,
                positionNs,
                rotated,
                refreshed,
                earlier == null ? first : earlier,
                beginsNs,
                returned,
                lastLine,
                sameHost,
                otherHost);
    }

    /** By then what must be found should have been returned. */
    private long expectedNs() {
        long newestNs =
                newest.event() == null ? positionNs : Math.min(newest.event().timeNs(), positionNs);
        return last.event() == null ? newestNs : Math.max(newestNs, last.event().timeNs());
    }

    /** Whether the log was never read before. */
    public boolean isFirst() {
        return newest.event() == null;
    }

    /** Whether only the whole log shows if it reaches back to the time from which on everything is to be reported. */
    public boolean isUndecided() {
        return isFirst() && (first == null || first.timeNs() > positionNs);
    }

    /**
     * Whether the newest event known is no longer in the log; of an empty log, whether another one was begun since. An event
     * that stands before the newest can be stamped later than it: as long as the log holds the last one that was read from it,
     * it holds all that came after that.
     */
    public boolean isNewestGone() {
        EventRef ref = newest.event();
        if (ref == null || newest.found() || (last.event() != null && last.found())) {
            return false;
        }
        return !ref.isEmptyLog() || rotated || refreshed || isOlder(ref);
    }

    /** Whether the log begins before it was found empty: that is not the one which was empty then. */
    private boolean isOlder(EventRef empty) {
        return first != null && first.timeNs() < empty.timeNs() - OLDER_NS;
    }

    /** Whether the log is another than the one that was read before. */
    public boolean isReplaced() {
        return last.event() != null && !last.found() && (!rotated || wasAbsent());
    }

    /** Whether it is of another host than the one that was watched before, as far as is known. */
    public boolean isOfOtherHost() {
        return otherHost || (!sameHost && (isNewestGone() || isReplaced()));
    }

    /** Whether there was no log at all when it was read before. */
    public boolean wasAbsent() {
        return last.event() != null && last.event().isNoLog() && !last.found();
    }

    /** From when on something may be missing: all up to the newest event was read, unless the log is another one. */
    public long lostFromNs() {
        if (newest.event() == null) {
            return positionNs;
        }
        return isReplaced() && !isNewestGone() && last.event() != null
                ? last.event().timeNs()
                : newest.event().timeNs();
    }

    /** With the loss reported: nothing need be found any more. */
    public Replay reported() {
        return new Replay(
                new Expected(newest.event(), true),
                new Expected(last.event(), true),
                positionNs,
                rotated,
                refreshed,
                first,
                beginsNs,
                returned,
                lastLine,
                sameHost,
                isOfOtherHost());
    }

    /**
     * An event that a replay must return if the log is complete.
     *
     * @param event the event; null if none is known
     * @param found whether it was returned, or its loss reported
     */
    public record Expected(@Nullable EventRef event, boolean found) {

        Expected returned(EventRef other) {
            return other.equals(event) ? new Expected(event, true) : this;
        }
    }
}
