package io.github.sealwatcher.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.sealwatcher.engine.ClockedAnswer;
import io.github.sealwatcher.engine.EngineException;
import io.github.sealwatcher.engine.EventStream;
import io.github.sealwatcher.engine.podman.BadLines;
import io.github.sealwatcher.engine.podman.EngineOptions;
import io.github.sealwatcher.engine.podman.InspectPointers;
import io.github.sealwatcher.engine.podman.PodmanEngine;
import io.github.sealwatcher.model.Container;
import io.github.sealwatcher.model.ContainerId;
import io.github.sealwatcher.model.DetailSource;
import io.github.sealwatcher.model.EngineEvent;
import io.github.sealwatcher.model.EngineIdentity;
import io.github.sealwatcher.model.ObservedContainer;
import io.github.sealwatcher.model.PodRef;
import io.github.sealwatcher.model.RunState;
import io.github.sealwatcher.model.Status;
import io.github.sealwatcher.testkit.PodmanService;
import io.github.sealwatcher.transport.AddressParser;
import io.github.sealwatcher.transport.Dialers;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The engine port against the Podman of this machine. */
@EveryPodman
@Timeout(60)
class PodmanEngineIT {

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
    void identifiesVersionAndProcess() throws EngineException {
        try (PodmanEngine engine = engine()) {
            EngineIdentity identity = engine.ping().value();

            assertThat(podman.podman("version", "--format", "{{.Client.Version}}"))
                    .isEqualTo(identity.version());
            assertThat(identity.pid()).isEqualTo((int) podman.pid());
            assertThat(identity.endpoint()).isEqualTo(podman.uri());
        }
    }

    /** This machine's clock is the host's here, so what the answer says can be told from without. */
    @Test
    void reportsTheHostClock() throws EngineException {
        try (PodmanEngine engine = engine()) {
            Instant before = Instant.now();
            ClockedAnswer<EngineIdentity> ping = engine.ping();
            ClockedAnswer<List<ObservedContainer>> list = engine.list();
            Instant after = Instant.now();

            assertThat(List.of(ping.hostNs(), list.hostNs()))
                    .allSatisfy(hostNs -> assertThat(Instant.ofEpochSecond(0, hostNs))
                            .isBetween(before.truncatedTo(ChronoUnit.SECONDS), after));
            assertThat(list.answeredTicks()).isGreaterThan(list.askedTicks()).isGreaterThan(ping.answeredTicks());
        }
    }

    @Test
    void seesAContainerAliveInAllWaysOfAsking() throws EngineException {
        ContainerId id = run("--name", "seen", "--label", "a=b", "--label", "name=shadowed");
        podman.podman("pause", "seen");
        try (PodmanEngine engine = engine()) {
            ObservedContainer listed = listed(engine, id);
            assertThat(engine.find(id)).contains(listed);
            assertThat(listed.container().name()).isEqualTo("seen");
            assertThat(listed.container().labels()).containsEntry("a", "b").containsEntry("name", "shadowed");
            assertThat(listed.container().privileged()).isNull();
            assertThat(listed.container().infra()).isFalse();
            assertThat(listed.pod()).isNull();
            assertThat(((RunState.Live) listed.state()).status()).isEqualTo(Status.PAUSED);

            ObservedContainer inspected = engine.inspect(id).orElseThrow();
            Container container = inspected.container();
            assertThat(container.detailSource()).isEqualTo(DetailSource.INSPECT);
            assertThat(container.privileged()).isFalse();
            assertThat(container.image()).isEqualTo(listed.container().image());
            assertThat(container.imageId()).isEqualTo(listed.container().imageId());
            assertThat(container.labels()).isEqualTo(listed.container().labels());
            assertThat(container.inspect())
                    .isEqualTo(Map.of("/State/Paused", "true", "/Config/Cmd", "[\"sleep\",\"600\"]"));
            assertThat(((RunState.Live) inspected.state()).status()).isEqualTo(Status.PAUSED);
            assertThat(inspected.life().canBe(listed.life())).isTrue();
            assertThat(inspected.life().pid()).isEqualTo(listed.life().pid()).isPositive();
        }
        podman.podman("rm", "-f", "-t", "0", "seen");
        try (PodmanEngine engine = engine()) {
            assertThat(engine.find(id)).isEmpty();
            assertThat(engine.inspect(id)).isEmpty();
        }
    }

    @Test
    void distinguishesAnEndedFromANeverStartedContainer() throws EngineException {
        ContainerId ended = new ContainerId(podman.podman("run", "-d", PodmanService.IMAGE, "sh", "-c", "exit 7"));
        podman.podman("wait", ended.value());
        ContainerId created = new ContainerId(podman.podman("create", PodmanService.IMAGE, "true"));
        try (PodmanEngine engine = engine()) {
            RunState.Ended exact =
                    (RunState.Ended) engine.inspect(ended).orElseThrow().state();
            RunState.Ended coarse = (RunState.Ended) listed(engine, ended).state();
            assertThat(exact.exitCode()).isEqualTo(7);
            assertThat(coarse.exitCode()).isEqualTo(7);
            assertThat(exact.endedAtNs()).isGreaterThanOrEqualTo(exact.startedAtNs());
            assertThat(coarse.startedAtNs() / 1_000_000_000).isEqualTo(exact.startedAtNs() / 1_000_000_000);
            // The end of a short life can be noted before its start, and then counts as its moment.
            assertThat(coarse.endedAtNs() / 1_000_000_000).isCloseTo(exact.endedAtNs() / 1_000_000_000, within(2L));

            assertThat(listed(engine, created).state()).isEqualTo(new RunState.NeverStarted());
            assertThat(engine.inspect(created).orElseThrow().state()).isEqualTo(new RunState.NeverStarted());
        }
        podman.podman("rm", ended.value(), created.value());
    }

