package io.github.sealwatcher.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.sealwatcher.example.WatchPodman;
import io.github.sealwatcher.testkit.PodmanService;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The example of the library that the README shows, in a JVM without Kafka. */
@Timeout(90)
class ExampleIT {

    @Test
    void printsWhatIsAliveAndWhatHappens(@TempDir Path directory) throws Exception {
        Path printed = directory.resolve("printed");
        try (PodmanService podman = PodmanService.started()) {
            podman.podman(
                    "run",
                    "-d",
                    "--name",
                    "web",
                    "--label",
                    "com.docker.compose.project=shop",
                    PodmanService.IMAGE,
                    "sleep",
                    "600");
            Process example = new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                            "-cp",
                            classPathWithoutKafka(),
                            WatchPodman.class.getName(),
                            podman.uri(),
                            "web")
                    .redirectErrorStream(true)
                    .redirectOutput(printed.toFile())
                    .start();
            try {
                Awaitility.await()
                        .atMost(Duration.ofSeconds(40))
                        .untilAsserted(() -> assertThat(Files.readString(printed))
                                .contains("SYNCHRONIZED", "project \"shop\":", "  web, PID "));
                podman.podman("kill", "web");
                assertThat(example.waitFor(40, TimeUnit.SECONDS)).isTrue();
                assertThat(example.exitValue()).isZero();
                assertThat(Files.readString(printed)).contains("STARTED web", "DIED web");
            } finally {
                example.destroyForcibly();
            }
        }
    }

    private static String classPathWithoutKafka() {
        String classPath = System.getProperty("java.class.path");
        assertThat(classPath).contains("kafka-clients", "jackson-databind");
        return Arrays.stream(classPath.split(File.pathSeparator, -1))
                .filter(entry -> !entry.contains(
                        File.separator + "org" + File.separator + "apache" + File.separator + "kafka" + File.separator))
                .collect(Collectors.joining(File.pathSeparator));
    }
}
