package io.github.sealwatcher.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.sealwatcher.testkit.ConnectRest;
import io.github.sealwatcher.testkit.PodmanService;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.awaitility.core.ThrowingRunnable;

/** What a connector must do on a worker of any version that is supported, step by step; each step builds on those before. */
final class WorkerScenario implements AutoCloseable {

    private static final String HOST = "box";
    private static final String NAME = "podman";
    private static final int KILLED = 137;
    private static final ObjectMapper JSON = new ObjectMapper();
    /** What a JVM throws when a class is of another version than it was compiled with. */
    private static final Pattern LINKAGE = Pattern.compile(
            "NoSuchMethodError|NoSuchFieldError|NoClassDefFoundError|AbstractMethodError|IncompatibleClassChangeError"
                    + "|UnsupportedClassVersionError|VerifyError|IllegalAccessError");

    private static final Pattern OUR_ERROR = Pattern.compile(" ERROR .*(sealwatcher|Podman)");

    private final PodmanService podman;
    private final PlatformCluster cluster;
    private final ConnectRest rest;
    private final List<Step> steps = List.of(
            new Step("the worker loads the plugin", this::loadPlugin),
            new Step("create the connector", this::create),
            new Step("snapshot", this::snapshot),
            new Step("live events", this::liveEvents),
            new Step("live events of a pod member", this::podMember),
            new Step("state topic", this::stateTopic),
            new Step("stop", this::stop),
            new Step("read the offset", this::readOffset),
            new Step("alter the offset", this::alterOffset),
            new Step("resume and replay", this::replay),
            new Step("kill the worker", this::killWorker),
            new Step("delete the offset", this::deleteOffset),
            new Step("new snapshot", this::newSnapshot),
            new Step("no error in the worker's log", this::cleanLog));

    private TopicLog log;
    private String early;
    private String paused;
    private String ended;
    private String pod;
    private String infra;
    private String member;
    private String life;
    private String lateMember;
    private String afterKill;
    private List<Received> firstLife = List.of();
    private long alteredTo;
    /** How many events there were before the last resume. */
    private int mark;

    /** A named part of the scenario. */
    record Step(String name, ThrowingRunnable action) {

        /** Runs it; empty when it passed. */
        String failure() {
            try {
                action.run();
                return "";
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return name + ": interrupted";
                // Whatever a step throws, it has failed, and the other platforms are still to be tried.
            } catch (Throwable e) {
                return name + ": " + e.getMessage();
            }
        }
    }

    WorkerScenario(PodmanService podman, PlatformCluster cluster) {
        this.podman = podman;
        this.cluster = cluster;
        this.rest = cluster.rest();
    }

    List<Step> steps() {
        return steps;
    }

    @Override
    public void close() {
        if (log != null) {
            log.close();
        }
    }

    private void loadPlugin() {
        early = run("early");
        paused = run("early-paused");
        podman.podman("pause", "early-paused");
        ended = podman.podman("run", "-d", "--name", "early-ended", PodmanService.IMAGE, "true");
        podman.podman("wait", "early-ended");
        pod = podman.podman("pod", "create", "--name", "early-pod");
        member = run("early-member", "--pod", "early-pod");
        infra = podman.podman("pod", "inspect", "early-pod", "--format", "{{.InfraContainerID}}");
        cluster.start();
        log = new TopicLog(cluster.bootstrapServers(), NAME);
    }

    private void create() {
        Stage.createConnector(rest, NAME, Map.of("podman.hosts", HOST + "=" + podman.uri()));
    }

    private void snapshot() {
        log.await("the snapshot", () -> assertThat(log.hostEventTypes()).containsExactly("connected", "synchronized"));
        assertThat(log.hostEvents().get(1).value().path("containers").asInt()).isEqualTo(4);
        // The reader may learn of one topic later than of another.
        log.await("its events", this::assertSnapshot);
        Received start = log.events(member).get(1);
        assertThat(start.text("/pod/id")).isEqualTo(pod);
        assertThat(start.text("/pod/name")).isEqualTo("early-pod");
    }

