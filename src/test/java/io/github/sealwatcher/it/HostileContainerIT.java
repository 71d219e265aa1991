package io.github.sealwatcher.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.sealwatcher.model.Annotations;
import io.github.sealwatcher.testkit.PodmanService;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.connect.data.Struct;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A container that says of itself whatever hurts, on a real Podman, beside one that behaves. */
@EveryPodman
@Timeout(120)
class HostileContainerIT {

    /** The kernel takes no argument that is longer than 128 KiB. */
    private static final int HUGE = 100_000;

    private static final int LABELS = 12;

    @Test
    void hugeAndForgedLabelsAreHarmless() throws InterruptedException {
        try (PodmanService podman = PodmanService.started()) {
            Map<String, String> properties = new HashMap<>(Map.of(
                    "podman.hosts",
                    "here=" + podman.uri(),
                    "containers.name.exclude",
                    "^(web|api)(-[a-z0-9]+)*$",
                    "resync.interval.ms",
                    "1000"));
            try (TaskRun run = new TaskRun(new HashMap<>(), properties)) {
                run.untilHost("synchronized");
                List<String> command = new ArrayList<>(List.of("run", "-d", "--name", "hostile"));
                for (int i = 0; i < LABELS; i++) {
                    command.addAll(List.of("--label", "huge" + i + "=" + "x".repeat(HUGE)));
                }
                command.addAll(List.of("--label", "small=kept", "--label", Annotations.PRIVILEGED + "="));
                command.addAll(List.of(PodmanService.IMAGE, "sleep", "1000"));
                podman.podman(command.toArray(String[]::new));
                podman.podman("run", "-d", "--name", "web-1", PodmanService.IMAGE, "sleep", "1000");
                podman.podman("run", "-d", "--name", "good", PodmanService.IMAGE, "sleep", "1000");
                // Podman's log is cut at a megabyte: such a container's own events may be gone before they were read,
                // which is then said as a gap, and the container is found by a list.
                run.await("both", () -> names(run).containsAll(List.of("hostile", "good")));
                assertThat(names(run)).doesNotContain("web-1");

                Struct hostile = run.event("start hostile").getStruct("container");
                Map<String, String> labels = hostile.getMap("labels");
                assertThat(labels).containsEntry("small", "kept").doesNotContainKey(Annotations.PRIVILEGED);
                assertThat(labels.values().stream().mapToInt(String::length).sum())
                        .isBetween(4 * HUGE, 512 * 1024);
                assertThat(hostile.getBoolean("privileged")).isFalse();
                podman.podman("kill", "hostile");
                assertThat(run.until("die hostile")).contains("die hostile");
            }
        }
    }

    private static List<String> names(TaskRun run) {
        return run.events().stream()
                .map(event -> event.getStruct("container").getString("name"))
                .toList();
    }
}
