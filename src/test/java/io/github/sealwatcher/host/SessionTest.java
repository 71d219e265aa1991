package io.github.sealwatcher.host;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.sealwatcher.PodmanWatcher;
import io.github.sealwatcher.engine.Engine;
import io.github.sealwatcher.fault.FakeContainer;
import io.github.sealwatcher.fault.FakePodman;
import io.github.sealwatcher.fault.ScriptedAnswer;
import io.github.sealwatcher.model.PodRef;
import io.github.sealwatcher.watch.Input;
import io.github.sealwatcher.watch.Output;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a connection answers to what the core requests. */
@Timeout(30)
class SessionTest {

    private static final long EPOCH = 7;
    private static final long HOST_NS = 1_795_677_857_000_000_000L;

    /** Inputs, and what leaves a thread instead of becoming one. */
    private final BlockingQueue<Object> answers = new LinkedBlockingQueue<>();

    private final FakePodman podman = FakePodman.start();
    private final HostRuntime runtime = new HostRuntime("session", this::caught, Clocks.SYSTEM);
    private final Engine engine = PodmanWatcher.at(podman.uri()).build().open();
    private final Session session = new Session(EPOCH, engine, runtime, new Answers());

    @AfterEach
    void close() {
        session.close();
        runtime.close();
        podman.close();
    }

    @Test
    void passesTheHostClockWithItsAnswers() throws InterruptedException {
        podman.date(() -> "Thu, 26 Nov 2026 07:24:17 GMT");
        session.connect();
        Input.Connected connected = (Input.Connected) next();
        assertThat(connected.reading().hostNs()).isEqualTo(HOST_NS);
        assertThat(connected.reading().answeredTicks())
                .isBetween(connected.reading().askedTicks(), System.nanoTime());
        session.list();
        assertThat(((Input.Listed) next()).reading().hostNs()).isEqualTo(HOST_NS);
        session.ping();
        assertThat(((Input.Pinged) next()).reading().hostNs()).isEqualTo(HOST_NS);
    }

    @Test
    void passesNoClockIfTheHostSendsNone() throws InterruptedException {
        podman.date(null);
        session.connect();
        assertThat(((Input.Connected) next()).reading()).isNull();
        podman.next("/_ping", ScriptedAnswer.text(500, "no"));
        session.ping();
        assertThat(next()).isEqualTo(new Input.Pinged(EPOCH, false, null));
    }

    @Test
    void engineErrorInAReplayDiffersFromABrokenConnection() throws InterruptedException {
        String error = "{\"cause\":\"c\",\"message\":\"event type X is not valid\",\"response\":500}";
        podman.next("/events", wire -> {
            wire.streamHeader();
            wire.chunk(error + "\n");
            wire.finalChunk();
        });
        assertThat(lossOfHistory()).isEqualTo(Input.Loss.GARBLED);
        podman.next("/events", ScriptedAnswer.json(500, error));
        assertThat(lossOfHistory()).isEqualTo(Input.Loss.GARBLED);

        podman.next("/events", wire -> {
            wire.streamHeader();
            wire.chunk("{\"Type\":");
            wire.cut();
        });
        assertThat(lossOfHistory()).isEqualTo(Input.Loss.BROKEN);
        podman.next("/events", ScriptedAnswer.cut());
        assertThat(lossOfHistory()).isEqualTo(Input.Loss.BROKEN);
        podman.next("/events", ScriptedAnswer.text(502, "Bad Gateway"));
        assertThat(lossOfHistory()).as("of what stands before the engine").isEqualTo(Input.Loss.BROKEN);
        podman.next("/events", wire -> wire.send("nonsense\r\n\r\n".repeat(100)));
        assertThat(lossOfHistory()).isEqualTo(Input.Loss.BROKEN);

        podman.next(
                "/events",
                ScriptedAnswer.json(500, "{\"message\":\"cannot read events with the \\\"none\\\" backend\"}"));
        assertThat(lossOfHistory()).isEqualTo(Input.Loss.NO_EVENT_LOG);
    }

    @Test
    void engineErrorInTheStreamIsABrokenConnection() throws InterruptedException {
        podman.next("/events", ScriptedAnswer.json(500, "{\"message\":\"m\",\"response\":500}"));
        session.follow(0);
        assertThat(((Input.Lost) next()).loss()).isEqualTo(Input.Loss.BROKEN);
    }

