package io.github.sealwatcher.it;

import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.sealwatcher.model.ContainerId;
import io.github.sealwatcher.testkit.EmbeddedKafka;
import io.github.sealwatcher.testkit.PodmanService;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Where transactions end, on a worker with exactly-once support: what consumers see of a snapshot, and when. */
@Timeout(240)
class TransactionIT {

    private static final int CONTAINERS = 30;

    private static final List<ContainerId> containers = new ArrayList<>();
    private static EmbeddedKafka kafka;
    private static PodmanService podman;
    private static WorkerProcess worker;

    @BeforeAll
    static void start() {
        kafka = EmbeddedKafka.started(Map.of(
                "group.min.session.timeout.ms", "500",
                "transaction.abort.timed.out.transaction.cleanup.interval.ms", "1000"));
        podman = PodmanService.started();
        List<String> begin = new ArrayList<>(List.of("start"));
        for (int i = 0; i < CONTAINERS; i++) {
            String id = podman.podman("create", "--name", "c" + i, PodmanService.IMAGE, "sleep", "600");
            containers.add(new ContainerId(id));
            begin.add(id);
        }
        podman.podman(begin.toArray(String[]::new));
        worker = new WorkerProcess(
                "worker-transactions", kafka.bootstrapServers(), Map.of("exactly.once.source.support", "enabled"));
        worker.start();
    }

    @AfterAll
    static void stop() {
        worker.close();
        podman.close();
        kafka.close();
    }

    @Test
    void snapshotIsAtomicThoughTheWorkerIsKilled(@TempDir Path directory) throws InterruptedException {
        // A snapshot reports in the order of the ids.
        Set<ContainerId> secondHalf =
                containers.stream().sorted().skip(CONTAINERS / 2).collect(toSet());
        try (InspectGate gate = new InspectGate(directory.resolve("gate.sock"), podman.socket(), secondHalf);
                TopicLog uncommitted = TopicLog.uncommitted(kafka.bootstrapServers(), "whole");
                TopicLog log = new TopicLog(kafka.bootstrapServers(), "whole")) {
            create("whole", gate.uri(), Map.of("transaction.boundary", "connector"));
            uncommitted.await(
                    "half of the snapshot",
                    () -> assertThat(uncommitted.events()).hasSizeGreaterThanOrEqualTo(CONTAINERS / 3));
            log.poll();
            assertThat(uncommitted.events()).hasSizeLessThan(CONTAINERS);
            assertThat(log.events())
                    .as("what a reader of committed records sees")
                    .isEmpty();
            worker.kill();
            gate.open();
            worker.start();

            Set<Integer> seen = new HashSet<>();
            log.await("all of it", () -> {
                seen.add(log.events().size());
                assertThat(log.events()).hasSize(CONTAINERS);
            });
            assertThat(seen).as("how many were seen at a time").isSubsetOf(0, CONTAINERS);
            assertThat(log.events()).extracting(Received::type).containsOnly("start");
            assertThat(log.events()).extracting(Received::origin).containsOnly("snapshot");
            goesOn("whole", log);
        }
    }

    @Test
    void connectSetsTheBoundariesAtAnInterval() {
        try (TopicLog log = new TopicLog(kafka.bootstrapServers(), "interval")) {
            create(
                    "interval",
                    podman.uri(),
                    Map.of("transaction.boundary", "interval", "transaction.boundary.interval.ms", "500"));
            log.await("the snapshot", () -> assertThat(log.hostEventTypes()).contains("synchronized"));
            goesOn("interval", log);
        }
    }

    private static void goesOn(String name, TopicLog log) {
        String id = podman.podman("run", "-d", "--name", name, PodmanService.IMAGE, "sleep", "600");
        podman.podman("kill", name);
        log.await("its death", () -> assertThat(log.story(id)).containsExactly("start", "die"));
        log.await("the state topic to equal podman ps", () -> TrailCheck.tableIsWhatPodmanSays(log, podman));
        TrailCheck.livesAreInOrder(log.events());
        TrailCheck.nothingIsTwice(log.events());
        worker.rest().delete(name);
    }

    /** A snapshot takes many polls, and may take its time. */
    private static void create(String name, String uri, Map<String, String> boundary) {
        Map<String, String> config = new HashMap<>(boundary);
        config.put("podman.hosts", "box=" + uri);
        config.put("topic.prefix", name);
        config.put("exactly.once.support", "required");
        config.put("max.batch.size", "3");
        config.put("producer.override.transaction.timeout.ms", "240000");
        Stage.createConnector(worker.rest(), name, config);
    }
}
