package io.github.sealwatcher.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.sealwatcher.testkit.EmbeddedConnect;
import io.github.sealwatcher.testkit.PodmanService;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.kafka.KafkaContainer;
import org.testcontainers.utility.DockerImageName;

/** The broker itself runs in a container of the Podman that is watched. {@code bin/verify} provides the image. */
@Timeout(180)
class KafkaContainerIT {

    private static final String IMAGE = System.getProperty("kafka.image", "");
    private static final String ARCHIVE = System.getProperty("kafka.image.archive", "");

    /** Testcontainers looks for leftovers once more when the JVM ends, and is loud about a Podman that is gone by then. */
    @BeforeAll
    static void silenceTheLastLook() {
        Thread.setDefaultUncaughtExceptionHandler((thread, error) -> {
            if (!DockerClientFactory.TESTCONTAINERS_THREAD_GROUP.equals(thread.getThreadGroup())) {
                error.printStackTrace();
            }
        });
    }

    @Test
    void worksWithABrokerInAContainer() {
        assumeTrue(
                !IMAGE.isEmpty() && !ARCHIVE.isEmpty(), "no image of Kafka: run bin/verify as root to have one built");
        try (PodmanService podman = PodmanService.started()) {
            podman.podman("load", "--quiet", "--input", ARCHIVE);
            System.setProperty("DOCKER_HOST", podman.uri());
            DockerImageName image = DockerImageName.parse(IMAGE).asCompatibleSubstituteFor("apache/kafka");
            // A private Podman gives no network to those that don't ask.
            try (KafkaContainer kafka = new KafkaContainer(image).withNetworkMode("bridge")) {
                kafka.start();
                report(podman, kafka);
            }
        }
    }

    private static void report(PodmanService podman, KafkaContainer kafka) {
        try (EmbeddedConnect connect = EmbeddedConnect.started(kafka.getBootstrapServers(), Stage.PLUGINS);
                TopicLog log = new TopicLog(kafka.getBootstrapServers(), "podman")) {
            Stage.createConnector(connect.rest(), "podman", Map.of("podman.hosts", "box=" + podman.uri()));
            log.await(
                    "the broker's own container",
                    () -> assertThat(log.events(kafka.getContainerId()))
                            .extracting(Received::origin)
                            .containsExactly("snapshot"));
            podman.podman("run", "--rm", "--name", "mayfly", PodmanService.IMAGE, "true");
            log.await(
                    "another one",
                    () -> assertThat(log.eventsOf("mayfly"))
                            .extracting(Received::type)
                            .containsExactly("start", "die"));
            log.await("the state topic to equal podman ps", () -> TrailCheck.tableIsWhatPodmanSays(log, podman));
        }
    }
}
