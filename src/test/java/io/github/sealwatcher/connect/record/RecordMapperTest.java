package io.github.sealwatcher.connect.record;

import static io.github.sealwatcher.connect.Samples.CONTAINER;
import static io.github.sealwatcher.connect.Samples.ENGINE;
import static io.github.sealwatcher.connect.Samples.ID;
import static io.github.sealwatcher.connect.Samples.NOW_NS;
import static io.github.sealwatcher.connect.Samples.POD;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.sealwatcher.connect.Samples;
import io.github.sealwatcher.connect.config.PodmanConfig;
import io.github.sealwatcher.host.HostEmission;
import io.github.sealwatcher.model.Container;
import io.github.sealwatcher.model.ContainerChange;
import io.github.sealwatcher.model.HostChange;
import io.github.sealwatcher.model.Origin;
import io.github.sealwatcher.model.Status;
import io.github.sealwatcher.watch.Emission;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.header.Header;
import org.junit.jupiter.api.Test;

class RecordMapperTest {

    @Test
    void startWritesStateThenEvent() {
        List<PendingRecord> drafts = map(Map.of(), Samples.started());

        assertThat(drafts)
                .extracting(PendingRecord::topic)
                .containsExactly("podman.container.state", "podman.container.events");
        PendingRecord event = drafts.get(1);
        assertThat(event.key().getString("host")).isEqualTo("edge-1");
        assertThat(event.key().getString("container_id")).isEqualTo(ID.value());
        Struct value = event.value();
        assertThat(value.getString("type")).isEqualTo("start");
        assertThat(value.getString("raw_action")).isEqualTo("start");
        assertThat(value.getString("origin")).isEqualTo("live");
        assertThat(value.getString("host")).isEqualTo("edge-1");
        assertThat(value.getInt64("time_ns")).isEqualTo(NOW_NS);
        assertThat(value.getString("event_id")).hasSize(32);
        assertThat(value.getInt32("exit_code")).isNull();
        assertThat(value.getStruct("previous_pod")).isNull();
        assertThat(value.getStruct("pod").getString("name")).isEqualTo("web");
        assertThat(value.getMap("inspect")).isEqualTo(Map.of("/Config/Hostname", "web"));
        Struct engine = value.getStruct("engine");
        assertThat(engine.getString("type")).isEqualTo("podman.io");
        assertThat(engine.getString("version")).isEqualTo("5.4.2");
        assertThat(engine.getString("id")).isEqualTo(ENGINE.endpoint());
        assertThat(engine.getInt32("pid")).isEqualTo(4711);
        assertThat(event.timestampMs()).isEqualTo(NOW_NS / 1_000_000);
    }

    @Test
    void describesTheContainer() {
        Struct container = map(Map.of(), Samples.started()).get(1).value().getStruct("container");

        assertThat(container.getString("name")).isEqualTo("web-1");
        assertThat(container.getString("image")).isEqualTo("docker.io/library/nginx:1");
        assertThat(container.getString("detail")).isEqualTo("inspect");
        assertThat(container.getInt32("pid")).isEqualTo(815);
        assertThat(container.getInt64("started_at_ns")).isEqualTo(NOW_NS - 5_000);
        assertThat(container.getBoolean("paused")).isFalse();
        assertThat(container.getBoolean("privileged")).isTrue();
        assertThat(container.getBoolean("infra")).isFalse();
        assertThat(container.getString("project")).isEqualTo("shop");
        assertThat(container.getString("systemd_unit")).isEqualTo("web.service");
    }

    @Test
    void addsAnnotationLabelsToTheTrueOnes() {
        Map<String, String> expected = new HashMap<>(CONTAINER.labels());
        expected.put("io.github.thediveo/podman/podname", "web");
        expected.put("io.github.thediveo/podman/podid", POD.id());
        expected.put("github.com/thediveo/whalewatcher/moby/privileged", "");

        assertThat(labels(Map.of())).isEqualTo(expected);
        assertThat(labels(Map.of("labels.annotate", "false"))).isEqualTo(CONTAINER.labels());
    }

