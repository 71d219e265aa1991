package io.github.sealwatcher.watch;

/**
 * Whether the engine's event log can be read. One line that Podman itself can't read ends every re-read of its log (4.3), or
 * takes the whole service down each time (5.3 to 5.5); and without an event log there is nothing to read at all. Then the
 * log is left alone for a while, and lists must do.
 *
 * @param failures how many connections in a row were lost while history was read
 * @param absent whether the engine keeps no event log
 * @param blindUntilTicks until when it isn't tried again; {@link Long#MIN_VALUE} if it is readable
 */
record History(int failures, boolean absent, long blindUntilTicks) {

    static final History READABLE = new History(0, false, Long.MIN_VALUE);

    private static final int MOST_FAILURES = 4;
    private static final long BLIND_NS = 3_600_000_000_000L;

    boolean isReadable() {
        return failures == 0;
    }

    boolean isBlind() {
        return blindUntilTicks != Long.MIN_VALUE;
    }

    /** After a connection was lost while history was read. */
    History failed(long nowTicks) {
        return failures + 1 < MOST_FAILURES
                ? new History(failures + 1, false, Long.MIN_VALUE)
                : new History(failures + 1, false, nowTicks + BLIND_NS);
    }

    /** After the engine said that it keeps no event log. */
    static History none(long nowTicks) {
        return new History(MOST_FAILURES, true, nowTicks + BLIND_NS);
    }

    /** After a connection that did without was lost for another reason: one more try is due, since the line may be gone. */
    History retried() {
        return new History(MOST_FAILURES - 1, false, Long.MIN_VALUE);
    }

    /** What holds now: after a while one more try is due. */
    History at(long nowTicks) {
        return isBlind() && blindUntilTicks <= nowTicks ? retried() : this;
    }

    /** What an operator is told. */
    String reason() {
        return absent
                ? "Podman keeps no event log (events_logger is none): only what a list shows can be told"
                : "Podman's event log can't be read: " + failures
                        + " connections in a row were lost over it. Until it is"
                        + " tried again in an hour, what the log held is told as far as a list shows it";
    }
}
