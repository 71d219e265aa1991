package io.github.sealwatcher.chaos;

import io.github.sealwatcher.chaos.checker.ConsumedTrail;
import io.github.sealwatcher.chaos.checker.EmittedEvent;
import io.github.sealwatcher.chaos.checker.EventLogTail;
import io.github.sealwatcher.chaos.checker.EventsCommand;
import io.github.sealwatcher.chaos.checker.Ledger;
import io.github.sealwatcher.chaos.checker.TruthLine;
import io.github.sealwatcher.chaos.nemesis.Flood;
import io.github.sealwatcher.chaos.workload.LoadGenerator;
import io.github.sealwatcher.chaos.world.Cluster;
import io.github.sealwatcher.chaos.world.Connector;
import io.github.sealwatcher.chaos.world.Journal;
import io.github.sealwatcher.chaos.world.LifecycleEvent;
import io.github.sealwatcher.chaos.world.OwnPodman;
import io.github.sealwatcher.testkit.Await;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;

/**
 * The command behind bin/rotation: a busy Podman that cuts its log again and again, and who tells all of it. Exit status 1:
 * the connector lost something without a word, or repeated something; else 0.
 */
public final class Rotation implements AutoCloseable {
    private static final Duration LIMIT = Duration.ofMinutes(2);
    private static final Duration WARM_UP = Duration.ofSeconds(15);
    private static final int WARM_UP_RATE = 5;
    private static final List<String> ONCE =
            List.of("run", "--rm", "--network", "none", "--name", "real", "localhost/busybox:latest", "true");
    /** Each makes two events, by which Podman notices that the log is too large. */
    private static final int VOLUMES_AT_A_TIME = 5;

    private final RotationOptions options;
    private final OwnPodman podman;
    private final EventLogTail truth;
    private final Journal journal;
    private final Cluster cluster;
    private final ConsumedTrail trail;
    private final Path directory;

    private Rotation(RotationOptions options, Path directory) {
        this.options = options;
        this.directory = directory;
        podman = new OwnPodman(options.suite(), "");
        Runtime.getRuntime().addShutdownHook(new Thread(this::close, "end-of-rotation"));
        truth = new EventLogTail(podman.eventsLog(), directory.resolve("truth.jsonl"));
        journal = new Journal(directory.resolve("journal.jsonl"));
        cluster = new Cluster(directory, false);
        trail = new ConsumedTrail(cluster.bootstrapServers(), directory.resolve("topics.jsonl"));
    }

    /** @param arguments see bin/rotation --help */
    public static void main(String[] arguments) throws IOException {
        RotationOptions options = RotationOptions.parse(List.of(arguments));
        Path directory =
                Files.createDirectories(Path.of("target", "rotation-runs", Long.toString(System.currentTimeMillis())));
        boolean clean;
        try (Rotation rotation = new Rotation(options, directory)) {
            clean = rotation.run();
        }
        System.out.println((clean ? "PASS" : "FAIL") + "; all is in " + directory);
        System.exit(clean ? 0 : 1);
    }

