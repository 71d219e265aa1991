package io.github.sealwatcher.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.sealwatcher.testkit.PodmanService;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The task against the Podman of this machine, without a worker around it. */
@EveryPodman
@EveryEventLog
@Timeout(120)
class PodmanSourceTaskIT {

    @Test
    void reportsLivesAndResumes() throws InterruptedException {
        Map<String, Object> stored = new HashMap<>();
        try (PodmanService podman = PodmanService.started()) {
            Map<String, String> properties = Map.of("podman.hosts", "edge=" + podman.uri());
            podman.podman("run", "-d", "--name", "old", PodmanService.IMAGE, "sleep", "1000");
            podman.podman("pod", "create", "--name", "web", "--infra=false");

            try (TaskRun first = new TaskRun(stored, properties)) {
                first.untilHost("synchronized");
                podman.podman("run", "-d", "--pod", "web", "--name", "new", PodmanService.IMAGE, "sleep", "1000");
                podman.podman("rm", "-f", "-t", "0", "new");
                podman.podman("run", "-d", "--name", "marker", PodmanService.IMAGE, "sleep", "1000");
                assertThat(first.until("start marker"))
                        .as("each once")
                        .containsExactly(
                                "start old",
                                "pod_association new",
                                "start new",
                                "die new",
                                "pod_association new",
                                "start marker");
                assertThat(origins(first)).containsExactly("snapshot", "live", "live", "live", "live", "live");
            }

            podman.podman("run", "-d", "--name", "missed", PodmanService.IMAGE, "sleep", "1000");
            podman.podman("rm", "-f", "-t", "0", "old");

            try (TaskRun second = new TaskRun(stored, properties)) {
                second.untilHost("synchronized");
                podman.podman("kill", "marker");
                assertThat(second.until("die marker")).containsExactly("start missed", "die old", "die marker");
                assertThat(origins(second)).containsExactly("replay", "replay", "live");
            }
        }
    }

    private static List<String> origins(TaskRun run) {
        return run.events().stream().map(event -> event.getString("origin")).toList();
    }
}
