package io.github.sealwatcher.watch;

import io.github.sealwatcher.model.EngineEvent;
import org.pcollections.PVector;
import org.pcollections.TreePVector;

/**
 * What a replay has returned, while it is too early to apply it.
 *
 * @param events in the order of the log; at most as many as the dedup window holds
 */
record CollectedEvents(PVector<EngineEvent> events) {

    static final CollectedEvents NONE = new CollectedEvents(TreePVector.empty());

    CollectedEvents plus(EngineEvent event) {
        return new CollectedEvents(events.plus(event));
    }

    CollectedEvents withoutFirst() {
        return new CollectedEvents(events.minus(0));
    }

    boolean isFull() {
        return events.size() >= DedupWindow.MAX_EVENTS;
    }
}