    private boolean run() {
        podman.startService();
        podman.run(ONCE.toArray(String[]::new));
        truth.start();
        cluster.start();
        new Connector(cluster.rest(), journal).createAsShipped(podman.socket());
        Await.until("the first synchronization", LIMIT, () -> {
            trail.read();
            return trail.syncs() > 0;
        });
        LoadGenerator load = new LoadGenerator(podman.eventsLog(), aLife(truth.lines()));
        int cuts = truth.cuts();
        try (EventsCommand plain = new EventsCommand(podman, directory.resolve("events.jsonl"));
                EventsCommand since = new EventsCommand(
                        podman,
                        directory.resolve("events-since.jsonl"),
                        "--since",
                        Instant.now().toString())) {
            // Whatever they miss before they listen isn't the log's fault.
            Await.until("podman events to listen", LIMIT, () -> {
                podman.run(ONCE.toArray(String[]::new));
                return !plain.moments().isEmpty() && !since.moments().isEmpty();
            });
            // A worker that has just begun is several times as slow as one that runs for a while.
            load.pour(options.aSecond() / WARM_UP_RATE, WARM_UP);
            int mark = truth.lines().size();
            long beginNs = System.nanoTime();
            long written = pour(load);
            double seconds = (System.nanoTime() - beginNs) / 1e9;
            Set<LifecycleEvent> expected = expected(mark);
            long endNs = System.nanoTime();
            boolean complete = Await.within(LIMIT, () -> {
                trail.read();
                return Ledger.of(expected, received()).lost().isEmpty();
            });
            double behind = (System.nanoTime() - endNs) / 1e9;
            System.out.printf(
                    "Podman %s, log of the default size, %.0f s: %d lines of ours written (%.0f/s), cut %d times%n",
                    podman.run("version", "--format", "{{.Client.Version}}"),
                    seconds,
                    written,
                    written / seconds,
                    truth.cuts() - cuts);
            System.out.printf("%-34s %16s %8s %10s%n", "", "starts and dies", "lost", "repeated");
            report("podman events", Ledger.of(expected, plain.moments()), plain.fate());
            report("podman events --since", Ledger.of(expected, since.moments()), since.fate());
            Ledger ours = Ledger.of(expected, received());
            long inferred = trail.emitted().stream()
                    .filter(emitted -> emitted.origin().equals("reconciled"))
                    .count();
            report(
                    "the connector, exactly once",
                    ours,
                    "reconciled %d, gaps said %d%s"
                            .formatted(
                                    inferred,
                                    trail.gaps().size(),
                                    complete ? ", all told %.1f s after the end".formatted(behind) : ""));
            long concealed = ours.concealed(trail.gaps());
            if (!ours.lost().isEmpty()) {
                System.out.printf(
                        "  lost in a gap that was said: %d, as history was gone before this machine let it be read;"
                                + " lost without a word: %d%n",
                        ours.lost().size() - concealed, concealed);
            }
            return concealed == 0 && ours.repeated() == 0;
        }
    }

    /** Real containers and volumes come and go meanwhile. */
    private long pour(LoadGenerator load) {
        CompletableFuture<Long> pouring =
                CompletableFuture.supplyAsync(() -> load.pour(options.aSecond(), options.time()));
        CompletableFuture<Void> real = CompletableFuture.runAsync(() -> {
            while (!pouring.isDone()) {
                podman.run(ONCE.toArray(String[]::new));
            }
        });
        Flood flood = new Flood(podman.socket());
        while (!pouring.isDone()) {
            flood.pour(VOLUMES_AT_A_TIME);
            trail.read();
        }
        real.join();
        return pouring.join();
    }

    private Set<LifecycleEvent> expected(int mark) {
        List<TruthLine> lines = truth.lines();
        return lines.subList(mark, lines.size()).stream()
                .filter(TruthLine::isExpected)
                .map(TruthLine::moment)
                .collect(Collectors.toCollection(HashSet::new));
    }

    private List<LifecycleEvent> received() {
        return trail.emitted().stream()
                .filter(EmittedEvent::isReceived)
                .map(EmittedEvent::moment)
                .toList();
    }

    /** All that was written of the first container that started. */
    private static List<String> aLife(List<TruthLine> lines) {
        String id = lines.stream()
                .filter(TruthLine::isExpected)
                .findFirst()
                .orElseThrow()
                .moment()
                .id();
        return lines.stream()
                .filter(line -> line.moment().id().equals(id))
                .map(TruthLine::raw)
                .toList();
    }

    private static void report(String who, Ledger ledger, String remark) {
        System.out.printf(
                "%-34s %16d %8d %10d   %s%n",
                who, ledger.expected(), ledger.lost().size(), ledger.repeated(), remark);
    }

    @Override
    public synchronized void close() {
        cluster.close();
        truth.close();
        podman.close();
        journal.close();
    }
}
