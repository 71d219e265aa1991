package io.github.sealwatcher.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.sealwatcher.connect.PodmanSourceConnector;
import io.github.sealwatcher.connect.PodmanSourceTask;
import io.github.sealwatcher.quickstart.PodmanService;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.common.metrics.PluginMetrics;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.json.JsonConverter;
import org.apache.kafka.connect.source.SourceRecord;
import org.apache.kafka.connect.source.SourceTaskContext;
import org.apache.kafka.connect.storage.OffsetStorageReader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The task against the Podman of this machine, without a worker around it. */
@EveryPodman
@Timeout(120)
class PodmanSourceTaskIT {

    private static final String EVENTS = "podman.container.events";

    private final Map<String, Object> stored = new HashMap<>();

    @Test
    void tellsLivesAndGoesOnWhereItLeftOff() throws InterruptedException {
        try (PodmanService podman = PodmanService.started()) {
            podman.podman("run", "-d", "--name", "old", PodmanService.IMAGE, "sleep", "1000");
            podman.podman("pod", "create", "--name", "web", "--infra=false");

            PodmanSourceTask first = start(podman);
            assertThat(told(first, 1)).containsExactly("start old snapshot");
            podman.podman("run", "-d", "--pod", "web", "--name", "new", PodmanService.IMAGE, "sleep", "1000");
            podman.podman("rm", "-f", "-t", "0", "new");
            assertThat(told(first, 4))
                    .containsExactly(
                            "pod_association new live", "start new live", "die new live", "pod_association new live");
            first.stop();

            podman.podman("run", "-d", "--name", "missed", PodmanService.IMAGE, "sleep", "1000");
            podman.podman("rm", "-f", "-t", "0", "old");

            PodmanSourceTask second = start(podman);
            assertThat(told(second, 2)).containsExactly("start missed replay", "die old replay");
            second.stop();
        }
    }

    private PodmanSourceTask start(PodmanService podman) {
        var connector = new PodmanSourceConnector();
        Map<String, String> properties = Map.of("podman.hosts", "edge=" + podman.uri());
        assertThat(connector.validate(properties).configValues())
                .allSatisfy(value -> assertThat(value.errorMessages()).isEmpty());
        connector.start(properties);
        var task = new PodmanSourceTask();
        task.initialize(new Context());
        task.start(connector.taskConfigs(1).get(0));
        return task;
    }

    /** The next events, and whatever follows them within a few seconds, for nothing may be told twice. */
    private List<String> told(PodmanSourceTask task, int atLeast) throws InterruptedException {
        List<String> told = new ArrayList<>();
        long quietUntilNs = Long.MAX_VALUE;
        long endNs = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
        while (System.nanoTime() < Math.min(endNs, quietUntilNs)) {
            List<SourceRecord> records = task.poll();
            for (SourceRecord record : records == null ? List.<SourceRecord>of() : records) {
                store(record.sourceOffset());
                if (record.topic().equals(EVENTS)) {
                    Struct event = (Struct) record.value();
                    told.add(event.getString("type") + " "
                            + event.getStruct("container").getString("name") + " " + event.getString("origin"));
                }
            }
            if (told.size() >= atLeast && quietUntilNs == Long.MAX_VALUE) {
                quietUntilNs = System.nanoTime() + TimeUnit.SECONDS.toNanos(4);
            }
        }
        return told;
    }

    /** As Connect would: through JSON, where integers become longs. */
    private void store(Map<String, ?> offset) {
        try (var converter = new JsonConverter()) {
            converter.configure(Map.of("schemas.enable", "false"), false);
            byte[] json = converter.fromConnectData("offsets", null, offset);
            stored.clear();
            ((Map<?, ?>) converter.toConnectData("offsets", json).value())
                    .forEach((field, value) -> stored.put(field.toString(), value));
        }
    }

    private final class Context implements SourceTaskContext, OffsetStorageReader {

        @Override
        public Map<String, String> configs() {
            return Map.of();
        }

        @Override
        public OffsetStorageReader offsetStorageReader() {
            return this;
        }

        @Override
        public PluginMetrics pluginMetrics() {
            return null;
        }

        @Override
        public <T> Map<String, Object> offset(Map<String, T> partition) {
            return stored.isEmpty() ? null : Map.copyOf(stored);
        }

        @Override
        public <T> Map<Map<String, T>, Map<String, Object>> offsets(Collection<Map<String, T>> partitions) {
            Map<Map<String, T>, Map<String, Object>> offsets = new HashMap<>();
            partitions.forEach(partition -> offsets.put(partition, offset(partition)));
            return offsets;
        }
    }
}
