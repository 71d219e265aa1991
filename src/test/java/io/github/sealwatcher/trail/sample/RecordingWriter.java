package io.github.sealwatcher.trail.sample;

import io.github.sealwatcher.trail.topic.TopicNames;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Writes records into topics of a broker, one partition each. */
public final class RecordingWriter {
    private RecordingWriter() {}

    /** In their order; the topics must not be there yet. */
    public static void write(String brokers, TopicNames names, List<SampleRecord> records) {
        write(brokers, names, sink -> records.forEach(sink));
    }

    static void write(String brokers, TopicNames names, Consumer<Consumer<SampleRecord>> source) {
        Map<String, Object> client = Map.of(
                "bootstrap.servers",
                brokers,
                "linger.ms",
                "50",
                "batch.size",
                1 << 18,
                "max.in.flight.requests.per.connection",
                1);
        AtomicReference<Exception> failure = new AtomicReference<>();
        try (Admin admin = Admin.create(client);
                KafkaProducer<byte[], byte[]> producer =
                        new KafkaProducer<>(client, new ByteArraySerializer(), new ByteArraySerializer())) {
            admin.createTopics(List.of(
                            new NewTopic(names.events(), 1, (short) 1).configs(Map.of("retention.ms", "-1")),
                            new NewTopic(names.hosts(), 1, (short) 1).configs(Map.of("retention.ms", "-1")),
                            new NewTopic(names.state(), 1, (short) 1).configs(Map.of("cleanup.policy", "compact"))))
                    .all()
                    .get();
            source.accept(record -> {
                String topic = switch (record.kind()) {
                    case EVENTS -> names.events();
                    case STATE -> names.state();
                    case HOSTS, HEARTBEAT -> names.hosts();
                };
                var unused = producer.send(record.toProduce(topic), (sent, e) -> failure.compareAndSet(null, e));
            });
            producer.flush();
        } catch (ExecutionException e) {
            throw new IllegalStateException("cannot make the topics", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
        if (failure.get() != null) {
            throw new IllegalStateException("cannot write the records", failure.get());
        }
    }
}
