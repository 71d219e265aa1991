package io.github.sealwatcher.trail.event;

/** A pod; the name is empty where nobody knows it. */
public record Pod(String id, String name) {
    /** The name, or the short id of one without. */
    public String label() {
        return name.isEmpty() ? ContainerKey.shortened(id) : name;
    }
}
