package io.github.sealwatcher.host;

import java.util.ArrayDeque;
import java.util.HashSet;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Runs work in so many places at once, in order. Whatever holds its place for longer than the patience loses it to the
 * next and goes on beside: so a thousand hosts that answer need few threads, and those that hang stop nobody else.
 * Thread-safe.
 */
final class Workers {

    private static final int LOOKS_WITHIN_PATIENCE = 4;

    private final Executor threads;
    private final ScheduledExecutorService timer;
    private final int places;
    private final long patienceNs;
    // Guarded by this: all below.
    private final Queue<Runnable> waiting = new ArrayDeque<>();
    private final Set<Place> taken = new HashSet<>();
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

    private synchronized void fill() {
        while (taken.size() < places && !waiting.isEmpty()) {
            Place place = new Place();
            Runnable first = waiting.remove();
            taken.add(place);
            threads.execute(() -> work(place, first));
        }
        if (!waiting.isEmpty() && !looking) {
            looking = true;
            // Never waited for: it fails in no way.
            Future<?> unused = timer.schedule(this::look, patienceNs / LOOKS_WITHIN_PATIENCE, TimeUnit.NANOSECONDS);
        }
    }

    private synchronized void look() {
        looking = false;
        long nowNs = System.nanoTime();
        taken.removeIf(place -> nowNs - place.sinceNs >= patienceNs);
        fill();
    }

    private void work(Place place, Runnable first) {
        try {
            for (Runnable work = first; work != null; work = next(place)) {
                work.run();
            }
        } finally {
            leave(place);
        }
    }

    private synchronized void leave(Place place) {
        taken.remove(place);
        fill();
    }

    private synchronized @Nullable Runnable next(Place place) {
        place.sinceNs = System.nanoTime();
        return taken.contains(place) ? waiting.poll() : null;
    }

    private static final class Place {
        /** Since when it does what it does. Guarded by the workers. */
        private long sinceNs = System.nanoTime();
    }
}
