package io.github.sealwatcher.connect;

import io.github.sealwatcher.connect.config.HostConfig;
import io.github.sealwatcher.engine.Engine;
import io.github.sealwatcher.host.HostMetrics;

/** Makes engines. Thread-safe. */
@FunctionalInterface
interface Engines {

    /**
     * An engine for a host, not connected yet.
     *
     * @param metrics where it counts
     */
    Engine open(HostConfig host, HostMetrics metrics);
}
