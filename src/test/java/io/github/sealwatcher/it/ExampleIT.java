package io.github.sealwatcher.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.sealwatcher.example.WatchPodman;
import io.github.sealwatcher.quickstart.PodmanService;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The example of the library that the README shows. */
@Timeout(60)
class ExampleIT {

    @Test
    void printsWhatIsAliveAndWhatHappens() throws Exception {
        PrintStream console = System.out;
        var printed = new ByteArrayOutputStream();
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
            System.setOut(new PrintStream(printed, true, StandardCharsets.UTF_8));
            var example = new FutureTask<Void>(() -> {
                WatchPodman.main(podman.uri(), "web");
                return null;
            });
            new Thread(example, "example").start();
            Awaitility.await()
                    .untilAsserted(() -> assertThat(printed.toString(StandardCharsets.UTF_8))
                            .contains("SYNCHRONIZED", "project \"shop\":", "  web, PID "));
            podman.podman("kill", "web");
            example.get(20, TimeUnit.SECONDS);
            assertThat(printed.toString(StandardCharsets.UTF_8)).contains("STARTED web", "DIED web");
        } finally {
            System.setOut(console);
        }
    }
}
