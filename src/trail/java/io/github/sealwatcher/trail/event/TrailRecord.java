package io.github.sealwatcher.trail.event;

/** A record of one of the topics. */
public sealed interface TrailRecord permits ContainerEvent, StateRow, HostEvent, Unreadable {
    /** Where it is. */
    Place place();
}