    private void liveEvents() {
        life = run("life", "--label", "a=b");
        podman.podman("pause", "life");
        podman.podman("unpause", "life");
        podman.podman("kill", "life");
        log.await("its death", () -> assertThat(log.story(life)).containsExactly("start", "pause", "unpause", "die"));
        firstLife = log.events(life);
        for (Received event : firstLife) {
            assertThat(event.origin()).isEqualTo("live");
            assertThat(event.host()).isEqualTo(HOST);
            assertThat(event.timestampMs()).isEqualTo(TimeUnit.NANOSECONDS.toMillis(event.timeNs()));
            assertThat(event.headers())
                    .containsEntry("podman.event.id", event.eventId())
                    .containsEntry("podman.event.type", event.type());
            assertThat(event.text("/container/labels/a")).isEqualTo("b");
            assertThat(event.text("/container/image")).isEqualTo(PodmanService.IMAGE);
            assertThat(event.name()).isEqualTo("life");
        }
        assertThat(firstLife.get(3).value().path("exit_code").asInt()).isEqualTo(KILLED);
        assertThat(LoggedEvent.in(firstLife))
                .containsExactlyElementsOf(LoggedEvent.inHistory(podman).stream()
                        .filter(moment -> moment.id().equals(life))
                        .toList());
    }

    private void podMember() {
        lateMember = run("late-member", "--pod", "early-pod");
        podman.podman("kill", "late-member");
        log.await(
                "its death",
                () -> assertThat(log.story(lateMember)).containsExactly("pod_association", "start", "die"));
        assertThat(log.events(lateMember))
                .allSatisfy(event -> assertThat(event.text("/pod/id")).isEqualTo(pod));
    }

    private void stateTopic() {
        log.await(
                "its end in the table",
                () -> assertThat(log.states().stream()
                                .filter(state -> state.id().equals(life))
                                .map(state -> state.text("/status")))
                        .containsExactly("running", "paused", "running", ""));
        log.await("the state topic to equal podman ps", () -> TrailCheck.tableIsWhatPodmanSays(log, podman));
        TrailCheck.livesAreInOrder(log.events());
        TrailCheck.nothingIsTwice(log.events());
    }

    private void stop() {
        Stage.stop(rest, NAME);
        podman.podman("run", "--name", "while-stopped", PodmanService.IMAGE, "true");
        mark = log.events().size();
    }

    private void readOffset() {
        JsonNode offsets = rest.offsets(NAME).path("offsets");
        assertThat(offsets).hasSize(1);
        assertThat(offsets.at("/0/partition")).isEqualTo(JSON.createObjectNode().put("host", HOST));
        JsonNode offset = offsets.at("/0/offset");
        assertThat(offset.path("v").asInt()).isEqualTo(1);
        assertThat(offset.path("snapshot").asText()).isEqualTo("done");
        long last = log.events(lateMember).get(2).timeNs();
        assertThat(offset.path("time_ns").asLong()).isGreaterThanOrEqualTo(last);
    }

    private void alterOffset() {
        alteredTo = firstLife.get(0).timeNs() - 1;
        rest.alterOffsets(NAME, json("""
                {"offsets": [{"partition": {"host": "%s"}, "offset": {"time_ns": %d}}]}""".formatted(HOST, alteredTo)));
        assertThat(rest.offsets(NAME)).isEqualTo(json("""
                {"offsets": [{"partition": {"host": "%s"}, "offset": {"time_ns": %d}}]}""".formatted(HOST, alteredTo)));
    }

    private void replay() {
        rest.resume(NAME);
        Stage.awaitState(rest, NAME, "RUNNING");
        log.await("the life, the member and what happened meanwhile", () -> {
            assertThat(typesSinceMark(life)).containsExactly("start", "pause", "unpause", "die");
            assertThat(typesSinceMark(lateMember)).endsWith("die");
            assertThat(log.eventsOf("while-stopped")).extracting(Received::type).containsExactly("start", "die");
        });
        assertThat(sinceMark(life)).extracting(Received::origin).containsOnly("replay");
        assertThat(sinceMark(life).stream().map(WorkerScenario::content).toList())
                .isEqualTo(firstLife.stream().map(WorkerScenario::content).toList());
        assertThat(log.eventsOf("while-stopped")).extracting(Received::origin).containsOnly("replay");
        log.await("the state topic to equal podman ps", () -> TrailCheck.tableIsWhatPodmanSays(log, podman));
        TrailCheck.nothingIsTwice(sinceMark());
    }

