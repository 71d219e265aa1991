package io.github.sealwatcher.connect;

import io.github.sealwatcher.connect.config.HostConfig;
import io.github.sealwatcher.engine.Engine;
import io.github.sealwatcher.host.HostMetrics;
import java.util.function.Predicate;

/** Makes engines. Thread-safe. */
@FunctionalInterface
interface Engines {

    /**
     * An engine for a host, not connected yet.
     *
     * @param described the actions of containers whose attributes are asked for
     * @param metrics where it counts
     */
    Engine open(HostConfig host, Predicate<String> described, HostMetrics metrics);
}
