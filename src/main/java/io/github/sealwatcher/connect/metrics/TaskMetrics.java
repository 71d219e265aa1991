package io.github.sealwatcher.connect.metrics;

import io.github.sealwatcher.host.HostMetrics;
import io.github.sealwatcher.host.Outbox;
import io.github.sealwatcher.host.RecentStatistics;
import io.github.sealwatcher.model.HostName;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Predicate;

/** The metrics of a task and of its hosts, from the task's start to its end. */
public final class TaskMetrics implements AutoCloseable {

    private final MetricsRegistry registry;
    private final TaskIdentity identity;
    private final Map<HostName, HostMetrics> hosts = new LinkedHashMap<>();
    private final LongAdder records = new LongAdder();
    private final LongAdder removed = new LongAdder();
    private final RecentStatistics batches = new RecentStatistics();

    /** @param hosts all of the task's */
    public TaskMetrics(MetricsRegistry registry, TaskIdentity identity, Collection<HostName> hosts) {
        this.registry = registry;
        this.identity = identity;
        hosts.forEach(host -> this.hosts.put(host, new HostMetrics()));
    }

    /** Where a host counts. */
    public HostMetrics of(HostName host) {
        HostMetrics metrics = hosts.get(host);
        if (metrics == null) {
            throw new IllegalArgumentException("this task doesn't watch host " + host);
        }
        return metrics;
    }

    /**
     * Registers all.
     *
     * @param perHost whether each host has metrics of its own
     */
    public void register(Outbox queue, boolean perHost) {
        registry.register(null, gauges(queue));
        if (perHost) {
            hosts.forEach((host, metrics) -> registry.register(host.value(), HostGauges.of(metrics)));
        }
    }

    /** A batch is handed to Kafka. */
    public void batch(int size) {
        if (size > 0) {
            records.add(size);
            batches.record(size);
        }
    }

    /** The removal of hosts is reported. */
    public void removed(int count) {
        removed.add(count);
    }

    /** Removes all metrics. */
    @Override
    public void close() {
        registry.close();
    }

    private List<Gauge> gauges(Outbox queue) {
        return List.of(
                new Gauge("hosts", "Hosts that the task watches", hosts::size),
                new Gauge("hosts-connected", "Those that answer", () -> count(HostMetrics::isConnected)),
                new Gauge(
                        "hosts-synchronized",
                        "Those of which what is known equalled what they list since they were connected",
                        () -> count(HostMetrics::isSynchronized)),
                new Gauge("queue-size", "Changes that wait to be handed to Kafka", queue::size),
                new Gauge("queue-capacity", "How many may wait (max.queue.size)", queue::capacity),
                new Gauge("queue-bytes", "Bytes that wait, as estimated", queue::bytes),
                new Gauge(
                        "queue-blocked-ms-total",
                        "For how long in all some host had to wait for room in the queue",
                        queue::blockedMs),
                new Gauge("records-total", "Records handed to Kafka", records::sum),
                new Gauge(
                        "batch-size-avg", "Records in a batch, on average of the last minute or two", batches::average),
                new Gauge("batch-size-max", "Records in the largest of them", batches::max),
                InventoryStatus.gauge(() -> identity.inventory() ? InventoryStatus.of(identity.connector()) : 1),
                new Gauge(
                        "hosts-removed-total",
                        "Hosts whose removal from the configuration this task reported",
                        removed::sum));
    }

    private long count(Predicate<HostMetrics> which) {
        return hosts.values().stream().filter(which).count();
    }
}
