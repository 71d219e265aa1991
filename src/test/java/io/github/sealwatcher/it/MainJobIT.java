package io.github.sealwatcher.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.sealwatcher.testkit.EmbeddedConnect;
import io.github.sealwatcher.testkit.EmbeddedKafka;
import io.github.sealwatcher.testkit.PodmanService;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.config.ConfigResource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a user gets who creates the shipped connector: everything that happens to containers, as promised. */
@EveryPodman
@EveryEventLog
@Timeout(120)
class MainJobIT {

    private static final String HOST = "box";
    private static final String NAME = "podman";

    private static PodmanService podman;
    private static EmbeddedKafka kafka;
    private static EmbeddedConnect connect;

    private static String early;
    private static String earlyPaused;
    private static String earlyEnded;
    private static String earlyPod;
    private static String earlyMember;
    private static String earlyIdleMember;
    private static String earlyInfra;

    private TopicLog log;

    @BeforeAll
    static void startAll() {
        podman = PodmanService.started();
        early = run("early");
        earlyPaused = run("early-paused");
        podman.podman("pause", "early-paused");
        earlyEnded = podman.podman("run", "-d", "--name", "early-ended", PodmanService.IMAGE, "true");
        podman.podman("wait", "early-ended");
        earlyPod = podman.podman("pod", "create", "--name", "early-pod");
        earlyMember = run("early-member", "--pod", "early-pod");
        earlyIdleMember =
                podman.podman("create", "--name", "early-idle", "--pod", "early-pod", PodmanService.IMAGE, "true");
        earlyInfra = podman.podman("pod", "inspect", "early-pod", "--format", "{{.InfraContainerID}}");

        kafka = EmbeddedKafka.started();
        connect = EmbeddedConnect.started(
                kafka.bootstrapServers(), Stage.PLUGINS, Map.of("offset.flush.interval.ms", "300"));
        Stage.createConnector(connect.rest(), NAME, Map.of("podman.hosts", HOST + "=" + podman.uri()));
    }

    @AfterAll
    static void stopAll() {
        connect.close();
        kafka.close();
        podman.close();
    }

    @BeforeEach
    void readFromTheBeginning() {
        log = new TopicLog(kafka.bootstrapServers(), "podman");
        log.await("the snapshot", () -> assertThat(log.hostEventTypes()).contains("synchronized"));
    }

    @AfterEach
    void allIsAsPromised() {
        log.await("the state topic to equal podman ps", () -> TrailCheck.tableIsWhatPodmanSays(log, podman));
        TrailCheck.livesAreInOrder(log.events());
        TrailCheck.nothingIsTwice(log.events());
        log.close();
    }

    @Test
    void snapshotReportsExistingContainers() {
        log.await("the snapshot", () -> assertThat(log.story(earlyMember)).containsExactly("pod_association", "start"));
        log.await("the end of it", () -> assertThat(log.hostEventTypes()).startsWith("connected", "synchronized"));
        assertThat(log.hostEvents().get(1).value().path("containers").asInt()).isEqualTo(4);

        assertThat(log.story(early)).containsExactly("start");
        assertThat(log.story(earlyPaused)).containsExactly("start", "pause");
        assertThat(log.story(earlyEnded)).isEmpty();
        assertThat(log.story(earlyIdleMember)).containsExactly("pod_association");
        assertThat(log.story(earlyInfra)).containsExactly("pod_association", "start");
        for (String id : List.of(early, earlyPaused, earlyMember, earlyIdleMember, earlyInfra)) {
            assertThat(log.events(id)).extracting(Received::origin).containsOnly("snapshot");
        }

        Received start = log.events(earlyMember).get(1);
        assertThat(start.text("/pod/id")).isEqualTo(earlyPod);
        assertThat(start.text("/pod/name")).isEqualTo("early-pod");
        assertThat(start.text("/container/labels/io.github.thediveo~1podman~1podname"))
                .isEqualTo("early-pod");
        JsonNode infra = log.events(earlyInfra).get(1).value();
        assertThat(infra.at("/container/infra").asBoolean()).isTrue();
        assertThat(infra.at("/container/labels").has("io.github.thediveo/podman/infra"))
                .isTrue();
    }

