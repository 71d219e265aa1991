package io.github.sealwatcher.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.sealwatcher.Events;
import io.github.sealwatcher.PodmanWatcher;
import io.github.sealwatcher.PodmanWatcherBuilder;
import io.github.sealwatcher.engine.EngineException;
import io.github.sealwatcher.host.Clocks;
import io.github.sealwatcher.host.HostRuntime;
import io.github.sealwatcher.host.Outbox;
import io.github.sealwatcher.model.ContainerChange;
import io.github.sealwatcher.model.DetailSource;
import io.github.sealwatcher.model.HostName;
import io.github.sealwatcher.testkit.PodmanService;
import io.github.sealwatcher.watch.Backoff;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The five faults of the watcher that this one descends from, each provoked on a real Podman. */
@Timeout(90)
class AncestorFaultsIT {

    private static final Backoff SOON = new Backoff(10_000_000, 100_000_000, -1);

    private PodmanService podman;

    @BeforeEach
    void start() {
        podman = PodmanService.started();
    }

    @AfterEach
    void stop() {
        podman.close();
    }

    /** There: after a reconnect every survivor was told as started again, and no death meanwhile was told at all. */
    @Test
    void reconnectReportsDeathsAndNoSurvivorTwice() throws InterruptedException {
        run("survivor");
        run("victim");
        try (PodmanWatcher watcher =
                        PodmanWatcher.at(podman.uri()).backoff(SOON).build();
                Events events = watcher.events()) {
            watcher.start();
            ChangeTexts.until(events, "host synchronized");
            podman.kill();
            ChangeTexts.until(events, "host disconnected");
            podman.podman("kill", "victim");
            run("newcomer");
            podman.start();

            assertThat(ChangeTexts.until(events, "host synchronized"))
                    .containsExactly("host connected", "died victim", "started newcomer", "host synchronized");
            assertThat(watcher.portfolio().total()).isEqualTo(2);
        }
    }

    /** There: a list that was still under way when its connection broke was taken for the next connection's. */
    @Test
    void listOfALostConnectionIsVoid() throws InterruptedException {
        run("ghost");
        var hooks = new EngineHooks();
        var listed = new CountDownLatch(1);
        var release = new CountDownLatch(1);
        var late = new CountDownLatch(1);
        hooks.afterList(() -> {
            listed.countDown();
            await(release);
            late.countDown();
        });
        try (PodmanWatcher watcher = PodmanWatcher.at(podman.uri())
                        .backoff(SOON)
                        .pingInterval(Duration.ofMillis(100))
                        .engines(() -> hooks.engine(podman.uri()))
                        .build();
                Events events = watcher.events()) {
            watcher.start();
            await(listed);
            podman.kill();
            ChangeTexts.until(events, "host disconnected");
            podman.podman("rm", "-f", "-t", "0", "ghost");
            podman.start();
            ChangeTexts.until(events, "host synchronized");
            assertThat(watcher.portfolio().total()).isZero();

            release.countDown();
            await(late);
            run("marker");
            assertThat(ChangeTexts.until(events, "started marker"))
                    .as("nothing of the ghost")
                    .containsExactly("started marker");
            assertThat(watcher.portfolio().total()).isEqualTo(1);
        }
    }

    /** There: one slow consumer stopped everything, under a lock that others needed. */
    @Test
    void slowConsumerLosesNothingAndBlocksNoOther() throws InterruptedException {
        try (HostRuntime shared = new HostRuntime("shared", UnaryOperator.identity(), Clocks.SYSTEM);
                PodmanWatcher slow =
                        host("slow", shared).queue(2, Long.MAX_VALUE).build();
                PodmanWatcher quick = host("quick", shared).build();
                Events unread = slow.events();
                Events read = quick.events()) {
            slow.start();
            quick.start();
            ChangeTexts.until(read, "host synchronized");
            for (int i = 0; i < 10; i++) {
                podman.podman("run", "--rm", "--name", "mayfly-" + i, PodmanService.IMAGE, "true");
                assertThat(ChangeTexts.until(read, "died mayfly-" + i)).hasSize(2);
            }
            assertThat(slow.portfolio().total()).as("can be asked nevertheless").isLessThanOrEqualTo(1);
            assertThat(slow.version()).isEqualTo(quick.version());

            List<String> reported = ChangeTexts.until(unread, "died mayfly-9");
            assertThat(reported).hasSize(22).startsWith("host connected", "host synchronized");
            for (int i = 0; i < 10; i++) {
                assertThat(reported).containsSubsequence("started mayfly-" + i, "died mayfly-" + i);
            }

            // Full once more: closing must not wait for a reader.
            run("last");
            Awaitility.await().until(() -> slow.portfolio().total() == 1);
            podman.podman("kill", "last");
            Awaitility.await().until(() -> slow.portfolio().total() == 0);
            run("beyond");
            Awaitility.await().until(AncestorFaultsIT::slowWaitsForRoom);
            slow.close();
            assertThat(ChangeTexts.next(unread, "started last")).isNotNull();
        }
    }

