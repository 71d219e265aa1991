package io.github.sealwatcher.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.sealwatcher.testkit.PodmanService;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.errors.ConnectException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What each setting makes of the same Podman. */
@EveryPodman
@Timeout(90)
class FeaturesIT {

    private static PodmanService podman;

    private final Map<String, Object> stored = new HashMap<>();

    @BeforeAll
    static void start() {
        podman = PodmanService.started();
    }

    @AfterAll
    static void stop() {
        podman.close();
    }

    @AfterEach
    void removeContainers() {
        podman.podman("pod", "rm", "-f", "-a", "-t", "0");
        podman.podman("rm", "-f", "-a", "-t", "0");
    }

    @Test
    void namesAreIncludedAndExcluded() throws InterruptedException {
        String web = run("web-1");
        run("web-1-debug");
        run("db");
        try (TaskRun task = task("containers.name.include", "^web", "containers.name.exclude", "-debug$")) {
            assertThat(task.untilHost("synchronized")).containsExactly("start web-1");
            run("db-2");
            run("web-2-debug");
            podman.podman("kill", "db");
            podman.podman("kill", "web-1-debug");
            podman.podman("kill", "web-1");
            run("web-2");
            assertThat(task.until("start web-2")).containsExactly("start web-1", "die web-1", "start web-2");
            task.await("its end in the table", () -> !task.table().containsKey(web));
        }
    }

    @Test
    void labelsAreIncludedAndExcluded() throws InterruptedException {
        run("front", "--label", "tier=front");
        run("back", "--label", "tier=back");
        run("shown", "--label", "show=anyhow");
        run("secret", "--label", "tier=front", "--label", "secret=yes");
        try (TaskRun task = task("containers.label.include", "tier=front,show", "containers.label.exclude", "secret")) {
            assertThat(task.untilHost("synchronized")).containsExactlyInAnyOrder("start front", "start shown");
            podman.podman("kill", "secret");
            podman.podman("kill", "back");
            podman.podman("kill", "front");
            assertThat(task.until("die front")).hasSize(3);
        }
    }

    @Test
    void infraContainersCanBeLeftOut() throws InterruptedException {
        podman.podman("pod", "create", "--name", "early");
        run("early-member", "--pod", "early");
        try (TaskRun task = task("containers.infra.include", "false")) {
            assertThat(task.untilHost("synchronized"))
                    .containsExactly("pod_association early-member", "start early-member");
            podman.podman("pod", "create", "--name", "late");
            run("late-member", "--pod", "late");
            podman.podman("pod", "rm", "-f", "-t", "0", "late");
            run("marker");
            assertThat(task.until("start marker").subList(2, 7))
                    .containsExactly(
                            "pod_association late-member",
                            "start late-member",
                            "die late-member",
                            "pod_association late-member",
                            "start marker");
            assertThat(task.table()).hasSize(2);
        }
    }

    @Test
    void inspectFieldsAreCopied() throws InterruptedException {
        run("early", "--hostname", "sea");
        try (TaskRun task = task("inspect.include", "/Config/Hostname,/HostConfig/Privileged,/Config/Cmd,/No/Such")) {
            task.untilHost("synchronized");
            run("late", "--privileged", "--hostname", "lake");
            task.until("start late");
            assertThat(task.event("start early").getMap("inspect"))
                    .isEqualTo(Map.of(
                            "/Config/Hostname",
                            "sea",
                            "/HostConfig/Privileged",
                            "false",
                            "/Config/Cmd",
                            "[\"sleep\",\"600\"]"));
            assertThat(task.event("start late").<String, String>getMap("inspect"))
                    .containsEntry("/Config/Hostname", "lake")
                    .containsEntry("/HostConfig/Privileged", "true");
        }
    }

    @Test
    void worksWithoutInspect() throws InterruptedException {
        run("early", "--privileged");
        try (TaskRun task = task("inspect.enabled", "false")) {
            task.untilHost("synchronized");
            run("late", "--label", "name=shadowed");
            podman.podman("kill", "late");
            assertThat(task.until("die late")).containsExactly("start early", "start late", "die late");
            for (Struct event : task.events()) {
                assertThat(event.getStruct("container").getString("detail")).isNotEqualTo("inspect");
                assertThat(event.getStruct("container").getBoolean("privileged"))
                        .isNull();
            }
            assertThat(task.event("start late").getStruct("container").<String, String>getMap("labels"))
                    .containsEntry("name", "shadowed");
        }
    }

    @Test
    void anyPodmanActionCanBeIncluded() throws InterruptedException {
        try (TaskRun task = task("events.include", "create,start,exec,rename,kill,remove")) {
            task.untilHost("synchronized");
            run("any");
            podman.podman("exec", "any", "true");
            podman.podman("rename", "any", "other");
            podman.podman("pause", "other");
            podman.podman("unpause", "other");
            podman.podman("kill", "other");
            podman.podman("wait", "other");
            podman.podman("rm", "other");
            List<String> reported = task.until("remove other");
            assertThat(reported)
                    .startsWith("create any", "start any", "exec any", "rename other")
                    .contains("kill other")
                    .doesNotContain("pause other", "unpause other", "die other")
                    .hasSize(6);
            assertThat(task.table()).as("the table doesn't depend on it").isEmpty();
        }
    }

