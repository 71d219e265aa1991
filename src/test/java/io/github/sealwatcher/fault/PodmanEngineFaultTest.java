package io.github.sealwatcher.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.sealwatcher.engine.ClockedAnswer;
import io.github.sealwatcher.engine.EngineException;
import io.github.sealwatcher.engine.EngineException.Failed;
import io.github.sealwatcher.engine.EngineException.Garbled;
import io.github.sealwatcher.engine.EngineException.NotPodman;
import io.github.sealwatcher.engine.EngineException.Unreachable;
import io.github.sealwatcher.engine.EngineException.Unsupported;
import io.github.sealwatcher.engine.podman.BadLines;
import io.github.sealwatcher.engine.podman.EngineOptions;
import io.github.sealwatcher.engine.podman.PodmanEngine;
import io.github.sealwatcher.model.ContainerId;
import io.github.sealwatcher.model.EngineIdentity;
import io.github.sealwatcher.model.ObservedContainer;
import io.github.sealwatcher.transport.Address;
import io.github.sealwatcher.transport.Dialer;
import io.github.sealwatcher.transport.Dialers;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Requests to a Podman that doesn't behave. */
@Timeout(20)
class PodmanEngineFaultTest {

    private static final ContainerId SOME = new ContainerId("abc");

    private final FakePodman podman = FakePodman.start();
    private final PodmanEngine engine = engine(Duration.ofSeconds(10));

    @AfterEach
    void close() {
        engine.close();
        podman.close();
    }

    @Test
    void itWorksWhenNothingIsWrong() throws EngineException {
        String pod = podman.host().createPod("pod1");
        FakeContainer web = podman.host().run(FakeContainer.created("web").inPod(pod));
        assertThat(engine.ping().value().version()).isEqualTo("5.4.2");
        assertThat(engine.ping().value().pid())
                .isEqualTo((int) ProcessHandle.current().pid());
        assertThat(engine.list().value())
                .containsExactly(engine.find(web.containerId()).orElseThrow());
        assertThat(engine.inspect(web.containerId()).orElseThrow().life())
                .matches(life -> life.startedAtNs() == web.startedAtNs());
        assertThat(engine.pod(pod).orElseThrow().name()).isEqualTo("pod1");
    }

    @Test
    void answerBringsTheHostsClock() throws EngineException {
        podman.date(() -> "Thu, 26 Nov 2026 07:24:17 GMT");
        long beforeTicks = System.nanoTime();
        ClockedAnswer<EngineIdentity> ping = engine.ping();
        ClockedAnswer<List<ObservedContainer>> list = engine.list();
        long afterTicks = System.nanoTime();
        assertThat(ping.hostNs()).isEqualTo(1_795_677_857_000_000_000L);
        assertThat(list.hostNs()).isEqualTo(ping.hostNs());
        assertThat(List.of(
                        ping.askedTicks() - beforeTicks,
                        ping.answeredTicks() - ping.askedTicks(),
                        list.askedTicks() - ping.answeredTicks(),
                        list.answeredTicks() - list.askedTicks(),
                        afterTicks - list.answeredTicks()))
                .allSatisfy(spanNs -> assertThat(spanNs).isNotNegative());
    }

    @Test
    void missingOrMalformedDateIsIgnored() throws EngineException {
        podman.date(null);
        assertThat(engine.ping().hostNs()).isNull();
        for (String nonsense : List.of("", "yesterday", "Mon, 26 Nov 2026 07:24:17 GMT", "2026-11-26T07:24:17Z")) {
            podman.date(() -> nonsense);
            podman.dropConnections();
            ClockedAnswer<EngineIdentity> answer = engine.ping();
            assertThat(answer.hostNs()).as(nonsense).isNull();
            assertThat(answer.value().version()).isEqualTo("5.4.2");
        }
    }

    @Test
    void interimAnswersAreSkipped() throws EngineException {
        ScriptedAnswer interim = wire -> {
            wire.send("HTTP/1.1 100 Continue\r\n\r\n");
            wire.send("HTTP/1.1 103 Early Hints\r\nLink: </x>; rel=preload\r\n\r\n");
            wire.respond(200, "text/plain", "OK");
        };
        podman.next("/_ping", interim);
        podman.next("/_ping", interim);
        assertThat(engine.ping().value().version()).isEqualTo("5.4.2");
        assertThat(engine.ping().value().version()).as("on the same connection").isEqualTo("5.4.2");
    }

    @Test
    void interimAnswersWithoutEndAreNoAnswer() {
        podman.next("/_ping", wire -> {
            while (true) {
                wire.send("HTTP/1.1 100 Continue\r\n\r\n");
            }
        });
        assertThatThrownBy(engine::ping).isInstanceOf(NotPodman.class).hasMessageContaining("interim");
    }

