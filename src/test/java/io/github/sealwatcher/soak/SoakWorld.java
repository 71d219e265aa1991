package io.github.sealwatcher.soak;

import io.github.sealwatcher.chaos.checker.Trails;
import io.github.sealwatcher.chaos.nemesis.FaultInjector;
import io.github.sealwatcher.chaos.nemesis.Filters;
import io.github.sealwatcher.chaos.nemesis.Nemesis;
import io.github.sealwatcher.chaos.world.Cluster;
import io.github.sealwatcher.chaos.world.Connector;
import io.github.sealwatcher.chaos.world.FaultKind;
import io.github.sealwatcher.chaos.world.Filter;
import io.github.sealwatcher.chaos.world.Journal;
import io.github.sealwatcher.chaos.world.SeededRandom;
import io.github.sealwatcher.chaos.world.WallClock;
import io.github.sealwatcher.fleet.HostServer;
import io.github.sealwatcher.fleet.ScriptedHost;
import io.github.sealwatcher.testkit.Await;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.Stream;

/** The Podmans and the scripted hosts, broker, worker and connector, and all that happens to them. */
final class SoakWorld implements AutoCloseable {
    private static final Duration LIMIT = Duration.ofMinutes(5);
    private static final Duration SHORTEST_PAUSE = Duration.ofSeconds(45);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(120);

    private final Journal journal;
    private final List<SoakedPodman> podmans = new ArrayList<>();
    private final HostServer server;
    private final ScriptedLoad load;
    private final HostFaults hostFaults;
    private final Cluster cluster;
    private final Connector connector;
    private final Trails trails;
    private final List<Nemesis> nemeses = new ArrayList<>();
    private final Path inventory;
    private final Thread atExit = new Thread(this::close, "end-of-soak");
    private long tormentedSinceNs;
    private boolean closed;

    SoakWorld(SoakOptions options, Path directory) {
        SeededRandom random = new SeededRandom(new SplittableRandom(options.seed()));
        journal = new Journal(directory.resolve("journal.jsonl"));
        server = HostServer.start("scripted-", options.hosts());
        load = new ScriptedLoad(server.hosts(), random.another());
        hostFaults = new HostFaults(server, journal, random.another());
        cluster = new Cluster(directory, false, options.memory(), Map.of());
        Runtime.getRuntime().addShutdownHook(atExit);
        connector = new Connector(cluster.rest(), journal);
        trails = Trails.of(cluster.bootstrapServers(), directory, List.of(Filter.PREFIX));
        for (String suite :
                Stream.concat(Stream.of(""), options.suites().stream()).toList()) {
            boolean first = podmans.isEmpty();
            SoakedPodman podman = new SoakedPodman(suite, directory, journal, random.another());
            podmans.add(podman);
            FaultInjector faults = new FaultInjector(
                    podman.podman(), cluster, connector, podman.relay(), new Filters(connector, trails, false));
            nemeses.add(new Nemesis(
                    faults,
                    connector,
                    journal,
                    random.another(),
                    fault -> isPossible(fault, first),
                    SHORTEST_PAUSE,
                    LONGEST_PAUSE));
        }
        inventory = directory.resolve("hosts");
    }

    /** The worker lives from the beginning to the end, or nobody could tell what it takes after hours. */
    private static boolean isPossible(FaultKind fault, boolean first) {
        return switch (fault.part()) {
            case SERVICE, RELAY -> true;
            case BROKER -> first;
            case CONNECTOR -> first && fault != FaultKind.FILTERS_CHANGED;
            // A log that loses what nobody has read is what bin/chaos is for: here each event must arrive.
            case WORKER, LOG -> false;
        };
    }

    /** Returns when every host is synchronized and watched; nothing happens to them before {@link #torment}. */
    void begin() {
        load.begin();
        try {
            Files.write(
                    inventory,
                    Stream.concat(
                                    podmans.stream().map(SoakedPodman::entry),
                                    server.hosts().stream().map(ScriptedHost::entry))
                            .toList());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        cluster.start();
        connector.create(Map.of(
                "podman.hosts.file", inventory.toAbsolutePath().toString(),
                "tasks.max", "2",
                "connect.timeout.ms", "3000",
                "request.timeout.ms", "10000",
                "retry.backoff.max.ms", "5000"));
        int hosts = podmans.size() + server.hosts().size();
        Await.until("the first synchronization of " + hosts + " hosts", LIMIT, () -> {
            trails.read();
            return trails.syncs() >= hosts;
        });
        Connector.await("the first stored offset", LIMIT, connector::hasOffset);
    }

    void torment() {
        tormentedSinceNs = WallClock.nowNs();
        podmans.forEach(SoakedPodman::start);
        load.start();
        hostFaults.start();
        nemeses.get(0).start();
        nemeses.stream().skip(1).forEach(Nemesis::startFaults);
    }

    /** Cures all, and returns when nothing happens any more. */
    void calm() {
        nemeses.forEach(nemesis -> nemesis.stop(trails::read));
        hostFaults.stop();
        podmans.forEach(SoakedPodman::stop);
        try {
            load.stop();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        Connector.await("the connector to run again", LIMIT, connector::isRunning);
    }

    List<SoakedPodman> podmans() {
        return List.copyOf(podmans);
    }

    List<ScriptedHost> hosts() {
        return server.hosts();
    }

    /** What began earlier, the trail has as a snapshot. */
    long tormentedSinceNs() {
        return tormentedSinceNs;
    }

    Trails trails() {
        return trails;
    }

    Journal journal() {
        return journal;
    }

    String bootstrapServers() {
        return cluster.bootstrapServers();
    }

    long workerPid() {
        return cluster.worker().pid();
    }

    /** How often which fault was inflicted on the real hosts and on what runs the connector. */
    Map<FaultKind, Integer> inflicted() {
        Map<FaultKind, Integer> all = new EnumMap<>(FaultKind.class);
        nemeses.forEach(
                nemesis -> nemesis.inflicted().forEach((fault, times) -> all.merge(fault, times, Integer::sum)));
        return all;
    }

    int inflictedOnScripted() {
        return hostFaults.inflicted();
    }

    @Override
    public synchronized void close() {
        if (closed) {
            return;
        }
        closed = true;
        nemeses.forEach(Nemesis::close);
        hostFaults.close();
        load.close();
        cluster.close();
        podmans.forEach(SoakedPodman::close);
        server.close();
        journal.close();
    }
}