    /** The quick host's queue has room for all that happens here, so it is the slow one that waits. */
    private static boolean slowWaitsForRoom() {
        return Thread.getAllStackTraces().entrySet().stream()
                .filter(thread -> Set.of(Thread.State.WAITING, Thread.State.TIMED_WAITING)
                        .contains(thread.getKey().getState()))
                .flatMap(thread -> Stream.of(thread.getValue()))
                .anyMatch(frame -> frame.getClassName().equals(Outbox.class.getName())
                        && frame.getMethodName().equals("put"));
    }

    /** There: a start whose inspect failed was dropped without a word. */
    @Test
    void startIsReportedThoughItsInspectFails() throws InterruptedException {
        var hooks = new EngineHooks();
        try (PodmanWatcher watcher = PodmanWatcher.at(podman.uri())
                        .backoff(SOON)
                        .engines(() -> hooks.engine(podman.uri()))
                        .build();
                Events events = watcher.events()) {
            watcher.start();
            ChangeTexts.until(events, "host synchronized");

            hooks.beforeInspect(() -> {
                throw new EngineException.Garbled("nonsense", null);
            });
            run("garbled");
            ContainerChange garbled = ChangeTexts.next(events, "started garbled");
            assertThat(garbled.container().detailSource()).isNotEqualTo(DetailSource.INSPECT);

            hooks.beforeInspect(() -> {
                throw new EngineException.Unreachable("cut off", null);
            });
            run("cut");
            ContainerChange cut = ChangeTexts.next(events, "started cut");
            assertThat(cut.container().detailSource()).isEqualTo(DetailSource.INSPECT);

            hooks.beforeInspect(() -> {
                throw new IllegalStateException("a bug");
            });
            run("buggy");
            assertThat(ChangeTexts.next(events, "started buggy")).isNotNull();
            assertThat(watcher.portfolio().total()).isEqualTo(3);
        }
    }

    /** There: ready meant that a list had ended, even if it had failed. */
    @Test
    void itIsNotReadyWhenTheListFailed() throws InterruptedException {
        run("there");
        var hooks = new EngineHooks();
        var failed = new CountDownLatch(1);
        var release = new CountDownLatch(1);
        hooks.afterList(() -> {
            hooks.afterList(() -> await(release));
            failed.countDown();
            throw new EngineException.Garbled("no list", null);
        });
        try (PodmanWatcher watcher = PodmanWatcher.at(podman.uri())
                        .backoff(SOON)
                        .engines(() -> hooks.engine(podman.uri()))
                        .build();
                Events events = watcher.events()) {
            watcher.start();
            await(failed);
            assertThat(ChangeTexts.until(events, "host disconnected"))
                    .containsExactly("host connected", "host disconnected");
            assertThat(watcher.ready()).isNotDone();
            assertThat(watcher.portfolio().total()).isZero();

            release.countDown();
            watcher.ready().orTimeout(30, TimeUnit.SECONDS).join();
            assertThat(watcher.portfolio().find("there")).isNotNull();
        }
    }

    private PodmanWatcherBuilder host(String name, HostRuntime shared) {
        return PodmanWatcher.at(podman.uri())
                .host(new HostName(name))
                .backoff(SOON)
                .runtime(shared);
    }

    private void run(String name) {
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
