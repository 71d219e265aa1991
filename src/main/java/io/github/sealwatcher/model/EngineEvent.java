package io.github.sealwatcher.model;

import java.util.Map;

/**
 * An event as the engine wrote it.
 *
 * @param id its identity
 * @param type {@code container}, {@code pod}, {@code system}; others are passed on and mean nothing here
 * @param action the engine's own word, for instance {@code died}
 * @param actorId the id of the container or pod; empty for a system event
 * @param attributes the engine's own keys and the container's labels in one map, unmodifiable
 * @param timeNs the host's wall clock, in nanoseconds since 1970; it can step back
 */
public record EngineEvent(
        EventId id, String type, String action, String actorId, Map<String, String> attributes, long timeNs) {

    public EngineEvent {
        attributes = Map.copyOf(attributes);
    }

    /** The event with its id worked out. */
    public static EngineEvent of(
            String type, String action, String actorId, Map<String, String> attributes, long timeNs) {
        return new EngineEvent(EventId.of(type, action, actorId, timeNs), type, action, actorId, attributes, timeNs);
    }
}
