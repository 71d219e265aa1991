package io.github.sealwatcher.watch;

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

    static EventRef of(EngineEvent event) {
        return new EventRef(DedupWindow.storedKey(event.id()), event.timeNs());
    }

    static EventRef emptyLog(long timeNs) {
        return new EventRef(EMPTY_LOG, timeNs);
    }

    static EventRef noLog(long timeNs) {
        return new EventRef(NO_LOG, timeNs);
    }

    boolean isNoLog() {
        return key == NO_LOG;
    }

    boolean isEmptyLog() {
        return key == EMPTY_LOG;
    }
}
