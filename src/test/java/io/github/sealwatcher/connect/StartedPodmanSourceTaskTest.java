package io.github.sealwatcher.connect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.github.sealwatcher.connect.config.PodmanConfig;
import io.github.sealwatcher.connect.metrics.Registries;
import io.github.sealwatcher.connect.metrics.TaskIdentity;
import io.github.sealwatcher.connect.metrics.TaskMetrics;
import io.github.sealwatcher.connect.record.BatchMapper;
import io.github.sealwatcher.connect.record.RecordMapper;
import io.github.sealwatcher.connect.record.RecordTimes;
import io.github.sealwatcher.engine.EngineException;
import io.github.sealwatcher.host.Clocks;
import io.github.sealwatcher.host.HostEmission;
import io.github.sealwatcher.host.HostRuntime;
import io.github.sealwatcher.host.Outbox;
import io.github.sealwatcher.model.EngineIdentity;
import io.github.sealwatcher.model.HostName;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.apache.kafka.connect.errors.ConnectException;
import org.apache.kafka.connect.source.SourceRecord;
import org.apache.kafka.connect.storage.OffsetStorageReader;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.slf4j.MDC;

class StartedPodmanSourceTaskTest {

    private static final EngineIdentity ENGINE = Samples.ENGINE;

    private final CountDownLatch released = new CountDownLatch(1);

    @AfterEach
    void release() {
        released.countDown();
    }

    /** A call that waited for the host would never return. */
    @Test
    @Timeout(30)
    void connectsNothingBeforeItReturnsAndNeverBlocksThePollForLong() throws InterruptedException {
        try (StartedPodmanSourceTask task = start(Map.of(), new Stored(Map.of()), this::hang)) {
            assertThat(task.poll()).isNull();
        }
    }

    @Test
    @Timeout(30)
    void stopsInTimeThoughTheHostHangs() throws InterruptedException {
        StartedPodmanSourceTask task = start(Map.of(), new Stored(Map.of()), this::hang);
        assertThat(task.poll()).isNull();

        task.close();

        assertThat(task.poll()).isNull();
    }

    @Test
    void reportsALostHost() throws InterruptedException {
        try (StartedPodmanSourceTask task = start(Map.of(), new Stored(Map.of()), () -> {
            throw new EngineException.Unreachable("nobody there", null);
        })) {
            List<SourceRecord> records = first(task);

            assertThat(records).isNotEmpty();
            assertThat(records.get(0).topic()).isEqualTo("podman.host.events");
            assertThat(records.get(0).sourcePartition()).isEqualTo(Map.of("host", "edge-1"));
        }
    }

    @Test
    void failsWhenRetriesAreExhausted() {
        try (StartedPodmanSourceTask task = start(Map.of("retry.max.elapsed.ms", "0"), new Stored(Map.of()), () -> {
            throw new EngineException.Unreachable("nobody there", null);
        })) {
            Throwable failure = catchThrowable(() -> {
                for (int i = 0; i < 20; i++) {
                    task.poll();
                }
            });

            assertThat(failure).isInstanceOf(ConnectException.class).hasMessageContaining("host edge-1");
        }
    }

    static Stream<Throwable> throwables() {
        return Stream.of(
                new OutOfMemoryError("on purpose"),
                new StackOverflowError("on purpose"),
                new NoClassDefFoundError("on/Purpose"),
                new IllegalStateException("on purpose"));
    }

    /** The mapper's part of the matrix of errors: what was taken and isn't mapped must not pass for delivered. */
    @ParameterizedTest
    @MethodSource("throwables")
    void mapperExceptionFailsTheTask(Throwable thrown) throws InterruptedException {
        PodmanConfig config = Samples.config(Map.of("podman.hosts", "edge-1=unix:///x"));
        RecordTimes times = new RecordTimes(() -> {
            if (thrown instanceof Error error) {
                throw error;
            }
            throw (RuntimeException) thrown;
        });
        var outbox = new Outbox(10, 1 << 20);
        var identity = new TaskIdentity("podman", "0", false);
        try (var task = new StartedPodmanSourceTask(
                List.of(),
                List.of(),
                outbox,
                new HostRuntime("podman", work -> work, Clocks.SYSTEM),
                new BatchMapper(List.of(Samples.trail(config, null)), new RecordMapper(config.topics(), times)),
                TransactionBoundaries.of(null, Map.of()),
                10,
                new TaskMetrics(Registries.of(null, identity), identity, List.of(Samples.EDGE)))) {
            outbox.put(HostEmission.of(
                    Samples.EDGE, Samples.emission(Samples.checkpoint(Samples.NOW_NS), Samples.started())));
            assertThat(catchThrowable(task::poll)).isSameAs(thrown);
        }
    }

    @Test
    void rejectsABrokenOffsetAndNamesTheRemedy() {
        assertThatThrownBy(() -> start(Map.of(), new Stored(Map.of("time_ns", 5L, "seen", 7L)), () -> ENGINE))
                .isInstanceOf(ConnectException.class)
                .hasMessageContaining("host edge-1")
                .hasMessageContaining("seen: expected text, found 7")
                .hasMessageContaining("PATCH /connectors/<name>/offsets");
    }

    @Test
    void itsThreadsLogUnderTheConnectorsName() throws InterruptedException {
        MDC.put("connector.context", "[podman|task-0] ");
        Map<String, String> seen = new HashMap<>();
        try (StartedPodmanSourceTask task = start(Map.of(), new Stored(Map.of()), () -> {
            synchronized (seen) {
                seen.put("context", MDC.get("connector.context"));
                seen.put("daemon", String.valueOf(Thread.currentThread().isDaemon()));
            }
            throw new EngineException.Unreachable("nobody there", null);
        })) {
            first(task);
        } finally {
            MDC.remove("connector.context");
        }
        synchronized (seen) {
            assertThat(seen).containsEntry("context", "[podman|task-0] ").containsEntry("daemon", "true");
        }
    }

    private static List<SourceRecord> first(StartedPodmanSourceTask task) throws InterruptedException {
        List<SourceRecord> records = null;
        for (int i = 0; i < 20 && records == null; i++) {
            records = task.poll();
        }
        return records;
    }

    private static StartedPodmanSourceTask start(
            Map<String, String> properties, OffsetStorageReader reader, ScriptedEngine.Answer answer) {
        Map<String, String> all = new HashMap<>(properties);
        all.put("podman.hosts", "edge-1=unix:///x");
        var identity = new TaskIdentity("podman", "0", false);
        return TaskStart.start(
                Samples.config(all),
                null,
                List.of(),
                reader,
                TransactionBoundaries.of(null, all),
                (host, described, counting) -> new ScriptedEngine(answer),
                new TaskMetrics(Registries.of(null, identity), identity, List.of(new HostName("edge-1"))));
    }

    /** Deaf to interrupts and closed sockets, as a blocked name server would be. */
    private EngineIdentity hang() {
        while (released.getCount() > 0) {
            Thread.interrupted();
            LockSupport.parkNanos(10_000_000);
        }
        return ENGINE;
    }

    /** What Connect holds for every host. */
    private record Stored(Map<String, Object> offset) implements OffsetStorageReader {

        @Override
        public <T> Map<String, Object> offset(Map<String, T> partition) {
            return offset.isEmpty() ? null : offset;
        }

        @Override
        public <T> Map<Map<String, T>, Map<String, Object>> offsets(Collection<Map<String, T>> partitions) {
            Map<Map<String, T>, Map<String, Object>> offsets = new HashMap<>();
            partitions.forEach(partition -> offsets.put(partition, offset(partition)));
            return offsets;
        }
    }
}
