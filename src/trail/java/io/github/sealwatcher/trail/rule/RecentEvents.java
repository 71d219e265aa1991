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
    static final int MOST = 1 << 17;

    private final Map<String, Saying> newest = new Newest();

    /** What must be equal when a record is repeated: all but how it came to be known. */
    private record Saying(
            String type, long timeNs, @Nullable Integer exitCode, int container) {
        static Saying of(ContainerEvent event) {
            return new Saying(
                    event.type(),
                    event.timeNs(),
                    event.exitCode(),
                    Objects.hash(event.key(), event.container().startedAtNs()));
        }
    }

    private static final class Newest extends LinkedHashMap<String, Saying> {
        @Serial
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Saying> eldest) {
            return size() > MOST;
        }
    }

    /** How an event compares with the newest ones. */
    enum Answer {
        NEW,
        REPEATED,
        /** The same id, but it says something else. */
        CHANGED
    }

    Answer add(ContainerEvent event) {
        Saying saying = Saying.of(event);
        Saying before = newest.putIfAbsent(event.eventId(), saying);
        if (before == null) {
            return Answer.NEW;
        }
        return before.equals(saying) ? Answer.REPEATED : Answer.CHANGED;
    }
}
