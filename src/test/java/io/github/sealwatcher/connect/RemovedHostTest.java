package io.github.sealwatcher.connect;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.sealwatcher.connect.metrics.Registries;
import io.github.sealwatcher.connect.metrics.TaskIdentity;
import io.github.sealwatcher.connect.metrics.TaskMetrics;
import io.github.sealwatcher.connect.offset.ManyContainers;
import io.github.sealwatcher.connect.offset.OffsetNotes;
import io.github.sealwatcher.connect.offset.Offsets;
import io.github.sealwatcher.connect.record.HostRemoval;
import io.github.sealwatcher.engine.EngineException;
import io.github.sealwatcher.model.HostName;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.metrics.PluginMetrics;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.source.SourceConnectorContext;
import org.apache.kafka.connect.source.SourceRecord;
import org.apache.kafka.connect.storage.OffsetStorageReader;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** A host that is taken out of {@code podman.hosts}, from the connector's start to the records. */
class RemovedHostTest {

    private static final HostName REMOVED = new HostName("b");
    private static final Map<String, String> CONFIG = Map.of("name", "RemovedHostTest", "podman.hosts", "a=unix:///a");

    /** Of a worker that never saw the earlier configuration: the offsets lead to the host. */
    @Test
    void isHandedToATask() {
        var connector = new PodmanSourceConnector();
        connector.initialize(new Context(new StoredOffsets(Map.of(
                "a", Map.of("time_ns", 5L, "next_host", "b"),
                "b", Map.of("time_ns", 5L, "next_host", "a")))));
        connector.start(CONFIG);

        Map<String, String> task = new HashMap<>(connector.taskConfigs(1).get(0));
        connector.stop();

        assertThat(HostRemoval.take(task)).extracting(HostRemoval::host).containsExactly(REMOVED);
    }

    @Test
    void isReportedBeforeAllElse() throws InterruptedException {
        StoredOffsets stored =
                StoredOffsets.of(REMOVED, Offsets.encode(ManyContainers.of(2, 0, 1_000, 0), 0, OffsetNotes.NONE));
        var identity = new TaskIdentity("podman", "0", false);
        try (StartedPodmanSourceTask task = TaskStart.start(
                Samples.config(CONFIG),
                null,
                List.of(new HostRemoval(REMOVED, Samples.NOW_NS)),
                stored,
                TransactionBoundaries.of(null, CONFIG),
                (host, described, counting) -> new ScriptedEngine(() -> {
                    throw new EngineException.Unreachable("nobody there", null);
                }),
                new TaskMetrics(Registries.of(null, identity), identity, List.of(new HostName("a"))))) {
            List<SourceRecord> records = task.poll();

            assertThat(records)
                    .extracting(SourceRecord::topic)
                    .containsExactly(
                            "podman.container.state",
                            "podman.container.state",
                            "__podman-heartbeat.podman",
                            "podman.host.events");
            assertThat(records).extracting(SourceRecord::sourcePartition).containsOnly(Offsets.partition(REMOVED));
            assertThat(((Struct) records.get(3).value()).getString("type")).isEqualTo("disconnected");
        }
    }

    private record Context(OffsetStorageReader offsets) implements SourceConnectorContext {

        @Override
        public void requestTaskReconfiguration() {
            throw new AssertionError("no inventory is followed");
        }

        @Override
        public void raiseError(Exception e) {
            throw new AssertionError(e);
        }

        @Override
        public @Nullable PluginMetrics pluginMetrics() {
            return null;
        }

        @Override
        public OffsetStorageReader offsetStorageReader() {
            return offsets;
        }
    }
}
