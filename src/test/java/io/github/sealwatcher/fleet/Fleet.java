package io.github.sealwatcher.fleet;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.sealwatcher.chaos.world.Cluster;
import io.github.sealwatcher.testkit.Await;
import io.github.sealwatcher.testkit.ConnectRest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;

/** The command. Exit status 0: every event of the hosts that are well arrived; 1: some didn't; 2: the run went wrong. */
public final class Fleet {
    private static final Duration LIMIT = Duration.ofMinutes(5);
    private static final String NAME = "podman";
    private static final double MEBI = 1 << 20;

    private final FleetOptions options;
    private final Path directory;
    private final Cluster cluster;
    private final List<ScriptedHost> hosts;
    private final HostServer server;
    private final HostileHost hostile = new HostileHost();
    private int missing;

    private Fleet(FleetOptions options, Path directory, HostServer server) {
        this.options = options;
        this.directory = directory;
        this.server = server;
        this.hosts = server.hosts();
        this.cluster = new Cluster(
                directory,
                !options.exactlyOnce(),
                options.memory(),
                Map.of("offset.flush.interval.ms", "10000", "consumer.max.poll.records", "2000"),
                List.of("-XX:TieredStopAtLevel=4"));
    }

    /** @param arguments see bin/fleet --help */
    public static void main(String[] arguments) throws IOException {
        FleetOptions options = FleetOptions.parse(List.of(arguments));
        Path directory = Files.createTempDirectory(Files.createDirectories(Path.of("target")), "fleet-run-");
        System.out.println(options + ", in " + directory);
        int status = 2;
        try (HostServer server = HostServer.start("host-", options.hosts())) {
            Fleet fleet = new Fleet(options, directory, server);
            try {
                fleet.run();
                status = fleet.missing == 0 ? 0 : 1;
            } finally {
                fleet.cluster.close();
                fleet.hostile.close();
            }
        } catch (RuntimeException e) {
            System.out.println("the run went wrong: " + e + "; see " + directory);
            e.printStackTrace();
        }
        System.exit(status);
    }

    private void run() {
        for (ScriptedHost host : hosts) {
            for (int i = 0; i < options.containers(); i++) {
                host.start("service-" + i);
            }
        }
        cluster.start();
        Gauge gauge = new Gauge(cluster.worker().pid());
        long liveBefore = gauge.liveBytes(directory.resolve("before.txt"));
        Gauge.Reading before = gauge.now();
        sleep(options.window());
        double cores = (gauge.now().cpuSeconds() - before.cpuSeconds())
                / options.window().toSeconds();
        show("worker without the connector", text(before) + mebi(liveBefore) + percent(cores));

        try (Deliveries deliveries = new Deliveries(cluster.bootstrapServers())) {
            try (Gauge.Peak peak = gauge.peak()) {
                synchronize(deliveries);
                show(
                        "most threads while they were",
                        peak.threads() + " (" + (peak.threads() - before.threads()) + " more than without)");
            }
            idle(gauge, before, liveBefore);
            deliver("all well", gauge, deliveries, hosts);
            if (options.hung() + options.refusing() > 0) {
                for (ScriptedHost host : hosts.subList(0, options.hung())) {
                    server.hang(host);
                }
                int bad = options.hung() + options.refusing();
                for (ScriptedHost host : hosts.subList(options.hung(), bad)) {
                    server.refuse(host);
                }
                List<ScriptedHost> well = hosts.subList(bad, hosts.size());
                String what = options.hung() + " hung, " + options.refusing() + " refusing";
                deliver(what + ", just now", gauge, deliveries, well);
                Await.until("the bad hosts to be noticed", LIMIT, () -> deliveries.disconnectedHosts() == bad);
                deliver(what + ", noticed", gauge, deliveries, well);
            }
            if (options.hostile()) {
                hostile.start();
                Await.until("the hostile host to be asked", LIMIT, () -> hostile.isAsked());
                deliver("beside a hostile host", gauge, deliveries, hosts);
                show("the hostile host was asked for", hostile.requests());
            }
            stop(gauge, before);
        }
    }

    private void synchronize(Deliveries deliveries) {
        long startNs = System.nanoTime();
        create();
        double created = secondsSince(startNs);
        Await.until("all hosts to be synchronized", LIMIT, () -> deliveries.synchronizedHosts() == hosts.size());
        show(
                "all hosts synchronized after",
                "%.1f s, of which validation and creation %.1f s".formatted(secondsSince(startNs), created));
    }