    @Test
    void seesPodsAndTheirMembers() throws EngineException {
        String podId = podman.podman("pod", "create", "--name", "pod1");
        ContainerId member = run("--pod", "pod1");
        try (PodmanEngine engine = engine()) {
            assertThat(engine.pod(podId)).contains(new PodRef(podId, "pod1"));
            assertThat(listed(engine, member).pod()).isEqualTo(new PodRef(podId, "pod1"));
            assertThat(engine.inspect(member).orElseThrow().pod()).isEqualTo(new PodRef(podId, null));
            List<ObservedContainer> infra = engine.list().value().stream()
                    .filter(row -> Boolean.TRUE.equals(row.container().infra()))
                    .toList();
            assertThat(infra).hasSize(1);
            assertThat(engine.inspect(infra.get(0).id())
                            .orElseThrow()
                            .container()
                            .infra())
                    .isTrue();
        }
        podman.podman("pod", "rm", "-f", "-t", "0", "pod1");
        try (PodmanEngine engine = engine()) {
            assertThat(engine.pod(podId)).isEmpty();
        }
    }

    @Test
    void followsWhatHappensAndReadsItAgainFromHistory() throws EngineException {
        long since = nowNs();
        try (PodmanEngine engine = engine();
                EventStream live = engine.follow(since)) {
            ContainerId id = run("--name", "watched", "--label", "k=v");
            podman.podman("rm", "-f", "-t", "0", "watched");

            List<EngineEvent> seen = new ArrayList<>();
            while (seen.isEmpty() || !isAbout(id, "remove").test(seen.get(seen.size() - 1))) {
                seen.add(live.next());
            }
            assertThat(seen)
                    .filteredOn(e -> e.actorId().equals(id.value()))
                    .extracting(EngineEvent::action)
                    .contains("create", "init", "start", "died", "remove");
            EngineEvent start =
                    seen.stream().filter(isAbout(id, "start")).findFirst().orElseThrow();
            assertThat(start.type()).isEqualTo("container");
            assertThat(start.timeNs()).isBetween(since, nowNs());
            assertThat(start.attributes()).containsEntry("k", "v").containsEntry("name", "watched");

            assertThat(drain(engine.replay(since))).containsExactlyElementsOf(seen);
            // Strictly after: the event's own time leaves it out, a nanosecond less doesn't.
            assertThat(drain(engine.replay(start.timeNs()))).doesNotContain(start);
            assertThat(drain(engine.replay(start.timeNs() - 1))).contains(start);
        }
    }

    @Test
    void killedServiceBreaksTheStreamOffAndAnswersAgainAfterwards() throws EngineException {
        try (PodmanService mine = PodmanService.started();
                PodmanEngine engine = new PodmanEngine(
                        EngineOptions.of(AddressParser.parse(mine.uri())), Dialers.plain(), BadLines.IGNORED)) {
            EventStream live = engine.follow(nowNs());
            engine.ping();
            mine.kill();
            assertThatThrownBy(live::next).isInstanceOf(EngineException.Unreachable.class);
            assertThatThrownBy(engine::ping)
                    .isInstanceOf(EngineException.Unreachable.class)
                    .hasMessageContaining("nobody listens");
            mine.start();
            assertThat(engine.ping().value().pid()).isEqualTo((int) mine.pid());
            mine.restart();
            // The kept connection is dead by now; nobody is to notice.
            assertThat(engine.ping().value().pid()).isEqualTo((int) mine.pid());
            mine.stop();
            assertThatThrownBy(engine::ping)
                    .isInstanceOf(EngineException.Unreachable.class)
                    .hasMessageContaining("no such socket");
        }
    }

    private static PodmanEngine engine() {
        return new PodmanEngine(
                EngineOptions.of(AddressParser.parse(podman.uri()))
                        .withPacker(InspectPointers.of(List.of("/State/Paused", "/Config/Cmd", "/No/Such"))),
                Dialers.plain(),
                BadLines.IGNORED);
    }

    private static ContainerId run(String... options) {
        List<String> command = new ArrayList<>(List.of("run", "-d"));
        command.addAll(List.of(options));
        command.addAll(List.of(PodmanService.IMAGE, "sleep", "600"));
        return new ContainerId(podman.podman(command.toArray(String[]::new)));
    }

    private static ObservedContainer listed(PodmanEngine engine, ContainerId id) throws EngineException {
        return engine.list().value().stream()
                .filter(row -> row.id().equals(id))
                .findFirst()
                .orElseThrow();
    }

    private static Predicate<EngineEvent> isAbout(ContainerId id, String action) {
        return event -> event.actorId().equals(id.value()) && event.action().equals(action);
    }

    private static List<EngineEvent> drain(EventStream stream) throws EngineException {
        List<EngineEvent> events = new ArrayList<>();
        try (stream) {
            for (EngineEvent event = stream.next(); event != null; event = stream.next()) {
                events.add(event);
            }
        }
        return events;
    }

    private static long nowNs() {
        Instant now = Instant.now();
        return now.getEpochSecond() * 1_000_000_000 + now.getNano();
    }
}