    @Test
    void lifeIsReportedFromStartToDie() {
        String id = run("life", "--label", "a=b");
        podman.podman("pause", "life");
        podman.podman("unpause", "life");
        podman.podman("kill", "life");
        log.await("its death", () -> assertThat(log.story(id)).containsExactly("start", "pause", "unpause", "die"));

        Received start = log.events(id).get(0);
        assertThat(start.key().toString()).isEqualTo("{\"host\":\"box\",\"container_id\":\"" + id + "\"}");
        assertThat(start.headers())
                .containsEntry("podman.event.id", start.eventId())
                .containsEntry("podman.host", HOST)
                .containsEntry("podman.event.type", "start")
                .containsEntry("podman.origin", "live");
        assertThat(start.origin()).isEqualTo("live");
        assertThat(start.text("/raw_action")).isEqualTo("start");
        assertThat(start.text("/host")).isEqualTo(HOST);
        assertThat(start.text("/container/id")).isEqualTo(id);
        assertThat(start.text("/container/name")).isEqualTo("life");
        assertThat(start.text("/container/image")).isEqualTo(PodmanService.IMAGE);
        assertThat(start.text("/container/labels/a")).isEqualTo("b");
        assertThat(start.value().path("pod").isNull()).isTrue();
        assertThat(start.value().path("exit_code").isNull()).isTrue();
        assertThat(start.text("/engine/type")).isEqualTo("podman.io");
        assertThat(start.text("/engine/version"))
                .isEqualTo(podman.podman("version", "--format", "{{.Client.Version}}"));
        assertThat(start.text("/engine/id")).isEqualTo(podman.uri());
        assertThat(start.value().at("/engine/pid").asLong()).isEqualTo(podman.pid());

        assertThat(log.events(id).get(3).value().path("exit_code").asInt()).isEqualTo(137);
        assertThat(log.events(id).get(3).text("/raw_action")).isEqualTo("died");
        for (Received event : log.events(id)) {
            assertThat(event.timestampMs()).isEqualTo(TimeUnit.NANOSECONDS.toMillis(event.timeNs()));
        }
        assertThat(LoggedEvent.inHistory(podman)).containsAll(LoggedEvent.in(log.events(id)));
        log.await(
                "its end in the table",
                () -> assertThat(log.states().stream()
                                .filter(state -> state.id().equals(id))
                                .map(state -> state.text("/status")))
                        .containsExactly("running", "paused", "running", ""));
    }

    @Test
    void memberHasItsPodFromCreationToRemoval() {
        String pod = podman.podman("pod", "create", "--name", "pod");
        String infra = podman.podman("pod", "inspect", "pod", "--format", "{{.InfraContainerID}}");
        String member = run("member", "--pod", "pod");
        podman.podman("restart", "-t", "0", "member");
        podman.podman("kill", "member");
        log.await(
                "its death",
                () -> assertThat(log.story(member))
                        .as("a restart in the same pod is no association")
                        .containsExactly("pod_association", "start", "die", "start", "die"));
        assertThat(log.events(member)).allSatisfy(event -> {
            assertThat(event.text("/pod/id")).isEqualTo(pod);
            assertThat(event.text("/pod/name")).isEqualTo("pod");
        });
        assertThat(log.events(member).get(0).value().path("previous_pod").isNull())
                .isTrue();

        podman.podman("rm", "member");
        log.await("its leaving", () -> assertThat(log.story(member)).endsWith("die", "pod_association"));
        assertLeft(member, pod);

        podman.podman("pod", "rm", "-f", "-t", "0", "pod");
        log.await(
                "the end of the pod",
                () -> assertThat(log.story(infra))
                        .containsExactly("pod_association", "start", "die", "pod_association"));
        assertLeft(infra, pod);
        assertThat(log.events(infra).get(2).text("/pod/name")).isEqualTo("pod");
        assertThat(log.events(infra).get(1).value().at("/container/infra").asBoolean())
                .isTrue();
    }

    @Test
    void neverStartedContainerHasNoLife() {
        String alone = podman.podman("create", "--name", "idle", PodmanService.IMAGE, "true");
        String pod = podman.podman("pod", "create", "--name", "idle-pod");
        String member =
                podman.podman("create", "--name", "idle-member", "--pod", "idle-pod", PodmanService.IMAGE, "true");
        log.await("the association", () -> assertThat(log.story(member)).containsExactly("pod_association"));
        podman.podman("rm", "idle");
        podman.podman("pod", "rm", "idle-pod");
        log.await(
                "the end of it",
                () -> assertThat(log.story(member)).containsExactly("pod_association", "pod_association"));
        assertLeft(member, pod);
        assertThat(log.story(alone)).isEmpty();
        assertThat(log.states()).extracting(Received::id).doesNotContain(alone, member);
    }

    @Test
    void labelsAreTheTrueOnesEvenWhereEventsHideThem() {
        String id = run("labelled", "--label", "name=mine", "--label", "image=also mine", "--label", "podId=too");
        podman.podman("kill", "labelled");
        log.await("its death", () -> assertThat(log.story(id)).containsExactly("start", "die"));
        for (Received event : log.events(id)) {
            assertThat(event.name()).isEqualTo("labelled");
            assertThat(event.text("/container/image")).isEqualTo(PodmanService.IMAGE);
            assertThat(event.text("/container/labels/name")).isEqualTo("mine");
            assertThat(event.text("/container/labels/image")).isEqualTo("also mine");
            assertThat(event.text("/container/labels/podId")).isEqualTo("too");
        }
    }

