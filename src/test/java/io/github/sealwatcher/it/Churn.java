package io.github.sealwatcher.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.sealwatcher.testkit.PodmanService;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;

/** Containers that come and go in rounds, one after the other, with a count of how many lives there were. */
final class Churn {

    private static final List<String> LASTING = List.of("lasting-1", "lasting-2", "lasting-3");
    private static final int LIVES_A_ROUND = LASTING.size() + 1;

    private final PodmanService podman;
    private final AtomicInteger lives = new AtomicInteger();

    Churn(PodmanService podman) {
        this.podman = podman;
    }

    /** Rounds until at least so many lives have begun and ended, in the background. */
    CompletableFuture<Void> begin(int atLeast) {
        return CompletableFuture.runAsync(() -> {
            for (String name : LASTING) {
                podman.podman("run", "-d", "--name", name, PodmanService.IMAGE, "sleep", "600");
                lives.incrementAndGet();
            }
            while (lives.get() < atLeast) {
                round();
            }
            podman.podman("kill", LASTING.get(0), LASTING.get(1), LASTING.get(2));
        });
    }

    /** How many lives have begun by now, and, when the background work is done, ended. */
    int lives() {
        return lives.get();
    }

    /** Returns when so many more lives have begun. */
    void awaitMore(int more) {
        int goal = lives() + more;
        Awaitility.await("containers coming and going")
                .atMost(Duration.ofSeconds(60))
                .untilAsserted(() -> assertThat(lives()).isGreaterThanOrEqualTo(goal));
    }

    private void round() {
        podman.podman("restart", "-t", "0", LASTING.get(0), LASTING.get(1), LASTING.get(2));
        podman.podman("run", "--rm", PodmanService.IMAGE, "true");
        lives.addAndGet(LIVES_A_ROUND);
    }
}
