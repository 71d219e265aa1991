package io.github.sealwatcher.host;

import java.util.ArrayDeque;
import java.util.HashSet;
import java.util.Iterator;
import java.util.Queue;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The look-ups of one connection, a bounded number of them in flight. Those that an event waits for go first, and one
 * place is theirs alone: so they wait for each other only, however long the background's queue is. Thread-safe.
 */
final class Lookups implements AutoCloseable {

    /** Measured, see docs/adr/0017. */
    static final int DEFAULT_IN_FLIGHT = 4;

    private final int maxInFlight;
    private final int maxInBackground;
    private final Starter starter;
    // Guarded by this: all below.
    private final Queue<Lookup> awaited = new ArrayDeque<>();
    private final Queue<Lookup> background = new ArrayDeque<>();
    private final Set<Object> inFlight = new HashSet<>();
    private int inBackground;
    private boolean closed;

    /** How a look-up is run: on another thread, as soon as there is one. */
    @FunctionalInterface
    interface Starter {
        /** @param isAwaited whether an event waits for the answer */
        void start(Runnable lookUp, boolean isAwaited);
    }

    private record Lookup(Object what, boolean isAwaited, Runnable work) {}

    /** @param maxInFlight at least 2; one less is open to the background */
    Lookups(int maxInFlight, Starter starter) {
        this.maxInFlight = maxInFlight;
        this.maxInBackground = Math.max(1, maxInFlight - 1);
        this.starter = starter;
    }

    /**
     * Performs a look-up in its turn.
     *
     * @param what is looked up: one at a time, so that no older answer can overtake a newer one
     * @param isAwaited whether an event waits for the answer
     */
    synchronized void add(Object what, boolean isAwaited, Runnable work) {
        (isAwaited ? awaited : background).add(new Lookup(what, isAwaited, work));
        fill();
    }

    /** Drops what isn't in flight yet. */
    @Override
    public synchronized void close() {
        closed = true;
        awaited.clear();
        background.clear();
    }

    private void fill() {
        while (!closed && inFlight.size() < maxInFlight) {
            Lookup next = take(awaited);
            if (next == null && inBackground < maxInBackground) {
                next = take(background);
            }
            if (next == null) {
                return;
            }
            start(next);
        }
    }

    private void start(Lookup next) {
        inFlight.add(next.what());
        inBackground += next.isAwaited() ? 0 : 1;
        starter.start(() -> perform(next), next.isAwaited());
    }

    /** The first that isn't about what is being looked up now. */
    private @Nullable Lookup take(Queue<Lookup> queue) {
        for (Iterator<Lookup> each = queue.iterator(); each.hasNext(); ) {
            Lookup lookup = each.next();
            if (!inFlight.contains(lookup.what())) {
                each.remove();
                return lookup;
            }
        }
        return null;
    }

    private void perform(Lookup lookup) {
        try {
            lookup.work().run();
        } finally {
            done(lookup);
        }
    }

    private synchronized void done(Lookup lookup) {
        inFlight.remove(lookup.what());
        inBackground -= lookup.isAwaited() ? 0 : 1;
        fill();
    }
}
