package io.github.sealwatcher.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.sealwatcher.Events;
import io.github.sealwatcher.PodmanWatcher;
import io.github.sealwatcher.model.LiveContainer;
import io.github.sealwatcher.testkit.PodmanService;
import io.github.sealwatcher.watch.Backoff;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What happens on a real Podman between the moment at which it lists and the one at which the list is taken in. */
@EveryPodman
@Timeout(60)
class ListRaceIT {

    private static PodmanService podman;

    private EngineHooks hooks;

    @BeforeAll
    static void startAll() {
        podman = PodmanService.started();
    }

    @AfterAll
    static void stopAll() {
        podman.close();
    }

    @BeforeEach
    void start() {
        hooks = new EngineHooks();
        run("bystander");
        run("actor");
    }

    @AfterEach
    void removeContainers() {
        podman.podman("rm", "-f", "-a", "-t", "0");
    }

    @Test
    void whatDiesDuringTheListIsNotAlive() throws InterruptedException {
        assertThat(reportedIf("kill actor")).containsExactly("started actor", "died actor", "started bystander");
    }

    @Test
    void whatIsRemovedDuringTheListIsNotAlive() throws InterruptedException {
        assertThat(reportedIf("rm -f -t 0 actor")).containsExactly("started actor", "died actor", "started bystander");
    }

    @Test
    void whatStartsDuringTheListIsAlive() throws InterruptedException {
        try (PodmanWatcher watcher = watched("run -d --name latecomer " + PodmanService.IMAGE + " sleep 600")) {
            assertThat(names(watcher)).containsExactlyInAnyOrder("bystander", "actor", "latecomer");
        }
    }

    @Test
    void whatIsPausedDuringTheListIsPaused() throws InterruptedException {
        try (PodmanWatcher watcher = watched("pause actor");
                Events events = watcher.events()) {
            assertThat(watcher.portfolio().find("actor").isPaused()).isTrue();
            assertThat(watcher.portfolio().find("bystander").isPaused()).isFalse();
            podman.podman("unpause", "actor");
            assertThat(ChangeTexts.until(events, "unpaused actor")).containsExactly("unpaused actor");
            assertThat(watcher.portfolio().find("actor").isPaused()).isFalse();
        }
    }

    @Test
    void whatIsUnpausedDuringTheListRuns() throws InterruptedException {
        podman.podman("pause", "actor");
        try (PodmanWatcher watcher = watched("unpause actor")) {
            assertThat(watcher.portfolio().find("actor").isPaused()).isFalse();
        }
    }

    @Test
    void pauseBelongsToTheLifeItWasIn() throws InterruptedException {
        try (PodmanWatcher watcher = watched("pause actor", "unpause actor", "kill actor", "start actor")) {
            assertThat(watcher.portfolio().find("actor").isPaused()).isFalse();
        }
        try (PodmanWatcher watcher = watched(
                "pause actor", "rm -f -t 0 actor", "run -d --name actor " + PodmanService.IMAGE + " sleep 600")) {
            assertThat(names(watcher)).containsExactlyInAnyOrder("bystander", "actor");
            assertThat(watcher.portfolio().find("actor").isPaused()).isFalse();
        }
    }

    @Test
    void pauseOfTheNextLifeCounts() throws InterruptedException {
        try (PodmanWatcher watcher = watched("kill actor", "start actor", "pause actor")) {
            assertThat(watcher.portfolio().find("actor").isPaused()).isTrue();
        }
    }

    @Test
    void oldPortfolioIsReadableUntilTheNewOneIsThere() throws InterruptedException {
        var listed = new CountDownLatch(1);
        var release = new CountDownLatch(1);
        try (PodmanWatcher watcher = PodmanWatcher.at(podman.uri())
                        .backoff(new Backoff(10_000_000, 100_000_000, -1))
                        .engines(() -> hooks.engine(podman.uri()))
                        .build();
                Events events = watcher.events()) {
            watcher.start();
            ChangeTexts.until(events, "host synchronized");
            hooks.afterList(() -> {
                listed.countDown();
                await(release);
            });
            podman.kill();
            ChangeTexts.until(events, "host disconnected");
            assertThat(names(watcher)).containsExactlyInAnyOrder("bystander", "actor");
            podman.podman("kill", "actor");
            podman.start();
            await(listed);
            assertThat(names(watcher)).containsExactlyInAnyOrder("bystander", "actor");
            release.countDown();
            assertThat(ChangeTexts.until(events, "host synchronized"))
                    .containsExactly("host connected", "died actor", "host synchronized");
            assertThat(names(watcher)).containsExactly("bystander");
        } finally {
            podman.start();
        }
    }

    /** What is told of starts and deaths if this is done during the first list. */
    private List<String> reportedIf(String... commands) throws InterruptedException {
        hooks.afterList(() -> perform(commands));
        try (PodmanWatcher watcher = PodmanWatcher.at(podman.uri())
                        .engines(() -> hooks.engine(podman.uri()))
                        .build();
                Events events = watcher.events()) {
            watcher.start();
            List<String> reported = ChangeTexts.until(events, "host synchronized");
            assertThat(names(watcher)).containsExactly("bystander");
            return reported.subList(1, reported.size() - 1);
        }
    }

    /** A synchronized watcher, during whose first list this was done. */
    private PodmanWatcher watched(String... commands) {
        hooks.afterList(() -> perform(commands));
        PodmanWatcher watcher = PodmanWatcher.at(podman.uri())
                .engines(() -> hooks.engine(podman.uri()))
                .build();
        watcher.start();
        watcher.ready().orTimeout(30, TimeUnit.SECONDS).join();
        return watcher;
    }

    private static void perform(String... commands) {
        for (String command : commands) {
            podman.podman(command.split(" ", -1));
        }
    }

    private static List<String> names(PodmanWatcher watcher) {
        List<String> names = new ArrayList<>();
        for (LiveContainer alive : watcher.portfolio().alive().values()) {
            names.add(alive.container().name());
        }
        return names;
    }

    private static void run(String name) {
        podman.podman("run", "-d", "--name", name, PodmanService.IMAGE, "sleep", "600");
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(30, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
