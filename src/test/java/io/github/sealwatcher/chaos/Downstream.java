package io.github.sealwatcher.chaos;

import io.github.sealwatcher.chaos.checker.PodmanPs;
import io.github.sealwatcher.chaos.checker.Verdict;
import io.github.sealwatcher.chaos.world.Podman;
import io.github.sealwatcher.examples.ContainerTables;
import io.github.sealwatcher.examples.StreamsExample;
import io.github.sealwatcher.testkit.Await;
import java.time.Duration;
import java.util.Map;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.errors.InvalidStateStoreException;

/** The Kafka Streams example, which reads the topics through all faults; its tables must be what Podman says at last. */
final class Downstream implements AutoCloseable {
    /** A broker that was killed keeps transactions open until they time out. */
    private static final Duration LIMIT = Duration.ofMinutes(1);

    private final KafkaStreams streams;

    /** @param application by which runs at the same time don't share the work */
    Downstream(String bootstrapServers, String prefix, String application) {
        streams = StreamsExample.streams(bootstrapServers, prefix, application);
    }

    void start() {
        streams.cleanUp();
        streams.start();
    }

    /** Compares at the end, when nothing changes any more. */
    void judge(Podman podman, Verdict verdict) {
        Map<String, String> running = PodmanPs.in(podman);
        long inPods =
                running.values().stream().filter(row -> row.contains(" in ")).count();
        boolean equal = Await.within(LIMIT, () -> {
            try {
                return ContainerTables.alive(streams).equals(running)
                        && sum(ContainerTables.aliveByProject(streams)) == running.size()
                        && sum(ContainerTables.aliveByPod(streams)) == inPods;
            } catch (InvalidStateStoreException e) {
                // Its threads are being replaced.
                return false;
            }
        });
        if (!equal) {
            verdict.violated(
                    "Streams example", "", "podman ps says " + running + ", the example is " + streams.state());
            return;
        }
        verdict.figure(
                "Streams example",
                running.size() + " alive, as podman ps says; by pod " + ContainerTables.aliveByPod(streams)
                        + "; restarts " + sum(ContainerTables.restartsPerHour(streams)) + ", crash loops "
                        + ContainerTables.crashLoops(streams).size());
    }

    private static long sum(Map<String, Long> counts) {
        return counts.values().stream().mapToLong(Long::longValue).sum();
    }

    @Override
    public void close() {
        streams.close(Duration.ofSeconds(5));
        streams.cleanUp();
    }
}
