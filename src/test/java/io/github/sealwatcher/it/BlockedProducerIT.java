package io.github.sealwatcher.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.sealwatcher.fleet.HostServer;
import io.github.sealwatcher.fleet.ScriptedHost;
import io.github.sealwatcher.testkit.EmbeddedConnect;
import io.github.sealwatcher.testkit.EmbeddedKafka;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Collectors;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The topics do not exist and nobody may create them: the producer waits, and the connector is stopped all the same. */
@Timeout(240)
class BlockedProducerIT {

    private static EmbeddedKafka kafka;
    private static EmbeddedConnect connect;
    private static HostServer hosts;

    @BeforeAll
    static void start() {
        kafka = EmbeddedKafka.started(Map.of("auto.create.topics.enable", "false"));
        connect = EmbeddedConnect.started(
                kafka.bootstrapServers(), Stage.PLUGINS, Map.of("topic.creation.enable", "false"));
        hosts = HostServer.start("blocked-", 10);
    }

    @AfterAll
    static void stop() {
        connect.close();
        hosts.close();
        kafka.close();
    }

    /** Connect waits five seconds for a task that blocks, and closes the producer under it then. */
    @Test
    void stopEndsTheTaskWithinConnectsTimeout() {
        create("blocked", Map.of());

        Duration took = stop("blocked");

        System.out.printf("stopped after %d ms while the producer waits without an end%n", took.toMillis());
        assertThat(took).isLessThan(Duration.ofSeconds(9));
    }

    /** As the WARN and the documentation advise. */
    @Test
    void producerTimeoutFailsTheTaskNamingTheTopic() {
        create("patient", Map.of("producer.override.max.block.ms", "1000"));

        Stage.awaitTask(connect.rest(), "patient", "FAILED");

        assertThat(connect.rest().status("patient").at("/tasks/0/trace").asText())
                .contains("Topic patient.host.events not present in metadata after 1000 ms");
        Duration took = stop("patient");
        System.out.printf("stopped after %d ms when the task had failed%n", took.toMillis());
        assertThat(took).isLessThan(Duration.ofSeconds(5));
    }

    private static void create(String name, Map<String, String> config) {
        Map<String, String> all = new HashMap<>(config);
        all.put("podman.hosts", hosts.hosts().stream().map(ScriptedHost::entry).collect(Collectors.joining(",")));
        all.put("topic.prefix", name);
        Stage.createConnector(connect.rest(), name, all);
        Awaitility.await("the task's thread to wait in the producer")
                .atMost(Duration.ofSeconds(60))
                .until(BlockedProducerIT::isBlocked);
    }

    private static boolean isBlocked() {
        return Thread.getAllStackTraces().values().stream().anyMatch(stack -> {
            String frames = Arrays.toString(stack);
            return frames.contains("KafkaProducer.waitOnMetadata") && frames.contains("SourceTask");
        });
    }

    /** Until Connect has no task any more, and none of our threads is left. */
    private static Duration stop(String name) {
        long startNs = System.nanoTime();
        Stage.stop(connect.rest(), name);
        Awaitility.await("the end of the task's threads")
                .atMost(Duration.ofSeconds(30))
                .pollInterval(Duration.ofMillis(20))
                .until(() -> Thread.getAllStackTraces().keySet().stream()
                        .noneMatch(thread -> thread.getName().startsWith("podman-")
                                || thread.getName().startsWith("task-thread-" + name)));
        return Duration.ofNanos(System.nanoTime() - startNs);
    }
}
