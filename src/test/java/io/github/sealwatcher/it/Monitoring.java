package io.github.sealwatcher.it;

import io.github.sealwatcher.connect.MetricNames;
import io.github.sealwatcher.testkit.FileTree;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** The command bin/monitoring: what the metrics of real workers say under faults, and which alerts fire and resolve. */
final class Monitoring {

    private static final Path RUNS = Path.of("target/monitoring-runs");

    private Monitoring() {}

    /**
     * @param arguments {@code --platform KAFKA_VERSION JARS JAVA_HOME} any number of times; {@code --alerts EXPORTER_JAR}, then
     *     the alerts are tried on the last of them
     */
    public static void main(String[] arguments) throws IOException {
        List<WorkerPlatform> platforms = new ArrayList<>();
        Path exporter = null;
        Iterator<String> rest = List.of(arguments).iterator();
        while (rest.hasNext()) {
            String option = rest.next();
            switch (option) {
                case "--platform" ->
                    platforms.add(WorkerPlatform.of(rest.next(), Path.of(rest.next()), Path.of(rest.next())));
                case "--alerts" -> exporter = Path.of(rest.next());
                default -> throw new IllegalArgumentException("unknown option " + option);
            }
        }
        boolean passed = true;
        if (exporter != null) {
            WorkerPlatform newest = platforms.get(platforms.size() - 1);
            passed = new AlertTrial(newest, exporter, empty("alerts")).run();
        } else {
            for (WorkerPlatform platform : platforms) {
                passed &= tryMetrics(platform);
            }
        }
        System.out.println(passed ? "PASS" : "FAIL; the logs are in " + RUNS);
        System.exit(passed ? 0 : 1);
    }

    private static boolean tryMetrics(WorkerPlatform platform) throws IOException {
        System.out.println("## " + platform + "\n\n| fault | metric | before | after |\n|---|---|---|---|");
        try (var worker = new MonitoredWorker(platform, empty(platform.kafka()), List.of())) {
            var faults = new MetricFaults(worker);
            List<MetricChange> changes = faults.run();
            Set<String> unseen = new TreeSet<>(MetricNames.TASK);
            unseen.removeAll(faults.seen(false));
            Set<String> unseenOfHosts = new TreeSet<>(MetricNames.HOST);
            unseenOfHosts.removeAll(faults.seen(true));
            unseen.addAll(unseenOfHosts);
            long failed = changes.stream().filter(change -> !change.passed()).count();
            System.out.printf(
                    "%n%s: %d changes, %d not as they must be; %d metrics of the task and %d of the host, not seen:"
                            + " %s%n%n",
                    platform, changes.size(), failed, MetricNames.TASK.size(), MetricNames.HOST.size(), unseen);
            return failed == 0 && unseen.isEmpty();
        }
    }

    private static Path empty(String name) throws IOException {
        Path directory = RUNS.resolve(name);
        FileTree.delete(directory);
        return Files.createDirectories(directory);
    }
}
