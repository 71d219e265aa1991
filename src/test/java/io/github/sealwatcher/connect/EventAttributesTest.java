package io.github.sealwatcher.connect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.sealwatcher.fault.FakeContainer;
import io.github.sealwatcher.fault.FakePodman;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.source.SourceRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What an event says of itself, from Podman's line to the record. */
@Timeout(60)
class EventAttributesTest {

    private final FakePodman podman = FakePodman.start();
    private final StartedPodmanSourceTask task =
            TaskOnFakePodman.start(podman, "attributes-test", Map.of("events.include", "all"));
    private final List<Struct> events = new ArrayList<>();
    private final FakeContainer web =
            podman.host().run(FakeContainer.created("web").withLabels(Map.of("signal", "9", "execID", "mine")));

    @AfterEach
    void close() {
        task.close();
        podman.close();
    }

    @Test
    void healthIsInTheAttributes() {
        event("start");
        emit("health_status", "{}", ",\"HealthStatus\":\"unhealthy\"");

        Struct event = event("health_status");
        assertThat(event.getMap("attributes")).isEqualTo(Map.of("health_status", "unhealthy"));
        assertThat(event.get("exit_code")).isNull();
        assertThat(event.get("oom_killed")).isNull();
    }

    @Test
    void execsEndHasItsExitCode() {
        event("start");
        emit("exec_died", "{\"containerExitCode\":\"7\",\"execID\":\"abc\",\"name\":\"web\"}", "");

        Struct event = event("exec_died");
        assertThat(event.getMap("attributes")).isEqualTo(Map.of("exit_code", "7", "execID", "abc"));
        assertThat(event.getInt32("exit_code")).isEqualTo(7);
    }

    @Test
    void labelsAreNotAttributes() {
        event("start");
        emit("kill", "{\"signal\":\"9\",\"containerExitCode\":\"0\"}", "");
        emit("attach", "{\"execID\":\"mine\",\"signal\":\"9\"}", "");

        assertThat(event("kill").get("attributes")).isNull();
        assertThat(event("attach").get("attributes")).isNull();
        assertThat(event("start").get("attributes")).isNull();
    }

    @Test
    void oomKillIsReportedWherePodmanReportsIt() {
        event("start");
        emit("died", "{\"containerExitCode\":\"137\",\"oomKilled\":\"true\",\"name\":\"web\"}", "");

        Struct event = event("die");
        assertThat(event.getBoolean("oom_killed")).isTrue();
        assertThat(event.getInt32("exit_code")).isEqualTo(137);
        assertThat(event.get("attributes")).isNull();
    }

    @Test
    void oomKillIsNullWherePodmanDoesNotReportIt() {
        event("start");
        podman.host().die(web, 1);

        assertThat(event("die").get("oom_killed")).isNull();
    }

    private void emit(String action, String attributes, String more) {
        podman.host()
                .emitLine("{\"Type\":\"container\",\"Action\":\"" + action + "\",\"Actor\":{\"ID\":\""
                        + web.containerId() + "\",\"Attributes\":" + attributes + "},\"timeNano\":"
                        + podman.host().tick() + more + "}");
    }

    private Struct event(String type) {
        await(type).atMost(Duration.ofSeconds(30)).until(() -> {
            List<SourceRecord> records = task.poll();
            if (records != null) {
                records.stream()
                        .filter(record -> record.topic().equals("podman.container.events"))
                        .forEach(record -> events.add((Struct) record.value()));
            }
            return events.stream().anyMatch(event -> type.equals(event.getString("type")));
        });
        return events.stream()
                .filter(event -> type.equals(event.getString("type")))
                .findFirst()
                .orElseThrow();
    }
}
