package io.github.sealwatcher.host;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs work in so many places at once, in order; what can wait gets a place only when nothing else wants it. Whatever holds its place for longer than the patience loses it to the
 * next and goes on beside: so a thousand hosts that answer need few threads, and those that hang stop nobody else.
 * Thread-safe.
 */
final class Workers {

    private static final Logger LOG = LoggerFactory.getLogger(Workers.class);
    private static final int LOOKS_WITHIN_PATIENCE = 4;

    private final Executor threads;
    private final ScheduledExecutorService timer;
    private final int places;
    private final long patienceNs;
    // Guarded by this: all below.
    private final Deque<Runnable> waiting = new ArrayDeque<>();
    private final Deque<Runnable> waitingLonger = new ArrayDeque<>();
    private final Set<Slot> taken = new HashSet<>();
    private boolean looking;

    /**
     * Without threads of its own.
     *
     * @param threads runs anything at once, on a thread of its own
     * @param timer looks now and then, while something waits, for who holds a place too long
     */
    Workers(Executor threads, ScheduledExecutorService timer, int places, long patienceNs) {
        this.threads = threads;
        this.timer = timer;
        this.places = places;
        this.patienceNs = patienceNs;
    }

    synchronized void run(Runnable work) {
        waiting.add(work);
        fill();
    }

    /** Runs work that can wait until nothing else does. */
    synchronized void runLater(Runnable work) {
        waitingLonger.add(work);
        fill();
    }

    private synchronized void fill() {
        while (taken.size() < places && isAnyWaiting() && begin()) {
            // until there is no more room, or no more work
            continue;
        }
        if (isAnyWaiting() && !looking) {
            looking = true;
            // Never waited for: it fails in no way.
            Future<?> unused =
                    timer.schedule(this::findStuck, patienceNs / LOOKS_WITHIN_PATIENCE, TimeUnit.NANOSECONDS);
        }
    }

    /** Whether there was a thread for the next work. */
    private boolean begin() {
        boolean last = waiting.isEmpty();
        Runnable first = last ? waitingLonger.remove() : waiting.remove();
        Slot slot = new Slot();
        boolean begun = false;
        try {
            taken.add(slot);
            threads.execute(() -> work(slot, first));
            begun = true;
        } catch (OutOfMemoryError e) {
            LOG.warn("No thread could be started for a host's work, which waits and is retried: {}", e.toString());
        } finally {
            if (!begun) {
                taken.remove(slot);
                (last ? waitingLonger : waiting).addFirst(first);
            }
        }
        return begun;
    }

    private boolean isAnyWaiting() {
        return !waiting.isEmpty() || !waitingLonger.isEmpty();
    }

    private synchronized void findStuck() {
        looking = false;
        long nowNs = System.nanoTime();
        taken.removeIf(slot -> nowNs - slot.sinceNs >= patienceNs);
        fill();
    }

    private void work(Slot slot, Runnable first) {
        try {
            for (Runnable work = first; work != null; work = next(slot)) {
                work.run();
            }
        } finally {
            leave(slot);
        }
    }

    private synchronized void leave(Slot slot) {
        taken.remove(slot);
        fill();
    }

    private synchronized @Nullable Runnable next(Slot slot) {
        slot.sinceNs = System.nanoTime();
        if (!taken.contains(slot)) {
            return null;
        }
        return waiting.isEmpty() ? waitingLonger.poll() : waiting.poll();
    }

    private static final class Slot {
        /** Since when it does what it does. Guarded by the workers. */
        private long sinceNs = System.nanoTime();
    }
}
