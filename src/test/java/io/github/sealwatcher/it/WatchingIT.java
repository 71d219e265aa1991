package io.github.sealwatcher.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.sealwatcher.Events;
import io.github.sealwatcher.PodmanWatcher;
import io.github.sealwatcher.host.FatalHostException;
import io.github.sealwatcher.testkit.PodmanService;
import io.github.sealwatcher.watch.Backoff;
import java.util.concurrent.CompletionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** How the library's watching begins and ends. */
@EveryPodman
@Timeout(60)
class WatchingIT {

    private static final String NOBODY = "unix:///nowhere/podman.sock";

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
    void watchingEndsWithTheClose() throws Exception {
        PodmanWatcher watcher = PodmanWatcher.at(podman.uri()).build();
        Events events = watcher.events();
        var watching = new FutureTask<Void>(() -> {
            watcher.watch();
            return null;
        });
        new Thread(watching, "watching").start();
        watcher.ready().get(20, TimeUnit.SECONDS);
        assertThat(watching.isDone()).isFalse();
        assertThatThrownBy(watcher::start).isInstanceOf(IllegalStateException.class);

        watcher.close();
        watcher.close();
        watching.get(20, TimeUnit.SECONDS);
        assertThat(ChangeTexts.until(events, "host synchronized"))
                .as("what waited can still be taken")
                .isNotEmpty();
        assertThat(events.take()).as("and then comes the end").isNull();
        try (Events late = watcher.events()) {
            assertThat(late.take()).isNull();
        }
        assertThatThrownBy(watcher::watch).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void interruptEndsTheWatching() throws Exception {
        PodmanWatcher watcher = PodmanWatcher.at(podman.uri()).build();
        var watching = new FutureTask<Void>(() -> {
            watcher.watch();
            return null;
        });
        Thread thread = new Thread(watching, "watching");
        thread.start();
        watcher.ready().get(20, TimeUnit.SECONDS);
        thread.interrupt();
        assertThatThrownBy(() -> watching.get(20, TimeUnit.SECONDS)).hasCauseInstanceOf(InterruptedException.class);
        try (Events late = watcher.events()) {
            assertThat(late.take()).as("it is closed").isNull();
        }
    }

    @Test
    void withoutABackoffTheFirstFailureIsTheLast() {
        try (PodmanWatcher watcher = PodmanWatcher.at(NOBODY).build();
                Events events = watcher.events()) {
            assertThatThrownBy(watcher::watch)
                    .isInstanceOf(FatalHostException.class)
                    .hasMessageContaining(watcher.host().value())
                    .hasMessageContaining("no such socket");
            assertThatThrownBy(() -> watcher.ready().join())
                    .isInstanceOf(CompletionException.class)
                    .hasCauseInstanceOf(FatalHostException.class);
            assertThatThrownBy(() -> ChangeTexts.until(events, "the end")).isInstanceOf(FatalHostException.class);
        }
    }

    @Test
    void withoutABackoffALostConnectionEndsTheWatching() throws InterruptedException {
        try (PodmanService mine = PodmanService.started();
                PodmanWatcher watcher = PodmanWatcher.at(mine.uri()).build();
                Events events = watcher.events()) {
            watcher.start();
            watcher.ready().orTimeout(30, TimeUnit.SECONDS).join();
            mine.kill();
            assertThatThrownBy(() -> ChangeTexts.until(events, "the end")).isInstanceOf(FatalHostException.class);
        }
    }

    @Test
    void backoffBridgesTheTimeUntilPodmanIsThere() throws InterruptedException {
        try (PodmanService mine = PodmanService.started()) {
            mine.stop();
            try (PodmanWatcher watcher = PodmanWatcher.at(mine.uri())
                            .backoff(new Backoff(10_000_000, 100_000_000, -1))
                            .build();
                    Events events = watcher.events()) {
                watcher.start();
                ChangeTexts.until(events, "host disconnected");
                assertThat(watcher.ready()).isNotDone();
                mine.start();
                watcher.ready().join();
            }
        }
    }
}
