package io.github.sealwatcher.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.sealwatcher.testkit.ConnectRest;
import io.github.sealwatcher.testkit.EmbeddedKafka;
import io.github.sealwatcher.testkit.PodmanService;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.Timeout;

/** Podman's history is gone when the connector comes back: what it told is inferred, and that is said once. */
@EveryPodman
@EveryEventLog
@Timeout(180)
class HistoryLossIT {

    /** By how much the containers of a test are older than its connector, at most. */
    private static final Duration CREATED_BEFORE = Duration.ofMinutes(2);

    private static EmbeddedKafka kafka;

    private PodmanService podman;
    private String name;
    private long createdNs;
    private WorkerProcess worker;
    private TopicLog log;

    @BeforeAll
    static void startKafka() {
        kafka = EmbeddedKafka.started(Map.of(
                "group.min.session.timeout.ms", "500",
                "transaction.abort.timed.out.transaction.cleanup.interval.ms", "1000"));
    }

    @AfterAll
    static void stopKafka() {
        kafka.close();
    }

    @BeforeEach
    void start(TestInfo test) {
        name = test.getTestMethod().orElseThrow().getName().toLowerCase(Locale.ROOT);
        podman = PodmanService.started();
        worker = new WorkerProcess(
                "worker-" + name, kafka.bootstrapServers(), Map.of("exactly.once.source.support", "enabled"));
        worker.start();
        log = new TopicLog(kafka.bootstrapServers(), name);
    }

    @AfterEach
    void stop() {
        log.close();
        worker.close();
        podman.close();
    }

    @Test
    void logIsDeletedWhileTheConnectorIsStopped() throws IOException {
        String dying = run("dying");
        String vanishing = run("vanishing");
        String returning = run("returning");
        String pausing = run("pausing");
        String staying = run("staying");
        createAndSeeOneStart();
        ConnectRest rest = worker.rest();
        Stage.stop(rest, name);
        long stoppedNs = nowNs();

        podman.podman("kill", "dying");
        podman.podman("rm", "--force", "--time", "0", "vanishing");
        podman.podman("restart", "--time", "0", "returning");
        podman.podman("pause", "pausing");
        podman.podman("run", "--rm", "--name", "mayfly", PodmanService.IMAGE, "true");
        String born = run("born");
        podman.deleteEvents();
        String later = run("later");
        rest.resume(name);

        awaitReturn();
        JsonNode gap = gap(stoppedNs, log.events(later).get(0));
        assertThat(endOf(dying).path("exit_code").asInt()).isEqualTo(137);
        assertThat(endOf(vanishing).path("exit_code").isNull()).isTrue();
        assertThat(log.story(returning)).containsExactly("start", "die", "start");
        assertThat(log.events(returning))
                .extracting(Received::origin)
                .containsExactly("snapshot", "reconciled", "reconciled");
        assertThat(log.story(pausing)).containsExactly("start", "pause");
        assertThat(log.story(staying)).containsExactly("start");
        assertThat(log.events(born)).extracting(Received::origin).containsExactly("reconciled");
        assertThat(log.events(later)).extracting(Received::origin).containsExactly("replay");
        assertThat(log.eventsOf("mayfly"))
                .as("its whole life was in the history that is gone")
                .isEmpty();
        // What Podman still knows the time of lies in it; the rest is stamped when it was noticed.
        assertThat(List.of(endOf(dying), log.events(born).get(0).value()))
                .extracting(event -> event.path("time_ns").asLong())
                .allSatisfy(timeNs -> assertThat(timeNs)
                        .isBetween(
                                gap.path("gap_from_ns").asLong(),
                                gap.path("gap_to_ns").asLong()));
    }

