package io.github.sealwatcher.connect.metrics;

import io.github.sealwatcher.host.HostMetrics;
import io.github.sealwatcher.host.HostMetrics.Counter;
import io.github.sealwatcher.model.Origin;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;

/** The metrics of a host. */
final class HostGauges {

    private HostGauges() {}

    static List<Gauge> of(HostMetrics host) {
        List<Gauge> gauges = new ArrayList<>();
        gauges.add(Gauge.flag("connected", "1 if the host answers, 0 if not", host::isConnected));
        gauges.add(Gauge.flag(
                "synchronized",
                "1 if what is known equalled what the host lists since it was connected, 0 if not",
                host::isSynchronized));
        gauges.add(Gauge.flag(
                "snapshot-running",
                "1 while the host's containers are reported for the first time",
                host::isSnapshotRunning));
        gauges.add(new Gauge(
                "snapshot-reported",
                "Alive containers reported by the running snapshot; 0 without",
                host::snapshotReported));
        gauges.add(new Gauge(
                "snapshot-listed",
                "Alive containers listed for the running snapshot; 0 without",
                host::snapshotListed));
        gauges.add(new Gauge(
                "replay-read",
                "Events returned so far by the running replay of the event log; 0 without",
                host::replayRead));
        gauges.add(new Gauge(
                "alive-containers", "Alive containers, running or paused, that are reported", host::aliveContainers));
        gauges.add(new Gauge("offset-bytes", "Size of the offset that was handed to Kafka last", host::offsetBytes));
        for (Origin origin : Origin.values()) {
            String name = origin.name().toLowerCase(Locale.ROOT);
            gauges.add(new Gauge(
                    "events-" + name + "-total",
                    "Changes of origin " + name + " handed to Kafka",
                    () -> host.events(origin)));
        }
        gauges.add(counter(
                host, "events-filtered-total", Counter.EVENTS_FILTERED, "Changes of which no topic wants to know"));
        gauges.add(new Gauge(
                "last-event-age-ms",
                "Time since the newest event of the host, by the host's clock; NaN before the first",
                () -> lastEventAgeMs(host)));
        gauges.add(new Gauge(
                "lag-ms",
                "From the newest event's own time, by the host's clock, to its being handed to Kafka; 0 if none was of late",
                () -> host.lagMs().newest()));
        gauges.add(new Gauge(
                "lag-ms-max",
                "The largest such time of the last minute or two",
                () -> host.lagMs().max()));
        gauges.add(counter(host, "disconnects-total", Counter.DISCONNECTS, "How often the host was lost"));
        gauges.add(counter(
                host, "connect-failures-total", Counter.CONNECT_FAILURES, "How often connecting to the host failed"));
        gauges.add(counter(
                host,
                "history-gaps-total",
                Counter.HISTORY_GAPS,
                "How often events may be missing from the host's log"));
        gauges.add(counter(
                host, "history-gap-ms-total", Counter.HISTORY_GAP_MS, "The length of those gaps' windows in all"));
        gauges.add(counter(
                host,
                "bad-lines-total",
                Counter.BAD_LINES,
                "Event lines that were skipped because they can't be understood"));
        gauges.add(counter(
                host,
                "truncated-records-total",
                Counter.TRUNCATED_RECORDS,
                "Records that were cut to record.max.bytes"));
        gauges.add(counter(host, "log-rotations-total", Counter.LOG_ROTATIONS, "How often Podman cut its event log"));
        gauges.add(new Gauge(
                "resync-ms-avg",
                "What a comparison with the host takes, list and history, on average of the last minute or two",
                () -> host.resyncMs().average()));
        gauges.add(new Gauge(
                "resync-ms-max", "The longest of them", () -> host.resyncMs().max()));
        gauges.add(new Gauge(
                "ping-ms-avg",
                "What a ping takes on average of the last minute or two",
                () -> host.pingMs().average()));
        gauges.add(new Gauge(
                "ping-ms-max", "The longest of them", () -> host.pingMs().max()));
        return List.copyOf(gauges);
    }

    private static Gauge counter(HostMetrics host, String name, Counter counter, String doc) {
        return new Gauge(name, doc, () -> host.total(counter));
    }

    private static double lastEventAgeMs(HostMetrics host) {
        OptionalLong lastNs = host.lastEventNs();
        return lastNs.isEmpty()
                ? Double.NaN
                : Math.max(0, TimeUnit.NANOSECONDS.toMillis(host.hostNowNs() - lastNs.getAsLong()));
    }
}
