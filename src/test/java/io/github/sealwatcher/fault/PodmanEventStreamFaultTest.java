package io.github.sealwatcher.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.sealwatcher.engine.EngineException;
import io.github.sealwatcher.engine.EngineException.Failed;
import io.github.sealwatcher.engine.EngineException.Garbled;
import io.github.sealwatcher.engine.EngineException.Unreachable;
import io.github.sealwatcher.engine.EngineException.Unsupported;
import io.github.sealwatcher.engine.EventStream;
import io.github.sealwatcher.engine.podman.BadLines;
import io.github.sealwatcher.engine.podman.EngineOptions;
import io.github.sealwatcher.engine.podman.PodmanEngine;
import io.github.sealwatcher.model.EngineEvent;
import io.github.sealwatcher.transport.Dialers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Event streams of a Podman that doesn't behave. */
@Timeout(20)
class PodmanEventStreamFaultTest implements BadLines {

    private static final FakeContainer WEB = FakeContainer.created("web").withLabels(Map.of("schlüssel", "wört😀"));
    private static final String START = WEB.event("start", 1_795_439_226_349_798_548L) + "\n";
    private static final String DIED = WEB.event("died", 1_795_439_226_349_798_549L) + "\n";
    private static final int MAX_LINE = 64 << 10;

    private final FakePodman podman = FakePodman.start();
    private final Map<Kind, Integer> counts = new ConcurrentHashMap<>();
    private final List<String> excerpts = new ArrayList<>();
    private final PodmanEngine engine = engine(Duration.ofSeconds(10));

    @AfterEach
    void close() {
        engine.close();
        podman.close();
    }

    @Test
    void requestsOnlyTheNeededEventTypes() throws EngineException {
        engine.replay(1_795_439_226_000_000_000L).close();
        assertThat(podman.requests())
                .containsExactly("/v4.0.0/libpod/events?stream=false&since=2026-11-23T13%3A07%3A06.000000000Z"
                        + "&filters=%7B%22type%22%3A%5B%22container%22%2C%22pod%22%2C%22system%22%5D%7D");
    }

    @Test
    void eventsArriveHoweverTheBytesAreCut() throws EngineException {
        byte[] bytes = (START + DIED).getBytes(StandardCharsets.UTF_8);
        for (int cut = 1; cut < bytes.length; cut++) {
            byte[] first = Arrays.copyOf(bytes, cut);
            byte[] second = Arrays.copyOfRange(bytes, cut, bytes.length);
            podman.next("/events", wire -> {
                wire.streamHeader();
                wire.chunk(first);
                wire.chunk(second);
                wire.finalChunk();
            });
            assertThat(actions(engine.replay(0))).as("cut at %d", cut).containsExactly("start", "died");
        }
    }

    @Test
    void eachEventArrivesAsSoonAsItIsWritten() throws EngineException {
        CountDownLatch heard = new CountDownLatch(1);
        podman.next("/events", wire -> {
            wire.streamHeader();
            wire.chunk(START);
            wire.await(heard);
            wire.chunk(DIED);
            wire.hang();
        });
        try (EventStream stream = engine.follow(0)) {
            assertThat(stream.next().attributes()).containsEntry("schlüssel", "wört😀");
            heard.countDown();
            assertThat(stream.next().timeNs()).isEqualTo(1_795_439_226_349_798_549L);
        }
    }

    @Test
    void idleStreamOutlivesTheRequestTimeout() throws EngineException {
        CountDownLatch longTime = new CountDownLatch(1);
        podman.next("/events", wire -> {
            wire.streamHeader();
            wire.await(longTime);
            wire.chunk(START);
        });
        podman.hang("/_ping");
        try (PodmanEngine hasty = engine(Duration.ofSeconds(1));
                EventStream stream = hasty.follow(0)) {
            assertThatThrownBy(hasty::ping).isInstanceOf(Unreachable.class);
            longTime.countDown();
            assertThat(stream.next().action()).isEqualTo("start");
        }
    }

    @Test
    void historyThatStallsCostsOneTimeLimit() throws EngineException {
        podman.next("/events", wire -> {
            wire.streamHeader();
            wire.chunk(START);
            wire.hang();
        });
        try (PodmanEngine hasty = engine(Duration.ofSeconds(1));
                EventStream stream = hasty.replay(0)) {
            assertThat(stream.next().action()).isEqualTo("start");
            assertThatThrownBy(stream::next).isInstanceOf(Unreachable.class);
        }
    }

    @Test
    void cleanEndStaysAnEnd() throws EngineException {
        podman.host().endStreams();
        EventStream stream = engine.replay(0);
        assertThat(stream.next()).isNull();
        assertThat(stream.next()).isNull();
    }

    @Test
    void streamThatBreaksOffIsUnreachableAndItsPartialLineNoEvent() throws EngineException {
        podman.next("/events", wire -> {
            wire.streamHeader();
            wire.chunk(START + DIED.strip());
            wire.cut();
        });
        EventStream stream = engine.follow(0);
        assertThat(stream.next().action()).isEqualTo("start");
        assertThatThrownBy(stream::next).isInstanceOf(Unreachable.class);
    }

    @Test
    void bodyWithoutLengthNeverEndsCleanly() throws EngineException {
        podman.next("/events", wire -> {
            wire.header(200, "application/json", "Connection: close");
            wire.send(START);
            wire.cut();
        });
        EventStream stream = engine.replay(0);
        assertThat(stream.next().action()).isEqualTo("start");
        assertThatThrownBy(stream::next).isInstanceOf(Unreachable.class);
    }

