package io.github.sealwatcher.host;

import java.util.ArrayDeque;
import java.util.Queue;

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
    private final Queue<Runnable> awaited = new ArrayDeque<>();
    private final Queue<Runnable> background = new ArrayDeque<>();
    private int inFlight;
    private int inBackground;
    private boolean closed;

    /** How a look-up is run: on another thread, as soon as there is one. */
    @FunctionalInterface
    interface Starter {
        /** @param isAwaited whether an event waits for the answer */
        void start(Runnable lookUp, boolean isAwaited);
    }

    /** @param mostInFlight at least 2; one less is open to the background */
    LookUps(int mostInFlight, Starter starter) {
        this.mostInFlight = mostInFlight;
        this.mostInBackground = Math.max(1, mostInFlight - 1);
        this.starter = starter;
    }

    /**
     * Performs a look-up in its turn.
     *
     * @param lookUp throws nothing
     * @param isAwaited whether an event waits for the answer
     */
    synchronized void add(Runnable lookUp, boolean isAwaited) {
        (isAwaited ? awaited : background).add(lookUp);
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
        while (!closed && inFlight < mostInFlight) {
            boolean isAwaited = !awaited.isEmpty();
            Runnable next = isAwaited ? awaited.poll() : inBackground < mostInBackground ? background.poll() : null;
            if (next == null) {
                return;
            }
            inFlight++;
            inBackground += isAwaited ? 0 : 1;
            starter.start(() -> perform(next, isAwaited), isAwaited);
        }
    }

    private void perform(Runnable lookUp, boolean isAwaited) {
        try {
            lookUp.run();
        } finally {
            done(isAwaited);
        }
    }

    private synchronized void done(boolean isAwaited) {
        inFlight--;
        inBackground -= isAwaited ? 0 : 1;
        fill();
    }
}
