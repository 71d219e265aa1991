package io.github.sealwatcher.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.sealwatcher.testkit.ConnectRest;
import io.github.sealwatcher.testkit.EmbeddedConnect;
import io.github.sealwatcher.testkit.EmbeddedKafka;
import io.github.sealwatcher.testkit.PodmanService;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What an operator does with a connector through Connect's REST interface. Each test has a connector of its own. */
@EveryPodman
@Timeout(120)
class ControlIT {

    private static PodmanService podman;
    private static EmbeddedKafka kafka;
    private static EmbeddedConnect connect;
    private static ConnectRest rest;

    @BeforeAll
    static void start() {
        podman = PodmanService.started();
        kafka = EmbeddedKafka.started();
        connect = EmbeddedConnect.started(
                kafka.bootstrapServers(), Stage.PLUGINS, Map.of("offset.flush.interval.ms", "300"));
        rest = connect.rest();
    }

    @AfterAll
    static void stop() {
        connect.close();
        kafka.close();
        podman.close();
    }

    @Test
    void pauseHidesNothing() {
        try (TopicLog log = create("paused")) {
            String before = run("before-the-pause");
            log.await("its start", () -> assertThat(log.story(before)).containsExactly("start"));

            rest.pause("paused");
            Stage.awaitState(rest, "paused", "PAUSED");
            podman.podman("kill", "before-the-pause");
            podman.podman("run", "--rm", "--name", "in-the-pause", PodmanService.IMAGE, "true");
            rest.resume("paused");

            log.await(
                    "what happened meanwhile",
                    () -> assertThat(log.eventsOf("in-the-pause"))
                            .extracting(Received::type)
                            .containsExactly("start", "die"));
            assertThat(log.story(before)).containsExactly("start", "die");
            String after = run("after-the-pause");
            log.await("its start", () -> assertThat(log.story(after)).containsExactly("start"));
            TrailCheck.nothingIsTwice(log.events());
            TrailCheck.livesAreInOrder(log.events());
            log.await("the state topic to equal podman ps", () -> TrailCheck.tableIsWhatPodmanSays(log, podman));
        }
    }

    @Test
    void offsetThatIsAlteredIsReadFromAgain() {
        try (TopicLog log = create("altered")) {
            String old = run("old");
            String again = run("again");
            podman.podman("kill", "again");
            log.await("its death", () -> assertThat(log.story(again)).containsExactly("start", "die"));
            List<Received> first = log.events(again);
            long beforeIt = first.get(0).timeNs() - 1;
            awaitOffset("altered", first.get(1).timeNs(), log);

            Stage.stop(rest, "altered");
            rest.alterOffsets("altered", json("""
                    {"offsets": [{"partition": {"host": "box"}, "offset": {"time_ns": %d}}]}""".formatted(beforeIt)));
            rest.resume("altered");

            log.await(
                    "it all again", () -> assertThat(log.story(again)).containsExactly("start", "die", "start", "die"));
            List<Received> both = log.events(again);
            assertThat(both.subList(2, 4))
                    .extracting(Received::eventId)
                    .containsExactlyElementsOf(
                            both.subList(0, 2).stream().map(Received::eventId).toList());
            assertThat(both.subList(2, 4)).extracting(Received::origin).containsOnly("replay");
            log.await(
                    "what was alive then",
                    () -> assertThat(log.events(old))
                            .extracting(Received::origin)
                            .endsWith("snapshot"));
            log.await("the state topic to equal podman ps", () -> TrailCheck.tableIsWhatPodmanSays(log, podman));
        }
    }

    @Test
    void offsetsThatAreDeletedMakeANewSnapshot() {
        try (TopicLog log = create("deleted")) {
            String alive = run("alive-at-the-deletion");
            log.await("its start", () -> assertThat(log.story(alive)).containsExactly("start"));
            awaitOffset("deleted", log.events(alive).get(0).timeNs(), log);

            Stage.stop(rest, "deleted");
            rest.resetOffsets("deleted");
            // For a moment the worker shows the partition with no offset: it forgets the one before the other.
            log.await(
                    "no offset",
                    () -> assertThat(rest.offsets("deleted").path("offsets")).isEmpty());
            rest.resume("deleted");

            log.await(
                    "the snapshot",
                    () -> assertThat(log.events(alive))
                            .extracting(Received::origin)
                            .containsExactly("live", "snapshot"));
            log.await("the state topic to equal podman ps", () -> TrailCheck.tableIsWhatPodmanSays(log, podman));
        }
    }

