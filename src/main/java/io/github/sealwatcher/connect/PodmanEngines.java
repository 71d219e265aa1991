package io.github.sealwatcher.connect;

import io.github.sealwatcher.connect.config.ConnectionConfig;
import io.github.sealwatcher.connect.config.HostConfig;
import io.github.sealwatcher.engine.Engine;
import io.github.sealwatcher.engine.podman.BadLineLog;
import io.github.sealwatcher.engine.podman.EngineOptions;
import io.github.sealwatcher.engine.podman.InspectPacker;
import io.github.sealwatcher.engine.podman.PodmanEngine;
import io.github.sealwatcher.model.HostName;
import io.github.sealwatcher.transport.Dialer;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Podman's engines, each with what its host's configuration says. Thread-safe. */
final class PodmanEngines implements Engines {

    private final Map<HostName, BadLineLog> badLines = new ConcurrentHashMap<>();

    @Override
    public Engine open(HostConfig host) {
        ConnectionConfig connection = host.connection();
        EngineOptions options = EngineOptions.of(host.entry().address())
                .withTimeouts(
                        Duration.ofMillis(connection.connectTimeoutMs()),
                        Duration.ofMillis(connection.requestTimeoutMs()))
                .withPid(connection.enginePid())
                .withPacker(InspectPacker.pointers(host.detail().pointers()));
        // One for each connection to a host, so that keys are read anew with it, and what ssh shares ends with it.
        Dialer dialer = Dialer.of(host.tls(), host.ssh().options());
        return new PodmanEngine(options, dialer, badLines.computeIfAbsent(host.name(), BadLineLog::new));
    }
}
