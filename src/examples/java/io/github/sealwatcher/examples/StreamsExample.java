package io.github.sealwatcher.examples;

import java.io.PrintStream;
import java.time.Duration;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler.StreamThreadExceptionResponse;

/** Runs {@link ContainerTables} and prints them every ten seconds: bootstrap servers and topic prefix are its arguments. */
public final class StreamsExample {
    private static final long PERIOD_S = 10;

    private StreamsExample() {}

    /** Until it is stopped. */
    public static void main(String[] arguments) throws InterruptedException {
        String prefix = arguments.length > 1 ? arguments[1] : "podman";
        try (KafkaStreams streams = streams(arguments[0], prefix, "podman-tables")) {
            CountDownLatch stopped = new CountDownLatch(1);
            Runtime.getRuntime().addShutdownHook(new Thread(stopped::countDown, "stop"));
            streams.start();
            while (!stopped.await(PERIOD_S, TimeUnit.SECONDS)) {
                if (streams.state() == KafkaStreams.State.RUNNING) {
                    print(streams, System.out);
                }
            }
            streams.close(Duration.ofSeconds(PERIOD_S));
        }
    }

    /**
     * The tables of a connector, not started yet.
     *
     * @param application tables of one name share the work
     */
    public static KafkaStreams streams(String bootstrapServers, String prefix, String application) {
        Properties config = new Properties();
        config.put(StreamsConfig.APPLICATION_ID_CONFIG, application);
        config.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers);
        // Counts must not grow by what is counted twice, and what the worker took back must not be read.
        config.put(StreamsConfig.PROCESSING_GUARANTEE_CONFIG, StreamsConfig.EXACTLY_ONCE_V2);
        // With a cache a table passes on only the last of several changes.
        config.put(StreamsConfig.STATESTORE_CACHE_MAX_BYTES_CONFIG, 0);
        KafkaStreams streams = new KafkaStreams(ContainerTables.topology(prefix), config);
        streams.setUncaughtExceptionHandler(failure -> StreamThreadExceptionResponse.REPLACE_THREAD);
        return streams;
    }

    private static void print(KafkaStreams streams, PrintStream out) {
        out.println("alive: " + ContainerTables.alive(streams).size());
        print("alive by project", ContainerTables.aliveByProject(streams), out);
        print("alive by pod", ContainerTables.aliveByPod(streams), out);
        print("restarts in an hour", ContainerTables.restartsPerHour(streams), out);
        print("crash loops", ContainerTables.crashLoops(streams), out);
    }

    private static void print(String title, Map<String, Long> counts, PrintStream out) {
        out.println(title);
        counts.forEach((name, count) -> out.println("  " + count + "  " + (name.isEmpty() ? "(none)" : name)));
    }
}
