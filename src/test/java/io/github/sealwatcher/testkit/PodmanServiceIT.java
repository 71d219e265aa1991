package io.github.sealwatcher.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class PodmanServiceIT {
    private static final Duration PING_LIMIT = Duration.ofSeconds(1);

    @Test
    void answersAfterStartStopKillAndRestart() {
        try (PodmanService podman = PodmanService.started()) {
            assertThat(answers(podman)).isTrue();
            podman.podman("run", "-d", "--name", "sleeper", PodmanService.IMAGE, "sleep", "600");

            podman.stop();
            assertThat(answers(podman)).isFalse();
            assertThat(podman.socket()).doesNotExist();
            podman.start();
            assertThat(answers(podman)).isTrue();

            podman.kill();
            assertThat(podman.isRunning()).isFalse();
            assertThat(podman.socket()).exists();
            podman.start();
            long pid = podman.pid();
            podman.restart();
            assertThat(podman.pid()).isNotEqualTo(pid);

            assertThat(podman.podman("ps", "--format", "{{.Names}}")).isEqualTo("sleeper");
        }
    }

    @Test
    void leavesNothingBehindEvenAfterMonitorsAreKilled() throws IOException {
        PodmanService podman = PodmanService.started();
        Path directory = podman.socket().getParent();
        try (podman) {
            podman.podman("pod", "create", "--name", "pod");
            podman.podman("run", "-d", "--pod", "pod", PodmanService.IMAGE, "sleep", "600");
            podman.podman("run", "-d", "--network", "bridge", "--name", "lost", PodmanService.IMAGE, "sleep", "600");
            podman.podman("run", "-d", "--name", "paused", PodmanService.IMAGE, "sleep", "600");
            podman.podman("pause", "paused");
            long monitor = Long.parseLong(podman.podman("inspect", "--format", "{{.State.ConmonPid}}", "lost"));
            assertThat(ProcessHandle.of(monitor).map(ProcessHandle::destroyForcibly))
                    .contains(true);
        }
        assertThat(directory).doesNotExist();
        assertThat(Files.readString(Path.of("/proc/self/mountinfo"))).doesNotContain(directory + "/");
        assertThat(processesNaming(directory)).isEmpty();
    }

    @Test
    void removesRemainsOfAKilledProcess() throws IOException, InterruptedException {
        Process victim = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Victim.class.getName())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        Path directory =
                Path.of(victim.inputReader(StandardCharsets.UTF_8).readLine()).getParent();
        victim.destroyForcibly().waitFor();
        assertThat(processesNaming(directory)).isNotEmpty();

        Orphans.remove();

        assertThat(directory).doesNotExist();
        assertThat(processesNaming(directory)).isEmpty();
    }

    /** Says where its service is, and stays until it is killed. */
    static final class Victim {
        private Victim() {}

        public static void main(String[] arguments) throws InterruptedException {
            PodmanService podman = PodmanService.started();
            podman.podman("run", "-d", PodmanService.IMAGE, "sleep", "600");
            System.out.println(podman.socket());
            Thread.currentThread().join();
        }
    }

    @Test
    void keepsItsContainersApartFromAnother() {
        try (PodmanService one = PodmanService.started();
                PodmanService other = PodmanService.started()) {
            one.podman("run", "-d", "--name", "mine", "--network", "bridge", PodmanService.IMAGE, "sleep", "600");
            other.podman("run", "-d", "--name", "yours", "--network", "bridge", PodmanService.IMAGE, "sleep", "600");

            assertThat(one.podman("ps", "--format", "{{.Names}}")).isEqualTo("mine");
            assertThat(other.podman("ps", "--format", "{{.Names}}")).isEqualTo("yours");
        }
    }

    @Test
    void rotatesItsEventHistoryAtTheGivenSize() throws IOException {
        PodmanOptions options = PodmanOptions.DEFAULTS.withEventsLogMaxSize("4k");
        try (PodmanService podman = PodmanService.create(options)) {
            for (int i = 0; i < 40; i++) {
                podman.podman("volume", "create");
            }
            assertThat(Files.size(podman.eventsLog())).isBetween(1L, 4096L);
            assertThat(Files.readString(podman.eventsLog())).contains("log-rotation");
        }
    }

    @Test
    void reportsTheErrorOutputOfACommand() {
        try (PodmanService podman = PodmanService.create(PodmanOptions.DEFAULTS)) {
            assertThatThrownBy(() -> podman.podman("inspect", "nobody")).hasMessageContaining("nobody");
        }
    }

    private static boolean answers(PodmanService podman) {
        return UnixPing.answers(podman.socket(), PING_LIMIT);
    }

    private static List<String> processesNaming(Path directory) {
        return ProcessHandle.allProcesses()
                .map(process -> process.info().commandLine().orElse(""))
                .filter(line -> line.contains(directory + "/"))
                .toList();
    }
}