    private void create() {
        try {
            Path inventory = directory.resolve("hosts");
            List<String> entries =
                    new ArrayList<>(hosts.stream().map(ScriptedHost::entry).toList());
            ObjectNode json = (ObjectNode) new ObjectMapper()
                    .readTree(Path.of("config/podman-source.json").toFile());
            json.put("name", NAME);
            json.withObject("/config")
                    .put("podman.hosts.file", inventory.toAbsolutePath().toString())
                    .put("tasks.max", Integer.toString(options.tasks()));
            if (options.hostile()) {
                entries.add(hostile.entry());
                // It is down at first, and shall be asked often enough to do harm.
                json.withObject("/config").put("connection.validate", "false").put("retry.backoff.max.ms", "500");
            }
            Files.write(inventory, entries);
            cluster.rest().create(json);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void idle(Gauge gauge, Gauge.Reading before, long liveBefore) {
        // What the start left behind, look-ups and threads, is gone within a ping's interval; compiling takes minutes.
        sleep(options.settle());
        long fromMs = System.currentTimeMillis();
        Gauge.Reading from = gauge.now();
        int max;
        try (Gauge.Peak peak = gauge.peak()) {
            sleep(options.window());
            max = peak.threads();
        }
        Gauge.Reading to = gauge.now();
        OffsetVolume volume = OffsetVolume.between(cluster.bootstrapServers(), fromMs, System.currentTimeMillis());
        double seconds = options.window().toMillis() / 1e3;
        show(
                "idle",
                text(to)
                        + "at most %d threads, %d more than without; ".formatted(max, max - before.threads())
                        + percent((to.cpuSeconds() - from.cpuSeconds()) / seconds));
        show(
                "idle, offset topic",
                "%d records of %d bytes, %.0f records a minute, %.0f bytes a minute"
                        .formatted(
                                volume.records(),
                                volume.records() == 0 ? 0 : volume.bytes() / volume.records(),
                                volume.records() * 60 / seconds,
                                volume.bytes() * 60 / seconds));
        long live = gauge.liveBytes(directory.resolve("idle.txt"));
        show(
                "idle, heap in use after a full collection",
                mebi(live)
                        + "%.1f KiB a host more than without".formatted((live - liveBefore) / 1024.0 / hosts.size()));
        show(
                "idle, files",
                "%.2f a host more than without".formatted((to.files() - before.files()) / (double) hosts.size()));
    }

    /** Lets containers begin and end on some hosts, spread over the window, and tells when that arrived. */
    private void deliver(String what, Gauge gauge, Deliveries deliveries, List<ScriptedHost> some) {
        SplittableRandom random = new SplittableRandom(1);
        List<ScriptedHost.WrittenEvent> expected = new ArrayList<>();
        int lives = some.size() * options.lives();
        long stepNs = options.window().toNanos() / lives;
        Gauge.Reading from = gauge.now();
        long startNs = System.nanoTime();
        int max;
        try (Gauge.Peak peak = gauge.peak()) {
            for (int i = 0; i < lives; i++) {
                ScriptedHost host = some.get(random.nextInt(some.size()));
                expected.add(host.start("job"));
                LockSupport.parkNanos(startNs + i * stepNs + stepNs / 2 - System.nanoTime());
                expected.add(host.die("job"));
                host.forget("job");
                LockSupport.parkNanos(startNs + (i + 1) * stepNs - System.nanoTime());
            }
            max = peak.threads();
        }
        Gauge.Reading to = gauge.now();
        boolean all = Await.within(Duration.ofSeconds(30), () -> deliveries.missing(expected) == 0);
        missing += deliveries.missing(expected);
        double[] latencies = deliveries.latenciesMs(expected);
        double seconds = secondsSince(startNs);
        show(
                what,
                "%d events%s, %d missing, %d repeated; p50 %.0f ms, p99 %.0f ms, most %.0f ms; at most %d threads; %.1f %% of a core"
                        .formatted(
                                expected.size(),
                                all ? "" : " (NOT ALL)",
                                deliveries.missing(expected),
                                deliveries.repeated(expected),
                                quantile(latencies, 0.5),
                                quantile(latencies, 0.99),
                                quantile(latencies, 1),
                                max,
                                100 * (to.cpuSeconds() - from.cpuSeconds()) / seconds));
    }

    private void stop(Gauge gauge, Gauge.Reading before) {
        ConnectRest rest = cluster.rest();
        long startNs = System.nanoTime();
        rest.stop(NAME);
        Await.until("the end of all tasks", LIMIT, () -> {
            JsonNode status = rest.status(NAME);
            return status.at("/connector/state").asText().equals("STOPPED")
                    && status.path("tasks").isEmpty();
        });
        double stopped = secondsSince(startNs);
        Await.within(Duration.ofSeconds(20), () -> gauge.now().threads() <= before.threads() + options.tasks());
        Gauge.Reading after = gauge.now();
        show("stopped after", "%.1f s; after %.1f s %s".formatted(stopped, secondsSince(startNs), text(after)));
        show("worker's log", summary());
    }

    private String summary() {
        try {
            Map<String, Long> levels = Files.readAllLines(directory.resolve("worker.log")).stream()
                    .filter(line -> line.matches("\\S+ \\S+ (WARN|ERROR) .*"))
                    .collect(Collectors.groupingBy(line -> line.split(" ", 4)[2], Collectors.counting()));
            return levels.isEmpty() ? "no warnings" : levels.toString();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String text(Gauge.Reading reading) {
        return "%d threads, %d files, %.0f MiB resident, "
                .formatted(reading.threads(), reading.files(), reading.residentKb() / 1024.0);
    }

    private static String percent(double cores) {
        return "%.1f %% of a core".formatted(100 * cores);
    }

    private static String mebi(long bytes) {
        return "%.1f MiB of objects, ".formatted(bytes / MEBI);
    }

    private static double quantile(double[] sorted, double part) {
        return sorted.length == 0
                ? Double.NaN
                : sorted[(int) Math.min(sorted.length - 1L, (long) (part * sorted.length))];
    }

    private static double secondsSince(long startNs) {
        return (System.nanoTime() - startNs) / (double) TimeUnit.SECONDS.toNanos(1);
    }

    private static void sleep(Duration time) {
        long endNs = System.nanoTime() + time.toNanos();
        for (long left = time.toNanos(); left > 0; left = endNs - System.nanoTime()) {
            LockSupport.parkNanos(left);
        }
    }

    private static void show(String what, String figures) {
        System.out.printf("%-42s %s%n", what, figures.strip().replaceFirst(",$", ""));
    }
}
