package io.github.sealwatcher.connect.metrics;

import org.apache.kafka.connect.connector.ConnectorContext;
import org.apache.kafka.connect.source.SourceTaskContext;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Finds the registry that a worker offers: its own since Kafka 4.1, else the JVM's MBeans. */
public final class Registries {

    private static final Logger LOG = LoggerFactory.getLogger(Registries.class);

    private Registries() {}

    /** The registry for a task. */
    public static MetricsRegistry of(@Nullable SourceTaskContext context, TaskIdentity task) {
        return orBeans(context == null ? null : () -> WorkerRegistry.of(context), task.connector(), task.task());
    }

    /** The registry for a connector. */
    public static MetricsRegistry of(@Nullable ConnectorContext context, String connector) {
        return orBeans(context == null ? null : () -> WorkerRegistry.of(context), connector, null);
    }

    private static MetricsRegistry orBeans(@Nullable Finder worker, String connector, @Nullable String task) {
        try {
            MetricsRegistry own = worker == null ? null : worker.find();
            if (own != null) {
                return own;
            }
        } catch (LinkageError e) {
            // A worker before 4.1 has neither the method nor its type.
            LOG.debug("The worker has no metrics for plugins; MBeans are registered in their place");
        } catch (RuntimeException e) {
            LOG.warn("The worker's metrics for plugins fail; MBeans are registered in their place", e);
        }
        return new BeanRegistry(connector, task);
    }

    /** Looks for a worker's registry; a lambda, so that its class is loaded only when it is called. */
    @FunctionalInterface
    private interface Finder {
        @Nullable
        MetricsRegistry find();
    }
}
