package io.github.sealwatcher;

import io.github.sealwatcher.host.FatalHostException;
import io.github.sealwatcher.host.HostEmission;
import io.github.sealwatcher.host.Outbox;
import io.github.sealwatcher.host.Sink;
import io.github.sealwatcher.model.EngineIdentity;
import io.github.sealwatcher.model.HostChange;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;

/**
 * All who listen to one host. Each has an outbox of its own; the first one that is full stops the host until there is
 * room again, so that nothing is lost and nothing grows. Thread-safe.
 */
final class Subscribers implements Sink, AutoCloseable {

    /** How much waits for each listener before the host is stopped. */
    record Queue(int changes, long bytes) {}

    private final @Nullable Sink main;
    private final Queue queue;
    private final List<Outbox> outboxes = new CopyOnWriteArrayList<>();
    private final CompletableFuture<Void> ready = new CompletableFuture<>();
    private final CountDownLatch over = new CountDownLatch(1);
    /** Set before it is over; null if it was closed. */
    private volatile @Nullable FatalHostException failure;

    private volatile @Nullable EngineIdentity engine;

    /** @param main is given everything first; null if nobody is */
    Subscribers(@Nullable Sink main, Queue queue) {
        this.main = main;
        this.queue = queue;
    }

    Events join() {
        var outbox = new Outbox(queue.changes(), queue.bytes());
        outboxes.add(outbox);
        // Whoever comes after the end must not wait for ever.
        if (isOver()) {
            end(outbox);
        }
        return new Events(outbox);
    }

    @Nullable
    EngineIdentity engine() {
        return engine;
    }

    CompletableFuture<Void> ready() {
        // Run elsewhere: whatever depends on it must not hold up the host.
        return ready.thenRunAsync(() -> {});
    }

    /** Returns at the close, or throws what ended it before. */
    void awaitEnd() throws InterruptedException {
        over.await();
        if (failure != null) {
            throw failure;
        }
    }

    @Override
    public boolean put(HostEmission emission) throws InterruptedException {
        if (emission.emission().engine() != null) {
            engine = emission.emission().engine();
        }
        if (main != null && !main.put(emission)) {
            return false;
        }
        if (!emission.emission().isHeartbeat()) {
            for (Outbox outbox : List.copyOf(outboxes)) {
                if (!outbox.put(emission)) {
                    outboxes.remove(outbox);
                }
            }
        }
        if (emission.emission().hostChanges().stream()
                .anyMatch(change -> change.type() == HostChange.Type.SYNCHRONIZED)) {
            ready.complete(null);
        }
        return !isOver();
    }

    @Override
    public void park(FatalHostException error) {
        finish(error, error);
        if (main != null) {
            main.park(error);
        }
    }

    @Override
    public void close() {
        finish(null, new CancellationException("the watcher was closed"));
    }

    private synchronized void finish(@Nullable FatalHostException fatal, Throwable unready) {
        if (!isOver()) {
            failure = fatal;
            over.countDown();
            outboxes.forEach(this::end);
            ready.completeExceptionally(unready);
        }
    }

    private boolean isOver() {
        return over.getCount() == 0;
    }

    private void end(Outbox outbox) {
        if (failure != null) {
            outbox.park(failure);
        }
        outbox.close();
    }
}
