package io.github.sealwatcher.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.sealwatcher.Events;
import io.github.sealwatcher.PodmanWatcher;
import io.github.sealwatcher.testkit.PodmanService;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Watchers that come and go leave nothing behind, neither here nor in Podman's service. */
@Timeout(180)
class LeakIT {

    private static final int CYCLES = 100;

    @Test
    void hundredWatchersLeaveNeitherThreadNorDescriptor() throws InterruptedException {
        try (PodmanService podman = PodmanService.started()) {
            podman.podman("run", "-d", PodmanService.IMAGE, "sleep", "600");
            for (int i = 0; i < 3; i++) {
                // Classes and the native library are loaded, and Podman's own caches filled, once.
                cycle(podman);
            }
            Counts before = Counts.of(podman);
            for (int i = 0; i < CYCLES; i++) {
                cycle(podman);
            }
            Awaitility.await()
                    .pollInSameThread()
                    .atMost(Duration.ofSeconds(20))
                    .untilAsserted(() -> assertThat(Counts.of(podman)).satisfies(after -> {
                        assertThat(after.threads).as("threads").isLessThanOrEqualTo(before.threads);
                        assertThat(after.descriptors).as("descriptors").isLessThanOrEqualTo(before.descriptors);
                        // Podman takes its time, and keeps some: one for each watcher would be a leak.
                        assertThat(after.podmans).as("Podman's descriptors").isLessThan(before.podmans + CYCLES / 2);
                    }));
            System.out.println("before " + CYCLES + " cycles " + before + ", after them " + Counts.of(podman));
        }
    }

    private static void cycle(PodmanService podman) throws InterruptedException {
        try (PodmanWatcher watcher = PodmanWatcher.at(podman.uri()).build();
                Events events = watcher.events()) {
            assertThat(watcher.version()).isNotEqualTo("unknown");
            watcher.start();
            watcher.ready().orTimeout(30, TimeUnit.SECONDS).join();
            assertThat(watcher.portfolio().total()).isEqualTo(1);
            assertThat(ChangeTexts.until(events, "host synchronized")).hasSize(3);
        }
    }

    /** How many of each this process has (without the JVM's own threads), and of the descriptors Podman's service. */
    private record Counts(long threads, long descriptors, long podmans) {

        static Counts of(PodmanService podman) {
            return new Counts(
                    ManagementFactory.getThreadMXBean().getThreadCount(),
                    entries("/proc/self/fd"),
                    entries("/proc/" + podman.pid() + "/fd"));
        }

        private static long entries(String directory) {
            try (Stream<Path> files = Files.list(Path.of(directory))) {
                return files.count();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
