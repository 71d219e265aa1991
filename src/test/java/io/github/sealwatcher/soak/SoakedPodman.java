package io.github.sealwatcher.soak;

import io.github.sealwatcher.chaos.checker.EventLogTail;
import io.github.sealwatcher.chaos.checker.PodmanPs;
import io.github.sealwatcher.chaos.checker.TruthLine;
import io.github.sealwatcher.chaos.nemesis.Relay;
import io.github.sealwatcher.chaos.workload.Workload;
import io.github.sealwatcher.chaos.world.Commands;
import io.github.sealwatcher.chaos.world.Journal;
import io.github.sealwatcher.chaos.world.LifecycleEvent;
import io.github.sealwatcher.chaos.world.OwnPodman;
import io.github.sealwatcher.chaos.world.SeededRandom;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** A real Podman whose containers come and go slowly, behind a relay, and what its log says of them. */
final class SoakedPodman implements AutoCloseable {
    /** Rotates some times in an hour at our pace, and each time leaves what is far older than any fault. */
    private static final String LOG_SIZE = "256k";

    private static final Duration LOOK = Duration.ofMillis(200);
    private static final Duration PACE = Duration.ofSeconds(6);

    private final String name;
    private final OwnPodman podman;
    private final EventLogTail truth;
    private final Relay relay;
    private final Workload workload;

    /** Its service runs; nothing happens yet. */
    SoakedPodman(String suite, Path directory, Journal journal, SeededRandom random) {
        name = suite.isEmpty() ? "machine" : "podman-" + suite;
        podman = new OwnPodman(suite, LOG_SIZE);
        truth = new EventLogTail(podman.eventsLog(), directory.resolve("truth-" + name + ".jsonl"), LOOK);
        podman.startService();
        relay = Relay.started(podman.socket());
        workload = new Workload(new Commands(podman, journal), random, false, 1, PACE);
    }

    String name() {
        return name;
    }

    OwnPodman podman() {
        return podman;
    }

    Relay relay() {
        return relay;
    }

    /** Its line in an inventory. */
    String entry() {
        return name + "=unix://" + relay.socket();
    }

    void start() {
        truth.start();
        workload.start();
    }

    /** Lets no more containers come or go. */
    void stop() {
        workload.stop();
    }

    /** Every start, end, pause and unpause in its log. */
    List<LifecycleEvent> moments() {
        return truth.lines().stream()
                .filter(TruthLine::isExpected)
                .map(TruthLine::moment)
                .toList();
    }

    int cuts() {
        return truth.cuts();
    }

    /** Status and pod of each container that is alive, by its own word. */
    Map<String, String> alive() {
        return PodmanPs.in(podman);
    }

    @Override
    public void close() {
        workload.close();
        relay.close();
        truth.close();
        podman.close();
    }
}
