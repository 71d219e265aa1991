package io.github.sealwatcher.it;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.NullNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.awaitility.Awaitility;
import org.awaitility.core.ThrowingRunnable;

/** All that a connector has committed to its topics, read from the beginning. One thread. */
final class TopicLog implements AutoCloseable {

    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static final Duration WAIT = Duration.ofMillis(50);
    private static final ObjectMapper JSON = new ObjectMapper();

    private final String bootstrapServers;
    private final String prefix;
    private final KafkaConsumer<byte[], byte[]> consumer;
    private final List<Received> records = new ArrayList<>();

    TopicLog(String bootstrapServers, String prefix) {
        this(bootstrapServers, prefix, "read_committed");
    }

    private TopicLog(String bootstrapServers, String prefix, String isolation) {
        this.bootstrapServers = bootstrapServers;
        this.prefix = prefix;
        this.consumer = new KafkaConsumer<>(
                Map.of(
                        "bootstrap.servers",
                        bootstrapServers,
                        "auto.offset.reset",
                        "earliest",
                        "isolation.level",
                        isolation,
                        "allow.auto.create.topics",
                        "false"),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer());
    }

    /** With what is in open transactions and in aborted ones. */
    static TopicLog uncommitted(String bootstrapServers, String prefix) {
        return new TopicLog(bootstrapServers, prefix, "read_uncommitted");
    }

    /** The same topics, from their beginning once more. */
    TopicLog again() {
        return new TopicLog(bootstrapServers, prefix);
    }

    String eventsTopic() {
        return prefix + ".container.events";
    }

    String stateTopic() {
        return prefix + ".container.state";
    }

    String hostTopic() {
        return prefix + ".host.events";
    }

    String heartbeatTopic() {
        return "__podman-heartbeat." + prefix;
    }

    List<Received> events() {
        return of(eventsTopic());
    }

    List<Received> events(String id) {
        return events().stream().filter(record -> record.id().equals(id)).toList();
    }

    List<Received> eventsOf(String containerName) {
        return events().stream()
                .filter(record -> record.name().equals(containerName))
                .toList();
    }

    List<Received> states() {
        return of(stateTopic());
    }

    List<Received> hostEvents() {
        return of(hostTopic());
    }

    List<String> hostEventTypes() {
        return hostEvents().stream().map(Received::type).toList();
    }

    /** What happened to a container, by type, in order. */
    List<String> story(String id) {
        return events(id).stream().map(Received::type).toList();
    }

    /** The table of what is alive, as compaction leaves it: status by container id. */
    Map<String, String> table() {
        Map<String, String> table = new HashMap<>();
        for (Received record : states()) {
            if (record.value().isNull()) {
                table.remove(record.id());
            } else {
                table.put(record.id(), record.text("/status"));
            }
        }
        return table;
    }

    /** The same, from the trail alone. */
    Map<String, String> foldedTrail() {
        Map<String, String> table = new HashMap<>();
        for (Received record : events()) {
            switch (record.type()) {
                case "start", "unpause" -> table.put(record.id(), "running");
                case "pause" -> table.put(record.id(), "paused");
                case "die" -> table.remove(record.id());
                default -> {
                    // Whatever else happens leaves it as alive as it is.
                }
            }
        }
        return table;
    }

    /** Reads on until the assertion holds, and fails as it does if it doesn't in time. */
    void await(String what, ThrowingRunnable assertion) {
        Awaitility.await(what)
                .pollInSameThread()
                .pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(10))
                .atMost(LIMIT)
                .untilAsserted(() -> {
                    poll();
                    assertion.run();
                });
    }

    /** Reads what there is by now. */
    void poll() {
        Set<String> assigned =
                consumer.assignment().stream().map(TopicPartition::topic).collect(Collectors.toSet());
        Set<String> wanted = Set.of(eventsTopic(), stateTopic(), hostTopic(), heartbeatTopic());
        if (!assigned.containsAll(wanted)) {
            consumer.assign(consumer.listTopics().entrySet().stream()
                    .filter(topic -> wanted.contains(topic.getKey()))
                    .flatMap(topic -> topic.getValue().stream())
                    .map(partition -> new TopicPartition(partition.topic(), partition.partition()))
                    .toList());
        }
        if (!consumer.assignment().isEmpty()) {
            consumer.poll(WAIT).forEach(record -> records.add(received(record)));
        }
    }

    @Override
    public void close() {
        consumer.close();
    }

    private List<Received> of(String topic) {
        return records.stream().filter(record -> record.topic().equals(topic)).toList();
    }

    private static Received received(ConsumerRecord<byte[], byte[]> record) {
        Map<String, String> headers = new LinkedHashMap<>();
        for (Header header : record.headers()) {
            headers.put(header.key(), new String(header.value(), StandardCharsets.UTF_8));
        }
        return new Received(record.topic(), record.timestamp(), parse(record.key()), parse(record.value()), headers);
    }

    private static JsonNode parse(byte[] bytes) {
        try {
            return bytes == null ? NullNode.getInstance() : JSON.readTree(bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