    @Test
    void allPodmanActionsCanBeIncluded() throws InterruptedException {
        try (TaskRun task = task("events.include", "all")) {
            task.untilHost("synchronized");
            podman.podman("run", "--name", "all", PodmanService.IMAGE, "true");
            podman.podman("rm", "all");
            assertThat(task.until("remove all"))
                    .containsSubsequence("create all", "start all", "die all", "remove all")
                    .contains("init all");
        }
    }

    @Test
    void snapshotModeDecidesWhenASnapshotIsReported() throws InterruptedException {
        run("alive");
        try (TaskRun task = task()) {
            assertThat(task.untilHost("synchronized")).containsExactly("start alive");
        }
        try (TaskRun task = task()) {
            assertThat(task.untilHost("synchronized")).isEmpty();
        }
        try (TaskRun task = task("snapshot.mode", "always")) {
            assertThat(task.untilHost("synchronized")).containsExactly("start alive");
            assertThat(task.event("start alive").getString("origin")).isEqualTo("snapshot");
        }
        stored.clear();
        try (TaskRun task = task("snapshot.mode", "no_data")) {
            assertThat(task.untilHost("synchronized")).isEmpty();
            run("new");
            assertThat(task.until("start new")).containsExactly("start new");
        }
    }

    @Test
    void historyGapIsReportedOrFailsTheTask() throws InterruptedException, IOException {
        String unseen = run("dies-unseen");
        try (TaskRun task = task()) {
            task.untilHost("synchronized");
            run("anchor");
            task.until("start anchor");
        }
        podman.podman("rm", "-f", "-t", "0", "dies-unseen");
        podman.deleteEvents();
        run("after");
        Map<String, Object> before = Map.copyOf(stored);

        assertThatThrownBy(() -> {
                    try (TaskRun task = task("on.history.gap", "fail")) {
                        task.untilHost("synchronized");
                    }
                })
                .isInstanceOf(ConnectException.class)
                .hasMessageContaining("box")
                .hasMessageContaining("on.history.gap=fail");

        stored.clear();
        stored.putAll(before);
        try (TaskRun task = task("on.history.gap", "reconcile")) {
            assertThat(task.untilHost("synchronized"))
                    .as("its name went with it")
                    .containsExactlyInAnyOrder("start after", "die null");
            assertThat(task.hostEvents())
                    .extracting(event -> event.getString("type"))
                    .containsExactly("connected", "history_gap", "synchronized");
            Struct death = task.event("die null");
            assertThat(death.getStruct("container").getString("id")).isEqualTo(unseen);
            assertThat(death.getString("origin")).isEqualTo("reconciled");
            assertThat(death.getInt32("exit_code")).isNull();
        }
    }

    @Test
    void labelsAreAnnotatedOrLeftAsTheyAre() throws InterruptedException {
        String pod = podman.podman("pod", "create", "--name", "crew");
        run("sailor", "--pod", "crew", "--privileged", "--label", "a=b");
        String infra = pod.substring(0, 12) + "-infra";
        try (TaskRun task = task()) {
            task.untilHost("synchronized");
            assertThat(labels(task, "start sailor"))
                    .containsEntry("a", "b")
                    .containsEntry("io.github.thediveo/podman/podname", "crew")
                    .containsEntry("io.github.thediveo/podman/podid", pod)
                    .containsKey("github.com/thediveo/whalewatcher/moby/privileged")
                    .doesNotContainKey("io.github.thediveo/podman/infra");
            assertThat(labels(task, "start " + infra))
                    .containsKey("io.github.thediveo/podman/infra")
                    .containsEntry("io.github.thediveo/podman/podname", "crew");
        }
        stored.clear();
        try (TaskRun task = task("labels.annotate", "false")) {
            task.untilHost("synchronized");
            assertThat(labels(task, "start sailor")).isEqualTo(Map.of("a", "b"));
            assertThat(task.event("start sailor").getStruct("pod").getString("name"))
                    .isEqualTo("crew");
        }
    }

    @Test
    void dockersComposeLabelGoesBeforePodmans() throws InterruptedException {
        run("both", "--label", "io.podman.compose.project=podmans", "--label", "com.docker.compose.project=dockers");
        try (TaskRun task = task()) {
            task.untilHost("synchronized");
            assertThat(task.event("start both").getStruct("container").getString("project"))
                    .isEqualTo("dockers");
        }
    }

    @Test
    void enginePidIsThePeersUnlessConfigured() throws InterruptedException {
        try (TaskRun task = task()) {
            task.untilHost("synchronized");
            assertThat(task.hostEvents().get(0).getStruct("engine").getInt32("pid"))
                    .isEqualTo((int) podman.pid());
        }
        try (TaskRun task = task("engine.pid", "4711")) {
            task.untilHost("synchronized");
            assertThat(task.hostEvents().get(0).getStruct("engine").getInt32("pid"))
                    .isEqualTo(4711);
        }
    }

    private TaskRun task(String... keysAndValues) {
        Map<String, String> properties = new HashMap<>(Map.of("podman.hosts", "box=" + podman.uri()));
        for (int i = 0; i < keysAndValues.length; i += 2) {
            properties.put(keysAndValues[i], keysAndValues[i + 1]);
        }
        return new TaskRun(stored, properties);
    }

    private static Map<String, String> labels(TaskRun task, String event) {
        return task.event(event).getStruct("container").getMap("labels");
    }

    private static String run(String name, String... options) {
        List<String> command = new ArrayList<>(List.of("run", "-d", "--name", name));
        command.addAll(List.of(options));
        command.addAll(List.of(PodmanService.IMAGE, "sleep", "600"));
        return podman.podman(command.toArray(String[]::new));
    }
}
