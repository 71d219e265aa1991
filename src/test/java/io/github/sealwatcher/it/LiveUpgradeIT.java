package io.github.sealwatcher.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.sealwatcher.testkit.EmbeddedConnect;
import io.github.sealwatcher.testkit.EmbeddedKafka;
import io.github.sealwatcher.testkit.PodmanInstallation;
import io.github.sealwatcher.testkit.PodmanOptions;
import io.github.sealwatcher.testkit.PodmanService;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/**
 * The Podman of a host is replaced by newer ones, in place, while its containers run and the connector watches. Storage,
 * database and event log stay.
 */
@EnabledIfSystemProperty(named = LiveUpgradeIT.VERSIONS, matches = ".+", disabledReason = "bin/live-upgrade runs it")
@Timeout(300)
class LiveUpgradeIT {

    /** System property: the Debian releases or versions of Podman, from the oldest to the newest, with commas between. */
    static final String VERSIONS = "podman.upgrade";

    private static final String NAME = "upgrade";

    @Test
    void everyStartAndEndIsReportedOnce() {
        List<String> versions = List.of(System.getProperty(VERSIONS).split(","));
        assertThat(versions).as("the value of %s", VERSIONS).hasSizeGreaterThan(1);
        PodmanInstallation machine = PodmanInstallation.ofMachine(versions.get(0));
        try (EmbeddedKafka kafka = EmbeddedKafka.started();
                EmbeddedConnect connect = EmbeddedConnect.started(kafka.bootstrapServers(), Stage.PLUGINS);
                PodmanService podman =
                        PodmanService.create(PodmanOptions.DEFAULTS, machine).start();
                TopicLog log = new TopicLog(kafka.bootstrapServers(), NAME)) {
            Stage.createConnector(
                    connect.rest(),
                    NAME,
                    Map.of(
                            "podman.hosts",
                            "box=" + podman.uri(),
                            "topic.prefix",
                            NAME,
                            "retry.backoff.ms",
                            "100",
                            "retry.backoff.max.ms",
                            "500",
                            // Often enough to find, within the test, what events failed to report.
                            "resync.interval.ms",
                            "2000"));
            log.await("the snapshot", () -> assertThat(log.hostEventTypes()).contains("synchronized"));

            List<String> trail = new ArrayList<>(List.of(version(podman)));
            for (String next : versions.subList(1, versions.size())) {
                replace(podman, machine, next, log);
                trail.add(version(podman));
            }
            podman.podman("pod", "rm", "--all", "--force", "--time", "0");
            run(podman, "last");

            log.await("all that Podman wrote down", () -> TrailCheck.isHistory(log.events(), podman));
            log.await("the state topic to equal podman ps", () -> TrailCheck.tableIsWhatPodmanSays(log, podman));
            TrailCheck.livesAreInOrder(log.events());
            TrailCheck.nothingIsTwice(log.events());
            assertThat(log.events()).extracting(Received::origin).doesNotContain("reconciled");
            assertThat(log.hostEventTypes()).doesNotContain("history_gap");
            assertThat(log.hostEvents())
                    .filteredOn(event -> event.type().equals("engine_changed"))
                    .extracting(event -> event.text("/engine/version"))
                    .containsExactlyElementsOf(trail.subList(1, trail.size()));
            report(trail, log, podman);
        }
    }

    /** Containers start, run and end before, between and after. */
    private static void replace(PodmanService podman, PodmanInstallation machine, String next, TopicLog log) {
        String from = version(podman).replace('.', '-');
        for (String name : List.of("lasting", "killed", "restarted", "paused", "unpaused", "stopped")) {
            run(podman, name + "-" + from);
        }
        // With a control group of its own, the pod of 4.3 denies its containers /dev/null where there is only cgroup
        // v2.
        podman.podman("pod", "create", "--share-parent=false", "--name", "pod-" + from);
        podman.podman(
                "run", "-d", "--pod", "pod-" + from, "--name", "member-" + from, PodmanService.IMAGE, "sleep", "600");
        podman.podman("pause", "unpaused-" + from);
        String before = run(podman, "before-" + from);
        log.await("a live event", () -> assertThat(log.story(before)).containsExactly("start"));

        podman.stop();
        log.await("the loss", () -> assertThat(log.hostEventTypes()).endsWith("disconnected"));
        mayfly(podman);
        podman.podman("kill", "before-" + from);
        String pid = podman.podman("inspect", "--format", "{{.State.Pid}}", "killed-" + from);
        int hostEvents = log.hostEvents().size();

        machine.upgrade(next);
        migrate(podman);
        // Its monitor is the old Podman's, and has the new one write its end down.
        ProcessHandle.of(Long.parseLong(pid)).orElseThrow().destroyForcibly();
        mayfly(podman);
        podman.podman("restart", "-t", "0", "restarted-" + from);
        podman.podman("pause", "paused-" + from);
        podman.start();
        log.await(
                "the return",
                () -> assertThat(log.hostEventTypes()
                                .subList(hostEvents, log.hostEvents().size()))
                        .containsSubsequence("connected", "engine_changed", "synchronized"));

        mayfly(podman);
        podman.podman("unpause", "unpaused-" + from);
        podman.podman("stop", "-t", "0", "stopped-" + from);
        podman.podman("restart", "-t", "0", "restarted-" + from);
        podman.podman("kill", "member-" + from);
    }

    /** What 6.x asks for where the database is still the one that 4.3 made; containers run on. */
    private static void migrate(PodmanService podman) {
        try {
            podman.podman("info");
        } catch (IllegalStateException e) {
            assertThat(e).hasMessageContaining("podman system migrate --migrate-db");
            podman.podman("system", "migrate", "--migrate-db");
        }
    }

    private static void mayfly(PodmanService podman) {
        podman.podman("run", "--rm", PodmanService.IMAGE, "true");
    }

    private static String run(PodmanService podman, String name) {
        return podman.podman("run", "-d", "--name", name, PodmanService.IMAGE, "sleep", "600");
    }

    private static String version(PodmanService podman) {
        return podman.podman("version", "--format", "{{.Client.Version}}");
    }

    /** What bin/live-upgrade prints. */
    private static void report(List<String> versions, TopicLog log, PodmanService podman) {
        List<LoggedEvent> expected = LoggedEvent.inHistory(podman);
        List<LoggedEvent> reported = LoggedEvent.in(log.events());
        Set<String> ids = log.events().stream().map(Received::eventId).collect(Collectors.toSet());
        System.out.printf(
                "live upgrade: Podman %s: %d starts and ends expected, %d lost, %d twice, %d invented, %d engine_changed%n",
                String.join(" to ", versions),
                expected.size(),
                expected.stream().filter(moment -> !reported.contains(moment)).count(),
                log.events().size() - ids.size(),
                reported.stream().filter(moment -> !expected.contains(moment)).count(),
                log.hostEventTypes().stream().filter("engine_changed"::equals).count());
    }
}
