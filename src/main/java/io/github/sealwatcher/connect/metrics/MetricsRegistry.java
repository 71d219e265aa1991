package io.github.sealwatcher.connect.metrics;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Where gauges are registered. Nothing that goes wrong with it is thrown: a task runs without metrics too. */
public interface MetricsRegistry extends AutoCloseable {

    /**
     * Registers gauges until the registry is closed.
     *
     * @param host the host that they are of; null if they are of the whole task
     */
    void register(@Nullable String host, List<Gauge> gauges);

    /** Removes what was registered. Idempotent. */
    @Override
    void close();
}
