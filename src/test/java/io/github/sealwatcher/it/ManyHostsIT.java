package io.github.sealwatcher.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.sealwatcher.testkit.EmbeddedConnect;
import io.github.sealwatcher.testkit.EmbeddedKafka;
import io.github.sealwatcher.testkit.PodmanService;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Many hosts in one worker, on all of which something happens at once. */
@Timeout(400)
class ManyHostsIT {

    private static final int HOSTS = Integer.getInteger("many.hosts", 20);
    private static final int TASKS = 3;
    /** To start a Podman takes a processor for seconds: more at once only time out. */
    private static final int STARTING = 4;

    @Test
    void simultaneousEventsOfAllHostsArrive() throws Exception {
        ExecutorService starting = Executors.newFixedThreadPool(STARTING);
        ExecutorService atOnce = Executors.newFixedThreadPool(HOSTS);
        List<PodmanService> podmans = new ArrayList<>();
        try (EmbeddedKafka kafka = EmbeddedKafka.started();
                EmbeddedConnect connect = EmbeddedConnect.started(kafka.bootstrapServers(), Stage.PLUGINS);
                TopicLog log = new TopicLog(kafka.bootstrapServers(), "many")) {
            podmans.addAll(all(starting, i -> PodmanService.started()));
            Stage.createConnector(
                    connect.rest(),
                    "many",
                    Map.of(
                            "podman.hosts",
                            IntStream.range(0, HOSTS)
                                    .mapToObj(i ->
                                            "host-" + i + "=" + podmans.get(i).uri())
                                    .collect(Collectors.joining(",")),
                            "topic.prefix",
                            "many",
                            "tasks.max",
                            Integer.toString(TASKS)));
            log.await(
                    "all hosts",
                    () -> assertThat(log.hostEventTypes())
                            .filteredOn("synchronized"::equals)
                            .hasSize(HOSTS));

            CountDownLatch together = new CountDownLatch(HOSTS);
            List<String> containers = all(atOnce, i -> {
                together.countDown();
                await(together);
                String id = podmans.get(i).podman("run", "-d", PodmanService.IMAGE, "sleep", "600");
                podmans.get(i).podman("stop", "-t", "0", id);
                return id;
            });

            log.await("two events of each host", () -> assertThat(log.events()).hasSize(2 * HOSTS));
            for (int i = 0; i < HOSTS; i++) {
                assertThat(log.story(containers.get(i))).containsExactly("start", "die");
                assertThat(log.events(containers.get(i)))
                        .extracting(Received::host)
                        .containsOnly("host-" + i);
            }
            assertThat(log.events()).extracting(Received::origin).containsOnly("live");
            TrailCheck.nothingIsTwice(log.events());
            log.await("an empty table", () -> assertThat(log.table()).isEmpty());
            connect.rest().delete("many");
        } finally {
            all(starting, i -> {
                if (i < podmans.size()) {
                    podmans.get(i).close();
                }
                return i;
            });
            starting.shutdown();
            atOnce.shutdown();
        }
    }

    /** Does something for each host, and waits until all is done. */
    private static <T> List<T> all(ExecutorService threads, Function<Integer, T> work) {
        List<CompletableFuture<T>> futures = IntStream.range(0, HOSTS)
                .mapToObj(i -> CompletableFuture.supplyAsync(() -> work.apply(i), threads))
                .toList();
        return futures.stream().map(CompletableFuture::join).toList();
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
