package io.github.sealwatcher.model;

/** What an alive container does. A dead one has no status: it isn't in any portfolio. */
public enum Status {
    /** It runs, or is being stopped and hasn't died yet. */
    RUNNING,
    /** Its processes are frozen. */
    PAUSED
}
