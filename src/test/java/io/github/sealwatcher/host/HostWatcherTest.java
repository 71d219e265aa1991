package io.github.sealwatcher.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.sealwatcher.PodmanWatcher;
import io.github.sealwatcher.fault.FakeContainer;
import io.github.sealwatcher.fault.FakePodman;
import io.github.sealwatcher.model.Change;
import io.github.sealwatcher.model.ContainerChange;
import io.github.sealwatcher.model.ContainerFilter;
import io.github.sealwatcher.model.HostName;
import io.github.sealwatcher.watch.Backoff;
import io.github.sealwatcher.watch.Options;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class HostWatcherTest {

    private static final HostName HOST = new HostName("web-1");
    private static final long SECOND_NS = 1_000_000_000L;

    private final FakePodman podman = FakePodman.start();
    private final HostRuntime runtime = new HostRuntime("watcher", UnaryOperator.identity(), Clocks.SYSTEM);

    @AfterEach
    void close() {
        runtime.close();
        podman.close();
    }

    @Test
    void asksNothingBeforeItIsStarted() throws InterruptedException {
        Received received = new Received();
        try (HostWatcher watcher = watcher(Backoff.forever(), received)) {
            assertThat(podman.connections()).isZero();
            assertThat(watcher.isSynchronized()).isFalse();
            watcher.start();
            await().until(watcher::isSynchronized);
        }
        assertThat(podman.requests()).isNotEmpty();
    }

    @Test
    void emitsChangesWithThePortfolioThatHoldsThem() throws InterruptedException {
        podman.host().run(FakeContainer.created("web"));
        Received received = new Received();
        try (HostWatcher watcher = watcher(Backoff.forever(), received)) {
            watcher.start();
            assertThat(received.nextStart().container().name()).isEqualTo("web");
            await().until(watcher::isSynchronized);
            assertThat(watcher.portfolio().alive()).hasSize(1);
        }
    }

    @Test
    void parksTheFailureWithTheHostName() throws Exception {
        podman.stop();
        Received received = new Received();
        try (HostWatcher watcher = watcher(Backoff.never(), received)) {
            watcher.start();
            assertThat(received.parked.get(20, TimeUnit.SECONDS)).hasMessageContaining("web-1");
        }
    }

    @Test
    void parksAnUnexpectedException() throws Exception {
        var bug = new IllegalStateException("on purpose");
        Received received = new Received() {
            @Override
            public boolean put(HostEmission emission) {
                throw bug;
            }
        };
        try (HostWatcher watcher = watcher(Backoff.forever(), received)) {
            watcher.start();
            assertThat(received.parked.get(20, TimeUnit.SECONDS))
                    .hasMessageContaining("web-1")
                    .hasCause(bug);
        }
    }

    @Test
    void emitsNothingAfterTheSinkRefuses() throws InterruptedException {
        podman.host().run(FakeContainer.created("web"));
        Received received = new Received() {
            @Override
            public boolean put(HostEmission emission) {
                super.put(emission);
                return false;
            }
        };
        try (HostWatcher watcher = watcher(Backoff.forever(), received)) {
            watcher.start();
            assertThat(received.emissions.poll(20, TimeUnit.SECONDS)).isNotNull();
            watcher.start();
        }
        runtime.close();
        assertThat(received.emissions).isEmpty();
    }

    @Test
    void isWokenNoMoreOftenTheLongerItWatches() throws InterruptedException {
        AtomicLong steps = new AtomicLong();
        Clocks counting = () -> {
            steps.incrementAndGet();
            return Clocks.SYSTEM.now();
        };
        HostRuntime counted = new HostRuntime("counted", UnaryOperator.identity(), counting);
        try (HostWatcher watcher =
                watcher(options(Backoff.forever(), SECOND_NS / 50, SECOND_NS / 20), new Received(), counted)) {
            watcher.start();
            await().until(watcher::isSynchronized);
            podman.awaitRequests("_ping", pings() + 100);
            int pingsBefore = pings();
            long stepsBefore = steps.get();
            podman.awaitRequests("_ping", pingsBefore + 20);
            // A step for the deadline, one for the answer, some for heartbeats, each of which may read the clock twice.
            assertThat(steps.get() - stepsBefore).isLessThan(10 * 20);
        } finally {
            counted.close();
        }
    }

    private int pings() {
        return (int) podman.requests().stream()
                .filter(target -> target.contains("_ping"))
                .count();
    }

    private HostWatcher watcher(Backoff backoff, Sink sink) {
        return watcher(options(backoff, 10 * SECOND_NS, 30 * SECOND_NS), sink, runtime);
    }

    private HostWatcher watcher(Options options, Sink sink, HostRuntime on) {
        PodmanWatcher connection = PodmanWatcher.at(podman.uri()).build();
        return new HostWatcher(HOST, connection::open, options, null, sink, on, new HostMetrics());
    }

    private static Options options(Backoff backoff, long pingNs, long heartbeatNs) {
        return new Options(
                10 * SECOND_NS,
                60 * SECOND_NS,
                Options.DEFAULT_SETTLE_NS,
                pingNs,
                heartbeatNs,
                backoff,
                Options.SnapshotMode.INITIAL,
                Options.OnGap.RECONCILE,
                true,
                Options.Actions.none(),
                ContainerFilter.all(),
                1);
    }

    /** Keeps what it is given. */
    private static class Received implements Sink {
        final BlockingQueue<HostEmission> emissions = new LinkedBlockingQueue<>();
        final CompletableFuture<FatalHostException> parked = new CompletableFuture<>();

        @Override
        public boolean put(HostEmission emission) {
            return emissions.add(emission);
        }

        @Override
        public void park(FatalHostException error) {
            parked.complete(error);
        }

        ContainerChange.Started nextStart() throws InterruptedException {
            while (true) {
                HostEmission next = emissions.poll(20, TimeUnit.SECONDS);
                assertThat(next).as("an emission").isNotNull();
                for (Change change : next.emission().changes()) {
                    if (change instanceof ContainerChange.Started started) {
                        return started;
                    }
                }
            }
        }
    }
}
