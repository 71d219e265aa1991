package io.github.sealwatcher.trail.topic;

/** Hears how far a reading is. */
@FunctionalInterface
public interface Progress {
    /** Nobody listens. */
    Progress NONE = (topic, done, all) -> {};

    /** So many of the offsets of a topic are read. */
    void at(String topic, long done, long all);
}