    @Test
    void hostRebootsWhileTheWorkerIsDead() throws InterruptedException {
        String ending = run("ending");
        String restarted = run("restarted");
        podman.podman("pod", "create", "--name", "pod");
        String infra = podman.podman("pod", "inspect", "pod", "--format", "{{.InfraContainerID}}");
        String member = run("member", "--pod", "pod");
        createAndSeeOneStart();
        worker.kill();
        long stoppedNs = nowNs();

        podman.reboot();
        podman.start();
        podman.podman("start", "restarted");
        String born = run("born");
        worker.start();

        awaitReturn();
        gap(stoppedNs, log.events(restarted).get(2));
        for (String id : List.of(ending, infra, member)) {
            assertThat(endOf(id).path("exit_code").isNull())
                    .as("an exit code that nobody saw")
                    .isTrue();
        }
        assertThat(endOf(member).at("/pod/name").asText()).isEqualTo("pod");
        assertThat(log.story(restarted)).containsExactly("start", "die", "start");
        assertThat(log.events(restarted).get(1).origin()).isEqualTo("reconciled");
        assertThat(log.events(restarted).get(1).value().path("exit_code").isNull())
                .isTrue();
        assertThat(log.events(restarted).get(2).origin()).isEqualTo("replay");
        assertThat(log.events(born)).extracting(Received::origin).containsExactly("replay");
    }

    /** Creates the connector, and waits until it has told an event. */
    private void createAndSeeOneStart() {
        Map<String, String> config = Map.of("podman.hosts", "box=" + podman.uri(), "topic.prefix", name);
        createdNs = nowNs();
        Stage.createConnector(worker.rest(), name, config);
        log.await("the snapshot", () -> assertThat(log.hostEventTypes()).contains("synchronized"));
        String living = run("living");
        log.await("a live event", () -> assertThat(log.story(living)).containsExactly("start"));
    }

    private static long nowNs() {
        return ChronoUnit.NANOS.between(Instant.EPOCH, Instant.now());
    }

    private void awaitReturn() {
        log.await(
                "the return",
                () -> assertThat(log.hostEventTypes())
                        .containsExactly("connected", "synchronized", "connected", "history_gap", "synchronized"));
        log.await("the state topic to equal podman ps", () -> TrailCheck.tableIsWhatPodmanSays(log, podman));
        TrailCheck.livesAreInOrder(log.events());
        TrailCheck.nothingIsTwice(log.events());
    }

    /**
     * The one gap. It reaches to the oldest event that is left, and begins between the begin of the trail, with whose first list
     * all agreed, and the time at which the connector stopped, after which all was lost: a later list can have agreed, too.
     */
    private JsonNode gap(long stoppedNs, Received left) {
        // Another topic than that of the records that were waited for.
        log.await("the gap", () -> assertThat(log.hostEventTypes()).contains("history_gap"));
        List<JsonNode> gaps = log.hostEvents().stream()
                .filter(event -> event.type().equals("history_gap"))
                .map(Received::value)
                .toList();
        assertThat(gaps).hasSize(1);
        JsonNode gap = gaps.get(0);
        // Podman writes events so much later than it stamps them.
        long lateNs = 1_500_000_000L;
        // The host's clock is known from answers, which show whole seconds. Where a log outlives its host, whoever
        // takes over knows of what ended with the host only when it began.
        long beganNs = podman.hasEventsLog() ? createdNs - 1_000_000_000L : createdNs - CREATED_BEFORE.toNanos();
        assertThat(gap.path("gap_from_ns").asLong()).isBetween(beganNs - lateNs, stoppedNs);
        assertThat(gap.path("gap_to_ns").asLong())
                .isGreaterThan(gap.path("gap_from_ns").asLong())
                .isLessThanOrEqualTo(left.timeNs() + lateNs);
        return gap;
    }

    /** The inferred death of one that was alive at the snapshot. */
    private JsonNode endOf(String id) {
        List<Received> starts = log.events(id).stream()
                .filter(event -> !event.type().equals("pod_association"))
                .toList();
        assertThat(starts).extracting(Received::type).containsExactly("start", "die");
        assertThat(starts).extracting(Received::origin).containsExactly("snapshot", "reconciled");
        return starts.get(1).value();
    }

    private String run(String name, String... options) {
        List<String> command = new ArrayList<>(List.of("run", "-d", "--name", name));
        command.addAll(List.of(options));
        command.addAll(List.of(PodmanService.IMAGE, "sleep", "600"));
        return podman.podman(command.toArray(String[]::new));
    }
}