    @Test
    void looksUpAPodByOneRequestForIt() throws InterruptedException {
        String pod = podman.host().createPod("pod1");
        session.lookUpPod(new Output.LookupPod(EPOCH, 3, pod));
        assertThat(next()).isEqualTo(new Input.PodFound(EPOCH, 3, new PodRef(pod, "pod1")));
        assertThat(podman.requests()).singleElement().asString().contains("/pods/" + pod + "/json");

        session.lookUpPod(new Output.LookupPod(EPOCH, 4, "gone"));
        assertThat(next()).isEqualTo(new Input.PodFound(EPOCH, 4, null));
        podman.next("/pods/", ScriptedAnswer.json(200, "[]"));
        session.lookUpPod(new Output.LookupPod(EPOCH, 5, pod));
        assertThat(next()).as("nonsense").isEqualTo(new Input.PodFound(EPOCH, 5, null));
    }

    /** Without an answer the host would be connected, and silent. */
    @Test
    void errorOfTheEngineIsALoss() throws InterruptedException {
        FakeContainer web = podman.host().run(FakeContainer.created("web"));
        Map<String, Consumer<Session>> requests = Map.of(
                "ping", Session::connect,
                "list", Session::list,
                "replay", asked -> asked.replay(0),
                "follow", asked -> asked.follow(0),
                "followNew", Session::followNew,
                "inspect", asked -> asked.lookUp(new Output.Lookup(EPOCH, 1, web.containerId(), false, true)),
                "pod", asked -> asked.lookUpPod(new Output.LookupPod(EPOCH, 2, "pod1")));
        var engines = new TroubledEngines();
        try (Session troubled = new Session(EPOCH, engines.around(engine), runtime, new Answers())) {
            for (Map.Entry<String, Consumer<Session>> request : requests.entrySet()) {
                engines.trouble(request.getKey(), new NoClassDefFoundError("on/Purpose"));
                request.getValue().accept(troubled);
                Input answer = next();
                assertThat(answer).as(request.getKey()).isInstanceOf(Input.Lost.class);
                assertThat(((Input.Lost) answer).loss()).isEqualTo(Input.Loss.BROKEN);
                assertThat(((Input.Lost) answer).reason()).contains("on/Purpose");
            }
        }
    }

    @Test
    void errorInAPingIsAMissedPing() throws InterruptedException {
        var engines = new TroubledEngines();
        try (Session troubled = new Session(EPOCH, engines.around(engine), runtime, new Answers())) {
            engines.trouble("ping", new OutOfMemoryError("on purpose"));
            troubled.ping();
            assertThat(next()).isEqualTo(new Input.Pinged(EPOCH, false, null));
        }
    }

    /** All places but one hang with what nobody waits for. */
    @Test
    void awaitedLookupsGoBeforeBackgroundLookups() throws InterruptedException {
        FakeContainer web = podman.host().run(FakeContainer.created("web"));
        podman.hang("/containers/");
        for (int i = 0; i < 100; i++) {
            session.lookUp(
                    new Output.Lookup(EPOCH, 0, FakeContainer.created("b" + i).containerId(), false, true));
        }
        podman.awaitRequests("/containers/", Lookups.DEFAULT_IN_FLIGHT - 1);
        podman.behave();
        session.lookUp(new Output.Lookup(EPOCH, 1, web.containerId(), false, true));
        Input.ContainerFound answer = (Input.ContainerFound) next();
        assertThat(answer.ticket()).isEqualTo(1);
        assertThat(answer.found().container().name()).isEqualTo("web");
        assertThat(podman.requests()).hasSize(Lookups.DEFAULT_IN_FLIGHT);
    }

    private Input.Loss lossOfHistory() throws InterruptedException {
        session.replay(0);
        return ((Input.Lost) next()).loss();
    }

    private Input next() throws InterruptedException {
        Object answer = answers.poll(20, TimeUnit.SECONDS);
        assertThat(answer).isInstanceOf(Input.class);
        return (Input) answer;
    }

    private Runnable caught(Runnable body) {
        return () -> {
            try {
                body.run();
            } catch (RuntimeException | Error e) {
                answers.add(e);
            }
        };
    }

    private final class Answers implements Session.Answers {
        @Override
        public void answer(Input input) {
            answers.add(input);
        }

        @Override
        public void conclude(Input input) {
            answers.add(input);
        }

        @Override
        public boolean replayed(Input input) {
            return answers.add(input);
        }

        @Override
        public boolean streamed(Input input) {
            return answers.add(input);
        }

        @Override
        public void pausing() {
            // Each input is taken by itself.
        }
    }
}
