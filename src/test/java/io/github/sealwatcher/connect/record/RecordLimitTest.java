package io.github.sealwatcher.connect.record;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.sealwatcher.connect.Samples;
import io.github.sealwatcher.connect.config.PodmanConfig;
import io.github.sealwatcher.host.HostEmission;
import io.github.sealwatcher.model.Container;
import io.github.sealwatcher.model.ContainerChange;
import io.github.sealwatcher.model.ContainerId;
import io.github.sealwatcher.model.DetailSource;
import io.github.sealwatcher.model.Life;
import io.github.sealwatcher.model.LiveContainer;
import io.github.sealwatcher.model.Origin;
import io.github.sealwatcher.model.Status;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.json.JsonConverter;
import org.apache.kafka.connect.source.SourceRecord;
import org.junit.jupiter.api.Test;

class RecordLimitTest {

    /** What a producer takes by default. */
    private static final int MAX_REQUEST = 1 << 20;

    private static final int HUGE = 100 * 1024;

    private final RecordLimit limit = new RecordLimit(Samples.EDGE, 1000);

    @Test
    void largestValuesAreLeftOutUntilTheRestFits() {
        RecordLimit.Fitted fitted = limit.fit(container(
                "web", Map.of("a", "x".repeat(600), "b", "y".repeat(700), "c", "z"), Map.of("/A", "i".repeat(500))));
        assertThat(fitted.container().labels()).containsOnlyKeys("c");
        assertThat(fitted.container().inspect()).containsOnlyKeys("/A");
        assertThat(fitted.truncated()).isEqualTo("labels.b,labels.a");
    }

    @Test
    void recordsWithinTheLimitAreUnchanged() {
        Container container = container("web", Map.of("a", "x".repeat(999)), Map.of());
        assertThat(limit.fit(container)).isEqualTo(new RecordLimit.Fitted(container, null));
    }

    @Test
    void escapedLengthCounts() {
        assertThat(limit.fit(container("web", Map.of("a", "\u0001".repeat(200)), Map.of()))
                        .truncated())
                .isEqualTo("labels.a");
        assertThat(limit.fit(container("web", Map.of("a", "\u20ac".repeat(400)), Map.of()))
                        .truncated())
                .isEqualTo("labels.a");
    }

    @Test
    void namesAreCutAndHeadersBounded() {
        Map<String, String> many = new HashMap<>();
        for (int i = 0; i < 500; i++) {
            many.put("key\n,".repeat(100) + i, "v".repeat(500));
        }
        RecordLimit.Fitted fitted = limit.fit(container("n".repeat(4095) + "\ud83d\ude00", many, Map.of()));
        assertThat(fitted.container().name()).isEqualTo("n".repeat(4095));
        assertThat(fitted.truncated())
                .startsWith("name,labels.key__key__")
                .endsWith(" more")
                .hasSizeLessThan(2500)
                .doesNotContain("\n");
    }

    /** The case that failed a task: twelve labels of 100 kB, from mapping to the bytes that a producer would be given. */
    @Test
    void containerWithHugeLabelsGivesRecordsThatAProducerTakes() {
        Map<String, String> labels = new HashMap<>(Map.of("small", "kept"));
        for (int i = 0; i < 12; i++) {
            labels.put("huge" + i, "\"".repeat(HUGE));
        }
        PodmanConfig config = Samples.config(Map.of("podman.hosts", "edge-1=unix:///x"));
        var mapper = new BatchMapper(
                List.of(Samples.trail(config, null)),
                new RecordMapper(config.topics(), new RecordTimes(System::currentTimeMillis)));
        Container container = container("web", labels, Map.of());
        var started = new ContainerChange.Started(
                Samples.occurrence("start", Origin.LIVE),
                new LiveContainer(container, Life.exact(Samples.NOW_NS, 7), Status.RUNNING, Samples.NOW_NS, null));
        List<SourceRecord> records = mapper.map(
                List.of(HostEmission.of(Samples.EDGE, Samples.emission(Samples.checkpoint(Samples.NOW_NS), started))));
        assertThat(records).hasSize(2);
        try (JsonConverter converter = new JsonConverter()) {
            converter.configure(Map.of(), false);
            for (SourceRecord each : records) {
                assertThat(converter.fromConnectData(each.topic(), each.valueSchema(), each.value()))
                        .hasSizeLessThan(MAX_REQUEST);
                assertThat(((Struct) each.value()).getStruct("container").getMap("labels"))
                        .containsEntry("small", "kept")
                        .hasSize(3);
                assertThat(each.headers()
                                .lastWithName("podman.truncated")
                                .value()
                                .toString())
                        .startsWith("labels.huge")
                        .hasSizeGreaterThan(100);
            }
        }
    }

    private static Container container(String name, Map<String, String> labels, Map<String, String> inspect) {
        return new Container(
                new ContainerId("c1"), name, "image", null, labels, false, false, inspect, DetailSource.INSPECT);
    }
}
