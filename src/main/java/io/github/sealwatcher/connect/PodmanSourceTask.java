package io.github.sealwatcher.connect;

import io.github.sealwatcher.connect.config.HostConfig;
import io.github.sealwatcher.connect.config.PodmanConfig;
import io.github.sealwatcher.connect.metrics.Registries;
import io.github.sealwatcher.connect.metrics.TaskIdentity;
import io.github.sealwatcher.connect.metrics.TaskMetrics;
import io.github.sealwatcher.connect.record.HostRemoval;
import io.github.sealwatcher.engine.podman.LocalHost;
import io.github.sealwatcher.model.HostName;
import io.github.sealwatcher.transport.SshKeyring;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.connect.errors.ConnectException;
import org.apache.kafka.connect.source.SourceRecord;
import org.apache.kafka.connect.source.SourceTask;
import org.jspecify.annotations.Nullable;

/**
 * The task as Connect knows it: a shell around {@link StartedPodmanSourceTask}, so that nothing in there can be half
 * started. Connect calls all methods but {@link #commitRecord} from the task's own thread, and {@link #stop} even if the
 * start failed.
 */
public final class PodmanSourceTask extends SourceTask {

    /** Also read by the producer's thread. */
    private volatile @Nullable StartedPodmanSourceTask started;

    /** Called by the worker. */
    public PodmanSourceTask() {}

    @Override
    public String version() {
        return Version.current();
    }

    /** Connects nothing: hosts are connected by their own threads, so that one that is down doesn't delay the others. */
    @Override
    public void start(Map<String, String> props) {
        Map<String, String> properties = new HashMap<>(props);
        List<HostRemoval> removals = HostRemoval.take(properties);
        HostName next = HostRing.take(properties);
        TaskIdentity identity = TaskIdentity.take(properties);
        PodmanConfig config = PodmanConfig.parse(properties, LocalHost.local());
        var metrics = new TaskMetrics(
                Registries.of(context, identity),
                identity,
                config.hosts().stream().map(HostConfig::name).toList());
        started = TaskStart.start(
                config,
                next,
                removals,
                context.offsetStorageReader(),
                TransactionBoundaries.of(context.transactionContext(), properties),
                new PodmanEngines(new SshKeyring()),
                metrics);
    }

    @Override
    public @Nullable List<SourceRecord> poll() throws InterruptedException {
        StartedPodmanSourceTask task = started;
        if (task == null) {
            throw new ConnectException("the task was asked for records before it was started");
        }
        return task.poll();
    }

    /** Called by the producer's thread, also for a record that a transformation has dropped: it has no metadata then. */
    @Override
    public void commitRecord(SourceRecord record, @Nullable RecordMetadata metadata) {
        StartedPodmanSourceTask task = started;
        if (task != null) {
            task.acknowledged();
        }
    }

    @Override
    public void stop() {
        StartedPodmanSourceTask task = started;
        started = null;
        if (task != null) {
            task.close();
        }
    }
}
