package io.github.sealwatcher.connect;

import io.github.sealwatcher.PodmanWatcher;
import io.github.sealwatcher.connect.config.HostConfig;
import io.github.sealwatcher.connect.config.PodmanConfig;
import io.github.sealwatcher.connect.config.SshConfig;
import io.github.sealwatcher.connect.metrics.TaskMetrics;
import io.github.sealwatcher.connect.offset.OffsetNotes;
import io.github.sealwatcher.connect.offset.Offsets;
import io.github.sealwatcher.connect.record.BatchMapper;
import io.github.sealwatcher.connect.record.HostOffsetContext;
import io.github.sealwatcher.connect.record.HostRemoval;
import io.github.sealwatcher.connect.record.HostRemovalRecords;
import io.github.sealwatcher.connect.record.PrefixChange;
import io.github.sealwatcher.connect.record.RecordMapper;
import io.github.sealwatcher.connect.record.RecordTimes;
import io.github.sealwatcher.host.Clocks;
import io.github.sealwatcher.host.HostRuntime;
import io.github.sealwatcher.host.Outbox;
import io.github.sealwatcher.model.HostName;
import io.github.sealwatcher.watch.Options;
import io.github.sealwatcher.watch.checkpoint.Checkpoint;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.connect.errors.ConnectException;
import org.apache.kafka.connect.source.SourceRecord;
import org.apache.kafka.connect.storage.OffsetStorageReader;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Puts a task together from its configuration and what is stored, and starts it. */
final class TaskStart {

    private static final Logger LOG = LoggerFactory.getLogger(TaskStart.class);

    /** About what a host's first list and history take of a processor: faster than this they would only queue up. */
    private static final long SPREAD_A_HOST_NS = TimeUnit.MILLISECONDS.toNanos(3);

    private static final long MAX_SPREAD_NS = TimeUnit.SECONDS.toNanos(10);

    private TaskStart() {}

    /**
     * Starts it.
     *
     * @param next the configured host that follows this task's by name; null if the first of them does
     * @param removals hosts that are no longer watched, which is to be reported
     * @param boundaries where transactions are to end
     * @param metrics of all configured hosts; closed by the task
     * @throws ConnectException if a stored offset can't be understood
     */
    static StartedPodmanSourceTask start(
            PodmanConfig config,
            @Nullable HostName next,
            List<HostRemoval> removals,
            OffsetStorageReader reader,
            TransactionBoundaries boundaries,
            Engines engines,
            TaskMetrics metrics) {
        Map<HostName, Map<String, Object>> stored = stored(config, reader);
        Map<HostName, Checkpoint> checkpoints = new HashMap<>();
        stored.forEach((host, offset) -> checkpoints.put(host, checkpoint(host, offset)));

        var mapper = new RecordMapper(config.topics(), new RecordTimes(System::currentTimeMillis));
        List<SourceRecord> farewells =
                new ArrayList<>(new HostRemovalRecords(mapper, config.forgetRemoved(), reader).records(removals));
        metrics.removed((int)
                farewells.stream().map(SourceRecord::sourcePartition).distinct().count());
        Map<HostName, HostName> successors = HostRing.successors(config.hosts(), next);
        List<HostOffsetContext> trails = new ArrayList<>();
        for (HostConfig host : config.hosts()) {
            Map<String, Object> offset = stored.get(host.name());
            Checkpoint known = checkpoints.get(host.name());
            var notes = new OffsetNotes(
                    successors.get(host.name()),
                    config.topics().prefix(),
                    offset != null && OffsetNotes.of(offset).rowsRemoved());
            PrefixChange change = offset == null || known == null
                    ? null
                    : PrefixChange.of(host, notes, offset, known, mapper, nowNs());
            if (change == null) {
                trails.add(new HostOffsetContext(host, notes, offset, metrics.of(host.name())));
            } else {
                farewells.addAll(change.records());
                checkpoints.put(host.name(), change.checkpoint());
                trails.add(
                        new HostOffsetContext(host, notes.withRows(false), change.offset(), metrics.of(host.name())));
            }
        }
        var outbox = new Outbox(config.queue().changes(), config.queue().bytes());
        var runtime = new HostRuntime("podman", WorkerContext.capture()::wrap, Clocks.SYSTEM);
        var random = new SplittableRandom();
        List<PodmanWatcher> watchers = new ArrayList<>();
        for (HostConfig host : config.hosts()) {
            Options options = host.options(config.topics(), random.nextLong());
            watchers.add(PodmanWatcher.at(host.entry().address())
                    .host(host.name())
                    .engines(() -> engines.open(host, options::describes, metrics.of(host.name())))
                    .metrics(metrics.of(host.name()))
                    .options(options)
                    .checkpoint(checkpoints.get(host.name()))
                    .runtime(runtime)
                    .sink(outbox)
                    .build());
        }
        config.hosts().stream()
                .filter(HostConfig::trustsAnybody)
                .forEach(host -> LOG.warn(
                        "Host {}: host key checking is off ({}=false): the connection is open to man-in-the-middle attacks",
                        host.entry(),
                        SshConfig.STRICT));
        LOG.info(
                "Watching {}; resuming {}",
                config.hosts().stream().map(HostConfig::entry).toList(),
                checkpoints.keySet());
        metrics.register(outbox, config.monitoring().perHost());
        long spreadNs = Math.min(MAX_SPREAD_NS, watchers.size() * SPREAD_A_HOST_NS);
        watchers.forEach(watcher -> watcher.startIn(Duration.ofNanos(random.nextLong(spreadNs))));
        return new StartedPodmanSourceTask(
                farewells,
                watchers,
                outbox,
                runtime,
                new BatchMapper(trails, mapper),
                boundaries,
                config.queue().batch(),
                metrics);
    }

    private static Map<HostName, Map<String, Object>> stored(PodmanConfig config, OffsetStorageReader reader) {
        Map<Map<String, String>, HostName> partitions = new HashMap<>();
        config.hosts().forEach(host -> partitions.put(Offsets.partition(host.name()), host.name()));
        Map<HostName, Map<String, Object>> stored = new HashMap<>();
        reader.offsets(partitions.keySet()).forEach((partition, offset) -> {
            @Nullable HostName host = partitions.get(partition);
            if (host != null && offset != null) {
                stored.put(host, offset);
            }
        });
        return stored;
    }

    private static long nowNs() {
        return TimeUnit.MILLISECONDS.toNanos(System.currentTimeMillis());
    }

    private static Checkpoint checkpoint(HostName host, Map<String, Object> offset) {
        try {
            return Offsets.decode(offset);
        } catch (IllegalArgumentException e) {
            throw new ConnectException(
                    "host " + host + ": the stored offset can't be resumed from: " + e.getMessage()
                            + ". Stop the connector, then PATCH /connectors/<name>/offsets with {\"time_ns\": T} for"
                            + " this host to read again from T, or DELETE them to begin anew",
                    e);
        }
    }
}
