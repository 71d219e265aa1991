package io.github.sealwatcher.watch.state;

import io.github.sealwatcher.model.EngineEvent;
import io.github.sealwatcher.model.EventId;
import org.pcollections.HashTreePMap;
import org.pcollections.HashTreePSet;
import org.pcollections.PMap;
import org.pcollections.PSet;

/**
 * Which events wait in a queue, so that nobody has to look through it for what is not there.
 *
 * @param ids so that one that comes again meanwhile isn't queued twice
 * @param counts how many there are of each container or pod
 */
public record WaitingEvents(PSet<EventId> ids, PMap<String, Integer> counts) {

    static final WaitingEvents NONE = new WaitingEvents(HashTreePSet.empty(), HashTreePMap.empty());

    WaitingEvents plus(QueueItem item) {
        if (!(item instanceof QueueItem.Event waiting)) {
            return this;
        }
        EngineEvent event = waiting.event();
        int count = count(event.actorId());
        return new WaitingEvents(ids.plus(event.id()), counts.plus(event.actorId(), count + 1));
    }

    WaitingEvents minus(QueueItem item) {
        if (!(item instanceof QueueItem.Event waiting)) {
            return this;
        }
        EngineEvent event = waiting.event();
        int count = count(event.actorId());
        return new WaitingEvents(
                ids.minus(event.id()),
                count > 1 ? counts.plus(event.actorId(), count - 1) : counts.minus(event.actorId()));
    }

    private int count(String actorId) {
        Integer count = counts.get(actorId);
        return count == null ? 0 : count;
    }

    boolean contains(EventId id) {
        return !ids.isEmpty() && ids.contains(id);
    }

    /** Whether any event of that container or pod waits. */
    boolean isAny(String actorId) {
        return counts.containsKey(actorId);
    }

    /** Whether another event waits of the container or pod that this one is about. */
    boolean isOther(EngineEvent event) {
        int count = count(event.actorId());
        return count > (ids.contains(event.id()) ? 1 : 0);
    }
}
