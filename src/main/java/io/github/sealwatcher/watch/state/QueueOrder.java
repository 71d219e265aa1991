package io.github.sealwatcher.watch.state;

import io.github.sealwatcher.model.EngineEvent;
import io.github.sealwatcher.model.EventId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.pcollections.AmortizedPQueue;
import org.pcollections.PQueue;

/**
 * Puts what waits in the order of the log that was read: each event of it in one of the places that its events have among all that
 * waits. What waits behind one of its container and was not read, as it was written later, goes on doing so.
 */
final class QueueOrder {

    private final PQueue<QueueItem> queued;
    /** The items of the events that were read, in the order of the log. */
    private final Map<EventId, QueueItem> read = new LinkedHashMap<>();

    private QueueOrder(PQueue<QueueItem> queued, List<EngineEvent> order) {
        this.queued = queued;
        Map<EventId, QueueItem> waiting = new HashMap<>();
        for (QueueItem item : queued) {
            if (item instanceof QueueItem.Event event) {
                waiting.put(event.event().id(), item);
            }
        }
        for (EngineEvent event : order) {
            QueueItem item = waiting.get(event.id());
            if (item != null) {
                // Of the marks of a cut, only the last is read.
                read.remove(event.id());
                read.put(event.id(), item);
            }
        }
    }

    /** @param order the events of the log, in its order; those that do not wait count for nothing */
    static PQueue<QueueItem> of(PQueue<QueueItem> queued, List<EngineEvent> order) {
        return new QueueOrder(queued, order).ordered();
    }

    private PQueue<QueueItem> ordered() {
        Map<EventId, List<QueueItem>> behind = new HashMap<>();
        List<QueueItem> places = new ArrayList<>();
        Map<String, EventId> last = new HashMap<>();
        for (QueueItem item : queued) {
            EngineEvent event = item instanceof QueueItem.Event waiting ? waiting.event() : null;
            EventId before = event == null || isRead(event) ? null : last.get(event.actorId());
            if (before != null) {
                behind.computeIfAbsent(before, id -> new ArrayList<>()).add(item);
            } else {
                places.add(item);
            }
            if (event != null && isRead(event)) {
                last.put(event.actorId(), event.id());
            }
        }
        Iterator<Map.Entry<EventId, QueueItem>> next = read.entrySet().iterator();
        PQueue<QueueItem> all = AmortizedPQueue.empty();
        for (QueueItem place : places) {
            if (place instanceof QueueItem.Event waiting && isRead(waiting.event())) {
                Map.Entry<EventId, QueueItem> each = next.next();
                all = all.plus(each.getValue()).plusAll(behind.getOrDefault(each.getKey(), List.of()));
            } else {
                all = all.plus(place);
            }
        }
        return all;
    }

    private boolean isRead(EngineEvent event) {
        return read.containsKey(event.id());
    }
}
