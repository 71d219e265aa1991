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
final class LookUps implements AutoCloseable {

    /** Measured, see docs/adr/0017. */
    static final int DEFAULT_IN_FLIGHT = 4;

    private final int mostInFlight;
    private final int mostInBackground;
    private final Starter starter;
    // Guarded by this: all below.
    private final Queue<LookUp> awaited = new ArrayDeque<>();
    private final Queue<LookUp> background = new ArrayDeque<>();
    private final Set<Object> inFlight = new HashSet<>();
    private int inBackground;
    private boolean closed;

    /** How a look-up is run: on another thread, as soon as there is one. */
    @FunctionalInterface
    interface Starter {
        /** @param isAwaited whether an event waits for the answer */
        void start(Runnable lookUp, boolean isAwaited);
    }

    private record LookUp(Object what, boolean isAwaited, Runnable work) {}

    /** @param mostInFlight at least 2; one less is open to the background */
    LookUps(int mostInFlight, Starter starter) {
        this.mostInFlight = mostInFlight;
        this.mostInBackground = Math.max(1, mostInFlight - 1);
        this.starter = starter;
    }

    /**
     * Performs a look-up in its turn.
     *
     * @param what is looked up: one at a time, so that no older answer can overtake a newer one
     * @param isAwaited whether an event waits for the answer
     */
    synchronized void add(Object what, boolean isAwaited, Runnable work) {
        (isAwaited ? awaited : background).add(new LookUp(what, isAwaited, work));
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
        while (!closed && inFlight.size() < mostInFlight) {
            LookUp next = take(awaited);
            if (next == null && inBackground < mostInBackground) {
                next = take(background);
            }
            if (next == null) {
                return;
            }
            start(next);
        }
    }

    private void start(LookUp next) {
        inFlight.add(next.what());
        inBackground += next.isAwaited() ? 0 : 1;
        starter.start(() -> perform(next), next.isAwaited());
    }

    /** The first that isn't about what is being looked up now. */
    private @Nullable LookUp take(Queue<LookUp> queue) {
        for (Iterator<LookUp> each = queue.iterator(); each.hasNext(); ) {
            LookUp lookUp = each.next();
            if (!inFlight.contains(lookUp.what())) {
                each.remove();
                return lookUp;
            }
        }
        return null;
    }

    private void perform(LookUp lookUp) {
        try {
            lookUp.work().run();
        } finally {
            done(lookUp);
        }
    }

    private synchronized void done(LookUp lookUp) {
        inFlight.remove(lookUp.what());
        inBackground -= lookUp.isAwaited() ? 0 : 1;
        fill();
    }
}
