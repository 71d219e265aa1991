package io.github.sealwatcher.connect;

import io.github.sealwatcher.connect.metrics.Registries;
import io.github.sealwatcher.connect.metrics.TaskIdentity;
import io.github.sealwatcher.connect.metrics.TaskMetrics;
import io.github.sealwatcher.fault.FakePodman;
import io.github.sealwatcher.transport.SshKeyring;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.connect.storage.OffsetStorageReader;

/** A real task of a connector that never ran, on a scripted Podman called edge-1. */
final class TaskOnFakePodman {

    private TaskOnFakePodman() {}

    static StartedPodmanSourceTask start(FakePodman podman, String connector, Map<String, String> properties) {
        Map<String, String> all = new HashMap<>(properties);
        all.put("podman.hosts", "edge-1=" + podman.uri());
        all.put("retry.backoff.ms", "10");
        all.put("retry.backoff.max.ms", "50");
        all.put("ping.interval.ms", "100");
        var identity = new TaskIdentity(connector, "0", false);
        return TaskStart.start(
                Samples.config(all),
                null,
                List.of(),
                new NothingStored(),
                TransactionBoundaries.of(null, all),
                new PodmanEngines(new SshKeyring()),
                new TaskMetrics(Registries.of(null, identity), identity, List.of(Samples.EDGE)));
    }

    private static final class NothingStored implements OffsetStorageReader {
        @Override
        public <T> Map<String, Object> offset(Map<String, T> partition) {
            return null;
        }

        @Override
        public <T> Map<Map<String, T>, Map<String, Object>> offsets(Collection<Map<String, T>> partitions) {
            return new HashMap<>();
        }
    }
}
