package io.github.sealwatcher.trail.sample;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.sealwatcher.trail.topic.Kind;
import io.github.sealwatcher.trail.topic.TopicNames;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Makes a recording of the topics that {@code bin/chaos --keep} leaves: brokers, prefix, file. */
public final class RecordingMain {
    private static final ObjectMapper JSON = new ObjectMapper();

    private RecordingMain() {}

    public static void main(String[] arguments) throws IOException {
        TopicNames names = TopicNames.of(arguments[1], "__podman-heartbeat");
        Map<String, Object> client = Map.of("bootstrap.servers", arguments[0], "isolation.level", "read_committed");
        try (KafkaConsumer<byte[], byte[]> consumer =
                        new KafkaConsumer<>(client, new ByteArrayDeserializer(), new ByteArrayDeserializer());
                Writer out = new OutputStreamWriter(
                        new GZIPOutputStream(Files.newOutputStream(Path.of(arguments[2]))), StandardCharsets.UTF_8)) {
            copy(consumer, Kind.HOSTS, names.hosts(), out);
            copy(consumer, Kind.EVENTS, names.events(), out);
            copy(consumer, Kind.STATE, names.state(), out);
        }
    }

    private static void copy(KafkaConsumer<byte[], byte[]> consumer, Kind kind, String topic, Writer out)
            throws IOException {
        List<TopicPartition> partitions = consumer.partitionsFor(topic).stream()
                .map(info -> new TopicPartition(topic, info.partition()))
                .toList();
        consumer.assign(partitions);
        consumer.seekToBeginning(partitions);
        Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
        while (ends.entrySet().stream().anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
            for (ConsumerRecord<byte[], byte[]> record : consumer.poll(Duration.ofMillis(200))) {
                ObjectNode line =
                        JSON.createObjectNode().put("kind", kind.name()).put("stamp_ms", record.timestamp());
                ObjectNode headers = line.putObject("headers");
                record.headers()
                        .forEach(header ->
                                headers.put(header.key(), new String(header.value(), StandardCharsets.UTF_8)));
                line.set("key", JSON.readTree(record.key()));
                line.set("value", record.value() == null ? null : JSON.readTree(record.value()));
                out.write(line + "\n");
            }
        }
    }
}
