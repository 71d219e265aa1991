package io.github.sealwatcher.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.sealwatcher.quickstart.EmbeddedKafka;
import io.github.sealwatcher.quickstart.PodmanService;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Twenty real Podmans, each with storage of its own, watched by one worker. */
@Timeout(500)
class ManyPodmansIT {

    private static final int HOSTS = 20;
    private static final Duration LIMIT = Duration.ofSeconds(120);
    private static final String NAME = "many";

    private final List<PodmanService> podmans = new ArrayList<>();

    @Test
    void whatHappensOnAllAtOnceIsTold() throws Exception {
        try (EmbeddedKafka kafka = EmbeddedKafka.started(Map.of("group.min.session.timeout.ms", "500"));
                WorkerProcess worker = new WorkerProcess(NAME, kafka.bootstrapServers(), Map.of());
                TopicLog log = new TopicLog(kafka.bootstrapServers(), NAME)) {
            for (int i = 0; i < HOSTS; i++) {
                podmans.add(PodmanService.started());
            }
            worker.start();
            String hosts = IntStream.range(0, HOSTS)
                    .mapToObj(i -> "box-" + i + "=" + podmans.get(i).uri())
                    .collect(Collectors.joining(","));
            Stage.createConnector(worker.rest(), NAME, Map.of("podman.hosts", hosts, "topic.prefix", NAME));
            log.await(
                    "every host",
                    LIMIT,
                    () -> assertThat(log.hostEventTypes().stream().filter("synchronized"::equals))
                            .hasSize(HOSTS));

            onAll(podman ->
                    podman.podman("run", "-d", "--network=none", "--name=job", PodmanService.IMAGE, "sleep", "600"));
            onAll(podman -> podman.podman("stop", "--time=0", "job"));

            List<Moment> truth = podmans.stream()
                    .flatMap(podman -> Moment.inHistory(podman).stream())
                    .toList();
            assertThat(truth).hasSize(2 * HOSTS);
            log.await(
                    "every start and death",
                    LIMIT,
                    () -> assertThat(Moment.in(log.events())).containsExactlyInAnyOrderElementsOf(truth));
            assertThat(log.events().stream().map(Received::host).distinct()).hasSize(HOSTS);
            System.out.printf("%d events of %d Podmans%n", truth.size(), HOSTS);
        } finally {
            podmans.forEach(PodmanService::close);
        }
    }

    /** Does something on all of them at the same time. */
    private void onAll(Consumer<PodmanService> what) {
        ExecutorService threads = Executors.newFixedThreadPool(HOSTS);
        try {
            CompletableFuture.allOf(podmans.stream()
                            .map(podman -> CompletableFuture.runAsync(() -> what.accept(podman), threads))
                            .toArray(CompletableFuture[]::new))
                    .join();
        } finally {
            threads.shutdown();
        }
    }
}