    @Test
    void malformedOffsetIsRejectedWithAReason() {
        Stage.createConnector(rest, "refused", config("refused"));
        Stage.stop(rest, "refused");
        assertRefused("refused", "{'host': 'box'}", "{'time': 1}", "unknown fields [time]");
        assertRefused("refused", "{'host': 'box'}", "{'time_ns': 'noon'}", "time_ns: expected an integer");
        assertRefused("refused", "{'hots': 'box'}", "{'time_ns': 1}", "found partition");
        assertRefused("refused", "{'host': 'box'}", "{'time_ns': 9000000000000000000}", "in the future");
        // Whatever it was, it can be removed.
        rest.alterOffsets("refused", json("{'offsets': [{'partition': {'hots': 'box'}, 'offset': null}]}"));
    }

    @Test
    void hangingHostDelaysNoOther(@TempDir Path directory) throws IOException {
        UnixDomainSocketAddress address = UnixDomainSocketAddress.of(directory.resolve("hung.sock"));
        try (ServerSocketChannel hung = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            // The system accepts for it, and nobody ever answers.
            hung.bind(address);
            Map<String, String> config = config("hung");
            config.put("podman.hosts", "hung=unix://" + address + ",box=" + podman.uri());
            config.put("connection.validate", "false");
            try (TopicLog log = create("hung", config)) {
                String other = run("beside-a-hung-host");
                log.await("its start", () -> assertThat(log.story(other)).containsExactly("start"));
                podman.podman("kill", "beside-a-hung-host");
                log.await("its death", () -> assertThat(log.story(other)).containsExactly("start", "die"));
                assertThat(log.hostEvents()).extracting(Received::host).containsOnly("box");

                long startNs = System.nanoTime();
                Stage.stop(rest, "hung");
                assertThat(Duration.ofNanos(System.nanoTime() - startNs)).isLessThan(Duration.ofSeconds(5));
            }
        }
    }

    @Test
    void invalidConfigurationIsReportedOnItsKey() {
        Map<String, String> missing = config("wrong");
        missing.put("podman.hosts", "box=unix:///nowhere/podman.sock");
        assertThat(errors(missing)).containsOnlyKeys("podman.hosts");
        assertThat(errors(missing).get("podman.hosts"))
                .contains("box")
                .contains("unix:///nowhere/podman.sock")
                .contains("no such socket");

        Map<String, String> badName = config("wrong");
        badName.put("podman.hosts", "my box=" + podman.uri());
        assertThat(errors(badName)).containsOnlyKeys("podman.hosts");
        assertThat(errors(badName).get("podman.hosts")).contains("my box");

        Map<String, String> unknown = config("wrong");
        unknown.put("podman.hots", "box=" + podman.uri());
        assertThat(errors(unknown)).containsOnlyKeys("podman.hots");
        assertThat(errors(unknown).get("podman.hots")).contains("did you mean podman.hosts?");

        assertThat(errors(config("right"))).isEmpty();
    }

    private static void assertRefused(String name, String partition, String offset, String reason) {
        JsonNode offsets = json("{'offsets': [{'partition': %s, 'offset': %s}]}".formatted(partition, offset));
        assertThatThrownBy(() -> rest.alterOffsets(name, offsets))
                .hasMessageContaining("expected partition {\\\"host\\\": ")
                .hasMessageContaining(reason);
    }

    private static Map<String, String> errors(Map<String, String> config) {
        Map<String, String> errors = new TreeMap<>();
        for (JsonNode key : rest.validate(Stage.CONNECTOR_CLASS, config).path("configs")) {
            if (!key.at("/value/errors").isEmpty()) {
                errors.put(
                        key.at("/value/name").asText(), key.at("/value/errors").toString());
            }
        }
        return errors;
    }

    private static void awaitOffset(String name, long timeNs, TopicLog log) {
        log.await(
                "the offset",
                () -> assertThat(rest.offsets(name)
                                .at("/offsets/0/offset/time_ns")
                                .asLong())
                        .isGreaterThanOrEqualTo(timeNs));
    }

    private static TopicLog create(String name) {
        return create(name, config(name));
    }

    private static TopicLog create(String name, Map<String, String> config) {
        Stage.createConnector(rest, name, config);
        TopicLog log = new TopicLog(kafka.bootstrapServers(), name);
        log.await("the snapshot", () -> assertThat(log.hostEventTypes()).contains("synchronized"));
        return log;
    }

    private static Map<String, String> config(String name) {
        return new HashMap<>(Map.of(
                "name",
                name,
                "connector.class",
                Stage.CONNECTOR_CLASS,
                "podman.hosts",
                "box=" + podman.uri(),
                "topic.prefix",
                name));
    }

    private static JsonNode json(String text) {
        try {
            return new ObjectMapper().readTree(text.replace('\'', '"'));
        } catch (IOException e) {
            throw new IllegalArgumentException(text, e);
        }
    }

    private static String run(String name) {
        return podman.podman("run", "-d", "--name", name, PodmanService.IMAGE, "sleep", "600");
    }
}
