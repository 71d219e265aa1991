package io.github.sealwatcher.chaos;

import io.github.sealwatcher.quickstart.Await;
import io.github.sealwatcher.quickstart.ConnectRest;
import io.github.sealwatcher.quickstart.Ports;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;

/** A broker and a Connect worker, each a process that can be killed. */
final class Cluster implements AutoCloseable {
    private static final Duration LIMIT = Duration.ofMinutes(2);

    private final String bootstrapServers;
    private final JavaProcess broker;
    private final JavaProcess worker;
    private final ConnectRest rest;

    Cluster(Path directory, boolean atLeastOnce) {
        int port = Ports.free();
        bootstrapServers = "localhost:" + port;
        broker = new JavaProcess(
                directory.resolve("broker.log"),
                "384m",
                BrokerMain.class.getName(),
                directory.resolve("kafka").toString(),
                Integer.toString(port),
                Integer.toString(Ports.free()));
        int restPort = Ports.free();
        rest = new ConnectRest(URI.create("http://127.0.0.1:" + restPort));
        Path file = directory.resolve("worker.properties");
        WorkerFile.write(file, bootstrapServers, restPort, atLeastOnce);
        worker = new JavaProcess(
                directory.resolve("worker.log"),
                "384m",
                "org.apache.kafka.connect.cli.ConnectDistributed",
                file.toString());
    }

    /** Starts what doesn't run, and returns when the worker takes requests. */
    void start() {
        broker.start();
        Await.until("the worker", LIMIT, () -> {
            // A worker that finds no broker at its start gives up.
            worker.start();
            return rest.isHealthy();
        });
    }

    String bootstrapServers() {
        return bootstrapServers;
    }

    JavaProcess broker() {
        return broker;
    }

    JavaProcess worker() {
        return worker;
    }

    ConnectRest rest() {
        return rest;
    }

    @Override
    public void close() {
        worker.close();
        broker.close();
    }
}
