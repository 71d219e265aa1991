package io.github.sealwatcher.connect;

import io.github.sealwatcher.connect.config.HostConfig;
import io.github.sealwatcher.engine.Engine;

/** Makes engines. Thread-safe. */
@FunctionalInterface
interface Engines {

    /** An engine for a host, not connected yet. */
    Engine open(HostConfig host);
}
