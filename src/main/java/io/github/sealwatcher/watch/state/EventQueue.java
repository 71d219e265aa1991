package io.github.sealwatcher.watch.state;

import io.github.sealwatcher.model.ContainerId;
import io.github.sealwatcher.model.EngineEvent;
import io.github.sealwatcher.model.EventId;
import io.github.sealwatcher.model.Life;
import io.github.sealwatcher.model.ObservedContainer;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.pcollections.AmortizedPQueue;
import org.pcollections.HashTreePMap;
import org.pcollections.PMap;
import org.pcollections.PQueue;

/**
 * What waits to be applied. Order is kept although the look-ups for several items are under way at once. Nothing in here
 * is part of a checkpoint: if the connection is lost it is dropped, and a replay returns it again.
 *
 * @param queued in order
 * @param held what the stream brought while a re-read must come first
 * @param waiting the events in the queue
 * @param answers the answered look-ups of items in the queue
 * @param queuedBytes about how many bytes the events in {@code queued} take
 * @param heldBytes about how many bytes those in {@code held} take
 */
public record EventQueue(
        PQueue<QueueItem> queued,
        PQueue<EngineEvent> held,
        WaitingEvents waiting,
        PMap<Long, Optional<ObservedContainer>> answers,
        long queuedBytes,
        long heldBytes) {

    /** Nothing waits. */
    public static final EventQueue NONE = new EventQueue(
            AmortizedPQueue.empty(), AmortizedPQueue.empty(), WaitingEvents.NONE, HashTreePMap.empty(), 0, 0);

    private static final int MAX_ITEMS = 4096;
    /** An event can have megabytes of labels. */
    private static final long MAX_BYTES = 4L << 20;

    /** Whether nothing more should be queued before something was applied. */
    boolean isFull() {
        return queued.size() >= MAX_ITEMS || queuedBytes >= MAX_BYTES;
    }

    /** Whether no event more should be held. */
    boolean isHoldingMuch() {
        return held.size() >= MAX_ITEMS || heldBytes >= MAX_BYTES;
    }

    boolean isEmpty() {
        return queued.isEmpty() && held.isEmpty();
    }

    /** The next event that waits and begins or ends a life of the container that this one is about; null if none does. */
    @Nullable
    public EngineEvent boundAfter(EngineEvent event) {
        return after(event, Actions.BOUNDING);
    }

    /** The next event that waits of the container that this one is about, and has one of those actions; null if none does. */
    @Nullable
    public EngineEvent after(EngineEvent event, Set<String> actions) {
        if (!waiting.isOther(event)) {
            return null;
        }
        for (QueueItem item : queued) {
            if (item instanceof QueueItem.Event next
                    && next.event().actorId().equals(event.actorId())
                    && actions.contains(next.event().action())
                    && !next.event().id().equals(event.id())) {
                return next.event();
            }
        }
        return null;
    }

    /** Whether an event waits that begins or ends a life of the container. */
    public boolean isBoundWaiting(ContainerId id) {
        return waiting.isAny(id.value())
                && queued.stream()
                        .anyMatch(item -> item instanceof QueueItem.Event next
                                && next.event().actorId().equals(id.value())
                                && Actions.BOUNDING.contains(next.event().action()));
    }

    /** Whether that event waits. */
    public boolean isWaiting(EventId id) {
        return waiting.contains(id);
    }

    /** Whether an event of that action and that container waits. */
    public boolean isWaiting(String actorId, String action) {
        return waiting.isAny(actorId)
                && queued.stream()
                        .anyMatch(item -> item instanceof QueueItem.Event next
                                && next.event().actorId().equals(actorId)
                                && next.event().action().equals(action));
    }

    /** Whether an event waits that can be the start of that life. */
    public boolean isStartWaiting(ContainerId id, Life life) {
        if (!waiting.isAny(id.value())) {
            return false;
        }
        for (QueueItem item : queued) {
            if (item instanceof QueueItem.Event next
                    && next.event().actorId().equals(id.value())
                    && next.event().action().equals(Actions.START)
                    && life.canBe(Life.fromEvent(next.event().timeNs()))) {
                return true;
            }
        }
        return false;
    }

    /** The first item if all that it waits for is there, else null. */
    @Nullable
    public QueueItem ready() {
        QueueItem head = queued.peek();
        return head != null && isAnswered(head.ticket()) && isAnswered(head.podTicket()) ? head : null;
    }

    private boolean isAnswered(long ticket) {
        return ticket == QueueItem.NO_TICKET || answers.containsKey(ticket);
    }

    /** What the look-up of this item found; null if nothing, or if there was no look-up. */
    @Nullable
    public ObservedContainer answer(QueueItem item) {
        return answers.getOrDefault(item.ticket(), Optional.empty()).orElse(null);
    }

    /** With one more item at the end. */
    public EventQueue plus(QueueItem item) {
        return new EventQueue(
                queued.plus(item), held, waiting.plus(item), answers, queuedBytes + bytes(item), heldBytes);
    }

    /** With one more event of the stream held until the replay has ended. */
    public EventQueue holding(EngineEvent event) {
        return new EventQueue(
                queued, held.plus(event), waiting, answers, queuedBytes, heldBytes + event.attributeBytes());
    }

    /** Without those of the events that were held. */
    public EventQueue withoutHeld(Predicate<EngineEvent> dropped) {
        EventQueue left = released();
        for (EngineEvent event : held) {
            left = dropped.test(event) ? left : left.holding(event);
        }
        return left;
    }

    /** Without the events that were held. */
    public EventQueue released() {
        return new EventQueue(queued, AmortizedPQueue.empty(), waiting, answers, queuedBytes, 0);
    }

    /** With the answer to a look-up; null if the container or pod doesn't exist. */
    public EventQueue answered(long ticket, @Nullable ObservedContainer found) {
        return new EventQueue(
                queued, held, waiting, answers.plus(ticket, Optional.ofNullable(found)), queuedBytes, heldBytes);
    }

    /** Without the first item. */
    public EventQueue next() {
        QueueItem head = queued.peek();
        if (head == null) {
            return this;
        }
        return new EventQueue(
                queued.minus(),
                held,
                waiting.minus(head),
                answers.minus(head.ticket()).minus(head.podTicket()),
                queuedBytes - bytes(head),
                heldBytes);
    }

    /** With these items before all others. */
    public EventQueue first(List<QueueItem> items) {
        WaitingEvents more = waiting;
        for (QueueItem item : items) {
            more = more.plus(item);
        }
        return new EventQueue(
                AmortizedPQueue.<QueueItem>empty().plusAll(items).plusAll(queued),
                held,
                more,
                answers,
                queuedBytes + items.stream().mapToLong(EventQueue::bytes).sum(),
                heldBytes);
    }

    /** With those of these events that wait in this order; see {@link QueueOrder}. */
    public EventQueue inOrder(List<EngineEvent> order) {
        return new EventQueue(QueueOrder.of(queued, order), held, waiting, answers, queuedBytes, heldBytes);
    }

    private static long bytes(QueueItem item) {
        return item instanceof QueueItem.Event event ? event.event().attributeBytes() : 0;
    }
}