    @Test
    void stateRowHoldsTheContainer() {
        Struct state = map(Map.of(), Samples.started()).get(0).value();

        assertThat(state.getString("host")).isEqualTo("edge-1");
        assertThat(state.getString("status")).isEqualTo("running");
        assertThat(state.getInt64("since_ns")).isEqualTo(NOW_NS);
        assertThat(state.getStruct("container").getString("id")).isEqualTo(ID.value());
        assertThat(state.getStruct("pod").getString("id")).isEqualTo(POD.id());
    }

    @Test
    void dieHasExitCodeAndPodAndWritesATombstone() {
        List<PendingRecord> drafts = map(Map.of(), Samples.died());

        Struct event = drafts.get(1).value();
        assertThat(event.getString("type")).isEqualTo("die");
        assertThat(event.getString("raw_action")).isEqualTo("died");
        assertThat(event.getString("origin")).isEqualTo("replay");
        assertThat(event.getInt32("exit_code")).isEqualTo(137);
        assertThat(event.getStruct("pod").getString("id")).isEqualTo(POD.id());
        assertThat(event.getStruct("container").getInt64("started_at_ns")).isEqualTo(NOW_NS - 5_000);
        assertThat(drafts.get(0).topic()).isEqualTo("podman.container.state");
        assertThat(drafts.get(0).value()).isNull();
        assertThat(drafts.get(0).withOffset(null).valueSchema()).isNull();
    }

    @Test
    void reportsPauseAndUnpause() {
        var paused = new ContainerChange.Paused(
                Samples.occurrence("pause", Origin.LIVE), Samples.alive(Status.PAUSED, null));
        var unpaused = new ContainerChange.Unpaused(
                Samples.occurrence("unpause", Origin.LIVE), Samples.alive(Status.RUNNING, null));

        List<PendingRecord> drafts = map(Map.of(), paused, unpaused);

        assertThat(drafts).hasSize(4);
        assertThat(drafts.get(1).value().getString("type")).isEqualTo("pause");
        assertThat(drafts.get(1).value().getStruct("container").getBoolean("paused"))
                .isTrue();
        assertThat(drafts.get(0).value().getString("status")).isEqualTo("paused");
        assertThat(drafts.get(3).value().getString("type")).isEqualTo("unpause");
        assertThat(drafts.get(2).value().getString("status")).isEqualTo("running");
    }

    @Test
    void podAssociationOfADeadContainerWritesNoState() {
        var left = new ContainerChange.PodChanged(
                Samples.occurrence("remove", Origin.LIVE), Container.unknown(ID), null, null, POD);

        List<PendingRecord> drafts = map(Map.of(), left);

        Struct event = drafts.get(0).value();
        assertThat(drafts).hasSize(1);
        assertThat(event.getString("type")).isEqualTo("pod_association");
        assertThat(event.getStruct("pod")).isNull();
        assertThat(event.getStruct("previous_pod").getString("id")).isEqualTo(POD.id());
        assertThat(event.getStruct("container").getString("detail")).isEqualTo("remembered");
        assertThat(event.getStruct("container").getInt32("pid")).isNull();
        assertThat(event.getStruct("container").getBoolean("paused")).isNull();
    }

    @Test
    void reportsOtherActionsIfIncludedAndTheStateAlways() {
        assertThat(map(Map.of(), Samples.other("rename")))
                .extracting(PendingRecord::topic)
                .containsExactly("podman.container.state");
        assertThat(map(Map.of("events.include", "rename"), Samples.other("rename"), Samples.died()))
                .extracting(PendingRecord::topic)
                .containsExactly("podman.container.state", "podman.container.events", "podman.container.state");
        assertThat(map(Map.of("events.include", "all"), Samples.other("exec"))
                        .get(1)
                        .value()
                        .getString("type"))
                .isEqualTo("exec");
    }

    @Test
    void writesNothingToDisabledTopics() {
        assertThat(map(Map.of("state.topic.enabled", "false", "topic.prefix", "x"), Samples.started()))
                .extracting(PendingRecord::topic)
                .containsExactly("x.container.events");
    }

