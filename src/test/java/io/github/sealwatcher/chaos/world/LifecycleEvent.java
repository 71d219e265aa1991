package io.github.sealwatcher.chaos.world;

/** Something that happened to a container, as both sides tell it: the type is the trail's. */
public record LifecycleEvent(String id, String type, long timeNs) {}
