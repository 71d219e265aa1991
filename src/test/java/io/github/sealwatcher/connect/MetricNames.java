package io.github.sealwatcher.connect;

import java.util.Set;

/** The metrics that users rely on, by their names. */
public final class MetricNames {

    public static final Set<String> TASK = Set.of(
            "hosts",
            "hosts-connected",
            "hosts-synchronized",
            "queue-size",
            "queue-capacity",
            "queue-bytes",
            "queue-blocked-ms-total",
            "records-total",
            "batch-size-avg",
            "batch-size-max",
            "inventory-readable",
            "hosts-removed-total");

    public static final Set<String> HOST = Set.of(
            "connected",
            "synchronized",
            "snapshot-running",
            "alive-containers",
            "offset-bytes",
            "events-live-total",
            "events-replay-total",
            "events-snapshot-total",
            "events-reconciled-total",
            "events-filtered-total",
            "last-event-age-ms",
            "lag-ms",
            "lag-ms-max",
            "disconnects-total",
            "connect-failures-total",
            "history-gaps-total",
            "history-gap-ms-total",
            "bad-lines-total",
            "truncated-records-total",
            "log-rotations-total",
            "resync-ms-avg",
            "resync-ms-max",
            "ping-ms-avg",
            "ping-ms-max");

    private MetricNames() {}
}
