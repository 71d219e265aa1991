package io.github.sealwatcher.trail.topic;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** The topics of a connector on some brokers. */
public final class TrailTopics implements AutoCloseable {
    /** What a user may change by a command file; the rest of it makes the trail what it is. */
    private static final Map<String, Object> USUAL = Map.of(
            "client.id",
            "podman-trail",
            "default.api.timeout.ms",
            15_000,
            "max.poll.records",
            5_000,
            "max.partition.fetch.bytes",
            8 << 20);

    private static final Map<String, Object> FIXED = Map.of(
            "isolation.level", "read_committed",
            "auto.offset.reset", "earliest",
            "enable.auto.commit", "false",
            "allow.auto.create.topics", "false");

    private final Map<String, Object> config;
    private final TopicNames names;
    private final RecordDecoder decoder;
    private final Progress progress;
    private final List<TopicReading> open = new ArrayList<>();

    /**
     * Connects to nothing yet.
     *
     * @param client the consumer's settings, {@code bootstrap.servers} among them
     */
    public TrailTopics(Map<String, ?> client, TopicNames names, Format format, Progress progress) {
        config = new HashMap<>(USUAL);
        config.putAll(client);
        config.putAll(FIXED);
        // Joining one takes seconds and rights, and everything is read from the beginning anyway.
        config.remove("group.id");
        this.names = names;
        this.decoder = new RecordDecoder(format);
        this.progress = progress;
    }

    /** Their names. */
    public TopicNames names() {
        return names;
    }

    /**
     * A topic that must be there.
     *
     * @throws TrailUnavailableException if it isn't, or nobody answers
     */
    public TopicReading open(Kind kind) {
        return find(kind)
                .orElseThrow(() -> new TrailUnavailableException("there is no topic " + name(kind) + " on "
                        + config.get("bootstrap.servers") + "; --prefix must be the connector's topic.prefix"
                        + others()));
    }

    /**
     * A topic that may be switched off; empty if it isn't there.
     *
     * @throws TrailUnavailableException if nobody answers
     */
    public Optional<TopicReading> find(Kind kind) {
        String topic = name(kind);
        KafkaConsumer<byte[], byte[]> consumer = consumer();
        try {
            List<PartitionInfo> partitions = consumer.listTopics().getOrDefault(topic, List.of());
            if (partitions.isEmpty()) {
                consumer.close();
                return Optional.empty();
            }
            Set<TopicPartition> found = partitions.stream()
                    .map(partition -> new TopicPartition(topic, partition.partition()))
                    .collect(Collectors.toSet());
            TopicReading reading = new TopicReading(kind, topic, consumer, found, decoder, progress);
            open.add(reading);
            return Optional.of(reading);
        } catch (KafkaException e) {
            consumer.close();
            throw unavailable(e);
        }
    }

    @Override
    public void close() {
        open.forEach(TopicReading::close);
    }

    /** That Kafka failed, in words for whoever has to help it. */
    public TrailUnavailableException unavailable(KafkaException e) {
        Throwable cause = e;
        while (cause.getCause() != null) {
            cause = cause.getCause();
        }
        return new TrailUnavailableException(
                "cannot read from " + config.get("bootstrap.servers") + ": " + cause.getMessage()
                        + "; --bootstrap-server must name a broker that this machine reaches, --command-config the"
                        + " settings for TLS and logging in",
                e);
    }

    private String others() {
        try (KafkaConsumer<byte[], byte[]> consumer = consumer()) {
            Set<String> prefixes = consumer.listTopics().keySet().stream()
                    .filter(topic -> topic.endsWith(".container.events"))
                    .map(topic -> topic.substring(0, topic.length() - ".container.events".length()))
                    .collect(Collectors.toCollection(TreeSet::new));
            return prefixes.isEmpty() ? "" : ", and there are trails with " + String.join(", ", prefixes);
        }
    }

    private KafkaConsumer<byte[], byte[]> consumer() {
        try {
            return new KafkaConsumer<>(config, new ByteArrayDeserializer(), new ByteArrayDeserializer());
        } catch (KafkaException e) {
            throw unavailable(e);
        }
    }

    private String name(Kind kind) {
        return switch (kind) {
            case EVENTS -> names.events();
            case STATE -> names.state();
            case HOSTS -> names.hosts();
            case HEARTBEAT -> names.heartbeat();
        };
    }
}
