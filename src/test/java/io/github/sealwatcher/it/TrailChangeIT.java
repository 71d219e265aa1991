package io.github.sealwatcher.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.sealwatcher.fleet.HostServer;
import io.github.sealwatcher.fleet.ScriptedHost;
import io.github.sealwatcher.testkit.EmbeddedKafka;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a running connector's new configuration, and a transformation, do to its trail, on an exactly-once worker. */
@Timeout(400)
class TrailChangeIT {

    private static final Duration LIMIT = Duration.ofSeconds(60);

    private static EmbeddedKafka kafka;
    private static WorkerProcess worker;
    private static HostServer server;

    @BeforeAll
    static void start() {
        kafka = EmbeddedKafka.started(Map.of(
                "group.min.session.timeout.ms", "500",
                "transaction.abort.timed.out.transaction.cleanup.interval.ms", "1000"));
        server = HostServer.start("box-", 6);
        worker = new WorkerProcess(
                "worker-changes", kafka.bootstrapServers(), Map.of("exactly.once.source.support", "enabled"));
        worker.start();
    }

    @AfterAll
    static void stop() {
        worker.close();
        server.close();
        kafka.close();
    }

    /** With each death the last record of its batch would be a null, were it not for the order. */
    @Test
    void deathIsReportedOnceThoughNullsAreDroppedAndTheWorkerIsKilled() throws InterruptedException {
        ScriptedHost host = server.hosts().get(0);
        try (TopicLog log = new TopicLog(kafka.bootstrapServers(), "nulls")) {
            create(
                    "nulls",
                    List.of(host),
                    Map.of(
                            "heartbeat.interval.ms", "600000",
                            "transforms", "drop",
                            "transforms.drop.type", "org.apache.kafka.connect.transforms.Filter",
                            "transforms.drop.predicate", "isNull",
                            "predicates", "isNull",
                            "predicates.isNull.type",
                                    "org.apache.kafka.connect.transforms.predicates.RecordIsTombstone"));
            log.await(
                    "a first look",
                    LIMIT,
                    () -> assertThat(log.hostEventTypes()).contains("synchronized"));
            for (int i = 0; i < 3; i++) {
                host.start("nulls-" + i);
                host.die("nulls-" + i);
                int events = 2 * (i + 1);
                log.await("its life", LIMIT, () -> assertThat(log.events()).hasSize(events));
                worker.kill();
                worker.start();
            }
            host.start("last");
            log.await(
                    "what comes then",
                    LIMIT,
                    () -> assertThat(log.eventsOf("last")).isNotEmpty());

            ScriptedChurn.isReportedOnce(List.of(host), log.events());
            assertThat(log.states()).extracting(Received::value).noneMatch(value -> value.isNull());
            worker.rest().delete("nulls");
        }
    }

    @Test
    void hostThatIsTakenOutOfTheListLosesItsRowsUntilItReturns() {
        List<ScriptedHost> hosts = server.hosts().subList(1, 4);
        try (TopicLog log = new TopicLog(kafka.bootstrapServers(), "hosts")) {
            create("hosts", hosts, Map.of("tasks.max", "2"));
            log.await(
                    "all hosts",
                    LIMIT,
                    () -> assertThat(Collections.frequency(log.hostEventTypes(), "synchronized"))
                            .isEqualTo(hosts.size()));
            hosts.forEach(host -> host.start("lasting"));
            log.await(
                    "all rows",
                    LIMIT,
                    () -> assertThat(rows(log)).isEqualTo(Map.of("box-0001", 1L, "box-0002", 1L, "box-0003", 1L)));

            configure("hosts", Map.of("podman.hosts", list(List.of(hosts.get(0), hosts.get(2)))));
            log.await("the rows of those that are left", LIMIT, () -> {
                assertThat(rows(log)).isEqualTo(Map.of("box-0001", 1L, "box-0003", 1L));
                assertThat(farewells(log)).containsExactly("box-0002");
            });
            hosts.get(1).start("meanwhile");

            configure("hosts", Map.of("podman.hosts", list(hosts)));
            log.await(
                    "its rows again",
                    LIMIT,
                    () -> assertThat(rows(log)).isEqualTo(Map.of("box-0001", 1L, "box-0002", 2L, "box-0003", 1L)));

            ScriptedChurn.isReportedOnce(hosts, log.events());
            TrailCheck.livesAreInOrder(log.events());
            assertThat(farewells(log)).as("said once").containsExactly("box-0002");

            // None of these is left to lead to the others.
            configure("hosts", Map.of("podman.hosts", list(server.hosts().subList(5, 6))));
            log.await("no rows of any of them", LIMIT, () -> {
                assertThat(rows(log)).isEmpty();
                assertThat(farewells(log)).containsExactlyInAnyOrder("box-0002", "box-0001", "box-0002", "box-0003");
            });
            worker.rest().delete("hosts");
        }
    }

    @Test
    void anotherPrefixEndsOneTrailAndBeginsAnother() {
        ScriptedHost host = server.hosts().get(4);
        host.start("lasting");
        try (TopicLog before = new TopicLog(kafka.bootstrapServers(), "before");
                TopicLog after = new TopicLog(kafka.bootstrapServers(), "after")) {
            create("before", List.of(host), Map.of());
            before.await("its row", LIMIT, () -> assertThat(before.table()).hasSize(1));

            configure("before", Map.of("topic.prefix", "after"));
            after.await("its row there", LIMIT, () -> assertThat(after.table()).hasSize(1));
            before.await("no row here", LIMIT, () -> assertThat(before.table()).isEmpty());
            host.die("lasting");
            after.await(
                    "its death there", LIMIT, () -> assertThat(after.table()).isEmpty());

            before.await(
                    "its trail here",
                    LIMIT,
                    () -> assertThat(before.events()).extracting(Received::type).containsExactly("start", "die"));
            assertThat(before.events().get(1).text("/raw_action")).isEqualTo("filtered");
            after.await(
                    "its trail there",
                    LIMIT,
                    () -> assertThat(after.events()).extracting(Received::type).containsExactly("start", "die"));
            assertThat(after.events().get(0).origin()).isEqualTo("snapshot");
            worker.rest().delete("before");
        }
    }

    private static void create(String name, List<ScriptedHost> hosts, Map<String, String> more) {
        Map<String, String> config = new HashMap<>(more);
        config.put("podman.hosts", list(hosts));
        config.put("topic.prefix", name);
        Stage.createConnector(worker.rest(), name, config);
    }

    /** Changes some of the configuration. */
    private static void configure(String name, Map<String, String> changed) {
        Map<String, String> config = new TreeMap<>();
        worker.rest()
                .config(name)
                .fields()
                .forEachRemaining(
                        entry -> config.put(entry.getKey(), entry.getValue().asText()));
        config.putAll(changed);
        worker.rest().configure(name, config);
    }

    private static String list(List<ScriptedHost> hosts) {
        return hosts.stream().map(ScriptedHost::entry).collect(Collectors.joining(","));
    }

    /** How many rows each host has. */
    private static Map<String, Long> rows(TopicLog log) {
        Map<String, String> hostOf = new HashMap<>();
        log.states().forEach(record -> hostOf.put(record.id(), record.host()));
        return log.table().keySet().stream().collect(Collectors.groupingBy(hostOf::get, Collectors.counting()));
    }

    private static List<String> farewells(TopicLog log) {
        List<String> hosts = new ArrayList<>();
        log.hostEvents().stream()
                .filter(event -> event.text("/reason").contains("no longer configured"))
                .forEach(event -> hosts.add(event.host()));
        return hosts;
    }
}
