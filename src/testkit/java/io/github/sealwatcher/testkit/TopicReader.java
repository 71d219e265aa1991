package io.github.sealwatcher.testkit;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.NullNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Reads topics of JSON from their beginning; a topic that isn't there yet is read as soon as it is. */
public final class TopicReader implements AutoCloseable {
    /** How long a look for new records, or for topics still missing, may take. */
    private static final Duration WAIT = Duration.ofMillis(100);

    private static final ObjectMapper JSON = new ObjectMapper();

    private final List<String> topics;
    private final KafkaConsumer<byte[], byte[]> consumer;

    /** A record without a value has JSON null for it. */
    public record Entry(String topic, JsonNode key, JsonNode value) {}

    public TopicReader(String bootstrapServers, List<String> topics) {
        this.topics = topics;
        // No group: joining one takes seconds, and everything is read from the beginning anyway.
        this.consumer = new KafkaConsumer<>(
                Map.of(
                        "bootstrap.servers", bootstrapServers,
                        "auto.offset.reset", "earliest",
                        "isolation.level", "read_committed",
                        "allow.auto.create.topics", "false"),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer());
    }

    /** What came since the last call; returns after a moment when nothing did. */
    public List<Entry> poll() {
        Set<String> found =
                consumer.assignment().stream().map(TopicPartition::topic).collect(Collectors.toSet());
        if (!found.containsAll(topics)) {
            assignWhatExists();
        }
        if (consumer.assignment().isEmpty()) {
            LockSupport.parkNanos(WAIT.toNanos());
            return List.of();
        }
        ConsumerRecords<byte[], byte[]> records = consumer.poll(WAIT);
        List<Entry> entries = new ArrayList<>();
        for (ConsumerRecord<byte[], byte[]> record : records) {
            entries.add(new Entry(record.topic(), parse(record.key()), parse(record.value())));
        }
        return entries;
    }

    @Override
    public void close() {
        consumer.close();
    }

    private void assignWhatExists() {
        List<TopicPartition> partitions = consumer.listTopics().values().stream()
                .flatMap(List<PartitionInfo>::stream)
                .filter(partition -> topics.contains(partition.topic()))
                .map(partition -> new TopicPartition(partition.topic(), partition.partition()))
                .toList();
        if (!partitions.isEmpty()) {
            // Keeps the position of partitions that were assigned before.
            consumer.assign(partitions);
        }
    }

    private static JsonNode parse(byte[] bytes) {
        try {
            JsonNode node = bytes == null ? NullNode.getInstance() : JSON.readTree(bytes);
            // With schemas enabled the converter wraps what it writes.
            return node.has("schema") && node.has("payload") ? node.get("payload") : node;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
