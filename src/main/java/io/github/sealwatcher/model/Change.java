package io.github.sealwatcher.model;

/** A change that is reported of a host: of a container, or of the watching itself. */
public sealed interface Change permits ContainerChange, HostChange {

    /** When, in nanoseconds since 1970. */
    long timeNs();
}