    @Test
    void impossibleStatusIsNotPodman() {
        for (String status : List.of("000", "099", "-1", "1000", "99999999999", "abc", "", "101 Switching Protocols")) {
            podman.next("/_ping", wire -> {
                wire.send("HTTP/1.1 " + status + "\r\nLibpod-API-Version: 5.4.2\r\n\r\n");
                wire.cut();
            });
            assertThatThrownBy(engine::ping).as(status).isInstanceOf(NotPodman.class);
        }
    }

    @Test
    void otherServersAreRecognized() {
        podman.version(null);
        assertThatThrownBy(engine::ping).isInstanceOf(NotPodman.class).hasMessageContaining("Docker");
    }

    @Test
    void nonHttpServerIsNotPodman() {
        podman.next("/_ping", wire -> wire.send("SSH-2.0-OpenSSH_9.2\r\n".repeat(20)));
        assertThatThrownBy(engine::ping).isInstanceOf(NotPodman.class);
    }

    @Test
    void damagedVersionIsNoOtherVersion() throws Exception {
        for (String damaged : List.of("4.3.", "4.3", "4.", "5.4.2garbage")) {
            podman.version(damaged);
            assertThatThrownBy(engine::ping)
                    .as(damaged)
                    .isInstanceOf(NotPodman.class)
                    .hasMessageContaining("expected a version such as 5.4.2")
                    .hasMessageContaining(damaged);
        }
        podman.version("6.0.0-rc1");
        assertThat(engine.ping().value().version()).isEqualTo("6.0.0-rc1");
    }

    @Test
    void podman3IsTooOld() {
        podman.version("3.4.4");
        assertThatThrownBy(engine::ping)
                .isInstanceOf(Unsupported.class)
                .hasMessageContaining("3.4.4")
                .hasMessageContaining("4.0");
    }

    @Test
    void hangingServiceCostsOneTimeLimit() {
        podman.hang("/_ping");
        try (PodmanEngine hasty = engine(Duration.ofMillis(50))) {
            assertThatThrownBy(hasty::ping).isInstanceOf(Unreachable.class).hasMessageContaining("50 ms");
        }
        assertThat(podman.requests()).hasSize(1);
    }

    @Test
    void answerThatTricklesInCostsOneTimeLimit() {
        podman.next("/containers/json", wire -> {
            wire.header(200, "application/json", "Content-Length: 1000000");
            while (true) {
                wire.send(" ");
            }
        });
        try (PodmanEngine hasty = engine(Duration.ofMillis(100))) {
            assertThatThrownBy(hasty::list).isInstanceOf(EngineException.class);
        }
        podman.next("/containers/json", wire -> {
            wire.header(200, "application/json", "Transfer-Encoding: chunked");
            while (true) {
                wire.chunk(" ");
            }
        });
        try (PodmanEngine hasty = engine(Duration.ofMillis(100))) {
            assertThatThrownBy(hasty::list).isInstanceOf(Unreachable.class).hasMessageContaining("100 ms");
        }
    }

