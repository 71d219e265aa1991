package io.github.sealwatcher.trail.fold;

import io.github.sealwatcher.trail.event.ContainerEvent;
import io.github.sealwatcher.trail.event.ContainerKey;
import io.github.sealwatcher.trail.event.StateRow;
import io.github.sealwatcher.trail.event.Window;
import java.io.Serial;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Collects the lives of a window of time. Holds what is alive and what is in the window, not the rest of the trail. */
public final class LivesIn {
    private final Window window;
    private final Fold fold = new Fold();
    private final List<Life> found = new ArrayList<>();
    private final Map<ContainerKey, StateRow> silent = new HashMap<>();
    private final Lives lives;
    private long newestNs = Long.MIN_VALUE;

    /** More lives than were asked for. */
    public static final class TooManyException extends RuntimeException {
        @Serial
        private static final long serialVersionUID = 1L;

        private final long reachedNs;

        TooManyException(long reachedNs) {
            super("too many lives");
            this.reachedNs = reachedNs;
        }

        /** The time up to which there were as many as were asked for. */
        public long reachedNs() {
            return reachedNs;
        }
    }

    /** All of that window. */
    public LivesIn(Window window) {
        this(window, Integer.MAX_VALUE);
    }

    /**
     * Those of that window.
     *
     * @param most how many there may be; with more, {@link TooManyException} is thrown as soon as they are found
     */
    public LivesIn(Window window, int most) {
        this.window = window;
        lives = new Lives(life -> {
            if (life.window().meets(window)) {
                if (found.size() >= most) {
                    throw new TooManyException(newestNs);
                }
                found.add(life);
            }
        });
    }

    /** Takes the next event. */
    public void add(ContainerEvent event) {
        newestNs = Math.max(newestNs, event.timeNs());
        lives.add(fold.apply(event));
    }

    /** Takes the next row of the state topic, after all events. */
    public void add(StateRow row) {
        if (row.status() == null || fold.alive().containsKey(row.key())) {
            silent.remove(row.key());
        } else {
            silent.put(row.key(), row);
        }
    }

    /** The newest event's time; the smallest number there is without any. */
    public long newestNs() {
        return newestNs;
    }

    /** All of them; nothing more can be added. */
    public List<Life> finish() {
        lives.finish(fold);
        silent.forEach((key, row) -> {
            Long started = row.container().startedAtNs();
            long fromNs = started == null ? row.sinceNs() : started;
            if (fromNs <= window.toNs()) {
                found.add(new Life(key, row.container(), row.pod(), fromNs, Long.MAX_VALUE, null, null, List.of()));
            }
        });
        return List.copyOf(found);
    }
}
