package io.github.sealwatcher.trail.sample;

import io.github.sealwatcher.trail.topic.TopicNames;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Writes a sample trail into the topics of a broker: brokers, prefix, hosts, lives, hours, seed. */
public final class SampleMain {
    private SampleMain() {}

    public static void main(String[] arguments) throws ExecutionException, InterruptedException {
        int hosts = Integer.parseInt(arguments[2]);
        int lives = Integer.parseInt(arguments[3]);
        long lengthNs = TimeUnit.HOURS.toNanos(Long.parseLong(arguments[4]));
        long beginNs = TimeUnit.SECONDS.toNanos(Instant.now().getEpochSecond()) - lengthNs;
        SampleTrail trail = new SampleTrail(hosts, lives, beginNs, lengthNs, Long.parseLong(arguments[5]));
        write(arguments[0], TopicNames.of(arguments[1], "__podman-heartbeat"), trail);
    }

    /** Makes the topics, one partition each, and fills them. */
    static void write(String brokers, TopicNames names, SampleTrail trail)
            throws ExecutionException, InterruptedException {
        Map<String, Object> client = Map.of("bootstrap.servers", brokers, "linger.ms", "50", "batch.size", 1 << 18);
        try (Admin admin = Admin.create(client);
                KafkaProducer<byte[], byte[]> producer =
                        new KafkaProducer<>(client, new ByteArraySerializer(), new ByteArraySerializer())) {
            admin.createTopics(List.of(
                            new NewTopic(names.events(), 1, (short) 1).configs(Map.of("retention.ms", "-1")),
                            new NewTopic(names.hosts(), 1, (short) 1).configs(Map.of("retention.ms", "-1")),
                            new NewTopic(names.state(), 1, (short) 1).configs(Map.of("cleanup.policy", "compact"))))
                    .all()
                    .get();
            AtomicReference<Exception> failure = new AtomicReference<>();
            trail.write(record -> {
                String topic = switch (record.kind()) {
                    case EVENTS -> names.events();
                    case STATE -> names.state();
                    case HOSTS, HEARTBEAT -> names.hosts();
                };
                var unused = producer.send(record.toProduce(topic), (sent, e) -> failure.compareAndSet(null, e));
            });
            producer.flush();
            if (failure.get() != null) {
                throw new IllegalStateException("cannot write the sample", failure.get());
            }
        }
    }
}