    @Test
    void givesHeadersToEveryRecord() {
        for (PendingRecord record : map(Map.of(), Samples.started())) {
            assertThat(headers(record))
                    .containsEntry("podman.host", "edge-1")
                    .containsEntry("podman.event.type", "start")
                    .containsEntry("podman.origin", "live")
                    .containsKey("podman.event.id");
        }
    }

    @Test
    void reportsHostEvents() {
        PendingRecord record = only(new Emission(
                ENGINE, List.of(HostChange.gap(NOW_NS, 1, 2, "cut")), List.of(), NOW_NS, Samples.checkpoint(NOW_NS)));

        assertThat(record.topic()).isEqualTo("podman.host.events");
        assertThat(record.key().schema()).isSameAs(Schemas.HOST_KEY);
        assertThat(record.value().getString("type")).isEqualTo("history_gap");
        assertThat(record.value().getString("reason")).isEqualTo("cut");
        assertThat(record.value().getInt64("gap_from_ns")).isEqualTo(1);
        assertThat(record.value().getInt64("gap_to_ns")).isEqualTo(2);
        assertThat(headers(record)).containsEntry("podman.event.type", "history_gap");
    }

    @Test
    void writesHeartbeats() {
        PendingRecord record = only(new Emission(ENGINE, List.of(), List.of(), NOW_NS, Samples.checkpoint(NOW_NS)));

        assertThat(record.topic()).isEqualTo("__podman-heartbeat.podman");
        assertThat(record.value().getInt64("time_ns")).isEqualTo(NOW_NS);
        assertThat(headers(record)).containsEntry("podman.host", "edge-1");
    }

    @Test
    void labelsAreOneJsonTextForSinksWithoutMaps() {
        Map<String, String> json = Map.of("labels.format", "json", "labels.annotate", "false");
        Struct event = (Struct) map(json, Samples.started()).get(1).value();
        Struct state = (Struct) map(json, Samples.started()).get(0).value();

        assertThat(event.getStruct("container").getString("labels"))
                .isEqualTo("{\"PODMAN_SYSTEMD_UNIT\":\"web.service\",\"com.docker.compose.project\":\"shop\"}");
        assertThat(event.getString("inspect")).isEqualTo("{\"/Config/Hostname\":\"web\"}");
        assertThat(state.getStruct("container").get("labels"))
                .isEqualTo(event.getStruct("container").get("labels"));
        assertThat(event.schema().name()).isEqualTo("io.github.sealwatcher.ContainerEvent");
        assertThat(LabelFormat.JSON.of(Map.of("a\"\\\n\u2028", "\ud83d\ude00\ud83d")))
                .isEqualTo("{\"a\\\"\\\\\\u000a\\u2028\":\"\\ud83d\\ude00\\ud83d\"}");
    }

    private static Object labels(Map<String, String> properties) {
        return map(properties, Samples.started())
                .get(0)
                .value()
                .getStruct("container")
                .getMap("labels");
    }

    private static PendingRecord only(Emission emission) {
        List<PendingRecord> drafts = map(Map.of(), emission);
        assertThat(drafts).hasSize(1);
        return drafts.get(0);
    }

    private static List<PendingRecord> map(Map<String, String> properties, ContainerChange... changes) {
        return map(properties, Samples.emission(Samples.checkpoint(NOW_NS), changes));
    }

    private static List<PendingRecord> map(Map<String, String> properties, Emission emission) {
        Map<String, String> all = new HashMap<>(properties);
        all.put("podman.hosts", "edge-1=unix:///x");
        PodmanConfig config = Samples.config(all);
        List<PendingRecord> drafts = new ArrayList<>();
        var mapper = new RecordMapper(config.topics(), new RecordTimes(() -> NOW_NS / 1_000_000));
        mapper.map(
                Samples.trail(config, null),
                HostEmission.of(Samples.EDGE, emission),
                LastChanges.unknown(),
                drafts::add);
        return drafts;
    }

    private static Map<String, String> headers(PendingRecord record) {
        Map<String, String> headers = new HashMap<>();
        for (Header header : record.headers()) {
            headers.put(header.key(), (String) header.value());
        }
        return headers;
    }
}
