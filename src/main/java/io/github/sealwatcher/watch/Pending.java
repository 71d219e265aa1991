package io.github.sealwatcher.watch;

import io.github.sealwatcher.model.EngineEvent;
import io.github.sealwatcher.model.EventId;
import io.github.sealwatcher.model.Observed;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.pcollections.AmortizedPQueue;
import org.pcollections.HashTreePMap;
import org.pcollections.HashTreePSet;
import org.pcollections.PMap;
import org.pcollections.PQueue;
import org.pcollections.PSet;

/**
 * What waits to be taken in. Order is kept although the look-ups for several items are under way at once. Nothing in here
 * is part of a checkpoint: if the connection is lost it is dropped, and history brings it again.
 *
 * @param queue in order
 * @param held what the stream brought while a re-read must come first
 * @param waiting the events in the queue, so that one that comes again meanwhile isn't queued twice
 * @param answers the answered look-ups of items in the queue
 */
record Pending(
        PQueue<Item> queue, PQueue<EngineEvent> held, PSet<EventId> waiting, PMap<Long, Optional<Observed>> answers) {

    static final Pending NONE =
            new Pending(AmortizedPQueue.empty(), AmortizedPQueue.empty(), HashTreePSet.empty(), HashTreePMap.empty());

    boolean isEmpty() {
        return queue.isEmpty() && held.isEmpty();
    }

    /** The first item if all that it waits for is there, else null. */
    @Nullable
    Item ready() {
        Item head = queue.peek();
        return head != null && isAnswered(head.ticket()) && isAnswered(head.podTicket()) ? head : null;
    }

    private boolean isAnswered(long ticket) {
        return ticket == Item.NO_TICKET || answers.containsKey(ticket);
    }

    /** What the look-up of this item found; null if nothing, or if there was no look-up. */
    @Nullable
    Observed answer(Item item) {
        return answers.getOrDefault(item.ticket(), Optional.empty()).orElse(null);
    }

    Pending plus(Item item) {
        PSet<EventId> more =
                item instanceof Item.Event event ? waiting.plus(event.event().id()) : waiting;
        return new Pending(queue.plus(item), held, more, answers);
    }

    Pending holding(EngineEvent event) {
        return new Pending(queue, held.plus(event), waiting, answers);
    }

    Pending released() {
        return new Pending(queue, AmortizedPQueue.empty(), waiting, answers);
    }

    Pending answered(long ticket, @Nullable Observed found) {
        return new Pending(queue, held, waiting, answers.plus(ticket, Optional.ofNullable(found)));
    }

    /** Without the first item. */
    Pending next() {
        Item head = queue.peek();
        if (head == null) {
            return this;
        }
        PSet<EventId> fewer =
                head instanceof Item.Event event ? waiting.minus(event.event().id()) : waiting;
        return new Pending(
                queue.minus(), held, fewer, answers.minus(head.ticket()).minus(head.podTicket()));
    }

    /** With these items before all others. */
    Pending first(List<Item> items) {
        return new Pending(AmortizedPQueue.<Item>empty().plusAll(items).plusAll(queue), held, waiting, answers);
    }
}
