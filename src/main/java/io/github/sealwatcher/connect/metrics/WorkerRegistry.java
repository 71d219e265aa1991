package io.github.sealwatcher.connect.metrics;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import org.apache.kafka.common.MetricName;
import org.apache.kafka.common.metrics.Gauge;
import org.apache.kafka.common.metrics.PluginMetrics;
import org.apache.kafka.connect.connector.ConnectorContext;
import org.apache.kafka.connect.source.SourceTaskContext;
import org.jspecify.annotations.Nullable;

/**
 * The worker's own registry for plugins (KIP-877), which adds the connector and the task and hands all to the worker's
 * reporters. The only class that knows it: on a worker before 4.1 this class can't be linked, and nobody else notices.
 */
final class WorkerRegistry implements MetricsRegistry {

    private final PluginMetrics metrics;
    /** Guarded by this. */
    private final List<MetricName> registered = new ArrayList<>();

    private WorkerRegistry(PluginMetrics metrics) {
        this.metrics = metrics;
    }

    /** Null if the worker offers none. */
    static @Nullable MetricsRegistry of(SourceTaskContext context) {
        return of(context.pluginMetrics());
    }

    /** Null if the worker offers none. */
    static @Nullable MetricsRegistry of(ConnectorContext context) {
        return of(context.pluginMetrics());
    }

    static @Nullable MetricsRegistry of(@Nullable PluginMetrics metrics) {
        return metrics == null ? null : new WorkerRegistry(metrics);
    }

    @Override
    public synchronized void register(@Nullable String host, List<io.github.sealwatcher.connect.metrics.Gauge> gauges) {
        GuardedRegistration.run(
                () -> {
                    var own = new LinkedHashMap<String, String>();
                    if (host != null) {
                        own.put("host", host);
                    }
                    // The worker adds tags of its own, a map for each name: all gauges of a host share one.
                    MetricName worker = metrics.metricName("", "", own);
                    for (var gauge : gauges) {
                        var name = new MetricName(gauge.name(), worker.group(), gauge.doc(), worker.tags());
                        metrics.addMetric(name, (Gauge<Number>)
                                (config, now) -> gauge.value().get());
                        registered.add(name);
                    }
                },
                gauges);
    }

    @Override
    public synchronized void close() {
        for (MetricName name : registered) {
            try {
                metrics.removeMetric(name);
            } catch (IllegalStateException e) {
                // The worker closed its registry first, and removed them itself.
                break;
            }
        }
        registered.clear();
    }
}
