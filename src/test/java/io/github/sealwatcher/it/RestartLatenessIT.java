package io.github.sealwatcher.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.sealwatcher.fault.FakeContainer;
import io.github.sealwatcher.fault.FakePodman;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * A worker is restarted, and all that is alive is looked up anew, because an offset holds no labels: what starts meanwhile
 * must not wait for that. A scripted host, since a thousand real containers would take the machine.
 */
@Timeout(180)
class RestartLatenessIT {

    private static final int ALIVE = 1000;

    @Test
    void startIsNotBehindTheLookUpsOfALocalHost() throws InterruptedException {
        // One after the other they take about a second here, so time alone would show nothing.
        lateness(Duration.ZERO, Duration.ofSeconds(2), ALIVE / 2);
    }

    @Test
    void startIsNotBehindTheLookUpsOfAHostFarAway() throws InterruptedException {
        // One after the other they would take 100 s.
        lateness(Duration.ofMillis(100), Duration.ofSeconds(2), 100);
    }

    private static void lateness(Duration latency, Duration bound, int mostLookUpsMeanwhile)
            throws InterruptedException {
        Map<String, Object> stored = new HashMap<>();
        try (FakePodman podman = FakePodman.start()) {
            for (int i = 0; i < ALIVE; i++) {
                podman.host().run(FakeContainer.created("old-" + i));
            }
            Map<String, String> properties = Map.of("podman.hosts", "edge=" + podman.uri());
            try (TaskRun before = new TaskRun(stored, properties)) {
                before.untilHost("synchronized");
            }
            podman.latency(latency);
            try (TaskRun restarted = new TaskRun(stored, properties)) {
                restarted.untilHost("synchronized");
                long lookUpsBefore = lookUps(podman);
                long startedTicks = System.nanoTime();
                podman.host().run(FakeContainer.created("new"));
                restarted.until("start new");
                Duration late = Duration.ofNanos(System.nanoTime() - startedTicks);
                long lookUpsMeanwhile = lookUps(podman) - lookUpsBefore;
                System.out.printf(
                        "%d alive, answers take %d ms: a start right after the restart is told %d ms late,"
                                + " %d look-ups meanwhile%n",
                        ALIVE, latency.toMillis(), TimeUnit.NANOSECONDS.toMillis(late.toNanos()), lookUpsMeanwhile);
                assertThat(restarted.event("start new").getStruct("container").getString("detail"))
                        .isEqualTo("inspect");
                assertThat(late).isLessThan(bound);
                assertThat(lookUpsMeanwhile).isLessThanOrEqualTo(mostLookUpsMeanwhile);
            }
        }
    }

    private static long lookUps(FakePodman podman) {
        return podman.requests().stream()
                .filter(target -> target.matches(".*/containers/[0-9a-f]+/json"))
                .count();
    }
}
