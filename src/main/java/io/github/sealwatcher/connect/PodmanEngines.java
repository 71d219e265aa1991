package io.github.sealwatcher.connect;

import io.github.sealwatcher.connect.config.ConnectionConfig;
import io.github.sealwatcher.connect.config.HostConfig;
import io.github.sealwatcher.engine.Engine;
import io.github.sealwatcher.engine.podman.BadLineLog;
import io.github.sealwatcher.engine.podman.EngineOptions;
import io.github.sealwatcher.engine.podman.InspectPointers;
import io.github.sealwatcher.engine.podman.PodmanEngine;
import io.github.sealwatcher.host.HostMetrics;
import io.github.sealwatcher.model.HostName;
import io.github.sealwatcher.transport.Dialer;
import io.github.sealwatcher.transport.Dialers;
import io.github.sealwatcher.transport.SshKeyring;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;

/** Podman's engines, each with its host's configuration. Thread-safe. */
final class PodmanEngines implements Engines {

    private final Map<HostName, BadLineLog> badLines = new ConcurrentHashMap<>();
    private final SshKeyring keyring;

    /** @param keyring holds the private keys that several hosts and their reconnects share */
    PodmanEngines(SshKeyring keyring) {
        this.keyring = keyring;
    }

    @Override
    public Engine open(HostConfig host, Predicate<String> described, HostMetrics metrics) {
        ConnectionConfig connection = host.connection();
        EngineOptions options = EngineOptions.of(host.entry().address())
                .withTimeouts(
                        Duration.ofMillis(connection.connectTimeoutMs()),
                        Duration.ofMillis(connection.requestTimeoutMs()))
                .withPid(connection.enginePid())
                .withPacker(InspectPointers.of(host.detail().pointers()))
                .describing(described);
        // One for each connection to a host, so that what is put right in its files helps, and what ssh shares ends
        // with it.
        Dialer dialer = Dialers.of(host.tls(), host.ssh().options(keyring));
        BadLineLog log = badLines.computeIfAbsent(
                host.name(), name -> new BadLineLog(name, () -> metrics.count(HostMetrics.Counter.BAD_LINES)));
        return new PodmanEngine(options, dialer, log);
    }
}
