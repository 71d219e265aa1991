package io.github.sealwatcher.connect;

import io.github.sealwatcher.connect.config.HostConfig;
import io.github.sealwatcher.connect.config.HostEntry;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads the hosts at an interval and reports when they change. What can't be read changes nothing: the last good hosts
 * stay. One daemon thread of its own.
 */
final class InventoryWatcher implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(InventoryWatcher.class);
    /** A file that is being written is read half; what is the same a little later is whole. */
    private static final long STEADY_MS = 250;

    private final Supplier<List<HostConfig>> reading;
    private final Consumer<List<HostConfig>> changed;
    private final Consumer<Boolean> readable;
    private final long pollMs;
    private final ScheduledExecutorService thread;
    // Used by the thread only.
    private List<HostEntry> known;
    private @Nullable List<HostEntry> seen;
    private @Nullable String problem;

    /**
     * Begins to look after {@code pollMs}.
     *
     * @param reading the hosts as they are configured now; throws what is wrong with them
     * @param first the hosts that are known already
     * @param changed is given other hosts, on this watch's thread
     * @param readable is called after each read with whether the hosts could be read
     */
    InventoryWatcher(
            Supplier<List<HostConfig>> reading,
            List<HostConfig> first,
            long pollMs,
            Consumer<List<HostConfig>> changed,
            Consumer<Boolean> readable) {
        this.reading = reading;
        this.changed = changed;
        this.readable = readable;
        this.pollMs = pollMs;
        this.known = entries(first);
        WorkerContext context = WorkerContext.capture();
        this.thread = Executors.newSingleThreadScheduledExecutor(body -> {
            var daemon = new Thread(context.wrap(body), "podman-inventory");
            daemon.setDaemon(true);
            return daemon;
        });
        lookIn(pollMs);
    }

    @Override
    public void close() {
        thread.shutdownNow();
    }

    private void lookIn(long ms) {
        if (!thread.isShutdown()) {
            // Never waited for: it catches what goes wrong itself.
            Future<?> unused = thread.schedule(this::look, ms, TimeUnit.MILLISECONDS);
        }
    }

    private void look() {
        long nextMs = pollMs;
        try {
            List<HostConfig> hosts = reading.get();
            readable.accept(true);
            List<HostEntry> found = entries(hosts);
            if (problem != null) {
                problem = null;
                LOG.info("The inventory can be read again: {} hosts", found.size());
            }
            if (found.equals(known)) {
                seen = null;
            } else if (found.equals(seen)) {
                changed.accept(hosts);
                known = found;
                seen = null;
            } else {
                seen = found;
                nextMs = Math.min(pollMs, STEADY_MS);
            }
        } catch (RuntimeException | Error e) {
            // An Error too: nobody would ever look again.
            readable.accept(false);
            seen = null;
            String found = e instanceof Error ? e.toString() : String.valueOf(e.getMessage());
            if (!found.equals(problem)) {
                problem = found;
                LOG.warn(
                        "The inventory can't be used, so the last good one stays, with {} hosts: {}",
                        known.size(),
                        found);
            }
        }
        lookIn(nextMs);
    }

    private static List<HostEntry> entries(List<HostConfig> hosts) {
        return hosts.stream().map(HostConfig::entry).toList();
    }
}
