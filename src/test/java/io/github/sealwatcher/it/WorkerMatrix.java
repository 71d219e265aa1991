package io.github.sealwatcher.it;

import io.github.sealwatcher.testkit.PodmanInstallation;
import io.github.sealwatcher.testkit.PodmanOptions;
import io.github.sealwatcher.testkit.PodmanService;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.stream.Stream;

/** The command bin/worker-matrix: the same scenario with the same plugin on workers of several versions. */
final class WorkerMatrix {

    private static final Path RUNS = Path.of("target/worker-matrix-runs");

    private final List<WorkerPlatform> platforms = new ArrayList<>();
    private String suite = "";
    private Path results = RUNS.resolve("results.tsv");

    private WorkerMatrix() {}

    /**
     * @param arguments {@code --platform KAFKA_VERSION JARS JAVA_HOME} any number of times; {@code --suite SUITE}, the Debian
     *     release whose Podman to take; {@code --results FILE} for the table as tab-separated values
     */
    public static void main(String[] arguments) throws IOException {
        WorkerMatrix matrix = new WorkerMatrix();
        Iterator<String> rest = List.of(arguments).iterator();
        while (rest.hasNext()) {
            String option = rest.next();
            switch (option) {
                case "--platform" ->
                    matrix.platforms.add(WorkerPlatform.of(rest.next(), Path.of(rest.next()), Path.of(rest.next())));
                case "--suite" -> matrix.suite = rest.next();
                case "--results" -> matrix.results = Path.of(rest.next());
                default -> throw new IllegalArgumentException("unknown option " + option);
            }
        }
        System.exit(matrix.run() ? 0 : 1);
    }

    /** Whether the scenario passed on all platforms. */
    private boolean run() throws IOException {
        List<PlatformRun> runs = new ArrayList<>();
        for (WorkerPlatform platform : platforms) {
            PlatformRun run = runOn(platform);
            runs.add(run);
            System.out.println(platform + ": " + run.passed() + " of " + run.steps() + " steps in " + run.seconds()
                    + " s" + (run.isPassed() ? "" : "; failed: " + run.failure()));
        }
        List<String> lines = new ArrayList<>(List.of(String.join("\t", PlatformRun.COLUMNS)));
        runs.forEach(run -> lines.add(String.join("\t", run.row())));
        Files.createDirectories(results.toAbsolutePath().getParent());
        Files.write(results, lines);
        print(runs);
        return !runs.isEmpty() && runs.stream().allMatch(PlatformRun::isPassed);
    }

    private PlatformRun runOn(WorkerPlatform platform) throws IOException {
        Path directory = RUNS.resolve(platform.kafka() + "-java-" + platform.java());
        delete(directory);
        Files.createDirectories(directory);
        long startNs = System.nanoTime();
        try (PodmanService podman = PodmanService.create(PodmanOptions.DEFAULTS, PodmanInstallation.ofSuite(suite))
                        .start();
                PlatformCluster cluster = new PlatformCluster(platform, directory, PlatformCluster.Overrides.NONE)) {
            try (WorkerScenario scenario = new WorkerScenario(podman, cluster)) {
                String version = podman.podman("version", "--format", "{{.Client.Version}}");
                int passed = 0;
                String failure = "";
                for (WorkerScenario.Step step : scenario.steps()) {
                    failure = step.failure();
                    if (!failure.isEmpty()) {
                        break;
                    }
                    passed++;
                }
                Files.writeString(directory.resolve("failure.txt"), failure);
                long seconds = Duration.ofNanos(System.nanoTime() - startNs).toSeconds();
                return new PlatformRun(
                        platform, version, passed, scenario.steps().size(), seconds, failure);
            }
        }
    }

    private static void print(List<PlatformRun> runs) {
        String format = "%-9s %-6s %-9s %-8s %8s%n";
        System.out.printf(format, "kafka", "java", "podman", "steps", "seconds");
        for (PlatformRun run : runs) {
            System.out.printf(
                    format,
                    run.platform().kafka(),
                    run.platform().java(),
                    run.podman(),
                    run.passed() + "/" + run.steps(),
                    run.seconds());
        }
        System.out.println(runs.stream().allMatch(PlatformRun::isPassed) ? "PASS" : "FAIL; the logs are in " + RUNS);
    }

    private static void delete(Path directory) throws IOException {
        if (Files.exists(directory)) {
            try (Stream<Path> files = Files.walk(directory)) {
                for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(file);
                }
            }
        }
    }
}
