package io.github.sealwatcher.watch;

import io.github.sealwatcher.model.EngineEvent;
import org.jspecify.annotations.Nullable;

/**
 * What a re-read of history has returned so far, as far as it tells whether history is whole.
 *
 * <p>Two events must be in it. The newest event taken in: without it, what came after it may be gone. And the last event of
 * the re-read before: without it the log isn't the one that was read then, and Podman's follower, which changes over to
 * the new file without a word, may never have looked at the end of the old one. Only a cut of the log, which says itself,
 * excuses the second.
 *
 * @param newest the newest event taken in
 * @param proven the last event of the re-read before
 * @param beginsNs the time of the first event returned that is newer than {@code proven}; the greatest value if there is
 *     none yet
 * @param last the last event returned; null if there is none yet
 */
record Reread(
        Anchor newest,
        Anchor proven,
        long beginsNs,
        @Nullable Mark last) {

    static Reread of(Checkpoint known) {
        Mark proven = known.proven();
        return new Reread(
                new Anchor(known.anchor(), known.positionNs(), false),
                proven == null ? Anchor.NONE : new Anchor(proven.key(), proven.timeNs(), false),
                Long.MAX_VALUE,
                null);
    }

    /** With one more event returned. */
    Reread returned(EngineEvent event) {
        Mark mark = Mark.of(event);
        boolean begins = beginsNs == Long.MAX_VALUE && mark.timeNs() > proven.timeNs();
        return new Reread(newest.returned(mark), proven.returned(mark), begins ? mark.timeNs() : beginsNs, mark);
    }

    /** From when on something may be missing. */
    long lostFromNs() {
        return isReplaced() ? Math.min(proven.timeNs(), newest.timeNs()) : newest.timeNs();
    }

    /** Whether the log is another than the one that was read before, unless it was cut since. */
    boolean isReplaced() {
        return proven.isGone();
    }

    /** The log was cut since it was read before: only its newest events can be asked for. */
    Reread cut() {
        return new Reread(newest, Anchor.NONE, beginsNs, last);
    }

    /** With the loss said: nothing need be found any more. */
    Reread given() {
        return new Reread(newest.given(), Anchor.NONE, beginsNs, last);
    }

    /**
     * An event that a re-read must return if history is whole.
     *
     * @param key its stored key; null if there is none to be found
     * @param timeNs its time
     * @param found whether it was returned
     */
    record Anchor(@Nullable Long key, long timeNs, boolean found) {

        static final Anchor NONE = new Anchor(null, Long.MIN_VALUE, false);

        Anchor returned(Mark mark) {
            return is(mark) ? new Anchor(key, timeNs, true) : this;
        }

        boolean is(Mark mark) {
            return key != null && key == mark.key() && timeNs == mark.timeNs();
        }

        /** Whether it wasn't returned. */
        boolean isGone() {
            return key != null && !found;
        }

        /** Whether it wasn't returned although there is an event log that held it. */
        boolean isOfLostLog() {
            return isGone() && !Checkpoint.NOT_TO_BE_FOUND.equals(key);
        }

        /** Given up, after its loss was said. */
        Anchor given() {
            return new Anchor(null, timeNs, false);
        }
    }
}
