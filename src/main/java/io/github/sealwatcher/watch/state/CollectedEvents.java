package io.github.sealwatcher.watch.state;

import io.github.sealwatcher.model.EngineEvent;
import io.github.sealwatcher.model.EventId;
import io.github.sealwatcher.watch.checkpoint.DedupWindow;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.Collectors;
import org.pcollections.PVector;
import org.pcollections.TreePVector;

/**
 * What a replay has returned, while it is too early to apply it.
 *
 * @param events in the order of the log; at most as many as the dedup window holds
 */
public record CollectedEvents(PVector<EngineEvent> events) {

    /** Nothing returned yet. */
    public static final CollectedEvents NONE = new CollectedEvents(TreePVector.empty());

    /** With one more event at the end. */
    public CollectedEvents plus(EngineEvent event) {
        return new CollectedEvents(events.plus(event));
    }

    /** Without the oldest event. */
    public CollectedEvents withoutFirst() {
        return new CollectedEvents(events.minus(0));
    }

    /** Whether the dedup window could not hold another one. */
    public boolean isFull() {
        return events.size() >= DedupWindow.MAX_EVENTS;
    }

    /** With all events of the other at the end. */
    public CollectedEvents plusAll(CollectedEvents other) {
        return new CollectedEvents(events.plusAll(other.events));
    }

    /** The events that the other does not hold. */
    CollectedEvents without(CollectedEvents other) {
        Set<EventId> held = other.ids();
        return new CollectedEvents(TreePVector.from(
                events.stream().filter(event -> !held.contains(event.id())).toList()));
    }

    /** The ids of all events. */
    public Set<EventId> ids() {
        return events.stream().map(EngineEvent::id).collect(Collectors.toCollection(HashSet::new));
    }
}
