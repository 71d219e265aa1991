package io.github.sealwatcher.bench.endtoend;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.sealwatcher.bench.ServedHistory;
import io.github.sealwatcher.bench.endtoend.TopicGrowth.Growth;
import io.github.sealwatcher.chaos.world.Cluster;
import io.github.sealwatcher.fleet.Gauge;
import io.github.sealwatcher.testkit.Await;
import io.github.sealwatcher.testkit.FileTree;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.kafka.common.TopicPartition;

/** A history larger than the worker's heap, replayed: whether all of it arrives, and what the heap held at most. */
public final class Replay {

    private static final Duration LIMIT = Duration.ofMinutes(2);
    private static final int LINE_BYTES = 480;
    private static final int EVENTS_A_LIFE = 7;
    private static final Pattern COLLECTION = Pattern.compile("(\\d+)K->(\\d+)K\\((\\d+)K\\)");

    private Replay() {}

    /** Arguments: how many gigabytes, 1 by default; then the worker's heap, 256m by default. */
    public static void main(String[] arguments) throws IOException {
        double gigabytes = arguments.length > 0 ? Double.parseDouble(arguments[0]) : 1;
        String heap = arguments.length > 1 ? arguments[1] : "256m";
        Path directory = Path.of("target/bench-replay").toAbsolutePath();
        FileTree.delete(directory);
        Files.createDirectories(directory);
        int lives = (int) (gigabytes * 1e9 / LINE_BYTES / EVENTS_A_LIFE);
        System.exit(run(directory, lives, heap) ? 0 : 1);
    }

    private static boolean run(Path directory, int lives, String heap) throws IOException {
        Path socket = directory.resolve("podman.sock");
        Path gcLog = directory.resolve("gc.log");
        int events = lives * EVENTS_A_LIFE;
        // One a millisecond, up to a while ago.
        long beginNs = (System.currentTimeMillis() - events - 60_000) * 1_000_000;
        Process podman = new ProcessBuilder(
                        ProcessHandle.current().info().command().orElseThrow(),
                        "-Xmx256m",
                        "-XX:+UseSerialGC",
                        "-cp",
                        System.getProperty("java.class.path"),
                        ServedHistory.class.getName(),
                        socket.toString(),
                        "mixed",
                        String.valueOf(events),
                        String.valueOf(beginNs))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try (var cluster = new Cluster(
                directory,
                false,
                heap,
                Map.of(),
                List.of("-XX:TieredStopAtLevel=4", "-Xlog:gc+heap*=off,gc:file=" + gcLog + "::filecount=0"))) {
            if (podman.getInputStream().read() < 0) {
                throw new IllegalStateException("the served Podman didn't start");
            }
            cluster.start();
            try (var growth = new TopicGrowth(cluster.bootstrapServers())) {
                Map<TopicPartition, Long> from = growth.ends("podman");
                create(cluster, socket, beginNs);
                Gauge gauge = new Gauge(cluster.worker().pid());
                long startNs = System.nanoTime();
                Growth grown = growth.until("podman", from, 2L * lives);
                double seconds = (System.nanoTime() - startNs) / 1e9 - 2;
                boolean running = cluster.rest().isIn("RUNNING", "podman");
                long live = gauge.liveBytes(directory.resolve("histogram.txt"));
                System.out.printf(
                        Locale.ROOT,
                        "%d events, %.2f GB of lines, into a worker of %s: %d of %d starts and dies, %.0f events/s;"
                                + " task %s; %s; %.0f MiB in use after a full collection at the end; %d MiB resident%n",
                        events,
                        events * (double) LINE_BYTES / 1e9,
                        heap,
                        grown.events(),
                        2L * lives,
                        events / seconds,
                        running ? "running" : "NOT RUNNING",
                        collections(gcLog),
                        live / (double) (1 << 20),
                        gauge.now().residentKb() / 1024);
                return running && grown.events() == 2L * lives;
            }
        } finally {
            podman.getOutputStream().close();
            podman.onExit().join();
        }
    }

    private static void create(Cluster cluster, Path socket, long beginNs) throws IOException {
        cluster.rest()
                .create(EndToEndOptions.parse(List.of(), 0)
                        .shipped("podman", "bench=unix://" + socket)
                        .put("initial_state", "STOPPED"));
        Await.until(
                "the connector to be there",
                LIMIT,
                () -> cluster.rest()
                        .status("podman")
                        .at("/connector/state")
                        .asText()
                        .equals("STOPPED"));
        ObjectNode body = new ObjectMapper().createObjectNode();
        ObjectNode offset = body.putArray("offsets").addObject();
        offset.putObject("partition").put("host", "bench");
        offset.putObject("offset").put("time_ns", beginNs - 1);
        cluster.rest().alterOffsets("podman", body);
        cluster.rest().resume("podman");
    }

    private static String collections(Path gcLog) throws IOException {
        long count = 0;
        long mostBefore = 0;
        long mostAfter = 0;
        for (String line : Files.readAllLines(gcLog)) {
            Matcher sizes = COLLECTION.matcher(line.replaceAll("(\\d+)M", "$1000K"));
            if (line.contains("Pause") && sizes.find()) {
                count++;
                mostBefore = Math.max(mostBefore, Long.parseLong(sizes.group(1)));
                mostAfter = Math.max(mostAfter, Long.parseLong(sizes.group(2)));
            }
        }
        return String.format(
                "%d collections, heap at most %d MB before one, %d MB after",
                count, mostBefore / 1000, mostAfter / 1000);
    }
}
