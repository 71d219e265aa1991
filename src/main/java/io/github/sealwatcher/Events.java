package io.github.sealwatcher;

import io.github.sealwatcher.host.FatalHostException;
import io.github.sealwatcher.host.HostEmission;
import io.github.sealwatcher.host.Outbox;
import io.github.sealwatcher.model.Change;
import io.github.sealwatcher.watch.Emission;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * What happens on a host, in order, nothing left out. Whoever doesn't take it makes the host wait as soon as the queue is
 * full: its portfolio stands still, Podman keeps its events, and other hosts don't notice. So read it on a thread that
 * waits for nothing else, in particular not for {@link PodmanWatcher#ready}, or close it.
 *
 * <p>One thread takes; any thread may close.
 */
public final class Events implements AutoCloseable {

    private final Outbox outbox;
    private final Queue<Change> taken = new ArrayDeque<>();

    Events(Outbox outbox) {
        this.outbox = outbox;
    }

    /**
     * Waits for the next change.
     *
     * @return null at the end: the watcher or this was closed, and everything is taken
     * @throws FatalHostException if the host was given up, and everything before that is taken
     */
    public @Nullable Change take() throws InterruptedException {
        return next(Long.MAX_VALUE);
    }

    /**
     * Waits for the next change, though not for ever.
     *
     * @return null if there is none in time, or at the end
     * @throws FatalHostException if the host was given up, and everything before that is taken
     */
    public @Nullable Change poll(Duration atMost) throws InterruptedException {
        return next(TimeUnit.NANOSECONDS.convert(atMost));
    }

    private @Nullable Change next(long atMostNs) throws InterruptedException {
        long beginNs = System.nanoTime();
        while (taken.isEmpty()) {
            long leftNs = atMostNs == Long.MAX_VALUE ? atMostNs : atMostNs - (System.nanoTime() - beginNs);
            var emissions = outbox.drain(1, TimeUnit.NANOSECONDS.toMillis(Math.max(0, leftNs)));
            if (emissions.isEmpty() && (outbox.isClosed() || leftNs <= 0)) {
                return null;
            }
            for (HostEmission emission : emissions) {
                add(emission.emission());
            }
        }
        return taken.remove();
    }

    private void add(Emission emission) {
        taken.addAll(emission.hostChanges());
        taken.addAll(emission.changes());
    }

    /** Wants no more: the watcher goes on without. Idempotent. */
    @Override
    public void close() {
        outbox.close();
    }
}
