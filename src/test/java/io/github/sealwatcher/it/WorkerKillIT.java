package io.github.sealwatcher.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.sealwatcher.testkit.EmbeddedKafka;
import io.github.sealwatcher.testkit.PodmanService;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A Connect worker dies with SIGKILL while containers come and go. More of them: {@code -Dit.churn=200}. */
@Timeout(240)
class WorkerKillIT {

    private static final int LIVES = Integer.getInteger("it.churn", 60);
    private static final int BEFORE = LIVES / 4;

    private static EmbeddedKafka kafka;

    @BeforeAll
    static void start() {
        kafka = EmbeddedKafka.started(Map.of(
                "group.min.session.timeout.ms", "500",
                "transaction.abort.timed.out.transaction.cleanup.interval.ms", "1000"));
    }

    @AfterAll
    static void stop() {
        kafka.close();
    }

    @Test
    void exactlyOnceMeansExactlyOnce() throws InterruptedException {
        try (PodmanService podman = PodmanService.started();
                WorkerProcess worker = worker("once", Map.of("exactly.once.source.support", "enabled"));
                TopicLog log = new TopicLog(kafka.bootstrapServers(), "once")) {
            Churn churn = killAmidst(worker, "once", podman, log);

            log.await("every start and death, once", () -> TrailCheck.isHistory(log.events(), podman));
            assertThat(LoggedEvent.in(log.events())).hasSize(2 * churn.lives());
            TrailCheck.livesAreInOrder(log.events());
            TrailCheck.nothingIsTwice(log.events());
            assertThat(log.events())
                    .extracting(Received::origin)
                    .contains("replay")
                    .doesNotContain("reconciled");
            log.await("the state topic to equal podman ps", () -> TrailCheck.tableIsWhatPodmanSays(log, podman));
        }
    }

    @Test
    void atLeastOnceLosesNothing() throws InterruptedException {
        try (PodmanService podman = PodmanService.started();
                WorkerProcess worker = worker("least", Map.of("offset.flush.interval.ms", "1000"));
                TopicLog log = new TopicLog(kafka.bootstrapServers(), "least")) {
            Churn churn = killAmidst(worker, "least", podman, log);

            log.await(
                    "every start and death",
                    () -> assertThat(Set.copyOf(LoggedEvent.in(log.events())))
                            .isEqualTo(Set.copyOf(LoggedEvent.inHistory(podman))));
            List<Received> clean = TrailCheck.withoutRepetitions(log.events());
            assertThat(LoggedEvent.in(clean)).hasSize(2 * churn.lives());
            TrailCheck.livesAreInOrder(clean);
            log.await("the state topic to equal podman ps", () -> TrailCheck.tableIsWhatPodmanSays(log, podman));
        }
    }

    /** Lets the worker watch, die, and come back, all while containers come and go, and returns when these are done. */
    private static Churn killAmidst(WorkerProcess worker, String name, PodmanService podman, TopicLog log)
            throws InterruptedException {
        worker.start();
        Stage.createConnector(worker.rest(), name, Map.of("podman.hosts", "box=" + podman.uri(), "topic.prefix", name));
        log.await("the snapshot", () -> assertThat(log.hostEventTypes()).contains("synchronized"));

        Churn churn = new Churn(podman);
        CompletableFuture<Void> churning = churn.begin(LIVES);
        log.await("some of it, and an offset", () -> {
            assertThat(LoggedEvent.in(log.events())).hasSizeGreaterThan(2 * BEFORE);
            assertThat(worker.rest().offsets(name).path("offsets")).isNotEmpty();
        });
        worker.kill();
        churn.awaitMore(BEFORE);
        worker.start();
        churning.join();
        return churn;
    }

    private static WorkerProcess worker(String name, Map<String, String> overrides) {
        return new WorkerProcess("worker-" + name, kafka.bootstrapServers(), overrides);
    }
}
