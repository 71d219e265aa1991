package io.github.sealwatcher.chaos.nemesis;

import io.github.sealwatcher.chaos.world.Cluster;
import io.github.sealwatcher.chaos.world.Connector;
import io.github.sealwatcher.chaos.world.FaultKind;
import io.github.sealwatcher.chaos.world.Podman;
import io.github.sealwatcher.chaos.world.SeededRandom;

/** How each fault is inflicted and cured. Both may throw when the part in question can't be reached just now. */
public final class FaultInjector {
    private static final int MAX_VOLUMES = 700;

    private final Podman podman;
    private final Cluster cluster;
    private final Connector connector;
    private final Relay relay;
    private final Flood flood;
    private final Filters filters;

    public FaultInjector(Podman podman, Cluster cluster, Connector connector, Relay relay, Filters filters) {
        this.podman = podman;
        this.cluster = cluster;
        this.connector = connector;
        this.relay = relay;
        this.filters = filters;
        this.flood = new Flood(podman.socket());
    }

    void inflict(FaultKind fault, SeededRandom random) {
        switch (fault) {
            case WORKER_KILLED -> cluster.worker().kill();
            case BROKER_KILLED -> cluster.broker().kill();
            case WORKER_FROZEN -> Freeze.freeze(cluster.worker().pid());
            case BROKER_FROZEN -> Freeze.freeze(cluster.broker().pid());
            case SERVICE_FROZEN -> Freeze.freeze(podman.servicePid());
            case SERVICE_KILLED -> podman.killService();
            case SERVICE_TERMINATED -> podman.terminateService();
            case SERVICE_UPGRADED -> {
                podman.upgrade();
                podman.terminateService();
            }
            case ALL_KILLED -> {
                cluster.worker().kill();
                podman.killService();
                cluster.broker().kill();
            }
            case CONNECTIONS_CUT -> relay.cut();
            case CONNECTIONS_HUNG -> relay.hang();
            case ANSWER_TRUNCATED -> relay.spoil(spoiling(Spoiling.Kind.TRUNCATED, random));
            case GARBAGE_LINE -> relay.spoil(spoiling(Spoiling.Kind.GARBAGE_LINE, random));
            case GARBAGE_BYTES -> relay.spoil(spoiling(Spoiling.Kind.GARBAGE_BYTES, random));
            case LOG_FLOODED -> flood.pour(random.number(MAX_VOLUMES / 4, MAX_VOLUMES));
            case LOG_DELETED -> podman.deleteLog();
            case CONNECTOR_PAUSED -> connector.pause();
            case CONNECTOR_STOPPED -> connector.stop();
            case CONNECTOR_RESTARTED -> connector.restart();
            case FILTERS_CHANGED -> filters.change(random);
        }
    }

    void cure(FaultKind fault) {
        switch (fault) {
            case WORKER_KILLED -> startWorker();
            case BROKER_KILLED -> cluster.broker().start();
            case SERVICE_KILLED, SERVICE_TERMINATED, SERVICE_UPGRADED -> podman.startService();
            case ALL_KILLED -> {
                cluster.broker().start();
                podman.startService();
                startWorker();
            }
            case WORKER_FROZEN -> Freeze.thaw(cluster.worker().pid());
            case BROKER_FROZEN -> Freeze.thaw(cluster.broker().pid());
            case SERVICE_FROZEN -> Freeze.thaw(podman.servicePid());
            case CONNECTIONS_HUNG -> relay.release();
            case ANSWER_TRUNCATED, GARBAGE_LINE, GARBAGE_BYTES -> {
                if (!relay.isSpoiled()) {
                    throw new IllegalStateException("no answer that suits has come by yet");
                }
            }
            case CONNECTOR_PAUSED, CONNECTOR_STOPPED -> connector.resume();
            case FILTERS_CHANGED -> filters.settle();
            case CONNECTIONS_CUT, LOG_FLOODED, LOG_DELETED, CONNECTOR_RESTARTED -> {
                // It was over at once.
            }
        }
    }

    /** A worker that finds no broker at its start gives up, and an operator's supervisor starts it again. */
    private void startWorker() {
        cluster.worker().start();
        if (!cluster.rest().isHealthy()) {
            throw new IllegalStateException("the worker doesn't answer yet");
        }
    }

    private static Spoiling spoiling(Spoiling.Kind kind, SeededRandom random) {
        return new Spoiling(kind, random.chance(0.7), random.seed());
    }
}
