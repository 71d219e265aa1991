package io.github.sealwatcher.quickstart;

import io.github.sealwatcher.quickstart.Terminal.Style;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Broker, worker, connector and a Podman to watch in one JVM, and a live view of what comes through.
 *
 * <p>Threads: the main thread starts, shows and closes everything; the demo has one of its own; a signal only raises a
 * flag and waits for the main thread, which looks at it several times a second.
 */
public final class Quickstart {
    private static final long LONGEST_SHUTDOWN_SECONDS = 30;

    private final QuickstartOptions options;
    private final Terminal terminal;
    private final Tally tally;
    private volatile boolean ending;

    private Quickstart(QuickstartOptions options, Terminal terminal, Tally tally) {
        this.options = options;
        this.terminal = terminal;
        this.tally = tally;
    }

    /**
     * Set by {@code bin/quickstart}: {@code quickstart.started.ms} (when the command began), {@code quickstart.coloured}.
     */
    public static void main(String[] arguments) {
        Terminal terminal = new Terminal(System.out, Boolean.getBoolean("quickstart.coloured"));
        Instant started = Instant.ofEpochMilli(Long.getLong("quickstart.started.ms", System.currentTimeMillis()));
        Quickstart quickstart =
                new Quickstart(QuickstartOptions.parse(List.of(arguments)), terminal, new Tally(started));
        CountDownLatch closed = new CountDownLatch(1);
        Runtime.getRuntime().addShutdownHook(new Thread(() -> quickstart.endAndAwait(closed), "quickstart-end"));
        int status = 1;
        try {
            quickstart.run();
            status = 0;
        } catch (RuntimeException e) {
            terminal.print(Style.BAD, "error: " + e.getMessage());
        } finally {
            closed.countDown();
        }
        System.exit(status);
    }

    private void endAndAwait(CountDownLatch closed) {
        ending = true;
        try {
            if (!closed.await(LONGEST_SHUTDOWN_SECONDS, TimeUnit.SECONDS)) {
                terminal.print(Style.BAD, "error: could not clean up in time");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        ConnectorFile connector = ConnectorFile.read(Path.of("config", "podman-source.json"));
        // Podman's start costs processes, Kafka's this JVM: side by side they take no longer than the slower one.
        try (PodmanInTheMaking making = new PodmanInTheMaking(options.alwaysPrivate());
                EmbeddedKafka kafka = EmbeddedKafka.started();
                EmbeddedConnect connect =
                        EmbeddedConnect.started(kafka.bootstrapServers(), Path.of("target", "plugin"));
                TopicReader reader = new TopicReader(
                        kafka.bootstrapServers(), connector.topics().all())) {
            WatchedPodman podman = making.await();
            Session session = new Session(connector, connect.rest(), podman, terminal, tally, () -> ending);
            session.createConnector();
            session.explain(kafka.bootstrapServers());
            if (options.demo()) {
                session.demonstrate(reader);
            }
            if (options.stays()) {
                session.watch(reader);
            }
        }
    }
}
