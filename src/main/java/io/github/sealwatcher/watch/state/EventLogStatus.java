package io.github.sealwatcher.watch.state;

import io.github.sealwatcher.watch.checkpoint.EventRef;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Whether the engine's event log can be read. One line that Podman itself cannot read ends every replay of its log (4.3), or
 * takes the whole service down each time (5.3 to 5.5); and without an event log there is nothing to read at all. Then the
 * log is left alone for a while, and lists must do.
 *
 * @param failures how many replays in a row failed at the same place
 * @param brokenAt the last event that the last failed replay returned; null if none, or if none failed
 * @param absent whether the engine keeps no event log
 * @param harmless whether a try does no harm: the engine itself ends it with an error, and lives on
 * @param blindUntilTicks until when it is not tried again; {@link Long#MIN_VALUE} if it is readable
 */
public record EventLogStatus(
        int failures, @Nullable EventRef brokenAt, boolean absent, boolean harmless, long blindUntilTicks) {

    /** It can be read, as far as is known. */
    public static final EventLogStatus READABLE = new EventLogStatus(0, null, false, false, Long.MIN_VALUE);

    /** A connection that is cut counts for one, an error that the engine itself reports for two. */
    private static final int MAX_FAILURES = 8;

    private static final int OF_ENGINE = 2;
    private static final int OF_CONNECTION = 1;
    private static final long BLIND_NS = 600_000_000_000L;

    /** Whether no try to read it has failed. */
    public boolean isReadable() {
        return failures == 0;
    }

    /** Whether it counts as unreadable: lists must do. */
    public boolean isBlind() {
        return blindUntilTicks != Long.MIN_VALUE;
    }

    /** Whether it counts as unreadable because of a line at which the engine itself ends each try, and lives on. */
    public boolean isHarmless() {
        return isBlind() && harmless && !absent;
    }

    /** Whether a replay is tried now: in blind mode only where a try that fails does no harm. */
    public boolean isTried() {
        return !isBlind() || harmless;
    }

    /**
     * After a connection was lost while the log was read. Cuts of the network do not come at the same place each time.
     *
     * @param lastReturned the last event that was returned; null if none was
     * @param byEngine whether the engine itself reported an error
     */
    public EventLogStatus failed(@Nullable EventRef lastReturned, boolean byEngine, long nowTicks) {
        boolean same = failures == 0 || (lastReturned == null ? brokenAt == null : lastReturned.equals(brokenAt));
        int count = (same ? failures : 0) + (byEngine ? OF_ENGINE : OF_CONNECTION);
        return new EventLogStatus(
                count, lastReturned, false, byEngine, count < MAX_FAILURES ? Long.MIN_VALUE : nowTicks + BLIND_NS);
    }

    /**
     * Whether the last try failed behind that event: if not, the log was cut since, or is another one.
     *
     * @param lastReturned the last event that was returned; null if none was
     */
    public boolean isBrokenAt(@Nullable EventRef lastReturned) {
        return Objects.equals(lastReturned, brokenAt);
    }

    /** After a try that failed behind that event, while the log counts as unreadable all the same. */
    public EventLogStatus withBrokenAt(@Nullable EventRef lastReturned) {
        return new EventLogStatus(failures, lastReturned, absent, harmless, blindUntilTicks);
    }

    /** After the engine reported that it keeps no event log. */
    public static EventLogStatus noEventLog() {
        return new EventLogStatus(MAX_FAILURES, null, true, true, Long.MAX_VALUE);
    }

    /**
     * After a connection that did without was lost for another reason: one more try is due, since the line may be gone. A log
     * that was absent is none of which a read failed.
     */
    public EventLogStatus retried() {
        int count = absent ? OF_CONNECTION : MAX_FAILURES - 1;
        return new EventLogStatus(count, brokenAt, false, harmless, Long.MIN_VALUE);
    }

    /** What holds now: after a while one more try is due. */
    public EventLogStatus at(long nowTicks) {
        return isBlind() && blindUntilTicks <= nowTicks ? retried() : this;
    }

    /** The reason of the gap, for the operator. */
    public String reason() {
        return absent
                ? "Podman keeps no event log (events_logger is none): only what a list shows is reported"
                : "Podman's event log cannot be read: replays of it fail at the same place. Until it can be read again,"
                        + " what it holds is reported as far as a list shows it";
    }
}
