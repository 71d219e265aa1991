package io.github.sealwatcher.model;

/** What there is to tell of a host: what happened to a container, or to the watching itself. */
public sealed interface Change permits ContainerChange, HostChange {

    /** When, in nanoseconds since 1970. */
    long timeNs();
}
