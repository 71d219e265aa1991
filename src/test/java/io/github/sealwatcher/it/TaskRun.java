package io.github.sealwatcher.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.sealwatcher.connect.PodmanSourceConnector;
import io.github.sealwatcher.connect.PodmanSourceTask;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.apache.kafka.common.metrics.PluginMetrics;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.json.JsonConverter;
import org.apache.kafka.connect.source.SourceRecord;
import org.apache.kafka.connect.source.SourceTaskContext;
import org.apache.kafka.connect.storage.OffsetStorageReader;

/** One run of a task without a worker around it; what it gives is kept, and its offsets are stored as Connect does. */
final class TaskRun implements AutoCloseable {

    private static final long LIMIT_NS = TimeUnit.SECONDS.toNanos(120);

    private final PodmanSourceTask task = new PodmanSourceTask();
    private final Map<String, Object> stored;
    private final List<Struct> events = new ArrayList<>();
    private final List<Struct> hostEvents = new ArrayList<>();
    private final Map<String, Struct> table = new HashMap<>();

    /**
     * A run that has begun.
     *
     * @param stored the one host's offset, empty if there is none; goes along with what is told
     */
    TaskRun(Map<String, Object> stored, Map<String, String> properties) {
        this.stored = stored;
        var connector = new PodmanSourceConnector();
        assertThat(connector.validate(properties).configValues())
                .allSatisfy(value -> assertThat(value.errorMessages()).isEmpty());
        connector.start(properties);
        task.initialize(new Context());
        task.start(connector.taskConfigs(1).get(0));
    }

    /** Reads on to such an event; gives all events from the beginning as {@code type name}. */
    List<String> until(String last) throws InterruptedException {
        await(
                last,
                () -> !events.isEmpty() && text(events.get(events.size() - 1)).equals(last));
        return texts();
    }

    /** Reads on to such a host event; gives all container events from the beginning as {@code type name}. */
    List<String> untilHost(String type) throws InterruptedException {
        int before = hostEvents.size();
        await(
                type,
                () -> hostEvents.stream()
                        .skip(before)
                        .anyMatch(event -> event.getString("type").equals(type)));
        return texts();
    }

    /** Reads on until this is true. */
    void await(String what, BooleanSupplier isThere) throws InterruptedException {
        long endNs = System.nanoTime() + LIMIT_NS;
        while (!isThere.getAsBoolean()) {
            assertThat(System.nanoTime())
                    .as("%s after %s and %s", what, texts(), hostEvents)
                    .isLessThan(endNs);
            List<SourceRecord> records = task.poll();
            (records == null ? List.<SourceRecord>of() : records).forEach(this::keep);
        }
    }

    /** The newest event of that kind. */
    Struct event(String text) {
        return events.stream()
                .filter(event -> text(event).equals(text))
                .reduce((older, newer) -> newer)
                .orElseThrow();
    }

    List<Struct> events() {
        return events;
    }

    List<Struct> hostEvents() {
        return hostEvents;
    }

    /** What the state topic holds, by container id. */
    Map<String, Struct> table() {
        return table;
    }

    @Override
    public void close() {
        task.stop();
    }

    private List<String> texts() {
        return events.stream().map(TaskRun::text).toList();
    }

    private static String text(Struct event) {
        return event.getString("type") + " " + event.getStruct("container").getString("name");
    }

    private void keep(SourceRecord record) {
        task.commitRecord(record, null);
        store(record.sourceOffset());
        Struct value = (Struct) record.value();
        if (record.topic().endsWith(".container.events")) {
            events.add(value);
        } else if (record.topic().endsWith(".host.events")) {
            hostEvents.add(value);
        } else if (record.topic().endsWith(".container.state")) {
            String id = ((Struct) record.key()).getString("container_id");
            if (value == null) {
                table.remove(id);
            } else {
                table.put(id, value);
            }
        }
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
