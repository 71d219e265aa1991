package io.github.sealwatcher.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.sealwatcher.fleet.HostServer;
import io.github.sealwatcher.fleet.ScriptedHost;
import io.github.sealwatcher.testkit.EmbeddedKafka;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The inventory is edited again and again while containers come and go, and the tasks follow. */
@Timeout(400)
class InventoryIT {

    private static final int HOSTS = 12;
    private static final int EDITS = 20;
    private static final int MAX_AWAY = 5;
    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final String NAME = "inventory";

    @TempDir
    private Path folder;

    @Test
    void hostsComeAndGoAndNothingIsLost() throws Exception {
        try (EmbeddedKafka kafka = EmbeddedKafka.started(Map.of("group.min.session.timeout.ms", "500"));
                HostServer server = HostServer.start("box-", HOSTS);
                WorkerProcess worker = new WorkerProcess(
                        NAME, kafka.bootstrapServers(), Map.of("exactly.once.source.support", "enabled"));
                TopicLog log = new TopicLog(kafka.bootstrapServers(), NAME)) {
            List<ScriptedHost> hosts = server.hosts();
            write(hosts);
            worker.start();
            Stage.createConnector(
                    worker.rest(),
                    NAME,
                    Map.of(
                            "podman.hosts.file",
                            folder.resolve("hosts").toString(),
                            "podman.hosts.file.poll.ms",
                            "500",
                            "tasks.max",
                            "3",
                            "topic.prefix",
                            NAME));
            log.await(
                    "every host",
                    () -> assertThat(count(log, "synchronized").keySet()).hasSize(HOSTS));

            Map<String, Integer> removals = new TreeMap<>();
            try (ScriptedChurn churn = new ScriptedChurn(hosts, 20)) {
                SplittableRandom random = new SplittableRandom(20);
                List<ScriptedHost> here = new ArrayList<>(hosts);
                for (int i = 0; i < EDITS; i++) {
                    edit(log, hosts, here, removals, i == EDITS - 1 ? 0 : random.nextInt(1, MAX_AWAY), random);
                }
                assertThat(churn.lives()).as("containers meanwhile").isGreaterThan(EDITS);
            }

            // Whoever was away has told what happened meanwhile: its history was still there.
            log.await("every start and death, once", LIMIT, () -> ScriptedChurn.isReportedOnce(hosts, log.events()));
            TrailCheck.livesAreInOrder(log.events());
            TrailCheck.nothingIsTwice(log.events());
            assertThat(farewells(log)).as("last events of removed hosts").isEqualTo(removals);
            System.out.printf(
                    "%d edits, %d removals each said once, %d events: 0 lost, 0 twice%n",
                    EDITS,
                    removals.values().stream().mapToInt(Integer::intValue).sum(),
                    log.events().size());
        }
    }

    /** Changes who is in the inventory, and returns when who left has said so and who came is synchronized. */
    private void edit(
            TopicLog log,
            List<ScriptedHost> hosts,
            List<ScriptedHost> here,
            Map<String, Integer> removals,
            int away,
            SplittableRandom random)
            throws IOException {
        List<ScriptedHost> before = List.copyOf(here);
        do {
            here.clear();
            here.addAll(hosts);
            for (int i = 0; i < away; i++) {
                here.remove(random.nextInt(here.size()));
            }
        } while (here.equals(before));
        Map<String, Integer> synced = count(log, "synchronized");
        before.stream()
                .filter(host -> !here.contains(host))
                .forEach(host -> removals.merge(host.name(), 1, Integer::sum));
        List<ScriptedHost> come =
                here.stream().filter(host -> !before.contains(host)).toList();
        write(here);
        log.await("the tasks to follow", LIMIT, () -> {
            assertThat(farewells(log)).isEqualTo(removals);
            Map<String, Integer> now = count(log, "synchronized");
            for (ScriptedHost host : come) {
                assertThat(now.get(host.name())).as(host.name()).isGreaterThan(synced.getOrDefault(host.name(), 0));
            }
        });
    }

    private void write(List<ScriptedHost> hosts) throws IOException {
        Files.write(
                folder.resolve("hosts"), hosts.stream().map(ScriptedHost::entry).toList());
    }

    private static Map<String, Integer> farewells(TopicLog log) {
        Map<String, Integer> counts = new TreeMap<>();
        log.hostEvents().stream()
                .filter(event -> event.text("/reason").contains("no longer configured"))
                .forEach(event -> counts.merge(event.host(), 1, Integer::sum));
        return counts;
    }

    private static Map<String, Integer> count(TopicLog log, String type) {
        Map<String, Integer> counts = new TreeMap<>();
        log.hostEvents().stream()
                .filter(event -> event.type().equals(type))
                .forEach(event -> counts.merge(event.host(), 1, Integer::sum));
        return counts;
    }
}
