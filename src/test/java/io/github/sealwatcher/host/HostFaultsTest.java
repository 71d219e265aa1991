package io.github.sealwatcher.host;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.sealwatcher.Events;
import io.github.sealwatcher.PodmanWatcher;
import io.github.sealwatcher.engine.Engine;
import io.github.sealwatcher.fault.FakeContainer;
import io.github.sealwatcher.fault.FakePodman;
import io.github.sealwatcher.fault.ScriptedAnswer;
import io.github.sealwatcher.model.Change;
import io.github.sealwatcher.model.ContainerChange;
import io.github.sealwatcher.model.HostChange;
import io.github.sealwatcher.watch.Backoff;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever an engine throws, on whatever thread, a host never falls silent. */
@Timeout(60)
class HostFaultsTest {

    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static final Duration OFTEN = Duration.ofMillis(50);
    private static final Backoff SOON = new Backoff(1_000_000, 10_000_000, -1);

    private final FakePodman podman = FakePodman.start();
    private final TroubledEngines engines = new TroubledEngines();

    @AfterEach
    void close() {
        podman.close();
    }

    static Stream<Arguments> troubles() {
        List<Supplier<Throwable>> thrown = List.of(
                () -> new OutOfMemoryError("on purpose"),
                () -> new StackOverflowError("on purpose"),
                () -> new NoClassDefFoundError("on/Purpose"),
                () -> new IllegalStateException("on purpose"));
        return Stream.of("ping", "list", "replay", "follow", "inspect", "next", "close")
                .flatMap(call -> thrown.stream().map(what -> Arguments.of(call, what.get())));
    }

    @ParameterizedTest(name = "{0} throws {1}")
    @MethodSource("troubles")
    void recoversFromOneExceptionOfTheEngine(String call, Throwable thrown) throws InterruptedException {
        podman.host().run(FakeContainer.created("old"));
        try (PodmanWatcher watcher = watcher();
                Events events = watcher.events()) {
            engines.trouble(call, thrown);
            watcher.start();
            engines.awaitThrown();
            podman.host().run(FakeContainer.created("new"));
            // What was there before is reported after what history brings.
            List<String> reported = until(events, "STARTED new");
            if (!reported.contains("STARTED old")) {
                reported.addAll(until(events, "STARTED old"));
            }
            assertThat(reported)
                    .filteredOn(one -> !one.startsWith("host"))
                    .containsExactlyInAnyOrder("STARTED old", "STARTED new");
            assertThat(watcher.portfolio().total()).isEqualTo(2);
        }
    }

    @ParameterizedTest(name = "{0} throws {1}")
    @MethodSource("troubles")
    void recoversFromALaterExceptionOfTheEngine(String call, Throwable thrown) throws InterruptedException {
        try (PodmanWatcher watcher = watcher();
                Events events = watcher.events()) {
            watcher.start();
            until(events, "host SYNCHRONIZED");
            podman.awaitRequests("stream=true", 1);
            engines.trouble(call, thrown);
            podman.host().run(FakeContainer.created("first"));
            if (call.equals("close") || call.equals("follow")) {
                podman.dropConnections();
            }
            engines.awaitThrown();
            podman.host().run(FakeContainer.created("second"));
            assertThat(until(events, "STARTED second"))
                    .filteredOn(reported -> !reported.startsWith("host"))
                    .containsExactly("STARTED first", "STARTED second");
            assertThat(watcher.portfolio().total()).isEqualTo(2);
        }
    }

    @Test
    void malformedPingAnswerCountsAsMissed() throws InterruptedException {
        try (PodmanWatcher watcher = watcher();
                Events events = watcher.events()) {
            watcher.start();
            until(events, "host SYNCHRONIZED");
            podman.always("/_ping", wire -> {
                wire.send("HTTP/1.1 000\r\nLibpod-API-Version: 5.4.2\r\n\r\n");
                wire.cut();
            });
            until(events, "host DISCONNECTED");
            podman.behave();
            until(events, "host SYNCHRONIZED");
        }
    }

    @Test
    void repeatedPingFailureEndsTheConnection() throws InterruptedException {
        try (PodmanWatcher watcher = watcher();
                Events events = watcher.events()) {
            watcher.start();
            until(events, "host SYNCHRONIZED");
            engines.trouble("ping", new OutOfMemoryError("on purpose"));
            engines.awaitThrown();
            engines.trouble("ping", new OutOfMemoryError("on purpose"));
            until(events, "host DISCONNECTED");
            until(events, "host SYNCHRONIZED");
        }
    }

    /** Each connection is synchronized, and then its stream ends: without a wait there were four a second. */
    @Test
    void immediatelyEndingStreamBacksOff() throws InterruptedException {
        podman.always("stream=true", wire -> {
            wire.streamHeader();
            wire.finalChunk();
        });
        Supplier<Engine> real = () -> PodmanWatcher.at(podman.uri()).build().open();
        try (PodmanWatcher watcher = PodmanWatcher.at(podman.uri())
                        .backoff(new Backoff(200_000_000, 60_000_000_000L, -1))
                        .engines(real)
                        .build();
                Events events = watcher.events()) {
            watcher.start();
            int connected = 0;
            long endNs = System.nanoTime() + Duration.ofSeconds(6).toNanos();
            for (long leftNs = 1; leftNs > 0; leftNs = endNs - System.nanoTime()) {
                Change change = events.poll(Duration.ofNanos(leftNs));
                connected += change instanceof HostChange host && host.type() == HostChange.Type.CONNECTED ? 1 : 0;
            }
            // 0, 0, then 0.1 to 0.2 s, doubling: the ninth comes after 6.3 s at the earliest.
            assertThat(connected).isBetween(2, 8);
            podman.behave();
            podman.host().run(FakeContainer.created("told"));
            until(events, "STARTED told");
        }
    }

    /** An interim answer comes before the answer itself, to whatever was asked. */
    @Test
    void interimResponsesAreSkipped() throws InterruptedException {
        podman.next("/_ping", interim(ScriptedAnswer.text(200, "OK")));
        podman.next("/containers/json", interim(ScriptedAnswer.json(200, "[]")));
        try (PodmanWatcher watcher = watcher();
                Events events = watcher.events()) {
            watcher.start();
            assertThat(until(events, "host SYNCHRONIZED")).containsExactly("host CONNECTED", "host SYNCHRONIZED");
        }
    }

    private static ScriptedAnswer interim(ScriptedAnswer answer) {
        return wire -> {
            wire.send("HTTP/1.1 103 Early Hints\r\n\r\n");
            answer.play(wire);
        };
    }

    private PodmanWatcher watcher() {
        Supplier<Engine> real = () -> PodmanWatcher.at(podman.uri()).build().open();
        return PodmanWatcher.at(podman.uri())
                .backoff(SOON)
                .pingInterval(OFTEN)
                .resyncInterval(OFTEN)
                .engines(() -> engines.around(real.get()))
                .build();
    }

    private static List<String> until(Events events, String last) throws InterruptedException {
        List<String> reported = new ArrayList<>();
        while (reported.isEmpty() || !reported.get(reported.size() - 1).equals(last)) {
            Change change = events.poll(LIMIT);
            assertThat(change)
                    .as("what follows %s, up to \"%s\"", reported, last)
                    .isNotNull();
            reported.add(text(change));
        }
        return reported;
    }

    private static String text(Change change) {
        return change instanceof ContainerChange container
                ? container.kind() + " " + container.container().name()
                : "host " + ((HostChange) change).type();
    }
}
