package io.github.sealwatcher.examples;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.TreeMap;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.StoreQueryParameters;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.kstream.Consumed;
import org.apache.kafka.streams.kstream.Grouped;
import org.apache.kafka.streams.kstream.KStream;
import org.apache.kafka.streams.kstream.KTable;
import org.apache.kafka.streams.kstream.Materialized;
import org.apache.kafka.streams.kstream.TimeWindows;
import org.apache.kafka.streams.kstream.Windowed;
import org.apache.kafka.streams.processor.api.FixedKeyProcessorSupplier;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.QueryableStoreTypes;
import org.apache.kafka.streams.state.Stores;

/**
 * Tables that Kafka Streams keeps of what the connector writes: what is alive, by project and by pod; how often containers
 * were started again in an hour; and which of them crash over and over.
 */
public final class ContainerTables {
    /** How many bad ends within {@link #LOOP} make a crash loop. */
    static final int LOOPING = 3;

    private static final Duration HOUR = Duration.ofHours(1);
    private static final Duration LOOP = Duration.ofMinutes(10);
    /** A host that was out of reach is read afterwards, with the times at which things happened. */
    private static final Duration LATEST = Duration.ofDays(1);

    private static final String ALIVE = "alive";
    private static final String BY_PROJECT = "alive-by-project";
    private static final String BY_POD = "alive-by-pod";
    private static final String RESTARTS = "restarts-per-hour";
    private static final String CRASHES = "crashes";

    private static final Serde<JsonNode> JSON = new JsonSerde();

    private ContainerTables() {}

    /** Of the topics of a connector with that {@code topic.prefix}. */
    public static Topology topology(String prefix) {
        StreamsBuilder builder = new StreamsBuilder();
        alive(builder, prefix + ".container.state");
        events(builder, prefix + ".container.events");
        return builder.build();
    }

    private static void alive(StreamsBuilder builder, String topic) {
        KTable<JsonNode, JsonNode> alive = builder.table(
                topic,
                Consumed.with(JSON, JSON),
                Materialized.<JsonNode, JsonNode>as(Stores.inMemoryKeyValueStore(ALIVE))
                        .withKeySerde(JSON)
                        .withValueSerde(JSON));
        // Grouping a table takes a row out of its old group when it changes, and altogether when it becomes null.
        alive.groupBy(
                        (key, row) -> KeyValue.pair(row.at("/container/project").asText(""), row),
                        Grouped.with(Serdes.String(), JSON))
                .count(Materialized.<String, Long>as(Stores.inMemoryKeyValueStore(BY_PROJECT))
                        .withKeySerde(Serdes.String())
                        .withValueSerde(Serdes.Long()));
        alive.filter((key, row) -> row.path("pod").isObject())
                .groupBy(
                        (key, row) -> KeyValue.pair(
                                row.path("host").asText() + "/"
                                        + row.at("/pod/name").asText(""),
                                row),
                        Grouped.with(Serdes.String(), JSON))
                .count(Materialized.<String, Long>as(Stores.inMemoryKeyValueStore(BY_POD))
                        .withKeySerde(Serdes.String())
                        .withValueSerde(Serdes.Long()));
    }

    private static void events(StreamsBuilder builder, String topic) {
        builder.addStateStore(Restarts.store());
        KStream<JsonNode, JsonNode> events = builder.stream(topic, Consumed.with(JSON, JSON));
        FixedKeyProcessorSupplier<JsonNode, JsonNode, JsonNode> restarts = Restarts::new;
        count(events.processValues(restarts, Restarts.STORE), HOUR, HOUR, RESTARTS);
        KStream<JsonNode, JsonNode> crashes =
                events.filter((key, event) -> event.path("type").asText().equals("die")
                        && event.path("exit_code").asInt() != 0);
        count(crashes, LOOP, LOOP.dividedBy(2), CRASHES);
    }

    /** By name: a container that is made anew under its name goes on with what it was. */
    private static void count(KStream<JsonNode, JsonNode> events, Duration window, Duration advance, String store) {
        events.groupBy(
                        (key, event) -> event.path("host").asText() + "/"
                                + event.at("/container/name").asText(""),
                        Grouped.with(Serdes.String(), JSON))
                .windowedBy(TimeWindows.ofSizeAndGrace(window, LATEST).advanceBy(advance))
                .count(Materialized.<String, Long>as(
                                Stores.inMemoryWindowStore(store, window.plus(LATEST), window, false))
                        .withKeySerde(Serdes.String())
                        .withValueSerde(Serdes.Long()));
    }

    /** Status and pod of what is alive, by container id; a pod's id after {@code in}, as for instance {@code running in 3f…}. */
    public static Map<String, String> alive(KafkaStreams streams) {
        while (true) {
            try {
                return rows(streams);
            } catch (NoSuchElementException e) {
                // A store in memory is read while it changes, and a row can go between hasNext and next: read it again.
                Thread.onSpinWait();
            }
        }
    }

    private static Map<String, String> rows(KafkaStreams streams) {
        Map<String, String> rows = new TreeMap<>();
        try (KeyValueIterator<JsonNode, JsonNode> all = streams.store(StoreQueryParameters.fromNameAndType(
                        ALIVE, QueryableStoreTypes.<JsonNode, JsonNode>keyValueStore()))
                .all()) {
            all.forEachRemaining(row -> {
                if (row.value == null) {
                    // It went after its key was read.
                    return;
                }
                String pod = row.value.at("/pod/id").asText("");
                rows.put(
                        row.key.path("container_id").asText(),
                        row.value.path("status").asText() + (pod.isEmpty() ? "" : " in " + pod));
            });
        }
        return rows;
    }

    /** How many are alive by compose project; those without one under the empty name. */
    public static Map<String, Long> aliveByProject(KafkaStreams streams) {
        return counts(streams, BY_PROJECT);
    }

    /** How many are alive by {@code host/pod}. */
    public static Map<String, Long> aliveByPod(KafkaStreams streams) {
        return counts(streams, BY_POD);
    }

    /** How often each {@code host/container} was started again, by the hour that its window begins with. */
    public static Map<String, Long> restartsPerHour(KafkaStreams streams) {
        return windows(streams, RESTARTS, 1);
    }

    /** Those that ended badly {@value #LOOPING} times or more within ten minutes, by where these begin. */
    public static Map<String, Long> crashLoops(KafkaStreams streams) {
        return windows(streams, CRASHES, LOOPING);
    }

    private static Map<String, Long> counts(KafkaStreams streams, String store) {
        Map<String, Long> counts = new TreeMap<>();
        try (KeyValueIterator<String, Long> all = streams.store(
                        StoreQueryParameters.fromNameAndType(store, QueryableStoreTypes.<String, Long>keyValueStore()))
                .all()) {
            all.forEachRemaining(count -> {
                // A group of which the last has left stays, with nothing in it.
                if (count.value > 0) {
                    counts.put(count.key, count.value);
                }
            });
        }
        return counts;
    }

    private static Map<String, Long> windows(KafkaStreams streams, String store, int min) {
        Map<String, Long> counts = new TreeMap<>();
        try (KeyValueIterator<Windowed<String>, Long> all = streams.store(
                        StoreQueryParameters.fromNameAndType(store, QueryableStoreTypes.<String, Long>windowStore()))
                .all()) {
            all.forEachRemaining(count -> {
                if (count.value >= min) {
                    Instant from = count.key.window().startTime();
                    counts.put(count.key.key() + " " + from, count.value);
                }
            });
        }
        return counts;
    }
}
