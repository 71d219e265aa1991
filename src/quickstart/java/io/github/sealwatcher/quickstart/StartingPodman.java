package io.github.sealwatcher.quickstart;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/** A {@link WatchedPodman} that is found or started in the background; closed with this, even when nobody awaited it. */
final class StartingPodman implements AutoCloseable {
    private final CompletableFuture<WatchedPodman> making;

    StartingPodman(boolean alwaysPrivate) {
        making = CompletableFuture.supplyAsync(() -> WatchedPodman.find(alwaysPrivate));
    }

    /**
     * @throws IllegalStateException when there is none and none could be started
     */
    WatchedPodman await() {
        try {
            return making.join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof RuntimeException cause ? cause : e;
        }
    }

    @Override
    public void close() {
        making.exceptionally(e -> null)
                .thenAccept(podman -> {
                    if (podman != null) {
                        podman.close();
                    }
                })
                .join();
    }
}
