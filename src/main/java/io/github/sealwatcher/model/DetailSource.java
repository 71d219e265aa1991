package io.github.sealwatcher.model;

/** Where the descriptive fields of a container come from, best first. */
public enum DetailSource {
    /** Asked for by an inspect: everything is exact. */
    INSPECT,
    /** From a list: everything but what only an inspect shows. */
    LIST,
    /** Kept from what was asked earlier. */
    REMEMBERED,
    /**
     * Taken from an event's attributes, because the container was gone before it could be asked for. Podman writes
     * labels and its own keys into one map and its own keys win, so that a label called {@code name}, {@code image},
     * {@code podId} or {@code containerExitCode} is lost here.
     */
    EVENT
}
