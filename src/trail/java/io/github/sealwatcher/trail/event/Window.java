package io.github.sealwatcher.trail.event;

/** A span of time, both ends included, in nanoseconds since 1970. */
public record Window(long fromNs, long toNs) {
    /** Whether a time is in it. */
    public boolean covers(long timeNs) {
        return fromNs <= timeNs && timeNs <= toNs;
    }

    /** Whether they share a moment. */
    public boolean meets(Window other) {
        return fromNs <= other.toNs && other.fromNs <= toNs;
    }

    /** What both cover; they must meet. */
    public Window and(Window other) {
        return new Window(Math.max(fromNs, other.fromNs), Math.min(toNs, other.toNs));
    }
}
