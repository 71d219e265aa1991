package io.github.sealwatcher.trail.event;

/** A record that isn't one of the connector's. */
public record Unreadable(Place place, String why) implements TrailRecord {}