    private void killWorker() {
        cluster.killWorker();
        podman.podman("kill", "early");
        afterKill = run("while-killed");
        cluster.startWorker();
        Stage.awaitState(rest, NAME, "RUNNING");
        log.await("what happened meanwhile", () -> {
            assertThat(log.story(early)).endsWith("die");
            assertThat(log.story(afterKill)).containsExactly("start");
        });
        assertThat(log.events(afterKill)).extracting(Received::origin).containsOnly("replay");
        TrailCheck.nothingIsTwice(sinceMark());
        TrailCheck.livesAreInOrder(sinceMark());
        log.await("the state topic to equal podman ps", () -> TrailCheck.tableIsWhatPodmanSays(log, podman));
    }

    private void deleteOffset() {
        Stage.stop(rest, NAME);
        rest.resetOffsets(NAME);
        assertThat(rest.offsets(NAME).path("offsets")).isEmpty();
        mark = log.events().size();
    }

    private void newSnapshot() {
        long before = synchronizations();
        rest.resume(NAME);
        Stage.awaitState(rest, NAME, "RUNNING");
        log.await("the snapshot", () -> assertThat(synchronizations()).isEqualTo(before + 1));
        log.await("its events", () -> {
            assertThat(typesSinceMark(afterKill)).containsExactly("start");
            assertThat(typesSinceMark(paused)).containsExactly("start", "pause");
            assertThat(typesSinceMark(infra)).containsExactly("pod_association", "start");
            assertThat(typesSinceMark(member)).containsExactly("pod_association", "start");
            assertThat(typesSinceMark(lateMember)).containsExactly("pod_association");
        });
        assertThat(sinceMark()).hasSize(8).extracting(Received::origin).containsOnly("snapshot");
        log.await("the state topic to equal podman ps", () -> TrailCheck.tableIsWhatPodmanSays(log, podman));
    }

    private void cleanLog() {
        assertThat(cluster.workerLog())
                .as("the worker's log")
                .anyMatch(line -> line.contains("sealwatcher"))
                .noneMatch(line -> LINKAGE.matcher(line).find())
                .noneMatch(line -> OUR_ERROR.matcher(line).find());
    }

    private void assertSnapshot() {
        assertThat(log.events()).extracting(Received::origin).containsOnly("snapshot");
        assertThat(log.story(early)).containsExactly("start");
        assertThat(log.story(paused)).containsExactly("start", "pause");
        assertThat(log.story(ended)).isEmpty();
        assertThat(log.story(infra)).containsExactly("pod_association", "start");
        assertThat(log.story(member)).containsExactly("pod_association", "start");
    }

    private long synchronizations() {
        return log.hostEventTypes().stream().filter("synchronized"::equals).count();
    }

    private List<Received> sinceMark() {
        List<Received> events = log.events();
        return events.subList(mark, events.size());
    }

    private List<Received> sinceMark(String id) {
        return sinceMark().stream().filter(event -> event.id().equals(id)).toList();
    }

    private List<String> typesSinceMark(String id) {
        return sinceMark(id).stream().map(Received::type).toList();
    }

    /** An event without what differs when it is read again after the container's end: only a live one has its process. */
    private static JsonNode content(Received event) {
        ObjectNode content = event.value().deepCopy();
        content.remove("origin");
        content.withObject("/container").remove(List.of("detail", "pid", "started_at_ns"));
        return content;
    }

    private String run(String name, String... options) {
        List<String> line = new ArrayList<>(List.of("run", "-d", "--name", name));
        line.addAll(List.of(options));
        line.addAll(List.of(PodmanService.IMAGE, "sleep", "600"));
        return podman.podman(line.toArray(String[]::new));
    }

    private static JsonNode json(String text) {
        try {
            return JSON.readTree(text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
