package io.github.sealwatcher.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.sealwatcher.Events;
import io.github.sealwatcher.PodmanWatcher;
import io.github.sealwatcher.model.Change;
import io.github.sealwatcher.model.HostChange;
import io.github.sealwatcher.testkit.Await;
import io.github.sealwatcher.testkit.PodmanService;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A container that somebody runs without an event log, as {@code podman --events-backend none} does. */
@EveryPodman
@Timeout(120)
class UnloggedLifeIT {

    private static final Duration RESYNC = Duration.ofSeconds(2);

    private static PodmanService podman;

    @BeforeAll
    static void start() {
        podman = PodmanService.started();
    }

    @AfterAll
    static void stop() {
        podman.close();
    }

    @Test
    void itsLifeIsAGapOnceAndWhatFailsToStartIsNone() throws InterruptedException {
        var hooks = new EngineHooks();
        try (PodmanWatcher watcher = PodmanWatcher.at(podman.uri())
                        .resyncInterval(RESYNC)
                        .engines(() -> hooks.engine(podman.uri()))
                        .build();
                Events events = watcher.events()) {
            watcher.start();
            ChangeTexts.until(events, "host synchronized");

            fails("run", "--name", "failing", PodmanService.IMAGE, "/nonexistent");
            fails("start", "--attach", "failing");
            podman.podman("create", "--name", "created", PodmanService.IMAGE, "true");
            podman.podman("init", "created");
            podman.podman("run", "--name", "ended", PodmanService.IMAGE, "true");
            podman.podman("start", "--attach", "ended");
            awaitLists(hooks);
            podman.podman("run", "--name", "first", PodmanService.IMAGE, "true");
            assertThat(ChangeTexts.until(events, "died first")).doesNotContain("host history_gap");

            // A list shows whole seconds.
            long fromNs = nowNs() / 1_000_000_000 * 1_000_000_000;
            podman.podman("--events-backend", "none", "run", "--name", "unlogged", PodmanService.IMAGE, "true");
            long toNs = nowNs();
            HostChange.Window gap = gap(events);
            assertThat(gap.fromNs()).isLessThanOrEqualTo(fromNs);
            assertThat(gap.toNs()).isGreaterThanOrEqualTo(toNs - 1_000_000_000);

            awaitLists(hooks);
            podman.podman("run", "--name", "second", PodmanService.IMAGE, "true");
            assertThat(ChangeTexts.until(events, "died second")).containsExactly("started second", "died second");
        }
    }

    private static void fails(String... arguments) {
        assertThatThrownBy(() -> podman.podman(arguments)).isInstanceOf(IllegalStateException.class);
    }

    /** Two whole resyncs and what they leave to be looked at again. */
    private static void awaitLists(EngineHooks hooks) {
        int enough = hooks.lists.get() + 5;
        Await.until("five more lists", Duration.ofSeconds(30), () -> hooks.lists.get() >= enough);
    }

    private static HostChange.Window gap(Events events) throws InterruptedException {
        while (true) {
            Change change = events.poll(Duration.ofSeconds(30));
            assertThat(change).as("a gap").isNotNull();
            if (change instanceof HostChange host && host.gap() != null) {
                return host.gap();
            }
        }
    }

    private static long nowNs() {
        Instant now = Instant.now();
        return now.getEpochSecond() * 1_000_000_000 + now.getNano();
    }
}