    @Test
    void shortLifeIsReportedCompletely() {
        podman.podman(
                "run", "--rm", "--name", "mayfly", "--label", "kind=insect", PodmanService.IMAGE, "sh", "-c", "true");
        log.await(
                "its death",
                () -> assertThat(log.eventsOf("mayfly"))
                        .extracting(Received::type)
                        .containsExactly("start", "die"));
        assertThat(log.eventsOf("mayfly")).allSatisfy(event -> {
            assertThat(event.text("/container/image")).isEqualTo(PodmanService.IMAGE);
            assertThat(event.text("/container/labels/kind")).isEqualTo("insect");
            assertThat(event.value().at("/container/labels").has("containerExitCode"))
                    .isFalse();
        });
        assertThat(log.eventsOf("mayfly").get(1).value().path("exit_code").asInt(-1))
                .isZero();
    }

    @Test
    void exitCodeIsTheContainersOwn() {
        String id = podman.podman("run", "-d", "--name", "seven", PodmanService.IMAGE, "sh", "-c", "exit 7");
        log.await("its death", () -> assertThat(log.story(id)).containsExactly("start", "die"));
        assertThat(log.events(id).get(1).value().path("exit_code").asInt()).isEqualTo(7);
    }

    @Test
    void projectUnitAndPrivilegeAreRecognized() {
        String composed = run("composed", "--label", "com.docker.compose.project=shop");
        String podmanComposed = run("podman-composed", "--label", "io.podman.compose.project=farm");
        String service = run("service", "--label", "PODMAN_SYSTEMD_UNIT=web.service", "--privileged");
        log.await(
                "their starts",
                () -> assertThat(List.of(composed, podmanComposed, service))
                        .allSatisfy(id -> assertThat(log.story(id)).containsExactly("start")));

        assertThat(log.events(composed).get(0).text("/container/project")).isEqualTo("shop");
        assertThat(log.events(podmanComposed).get(0).text("/container/project")).isEqualTo("farm");
        assertThat(log.events(composed)
                        .get(0)
                        .value()
                        .at("/container/privileged")
                        .asBoolean(true))
                .isFalse();
        Received start = log.events(service).get(0);
        assertThat(start.text("/container/systemd_unit")).isEqualTo("web.service");
        assertThat(start.value().at("/container/privileged").asBoolean()).isTrue();
        assertThat(start.value().at("/container/labels").has("github.com/thediveo/whalewatcher/moby/privileged"))
                .isTrue();
    }

    @Test
    void offsetsAreReadableAndAdvance() {
        String id = run("moves-the-offset");
        log.await("its start", () -> assertThat(log.story(id)).containsExactly("start"));
        long startNs = log.events(id).get(0).timeNs();
        log.await("the offset of its start", () -> {
            JsonNode offsets = connect.rest().offsets(NAME).path("offsets");
            assertThat(offsets).hasSize(1);
            assertThat(offsets.at("/0/partition").toString()).isEqualTo("{\"host\":\"box\"}");
            assertThat(offsets.at("/0/offset/v").asInt()).isEqualTo(1);
            assertThat(offsets.at("/0/offset/time_ns").asLong()).isGreaterThanOrEqualTo(startNs);
            assertThat(offsets.toString().length()).isLessThan(8 * 1024);
        });
    }

    @Test
    void onlyStateAndHeartbeatsAreCompacted() throws ExecutionException, InterruptedException {
        assertThat(cleanupPolicy(log.stateTopic())).isEqualTo("compact");
        assertThat(cleanupPolicy(log.eventsTopic())).isEqualTo("delete");
        assertThat(cleanupPolicy(log.hostTopic())).isEqualTo("delete");
    }

    private void assertLeft(String id, String pod) {
        List<Received> events = log.events(id);
        JsonNode last = events.get(events.size() - 1).value();
        assertThat(last.path("pod").isNull()).isTrue();
        assertThat(last.at("/previous_pod/id").asText()).isEqualTo(pod);
        assertThat(last.at("/previous_pod/name").asText())
                .isEqualTo(events.get(0).text("/pod/name"));
    }

    private static String cleanupPolicy(String topic) throws ExecutionException, InterruptedException {
        ConfigResource resource = new ConfigResource(ConfigResource.Type.TOPIC, topic);
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", kafka.bootstrapServers()))) {
            return admin.describeConfigs(List.of(resource))
                    .all()
                    .get()
                    .get(resource)
                    .get("cleanup.policy")
                    .value();
        }
    }

    private static String run(String name, String... options) {
        List<String> command = new ArrayList<>(List.of("run", "-d", "--name", name));
        command.addAll(List.of(options));
        command.addAll(List.of(PodmanService.IMAGE, "sleep", "600"));
        return podman.podman(command.toArray(String[]::new));
    }
}
