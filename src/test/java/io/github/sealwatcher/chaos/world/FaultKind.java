package io.github.sealwatcher.chaos.world;

/**
 * What can be inflicted.
 *
 * @see FaultInjector
 */
public enum FaultKind {
    WORKER_KILLED(Part.WORKER, 4, 0, 10),
    BROKER_KILLED(Part.BROKER, 2, 0, 8),
    SERVICE_KILLED(Part.SERVICE, 2, 0, 8),
    SERVICE_TERMINATED(Part.SERVICE, 2, 0, 8),
    ALL_KILLED(Part.WORKER, 1, 0, 5),
    /** Stopped by the kernel (SIGSTOP), as by a debugger, a full cgroup or the suspension of a virtual machine. */
    WORKER_FROZEN(Part.WORKER, 2, 1, 40),
    BROKER_FROZEN(Part.BROKER, 1, 1, 20),
    SERVICE_FROZEN(Part.SERVICE, 2, 1, 40),
    CONNECTIONS_CUT(Part.RELAY, 2, 0, 0),
    CONNECTIONS_HUNG(Part.RELAY, 2, 1, 40),
    ANSWER_TRUNCATED(Part.RELAY, 2, 5, 5),
    GARBAGE_LINE(Part.RELAY, 2, 5, 5),
    GARBAGE_BYTES(Part.RELAY, 2, 5, 5),
    LOG_FLOODED(Part.LOG, 3, 0, 0),
    LOG_DELETED(Part.LOG, 1, 0, 0),
    CONNECTOR_PAUSED(Part.CONNECTOR, 2, 0, 10),
    CONNECTOR_STOPPED(Part.CONNECTOR, 2, 0, 10),
    CONNECTOR_RESTARTED(Part.CONNECTOR, 1, 0, 0),
    /** Only when it is asked for. */
    FILTERS_CHANGED(Part.CONNECTOR, 15, 0, 0),
    /** Never drawn. */
    SERVICE_UPGRADED(Part.SERVICE, 0, 0, 8);

    /** What a fault is inflicted on; one fault at a time. */
    public enum Part {
        WORKER,
        BROKER,
        SERVICE,
        RELAY,
        LOG,
        CONNECTOR
    }

    private final Part part;
    private final int weight;
    private final int shortestSeconds;
    private final int longestSeconds;

    FaultKind(Part part, int weight, int shortestSeconds, int longestSeconds) {
        this.part = part;
        this.weight = weight;
        this.shortestSeconds = shortestSeconds;
        this.longestSeconds = longestSeconds;
    }

    public Part part() {
        return part;
    }

    public int weight() {
        return weight;
    }

    /** Whether it needs a Podman of our own. */
    public boolean isForOurs() {
        return part == Part.SERVICE || part == Part.LOG || this == ALL_KILLED;
    }

    /** Whether a worker without exactly-once support may repeat events after it. */
    public boolean mayRepeat() {
        return part == Part.WORKER || part == Part.BROKER;
    }

    /** Whether the connector may not see Podman's log until it is cured, and a little longer. */
    public boolean blinds() {
        return part != Part.LOG;
    }

    public int seconds(SeededRandom random) {
        return random.number(shortestSeconds, longestSeconds);
    }
}