    @Test
    void brokenChunkingIsUnreachable() throws EngineException {
        podman.next("/events", wire -> {
            wire.streamHeader();
            wire.chunk(START);
            wire.send("this is no chunk size\r\n");
            wire.cut();
        });
        EventStream stream = engine.follow(0);
        assertThat(stream.next().action()).isEqualTo("start");
        assertThatThrownBy(stream::next).isInstanceOf(Unreachable.class);
    }

    @Test
    void badLinesDoNotAffectOthers() throws EngineException {
        String huge = "{\"Type\":\"container\",\"x\":\"" + "y".repeat(3 * MAX_LINE) + "\"}\n";
        podman.next("/events", wire -> {
            wire.streamHeader();
            wire.chunk("garbage\n\n\r\n" + START + huge);
            wire.chunk("[1,2]\n\"text\"\n{\"Type\":\n{} {}\n");
            wire.chunk("{\"Type\":\"container\"}\n{}\n" + "{\"Type\":5,\"Action\":[],\"timeNano\":\"x\"}\n" + DIED);
            wire.finalChunk();
        });
        assertThat(actions(engine.follow(0))).containsExactly("start", "died");
        assertThat(counts)
                .isEqualTo(Map.of(Kind.NOT_JSON, 5, Kind.TOO_LONG, 1, Kind.MISSING_FIELD, 2, Kind.WRONG_TYPE, 1));
        assertThat(excerpts).hasSize(4).allMatch(excerpt -> excerpt.length() < 300);
        podman.host().emitLine("other garbage");
        assertThat(actions(engine.replay(0))).isEmpty();
        assertThat(excerpts).hasSize(4);
    }

    @Test
    void errorInsideTheStreamIsNoEvent() throws EngineException {
        podman.host().run(WEB);
        podman.host()
                .emitLine("{\"cause\":\"event type X is not valid\",\"message\":\"cannot read\",\"response\":500}");
        EventStream stream = engine.follow(0);
        assertThat(stream.next().action()).isEqualTo("create");
        assertThat(stream.next().action()).isEqualTo("init");
        assertThat(stream.next().action()).isEqualTo("start");
        assertThatThrownBy(stream::next).isInstanceOf(Failed.class).hasMessageContaining("cannot read");
    }

    @Test
    void podmanWithoutEventLogIsUnsupported() throws EngineException {
        String error =
                "{\"cause\":\"x\",\"message\":\"cannot read events with the \\\"none\\\" backend\",\"response\":500}";
        podman.next("/events", ScriptedAnswer.json(200, error + "\n"));
        EventStream podman4 = engine.follow(0);
        assertThatThrownBy(podman4::next).isInstanceOf(Unsupported.class);
        podman.next("/events", ScriptedAnswer.json(500, error));
        assertThatThrownBy(() -> engine.follow(0))
                .isInstanceOf(Unsupported.class)
                .hasMessageContaining("events_logger");
    }

    @Test
    void engineErrorDiffersFromAProxyError() {
        podman.next("/events", ScriptedAnswer.text(404, "Not Found"));
        assertThatThrownBy(() -> engine.follow(0)).isInstanceOf(Garbled.class);
        podman.next("/events", ScriptedAnswer.text(502, "Bad Gateway"));
        assertThatThrownBy(() -> engine.replay(0)).isInstanceOf(Garbled.class);
        podman.next("/events", ScriptedAnswer.json(500, "{\"cause\":\"c\",\"message\":\"bad line\",\"response\":500}"));
        assertThatThrownBy(() -> engine.replay(0)).isInstanceOf(Failed.class).hasMessageContaining("bad line");
    }

    @Test
    void closingTheStreamEndsAWaitAtOnce() throws Exception {
        try (EventStream stream = engine.follow(0)) {
            endsWaitingReader(stream, stream::close);
        }
        engine.ping();
    }

    @Test
    void closingTheEngineEndsAWaitAtOnce() throws Exception {
        try (EventStream stream = engine.follow(0)) {
            endsWaitingReader(stream, engine::close);
        }
    }

    private void endsWaitingReader(EventStream stream, Runnable close) throws Exception {
        podman.host().run(WEB);
        CountDownLatch reading = new CountDownLatch(3);
        List<Throwable> end = new ArrayList<>();
        Thread reader = new Thread(() -> {
            try {
                while (stream.next() != null) {
                    reading.countDown();
                }
            } catch (EngineException e) {
                end.add(e);
            }
        });
        reader.start();
        reading.await();
        close.run();
        reader.join();
        assertThat(end)
                .hasSize(1)
                .allSatisfy(e -> assertThat(e).isInstanceOf(Unreachable.class).hasMessageContaining("closed"));
    }

    private static List<String> actions(EventStream stream) throws EngineException {
        List<String> actions = new ArrayList<>();
        try (stream) {
            for (EngineEvent event = stream.next(); event != null; event = stream.next()) {
                actions.add(event.action());
            }
        }
        return actions;
    }

    @Override
    public void skipped(Kind kind) {
        counts.merge(kind, 1, Integer::sum);
    }

    @Override
    public void first(Kind kind, String excerpt) {
        excerpts.add(excerpt);
    }

    private PodmanEngine engine(Duration requestTimeout) {
        return new PodmanEngine(
                EngineOptions.of(podman.address())
                        .withTimeouts(Duration.ofSeconds(5), requestTimeout)
                        .withMaxLineBytes(MAX_LINE),
                Dialers.plain(),
                this);
    }
}
