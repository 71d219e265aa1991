package io.github.sealwatcher.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.sealwatcher.testkit.EmbeddedConnect;
import io.github.sealwatcher.testkit.EmbeddedKafka;
import io.github.sealwatcher.testkit.PodmanOptions;
import io.github.sealwatcher.testkit.PodmanService;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Podman's service goes away and comes back, or cuts its history, and the trail shows nothing of it. */
@EveryPodman
@EveryEventLog
@Timeout(180)
class ServiceLossIT {

    private static final int LIVES = 60;

    private static EmbeddedKafka kafka;
    private static EmbeddedConnect connect;

    @BeforeAll
    static void start() {
        kafka = EmbeddedKafka.started();
        connect = EmbeddedConnect.started(kafka.bootstrapServers(), Stage.PLUGINS);
    }

    @AfterAll
    static void stop() {
        connect.close();
        kafka.close();
    }

    @Test
    void whatHappensWhileTheServiceIsDeadIsReplayed() {
        try (PodmanService podman = PodmanService.started();
                TopicLog log = new TopicLog(kafka.bootstrapServers(), "loss")) {
            String dying = run(podman, "dying");
            String surviving = run(podman, "surviving");
            String returning = run(podman, "returning");
            List<LoggedEvent> before = LoggedEvent.inHistory(podman);
            create("loss", podman);
            log.await("the snapshot", () -> assertThat(log.hostEventTypes()).contains("synchronized"));
            String living = run(podman, "living");
            log.await("a live event", () -> assertThat(log.story(living)).containsExactly("start"));

            podman.kill();
            log.await("the loss", () -> assertThat(log.hostEventTypes()).endsWith("disconnected"));
            String born = run(podman, "born");
            podman.podman("kill", "dying");
            podman.podman("run", "--rm", "--name", "mayfly", PodmanService.IMAGE, "true");
            podman.podman("restart", "-t", "0", "returning");
            podman.podman("pause", "living");
            podman.start();

            log.await(
                    "the return",
                    () -> assertThat(log.hostEventTypes())
                            .containsExactly("connected", "synchronized", "disconnected", "connected", "synchronized"));
            log.await("what was missed", () -> assertThat(log.story(living)).containsExactly("start", "pause"));
            assertThat(log.story(born)).containsExactly("start");
            assertThat(log.story(dying)).containsExactly("start", "die");
            assertThat(log.story(returning)).containsExactly("start", "die", "start");
            assertThat(log.story(surviving)).containsExactly("start");
            assertThat(log.eventsOf("mayfly")).extracting(Received::type).containsExactly("start", "die");
            assertThat(log.events(dying).get(1).value().path("exit_code").asInt())
                    .isEqualTo(137);
            assertThat(log.events().stream().filter(event -> !event.origin().equals("snapshot")))
                    .filteredOn(event -> !event.equals(log.events(living).get(0)))
                    .extracting(Received::origin)
                    .containsOnly("replay");

            String after = run(podman, "after");
            log.await(
                    "live events again",
                    () -> assertThat(log.events(after))
                            .extracting(Received::origin)
                            .containsExactly("live"));
            List<LoggedEvent> since = new ArrayList<>(LoggedEvent.inHistory(podman));
            since.removeAll(before);
            assertThat(LoggedEvent.in(log.events().stream()
                            .filter(event -> !event.origin().equals("snapshot"))
                            .toList()))
                    .containsExactlyInAnyOrderElementsOf(since);
            allIsWell(log, podman);
            connect.rest().delete("loss");
        }
    }

    @Test
    void repeatedlyInterruptedReplayLosesAndRepeatsNothing() {
        try (PodmanService podman = PodmanService.create(PodmanOptions.DEFAULTS.withEventsLogMaxSize("32k"))
                        .start();
                TopicLog log = new TopicLog(kafka.bootstrapServers(), "cut")) {
            create("cut", podman);
            log.await("the snapshot", () -> assertThat(log.hostEventTypes()).contains("synchronized"));

            Churn churn = new Churn(podman);
            CompletableFuture<Void> churning = churn.begin(LIVES);
            churning.join();
            log.await("every life", () -> assertThat(count(log, "die")).isGreaterThanOrEqualTo(churn.lives()));

            // All that could come late comes before a later event.
            String last = run(podman, "last");
            log.await("a last event", () -> assertThat(log.story(last)).containsExactly("start"));
            assertThat(count(log, "start")).isEqualTo(churn.lives() + 1);
            assertThat(count(log, "die")).isEqualTo(churn.lives());
            assertThat(log.events()).extracting(Received::origin).doesNotContain("reconciled");
            assertThat(log.hostEventTypes()).doesNotContain("history_gap");
            if (podman.hasEventsLog()) {
                assertThat(log.hostEventTypes().stream().filter("log_rotated"::equals))
                        .hasSizeGreaterThan(2);
            }
            allIsWell(log, podman);
            connect.rest().delete("cut");
        }
    }

    private static void allIsWell(TopicLog log, PodmanService podman) {
        log.await("the state topic to equal podman ps", () -> TrailCheck.tableIsWhatPodmanSays(log, podman));
        TrailCheck.livesAreInOrder(log.events());
        TrailCheck.nothingIsTwice(log.events());
    }

    private static long count(TopicLog log, String type) {
        return log.events().stream().filter(event -> event.type().equals(type)).count();
    }

    private static void create(String name, PodmanService podman) {
        Map<String, String> config = new HashMap<>();
        config.put("podman.hosts", "box=" + podman.uri());
        config.put("topic.prefix", name);
        config.put("retry.backoff.ms", "100");
        config.put("retry.backoff.max.ms", "500");
        // Often enough to find, within the test, what events failed to tell.
        config.put("resync.interval.ms", "2000");
        Stage.createConnector(connect.rest(), name, config);
    }

    private static String run(PodmanService podman, String name) {
        return podman.podman("run", "-d", "--name", name, PodmanService.IMAGE, "sleep", "600");
    }
}
