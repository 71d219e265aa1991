package io.github.sealwatcher.watch.checkpoint;

import io.github.sealwatcher.model.EngineEvent;

/**
 * What is remembered of one event, to recognize it when the log is replayed.
 *
 * @param key its {@linkplain DedupWindow#storedKey stored key}, or {@link #EMPTY_LOG}
 * @param timeNs its time stamp, in nanoseconds since 1970 by the host's clock
 */
public record EventRef(long key, long timeNs) {

    /** No event's key: the log was empty at that time. */
    static final long EMPTY_LOG = (1L << 48) - 2;
    /** No event's key: there was no event log at that time. */
    static final long NO_LOG = (1L << 48) - 1;

    /** The reference of an event that was read. */
    public static EventRef of(EngineEvent event) {
        return new EventRef(DedupWindow.storedKey(event.id()), event.timeNs());
    }

    /** Stands for the newest event of a log that had none, read at that time. */
    public static EventRef emptyLog(long timeNs) {
        return new EventRef(EMPTY_LOG, timeNs);
    }

    /** Stands for the newest event where there was no log, looked for at that time. */
    public static EventRef noLog(long timeNs) {
        return new EventRef(NO_LOG, timeNs);
    }

    /** Whether it says that there was no log. */
    public boolean isNoLog() {
        return key == NO_LOG;
    }

    /** Whether it says that the log had no event. */
    public boolean isEmptyLog() {
        return key == EMPTY_LOG;
    }
}
