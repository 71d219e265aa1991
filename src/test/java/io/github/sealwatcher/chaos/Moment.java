package io.github.sealwatcher.chaos;

/** Something that happened to a container, as both sides tell it: the type is the trail's. */
record Moment(String id, String type, long timeNs) {}
