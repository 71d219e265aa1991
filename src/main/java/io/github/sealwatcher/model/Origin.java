package io.github.sealwatcher.model;

/** How a change came to be known. */
public enum Origin {
    /** It happened while the host was being watched. */
    LIVE,
    /** It was read from history after a reconnect or a restart. */
    REPLAY,
    /** The container was there at first sight. */
    SNAPSHOT,
    /** No event of it was read: a list shows it, and the event log no longer holds it. */
    RECONCILED
}
