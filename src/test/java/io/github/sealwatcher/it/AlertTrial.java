package io.github.sealwatcher.it;

import static io.github.sealwatcher.it.MonitoredWorker.HOST;
import static io.github.sealwatcher.it.MonitoredWorker.OTHER_HOST;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.sealwatcher.fault.FakeContainer;
import io.github.sealwatcher.testkit.Await;
import io.github.sealwatcher.testkit.Ports;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;

/** Each alert under the fault that it is for, on a real worker, its exporter and Prometheus: when it fires and resolves. */
final class AlertTrial {

    private static final Duration LIMIT = Duration.ofMinutes(8);

    private final WorkerPlatform platform;
    private final Path exporter;
    private final Path directory;
    private final Map<String, Long> inflicted = new LinkedHashMap<>();
    private final Map<String, Long> fired = new LinkedHashMap<>();
    private final Map<String, Long> cured = new LinkedHashMap<>();
    private final Map<String, Long> resolved = new LinkedHashMap<>();

    /** @param directory for data and logs; empty */
    AlertTrial(WorkerPlatform platform, Path exporter, Path directory) {
        this.platform = platform;
        this.exporter = exporter;
        this.directory = directory;
    }

    /** Whether each fired and resolved, and each panel of the dashboard has data. */
    boolean run() throws IOException {
        int port = Ports.free();
        List<String> agent = List.of("-javaagent:" + exporter + "=127.0.0.1:" + port + ":"
                + Path.of("config/monitoring/jmx-exporter.yml").toAbsolutePath());
        try (var worker = new MonitoredWorker(platform, directory, agent)) {
            worker.follow(HOST, OTHER_HOST);
            worker.start();
            worker.follow(HOST, OTHER_HOST);
            Await.until("both hosts", LIMIT, () -> worker.metrics().value(null, "hosts-synchronized") == 2);
            try (var prometheus = new Prometheus(port, directory)) {
                return run(worker, prometheus);
            }
        }
    }

    private boolean run(MonitoredWorker worker, Prometheus prometheus) throws IOException {
        Await.until(
                "a quiet beginning",
                LIMIT,
                () -> prometheus.series("podman_source_host_connected == 1") == 2
                        && prometheus.series("increase(podman_source_task_records_total[2m]) > 0") == 1
                        && prometheus.alerts().isEmpty());
        List<String> empty = panelsWithoutData(prometheus);

        FakeContainer web = worker.other().host().run(FakeContainer.created("web"));
        Await.until("it to be seen", LIMIT, () -> worker.metrics().value(OTHER_HOST, "alive-containers") == 1);
        inflict("PodmanHostDisconnected", () -> worker.host().kill());
        inflict("PodmanInventoryUnreadable", worker::spoilInventory);
        inflict("PodmanHistoryGap", () -> {
            worker.other().kill();
            worker.other().host().die(web, 0);
            worker.other().host().forgetHistory();
            worker.other().listen();
        });
        awaitFiring(prometheus, "PodmanHistoryGap");
        cured.put("PodmanHistoryGap", System.nanoTime());
        awaitFiring(prometheus, "PodmanInventoryUnreadable", "PodmanHostDisconnected");
        // One panel lists what is wrong, and has nothing to show while all is well.
        empty.retainAll(panelsWithoutData(prometheus));

        inflict("PodmanQueueBlocked", () -> {
            worker.cluster().freezeBroker();
            churn(worker);
        });
        inflicted.put("PodmanNoHeartbeat", System.nanoTime());
        awaitFiring(prometheus, "PodmanQueueBlocked", "PodmanNoHeartbeat");

        cure(worker.cluster()::thawBroker, "PodmanQueueBlocked", "PodmanNoHeartbeat");
        inflicted.put("PodmanLag", System.nanoTime());
        awaitFiring(prometheus, "PodmanLag");
        cure(() -> worker.other().host().run(FakeContainer.created("in time")), "PodmanLag");
        cure(worker.host()::listen, "PodmanHostDisconnected");
        cure(() -> worker.follow(HOST, OTHER_HOST), "PodmanInventoryUnreadable");
        Await.until("all alerts to be resolved", LIMIT, () -> {
            note(prometheus);
            return resolved.size() == inflicted.size();
        });
        print();
        System.out.println("Queries of the dashboard that returned nothing, well or not: " + empty);
        return empty.isEmpty();
    }

    private static void churn(MonitoredWorker worker) {
        for (int i = 0; i < 200; i++) {
            var container = worker.other().host().run(FakeContainer.created("frozen" + i));
            worker.other().host().die(container, 0);
            worker.other().host().remove(container);
        }
    }

    private void inflict(String alert, Runnable fault) {
        inflicted.put(alert, System.nanoTime());
        fault.run();
    }

    private void cure(Runnable cure, String... alerts) {
        cure.run();
        for (String alert : alerts) {
            cured.put(alert, System.nanoTime());
        }
    }

    private void awaitFiring(Prometheus prometheus, String... alerts) {
        Await.until(String.join(", ", alerts) + " to fire", LIMIT, () -> {
            note(prometheus);
            return fired.keySet().containsAll(List.of(alerts));
        });
    }

    /** What fires now, and what has fired and doesn't any more, since it was cured. */
    private void note(Prometheus prometheus) {
        Map<String, String> states = prometheus.alerts();
        long nowNs = System.nanoTime();
        states.forEach((alert, state) -> {
            if (state.equals("firing")) {
                fired.putIfAbsent(alert, nowNs);
            }
        });
        for (String alert : cured.keySet()) {
            if (fired.containsKey(alert) && !"firing".equals(states.get(alert))) {
                resolved.putIfAbsent(alert, nowNs);
            }
        }
    }

    private void print() {
        System.out.println("| alert | fired after the fault | resolved after the cure |\n|---|---|---|");
        inflicted.forEach((alert, at) -> System.out.printf(
                Locale.ROOT,
                "| `%s` | %.0f s | %.0f s |%n",
                alert,
                seconds(at, fired.get(alert)),
                seconds(cured.get(alert), resolved.get(alert))));
    }

    private static double seconds(long fromNs, long toNs) {
        return (toNs - fromNs) / 1e9;
    }

    /** Each query of the shipped dashboard, for all connectors. */
    private static List<String> panelsWithoutData(Prometheus prometheus) throws IOException {
        JsonNode dashboard = new ObjectMapper()
                .readTree(Path.of("config/monitoring/grafana-dashboard.json").toFile());
        var queries = new TreeSet<String>();
        dashboard.findValuesAsText("expr").forEach(queries::add);
        List<String> empty = new ArrayList<>();
        for (String query : queries) {
            String all = query.replaceAll("\\$\\{?__rate_interval}?|\\$\\{?__interval}?|\\$\\{?__range}?", "1m")
                    .replaceAll("\\$\\{?[a-z_]+}?", ".*");
            if (prometheus.series(all) == 0) {
                empty.add(query);
            }
        }
        return empty;
    }
}
