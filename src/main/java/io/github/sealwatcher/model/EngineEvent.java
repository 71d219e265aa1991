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
 * @param details what the event holds beside its attributes, for instance {@code health_status}
 * @param timeNs the host's wall clock, in nanoseconds since 1970; it can step back
 */
public record EngineEvent(
        EventId id,
        String type,
        String action,
        String actorId,
        Map<String, String> attributes,
        Map<String, String> details,
        long timeNs) {

    public EngineEvent {
        attributes = Map.copyOf(attributes);
        details = Map.copyOf(details);
    }

    /** The event with its id worked out. */
    public static EngineEvent of(
            String type, String action, String actorId, Map<String, String> attributes, long timeNs) {
        return of(type, action, actorId, attributes, Map.of(), timeNs);
    }

    /** The same with further details. */
    public static EngineEvent of(
            String type,
            String action,
            String actorId,
            Map<String, String> attributes,
            Map<String, String> details,
            long timeNs) {
        EventId id = EventId.of(type, action, actorId, timeNs);
        return new EngineEvent(id, type, action, actorId, attributes, details, timeNs);
    }

    /** About how many bytes its attributes take: they can be megabytes, all else is short. */
    public long attributeBytes() {
        return Texts.bytes(attributes);
    }
}
