package io.github.sealwatcher.model;

/** How a change came to be known. */
public enum Origin {
    /** It happened while the host was being watched. */
    LIVE,
    /** It was read from history after a reconnect or a restart. */
    REPLAY,
    /** The container was there at first sight. */
    SNAPSHOT,
    /** It was never seen as an event: a list says so, and history doesn't hold it any more. */
    RECONCILED
}
