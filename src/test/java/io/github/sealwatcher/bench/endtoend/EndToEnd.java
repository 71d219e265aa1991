package io.github.sealwatcher.bench.endtoend;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.sealwatcher.bench.endtoend.TopicGrowth.Growth;
import io.github.sealwatcher.chaos.world.Cluster;
import io.github.sealwatcher.chaos.world.OwnPodman;
import io.github.sealwatcher.testkit.Await;
import io.github.sealwatcher.testkit.ConnectRest;
import io.github.sealwatcher.testkit.FileTree;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;

/**
 * A real Podman's history into topics: by curl into nothing, which is what Podman can serve; by a source that sends the same
 * records from memory, which is what worker and broker can take; and by the connector. By turns, in the same worker.
 */
public final class EndToEnd implements AutoCloseable {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration LIMIT = Duration.ofMinutes(2);
    private static final String OURS = "podman";
    /** Until then worker and broker mostly compile. */
    private static final int WARM_UP = 3;

    private static final String MEMORY = "memory";
    private static final String FILTERS = "%7B%22type%22%3A%5B%22container%22%2C%22pod%22%2C%22system%22%5D%7D";

    private final EndToEndOptions options;
    private final Path directory;
    private final OwnPodman podman = new OwnPodman("", "10g");
    private final SyntheticHistory history;
    private final long lines;
    /** Its starts and dies. */
    private final long livesTwice;

    private EndToEnd(EndToEndOptions options, Path directory) throws IOException {
        this.options = options;
        this.directory = directory;
        Runtime.getRuntime().addShutdownHook(new Thread(this::close, "end-of-bench"));
        history = SyntheticHistory.write(podman, options.number());
        podman.startService();
        curl(events());
        try (var read = Files.lines(events())) {
            lines = read.count();
        }
        try (var read = Files.lines(events())) {
            livesTwice = read.filter(
                            line -> line.contains("\"status\":\"start\"") || line.contains("\"status\":\"died\""))
                    .count();
        }
    }

    /** Arguments: see bin/bench --help. */
    public static void main(String[] arguments) throws IOException {
        EndToEndOptions options = EndToEndOptions.parse(List.of(arguments), 200_000);
        Path directory = Path.of("target/bench-end-to-end");
        FileTree.delete(directory);
        Files.createDirectories(directory);
        int status = 0;
        try (var bench = new EndToEnd(options, directory)) {
            System.out.printf(
                    "Podman %s, %d events of %d bytes%n",
                    bench.podman.run("version", "--format", "{{.Client.Version}}"),
                    bench.lines,
                    Files.size(bench.events()) / bench.lines);
            for (boolean exactlyOnce : options.guarantees()) {
                bench.measure(exactlyOnce);
            }
        } catch (RuntimeException e) {
            e.printStackTrace();
            System.out.println("the run went wrong: " + e.getMessage() + "; see " + directory);
            status = 2;
        }
        System.exit(status);
    }

    private Path events() {
        return directory.resolve("events.jsonl");
    }

    private void measure(boolean exactlyOnce) throws IOException {
        Path run = Files.createDirectory(directory.resolve(exactlyOnce ? "exactly-once" : "at-least-once"));
        Map<String, String> worker = Map.of(
                "plugin.path",
                Path.of("target/plugin").toAbsolutePath() + ","
                        + Path.of("target/bench-plugin").toAbsolutePath());
        System.out.printf("%n%s, %s%n", exactlyOnce ? "exactly once" : "at least once", options.producer());
        try (var cluster = new Cluster(run, !exactlyOnce, "1g", worker, List.of("-XX:TieredStopAtLevel=4"))) {
            cluster.start();
            createOurs(cluster.rest());
            try (var growth = new TopicGrowth(cluster.bootstrapServers())) {
                var results = new Results(lines);
                // The first passes warm up what the others find warm.
                for (int i = 1 - WARM_UP; i <= options.runs(); i++) {
                    double curl = curl(Path.of("/dev/null"));
                    Growth memory = memory(cluster, growth, i, results);
                    Growth ours = ours(cluster, growth, results);
                    results.add(i, curl, memory, ours);
                }
                results.print();
            }
        }
    }

    /** Seconds that curl takes for the stream that the connector reads. */
    private double curl(Path to) throws IOException {
        long beginNs = System.nanoTime();
        Process curl = new ProcessBuilder(
                        "curl",
                        "-sS",
                        "--fail",
                        "-o",
                        to.toString(),
                        "--unix-socket",
                        podman.socket().toString(),
                        "http://d/v4.0.0/libpod/events?stream=false&since=" + history.begin() + "&filters=" + FILTERS)
                .inheritIO()
                .start();
        if (curl.onExit().join().exitValue() != 0) {
            throw new IllegalStateException("curl failed");
        }
        return (System.nanoTime() - beginNs) / 1e9;
    }

    private Growth memory(Cluster cluster, TopicGrowth growth, int number, Results results) throws IOException {
        String name = MEMORY + "-" + (number + WARM_UP);
        ObjectNode json = JSON.createObjectNode().put("name", name);
        ObjectNode config = json.putObject("config");
        options.producer().forEach(config::put);
        config.put("connector.class", "io.github.sealwatcher.bench.memory.MemorySource")
                .put("tasks.max", "1")
                .put("topic.prefix", MEMORY)
                .put("events.file", events().toAbsolutePath().toString())
                .put("topic.creation.default.replication.factor", "1")
                .put("topic.creation.default.partitions", "1");
        Map<TopicPartition, Long> from = growth.ends(MEMORY);
        cluster.rest().create(json);
        Await.until(
                "the first record from memory",
                LIMIT,
                () -> !growth.ends(MEMORY).equals(from));
        results.begin(MEMORY, cluster, podman);
        Growth grown = growth.until(MEMORY, from, livesTwice);
        results.end(MEMORY, cluster, podman);
        cluster.rest().delete(name);
        return grown;
    }

    private Growth ours(Cluster cluster, TopicGrowth growth, Results results) {
        ConnectRest rest = cluster.rest();
        ObjectNode offset = JSON.createObjectNode();
        offset.putObject("partition").put("host", "bench");
        Instant begin = history.begin();
        offset.putObject("offset").put("time_ns", begin.getEpochSecond() * 1_000_000_000L + begin.getNano());
        ObjectNode body = JSON.createObjectNode();
        body.putArray("offsets").add(offset);
        rest.alterOffsets(OURS, body);
        Map<TopicPartition, Long> from = growth.ends(OURS);
        results.begin(OURS, cluster, podman);
        rest.resume(OURS);
        Growth grown = growth.until(OURS, from, livesTwice);
        results.end(OURS, cluster, podman);
        stop(rest);
        return grown;
    }

    private void createOurs(ConnectRest rest) throws IOException {
        rest.create(options.shipped(OURS, "bench=unix://" + podman.socket()));
        Await.until("the connector to run", LIMIT, () -> rest.isIn("RUNNING", OURS));
        Await.until(
                "its first offset",
                LIMIT,
                () -> !rest.offsets(OURS).path("offsets").isEmpty());
        stop(rest);
    }

    private static void stop(ConnectRest rest) {
        rest.stop(OURS);
        Await.until("the end of its task", LIMIT, () -> {
            var status = rest.status(OURS);
            return status.at("/connector/state").asText().equals("STOPPED")
                    && status.path("tasks").isEmpty();
        });
    }

    @Override
    public synchronized void close() {
        podman.close();
    }
}
