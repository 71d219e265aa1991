package io.github.sealwatcher.trail.rule;

import io.github.sealwatcher.trail.event.ContainerEvent;
import java.io.Serial;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The newest events by their id. What is repeated is folded once: otherwise one doubled record would break each rule. A
 * worker that is killed repeats what it sent since its last flush, which is newer than what this forgets.
 */
final class RecentEvents {
    static final int MAX_EVENTS = 1 << 17;

    private final Map<String, Content> newest = new Newest();

    /** What must be equal when a record is repeated: all but how it came to be known. */
    private record Content(
            String type, long timeNs, @Nullable Integer exitCode, int container) {
        static Content of(ContainerEvent event) {
            return new Content(
                    event.type(),
                    event.timeNs(),
                    event.exitCode(),
                    Objects.hash(event.key(), event.container().startedAtNs()));
        }
    }

    private static final class Newest extends LinkedHashMap<String, Content> {
        @Serial
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Content> eldest) {
            return size() > MAX_EVENTS;
        }
    }

    /** How an event compares with the newest ones. */
    enum Answer {
        NEW,
        REPEATED,
        /** The same id with different content. */
        CHANGED
    }

    Answer add(ContainerEvent event) {
        Content content = Content.of(event);
        Content before = newest.putIfAbsent(event.eventId(), content);
        if (before == null) {
            return Answer.NEW;
        }
        return before.equals(content) ? Answer.REPEATED : Answer.CHANGED;
    }
}
