package io.github.sealwatcher.watch.state;

import static io.github.sealwatcher.watch.ExactHost.at;
import static io.github.sealwatcher.watch.ExactHost.ev;
import static io.github.sealwatcher.watch.ExactHost.id;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.sealwatcher.model.EngineEvent;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What waits to be applied, and when that is so much that no more is wanted. */
class EventQueueTest {

    private static final int MAX_ITEMS = 4096;
    private static final int MAX_BYTES = 4 << 20;

    @Test
    void isFullWithAsManyEventsAsItMayHold() {
        EventQueue queue = EventQueue.NONE;
        for (int i = 1; i < MAX_ITEMS; i++) {
            queue = queue.plus(new QueueItem.Compare());
        }

        assertThat(queue.isFull()).isFalse();
        assertThat(queue.plus(new QueueItem.Compare()).isFull()).isTrue();
        assertThat(queue.plus(new QueueItem.Compare()).isHoldingMuch()).isFalse();
    }

    @Test
    void isFullWithAsManyBytesAsItMayHold() {
        EventQueue queue = EventQueue.NONE.plus(item(large(1, MAX_BYTES / 2)));

        assertThat(queue.plus(item(large(2, MAX_BYTES / 2 - 1))).isFull()).isFalse();
        assertThat(queue.plus(item(large(2, MAX_BYTES / 2))).isFull()).isTrue();
        assertThat(queue.first(List.of(item(large(2, MAX_BYTES / 2)))).isFull())
                .as("before all others")
                .isTrue();
    }

    @Test
    void whatWasAppliedTakesNoRoom() {
        EventQueue queue = EventQueue.NONE.plus(item(large(1, MAX_BYTES))).next();

        assertThat(queue.isFull()).isFalse();
        assertThat(queue.isEmpty()).isTrue();
        assertThat(queue.queuedBytes()).isZero();
        assertThat(queue.plus(item(large(2, MAX_BYTES - 1))).isFull()).isFalse();
    }

    @Test
    void whatStandsBehindTheLogThatWasReadStaysBehindItsContainer() {
        EventQueue queue = EventQueue.NONE
                .plus(item(ev("start", 1, 5)))
                .plus(item(ev("died", 1, 6)))
                .plus(item(ev("start", 2, 6)))
                .plus(item(ev("remove", 3, 2)))
                .plus(item(ev("remove", 4, 3)))
                .plus(new QueueItem.Compare());

        EventQueue ordered = queue.inOrder(List.of(ev("remove", 3, 2), ev("remove", 4, 3), ev("start", 1, 5)));

        assertThat(ordered.queued())
                .containsExactly(
                        item(ev("remove", 3, 2)),
                        item(ev("start", 2, 6)),
                        item(ev("remove", 4, 3)),
                        item(ev("start", 1, 5)),
                        item(ev("died", 1, 6)),
                        new QueueItem.Compare());
    }

    @Test
    void holdsAsManyEventsAsItMay() {
        EventQueue queue = EventQueue.NONE;
        for (int i = 1; i < MAX_ITEMS; i++) {
            queue = queue.holding(ev("exec", 1, i));
        }

        assertThat(queue.isHoldingMuch()).isFalse();
        assertThat(queue.holding(ev("exec", 1, MAX_ITEMS)).isHoldingMuch()).isTrue();
        assertThat(queue.holding(ev("exec", 1, MAX_ITEMS)).isFull()).isFalse();
    }

    @Test
    void holdsAsManyBytesAsItMay() {
        EventQueue queue = EventQueue.NONE.holding(large(1, MAX_BYTES / 2));

        assertThat(queue.holding(large(2, MAX_BYTES / 2 - 1)).isHoldingMuch()).isFalse();
        assertThat(queue.holding(large(2, MAX_BYTES / 2)).isHoldingMuch()).isTrue();
        assertThat(queue.holding(large(2, MAX_BYTES)).released().isHoldingMuch())
                .isFalse();
    }

    @Test
    void isEmptyIfNothingIsQueuedNorHeld() {
        assertThat(EventQueue.NONE.isEmpty()).isTrue();
        assertThat(EventQueue.NONE.plus(new QueueItem.Compare()).isEmpty()).isFalse();
        assertThat(EventQueue.NONE.holding(ev("exec", 1, 1)).isEmpty()).isFalse();
        assertThat(EventQueue.NONE.next().isEmpty())
                .as("nothing is left of nothing")
                .isTrue();
    }

    private static QueueItem item(EngineEvent event) {
        return new QueueItem.Event(event, false, QueueItem.NO_TICKET, QueueItem.NO_TICKET);
    }

    /** An event with attributes of that many bytes. */
    private static EngineEvent large(int number, int bytes) {
        return EngineEvent.of(
                "container", "exec", id(number).value(), Map.of("key", "x".repeat(bytes - 3)), at(number));
    }
}