    @Test
    void closeEndsARequestAtOnceAndForGood() throws InterruptedException {
        podman.hang("/containers/json");
        Thread closer = new Thread(() -> {
            try {
                podman.awaitRequests("/containers/json", 1);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            engine.close();
        });
        closer.start();
        assertThatThrownBy(engine::list).isInstanceOf(Unreachable.class).hasMessageContaining("closed");
        closer.join();
        assertThatThrownBy(engine::ping).isInstanceOf(Unreachable.class).hasMessageContaining("closed");
    }

    @Test
    void closeEndsAnAttemptToConnect(@TempDir Path folder) throws Exception {
        UnixDomainSocketAddress full = UnixDomainSocketAddress.of(folder.resolve("full"));
        try (ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            server.bind(full, 1);
            CountDownLatch attempting = new CountDownLatch(1);
            Dialer plain = Dialers.plain();
            Duration anHour = Duration.ofHours(1);
            // Linux queues one more than it is told.
            try (SocketChannel first = SocketChannel.open(full);
                    SocketChannel second = SocketChannel.open(full);
                    PodmanEngine waiting = new PodmanEngine(
                            EngineOptions.of(new Address.Unix(full.getPath())).withTimeouts(anHour, anHour),
                            (address, timeout, opening) -> {
                                attempting.countDown();
                                return plain.dial(address, timeout, opening);
                            },
                            BadLines.IGNORED)) {
                assertThat(first.isConnected() && second.isConnected()).isTrue();
                Thread closer = new Thread(() -> {
                    try {
                        attempting.await();
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    }
                    waiting.close();
                });
                closer.start();
                assertThatThrownBy(waiting::ping)
                        .isInstanceOf(Unreachable.class)
                        .hasMessageContaining("closed");
                closer.join();
            }
        }
    }

    @Test
    void deadIdleConnectionIsReplaced() throws EngineException {
        engine.ping();
        podman.dropConnections();
        engine.ping();
        podman.kill();
        podman.listen();
        engine.ping();
    }

    @Test
    void connectionsAreUsedAgain() throws EngineException {
        podman.next("/_ping", wire -> {
            wire.respond(200, "text/plain", "OK");
            // The second request on this very connection.
            assertThat(wire.readTarget()).contains("containers/json");
            wire.respond(200, "application/json", "[]");
        });
        engine.ping();
        assertThat(engine.list().value()).isEmpty();
        assertThat(podman.requests()).hasSize(1);
    }

    @Test
    void burstOfRequestsUsesItsConnectionsAgain() throws Exception {
        FakeContainer web = podman.host().run(FakeContainer.created("web"));
        ExecutorService threads = Executors.newFixedThreadPool(8);
        try {
            List<Callable<Optional<ObservedContainer>>> burst =
                    Collections.nCopies(200, () -> engine.inspect(web.containerId()));
            for (Future<Optional<ObservedContainer>> answer : threads.invokeAll(burst)) {
                assertThat(answer.get()).isPresent();
            }
        } finally {
            threads.shutdown();
        }
        assertThat(podman.connections()).isBetween(1, 8);
    }

    @Test
    void freshConnectionThatDiesIsNotTriedForEver() {
        podman.always("/_ping", ScriptedAnswer.cut());
        assertThatThrownBy(engine::ping).isInstanceOf(Unreachable.class);
        assertThat(podman.requests()).hasSize(1);
    }

    @Test
    void missingAndStaleSocketsAreUnreachable() {
        podman.kill();
        assertThatThrownBy(engine::ping).isInstanceOf(Unreachable.class).hasMessageContaining("nobody listens");
        podman.stop();
        assertThatThrownBy(engine::ping).isInstanceOf(Unreachable.class).hasMessageContaining("no such socket");
    }

    @Test
    void missingContainerIsEmptyAndAnUnknownRouteIsAnError() throws EngineException {
        assertThat(engine.inspect(SOME)).isEmpty();
        assertThat(engine.pod("abc")).isEmpty();
        assertThat(engine.find(SOME)).isEmpty();
        podman.next("/containers/abc/json", ScriptedAnswer.text(404, "Not Found"));
        assertThatThrownBy(() -> engine.inspect(SOME))
                .isInstanceOf(Garbled.class)
                .hasMessageContaining("Not Found");
    }

    @Test
    void idWithTheSamePrefixIsAnother() throws EngineException {
        FakeContainer web = podman.host().run(FakeContainer.created("web"));
        assertThat(engine.find(new ContainerId(web.id().substring(0, 12)))).isEmpty();
    }

    @Test
    void errorsAreQuotedInShort() {
        podman.next(
                "/containers/json",
                ScriptedAnswer.json(500, "{\"cause\":\"c\",\"message\":\"boom\",\"response\":500}"));
        assertThatThrownBy(engine::list).isInstanceOf(Failed.class).hasMessageEndingWith("HTTP 500: boom");
        podman.next("/containers/json", ScriptedAnswer.text(502, "x".repeat(100_000)));
        assertThatThrownBy(engine::list)
                .isInstanceOf(Garbled.class)
                .matches(e -> e.getMessage().length() < 1000);
        podman.next("/containers/json", ScriptedAnswer.text(403, "go away"));
        assertThatThrownBy(engine::list).isInstanceOf(EngineException.Refused.class);
    }

    @Test
    void malformedDocumentIsGarbled() throws EngineException {
        for (String body : List.of("", "{}", "nonsense", "[{\"Id\":\"a\"}", "[{\"Id\":", "<html></html>")) {
            podman.next("/containers/json", ScriptedAnswer.json(200, body));
            assertThatThrownBy(engine::list).as(body).isInstanceOf(Garbled.class);
            podman.next("/containers/abc/json", ScriptedAnswer.json(200, body));
            assertThatThrownBy(() -> engine.inspect(SOME)).as(body).isInstanceOf(Garbled.class);
        }
        engine.ping();
    }

    @Test
    void listThatIsCutOffIsUnreachable() {
        podman.next("/containers/json", wire -> {
            wire.header(200, "application/json", "Transfer-Encoding: chunked");
            wire.chunk("[{\"Id\":\"a\"},");
            wire.cut();
        });
        assertThatThrownBy(engine::list).isInstanceOf(Unreachable.class);
    }

    private PodmanEngine engine(Duration requestTimeout) {
        return new PodmanEngine(
                EngineOptions.of(podman.address()).withTimeouts(Duration.ofSeconds(5), requestTimeout),
                Dialers.plain(),
                BadLines.IGNORED);
    }
}
