package io.github.sealwatcher.bench.endtoend;

import io.github.sealwatcher.chaos.world.Cluster;
import io.github.sealwatcher.fleet.Deliveries;
import io.github.sealwatcher.fleet.HostServer;
import io.github.sealwatcher.fleet.ScriptedHost;
import io.github.sealwatcher.testkit.Await;
import io.github.sealwatcher.testkit.FileTree;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** From an event's own time to its arrival at a consumer, with a scripted host that writes each event to the stream at once. */
public final class Latency {

    private static final Duration LIMIT = Duration.ofMinutes(2);
    /** Starts and ends, one after the other. */
    private static final long STEP_NS = TimeUnit.MILLISECONDS.toNanos(50);

    private static final int WARM_UP = 400;

    private Latency() {}

    /** Arguments: how many events, 1000 by default; and as those of the end-to-end benchmark. */
    public static void main(String[] arguments) throws IOException {
        EndToEndOptions options = EndToEndOptions.parse(List.of(arguments), 1000);
        Path directory = Path.of("target/bench-latency");
        FileTree.delete(directory);
        for (boolean exactlyOnce : options.guarantees()) {
            measure(directory.resolve(exactlyOnce ? "exactly-once" : "at-least-once"), exactlyOnce, options);
        }
        System.exit(0);
    }

    private static void measure(Path directory, boolean exactlyOnce, EndToEndOptions options) throws IOException {
        Files.createDirectories(directory);
        Map<String, String> worker = Map.of("offset.flush.interval.ms", "10000");
        try (var server = HostServer.start("host-", 1);
                var cluster =
                        new Cluster(directory, !exactlyOnce, "512m", worker, List.of("-XX:TieredStopAtLevel=4"))) {
            ScriptedHost host = server.hosts().get(0);
            for (int i = 0; i < 5; i++) {
                host.start("service-" + i);
            }
            cluster.start();
            cluster.rest().create(options.shipped("podman", host.entry()));
            try (var deliveries = new Deliveries(cluster.bootstrapServers())) {
                Await.until("the host to be synchronized", LIMIT, () -> deliveries.synchronizedHosts() == 1);
                run(host, deliveries, WARM_UP);
                List<ScriptedHost.WrittenEvent> written = run(host, deliveries, options.number());
                report(exactlyOnce ? "exactly once" : "at least once", written, deliveries);
                for (String type : List.of("start", "die")) {
                    report(
                            "  of it " + type,
                            written.stream()
                                    .filter(event -> event.type().equals(type))
                                    .toList(),
                            deliveries);
                }
            }
        }
    }

    private static List<ScriptedHost.WrittenEvent> run(ScriptedHost host, Deliveries deliveries, int events) {
        List<ScriptedHost.WrittenEvent> written = new ArrayList<>();
        long beginNs = System.nanoTime();
        for (int i = 0; i < events; i++) {
            // Not in step with anything that runs by a timer.
            LockSupport.parkNanos(beginNs + i * STEP_NS + (i * 7919L % 50) * 200_000 - System.nanoTime());
            if (i % 2 == 0) {
                written.add(host.start("job"));
            } else {
                written.add(host.die("job"));
                host.forget("job");
            }
        }
        Await.until("all of them", LIMIT, () -> deliveries.missing(written) == 0);
        return written;
    }

    private static void report(String what, List<ScriptedHost.WrittenEvent> written, Deliveries deliveries) {
        double[] sorted = deliveries.latenciesMs(written);
        System.out.printf(
                Locale.ROOT,
                "%-14s %d events: p50 %.1f ms, p90 %.1f, p99 %.1f, most %.1f; load %.1f%n",
                what,
                sorted.length,
                sorted[sorted.length / 2],
                sorted[sorted.length * 9 / 10],
                sorted[sorted.length * 99 / 100],
                sorted[sorted.length - 1],
                java.lang.management.ManagementFactory.getOperatingSystemMXBean()
                        .getSystemLoadAverage());
    }
}
