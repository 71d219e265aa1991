package io.github.sealwatcher.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.sealwatcher.fleet.HostServer;
import io.github.sealwatcher.fleet.ScriptedHost;
import io.github.sealwatcher.testkit.ConnectRest;
import io.github.sealwatcher.testkit.EmbeddedKafka;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Thirty hosts in three workers, of which one is killed while containers come and go on all hosts. */
@Timeout(400)
class ThreeWorkersIT {

    private static final int HOSTS = 30;
    private static final int TASKS = 6;
    private static final int LIVES = 200;
    private static final Duration LIMIT = Duration.ofSeconds(120);
    private static final String NAME = "three";

    @TempDir
    private Path folder;

    @Test
    void hostsOfAKilledWorkerGoOnElsewhereExactlyWhereTheyWere() throws Exception {
        List<WorkerProcess> workers = new ArrayList<>();
        try (EmbeddedKafka kafka = EmbeddedKafka.started(Map.of(
                        "group.min.session.timeout.ms", "500",
                        "transaction.abort.timed.out.transaction.cleanup.interval.ms", "1000"));
                HostServer server = HostServer.start("box-", HOSTS);
                TopicLog log = new TopicLog(kafka.bootstrapServers(), NAME)) {
            for (int i = 0; i < 3; i++) {
                WorkerProcess worker = worker(i, kafka);
                workers.add(worker);
                worker.start();
            }
            createConnector(workers.get(0).rest(), server.hosts());
            log.await(
                    "every host",
                    LIMIT,
                    () -> assertThat(synchronizedHosts(log)).hasSize(HOSTS));

            WorkerProcess victim = workers.get(2);
            String victimId = address(victim.rest());
            Set<String> moved;
            try (ScriptedChurn churn = new ScriptedChurn(server.hosts(), 20)) {
                log.await("some of it", LIMIT, () -> assertThat(churn.lives()).isGreaterThan(LIVES));
                // A rebalance may have been under way until now.
                ConnectRest rest = workers.get(0).rest();
                log.await(
                        "tasks on three workers",
                        () -> assertThat(Set.copyOf(places(rest))).hasSize(3).contains(victimId));
                moved = tasksAt(rest, victimId);
                victim.kill();
                int atKill = churn.lives();
                log.await(
                        "all tasks on the others",
                        () -> assertThat(places(rest)).hasSize(TASKS).doesNotContain(victimId));
                log.await("more of it", LIMIT, () -> assertThat(churn.lives()).isGreaterThan(atKill + LIVES));
            }

            log.await(
                    "every start and death, once",
                    LIMIT,
                    () -> ScriptedChurn.isReportedOnce(server.hosts(), log.events()));
            TrailCheck.livesAreInOrder(log.events());
            TrailCheck.nothingIsTwice(log.events());
            assertThat(moved).as("tasks of the killed worker").isNotEmpty();
            assertThat(log.events()).extracting(Received::origin).doesNotContain("reconciled");
            System.out.printf(
                    "%d events on %d hosts in 3 workers, one killed with %d of %d tasks: 0 lost, 0 twice%n",
                    log.events().size(), HOSTS, moved.size(), TASKS);
        } finally {
            workers.forEach(WorkerProcess::close);
        }
    }

    private void createConnector(ConnectRest rest, List<ScriptedHost> hosts) throws Exception {
        Path inventory = folder.resolve("hosts");
        Files.write(inventory, hosts.stream().map(ScriptedHost::entry).toList());
        Stage.createConnector(
                rest,
                NAME,
                Map.of(
                        "podman.hosts.file", inventory.toString(),
                        "tasks.max", Integer.toString(TASKS),
                        "topic.prefix", NAME));
    }

    private static WorkerProcess worker(int number, EmbeddedKafka kafka) {
        return new WorkerProcess(
                "three-" + number,
                kafka.bootstrapServers(),
                Map.of(
                        "group.id",
                        NAME,
                        "config.storage.topic",
                        NAME + "-configs",
                        "offset.storage.topic",
                        NAME + "-offsets",
                        "status.storage.topic",
                        NAME + "-status",
                        "exactly.once.source.support",
                        "enabled",
                        // Three JVMs starting at once on a small machine are slower than a dead one is missed.
                        "session.timeout.ms",
                        "6000",
                        "heartbeat.interval.ms",
                        "1500"));
    }

    private static Set<String> synchronizedHosts(TopicLog log) {
        Set<String> hosts = new TreeSet<>();
        log.hostEvents().stream()
                .filter(event -> event.type().equals("synchronized"))
                .forEach(event -> hosts.add(event.host()));
        return hosts;
    }

    /** Where each task that runs does so. */
    private static List<String> places(ConnectRest rest) {
        List<String> places = new ArrayList<>();
        for (JsonNode task : rest.status(NAME).path("tasks")) {
            if (task.path("state").asText().equals("RUNNING")) {
                places.add(task.path("worker_id").asText());
            }
        }
        return places;
    }

    private static Set<String> tasksAt(ConnectRest rest, String worker) {
        Set<String> tasks = new TreeSet<>();
        for (JsonNode task : rest.status(NAME).path("tasks")) {
            if (task.path("worker_id").asText().equals(worker)) {
                tasks.add(task.path("id").asText());
            }
        }
        return tasks;
    }

    private static String address(ConnectRest rest) {
        return rest.uri().getHost() + ":" + rest.uri().getPort();
    }
}
