package io.github.sealwatcher.connect;

import io.github.sealwatcher.PodmanWatcher;
import io.github.sealwatcher.connect.metrics.TaskMetrics;
import io.github.sealwatcher.connect.record.BatchMapper;
import io.github.sealwatcher.host.FatalHostException;
import io.github.sealwatcher.host.HostEmission;
import io.github.sealwatcher.host.HostRuntime;
import io.github.sealwatcher.host.Outbox;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.connect.errors.ConnectException;
import org.apache.kafka.connect.source.SourceRecord;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A running task. All calls but {@link #acknowledged} come from the task's thread. */
final class StartedPodmanSourceTask implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(StartedPodmanSourceTask.class);
    /** Connect can neither stop the task nor store offsets while it waits here. */
    private static final long POLL_MS = 300;
    /** Connect gives all tasks of a worker five seconds together. */
    private static final Duration STOP_LIMIT = Duration.ofSeconds(3);

    /** How often it is looked whether Kafka takes what it is given. */
    private static final long LOOK_NS = TimeUnit.SECONDS.toNanos(5);

    private List<SourceRecord> farewells;
    private final List<PodmanWatcher> watchers;
    private final Outbox outbox;
    private final HostRuntime runtime;
    private final BatchMapper mapper;
    private final TransactionBoundaries boundaries;
    private final int batchSize;
    private final TaskMetrics metrics;
    private final DeliveryWatch delivery = new DeliveryWatch(System::nanoTime);

    /** @param farewells the last records of hosts that are no longer watched, which come first */
    StartedPodmanSourceTask(
            List<SourceRecord> farewells,
            List<PodmanWatcher> watchers,
            Outbox outbox,
            HostRuntime runtime,
            BatchMapper mapper,
            TransactionBoundaries boundaries,
            int batchSize,
            TaskMetrics metrics) {
        this.farewells = List.copyOf(farewells);
        this.watchers = List.copyOf(watchers);
        this.outbox = outbox;
        this.runtime = runtime;
        this.mapper = mapper;
        this.boundaries = boundaries;
        this.batchSize = batchSize;
        this.metrics = metrics;
        runtime.runIn(LOOK_NS, this::lookAtDelivery);
    }

    /** The next records; null if there are none for now. An empty batch ends a transaction. */
    @Nullable
    List<SourceRecord> poll() throws InterruptedException {
        if (!farewells.isEmpty()) {
            List<SourceRecord> records = farewells;
            farewells = List.of();
            metrics.batch(records.size());
            delivery.given(records);
            return boundaries.bounded(List.of(), records);
        }
        List<HostEmission> taken;
        try {
            taken = outbox.drain(batchSize, POLL_MS);
        } catch (FatalHostException e) {
            throw new ConnectException(e.getMessage(), e);
        }
        List<SourceRecord> records = mapper.map(taken);
        metrics.batch(records.size());
        delivery.given(records);
        return boundaries.bounded(taken, records);
    }

    /** Kafka has one more of the records, or Connect has left it out. Called by any thread. */
    void acknowledged() {
        delivery.acknowledged();
    }

    private void lookAtDelivery() {
        delivery.overdue().ifPresent(LOG::warn);
        runtime.runIn(LOOK_NS, this::lookAtDelivery);
    }

    /** Ends all threads; those of a host that hangs are left behind as daemons, with their sockets closed. */
    @Override
    public void close() {
        metrics.close();
        outbox.close();
        watchers.forEach(PodmanWatcher::close);
        runtime.close();
        try {
            if (!runtime.awaitEnd(STOP_LIMIT)) {
                LOG.warn("Some threads haven't ended after {} s; they are left behind", STOP_LIMIT.toSeconds());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
