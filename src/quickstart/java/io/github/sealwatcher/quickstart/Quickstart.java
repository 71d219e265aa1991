package io.github.sealwatcher.quickstart;

import io.github.sealwatcher.quickstart.Terminal.Style;
import io.github.sealwatcher.testkit.EmbeddedConnect;
import io.github.sealwatcher.testkit.EmbeddedKafka;
import io.github.sealwatcher.testkit.TopicReader;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;

/**
 * Broker, worker, connector and a Podman to watch in one JVM, and a live view of what comes through.
 *
 * <p>Threads: the main thread starts, shows and closes everything, and looks several times a second whether a signal has
 * come; finding or starting Podman and playing the demo have a thread each.
 */
public final class Quickstart {
    private static final Path CONNECTOR = Path.of("config", "podman-source.json");
    private static final Path PLUGINS = Path.of("target", "plugin");

    private final QuickstartOptions options;
    private final Terminal terminal;
    private final Tally tally;
    private final Signals signals;

    private Quickstart(QuickstartOptions options, Terminal terminal, Tally tally, Signals signals) {
        this.options = options;
        this.terminal = terminal;
        this.tally = tally;
        this.signals = signals;
    }

    /**
     * Run by {@code bin/quickstart} at the top of the checkout, which sets {@code quickstart.started.ms}, the time of the
     * command, and {@code quickstart.coloured}.
     */
    public static void main(String[] arguments) {
        Terminal terminal = new Terminal(System.out, Boolean.getBoolean("quickstart.coloured"));
        Signals signals = Signals.caught(() -> terminal.print(Style.FAINT, "Cleaning up ..."));
        Instant started = Instant.ofEpochMilli(Long.getLong("quickstart.started.ms", System.currentTimeMillis()));
        int status = 1;
        try {
            new Quickstart(QuickstartOptions.parse(List.of(arguments)), terminal, new Tally(started), signals).run();
            status = 0;
        } catch (RuntimeException e) {
            terminal.print(Style.BAD, "error: " + e.getMessage());
        }
        System.exit(signals.exitStatus(status));
    }

    private void run() {
        // Podman's start costs processes, Kafka's this JVM: side by side they take no longer than the slower one.
        try (StartingPodman podman = new StartingPodman(options.alwaysPrivate());
                EmbeddedKafka kafka = EmbeddedKafka.started()) {
            if (!signals.anyReceived()) {
                runWith(kafka.bootstrapServers(), podman);
            }
        }
    }

    /** What came through, to be looked at when all this is gone. */
    private void report(String bootstrapServers, String prefix) {
        Path file = options.report();
        if (file != null) {
            new TrailReport(file).write(bootstrapServers, prefix);
            terminal.printBlock(List.of("Report   " + file.toAbsolutePath(), "         open it in a browser"));
        }
    }

    private void runWith(String bootstrapServers, StartingPodman podman) {
        ConnectorFile connector = ConnectorFile.read(CONNECTOR);
        try (EmbeddedConnect connect = EmbeddedConnect.started(bootstrapServers, PLUGINS);
                TopicReader reader =
                        new TopicReader(bootstrapServers, connector.topics().all())) {
            QuickstartSession session = new QuickstartSession(
                    connector, connect.rest(), podman.await(), terminal, tally, signals::anyReceived);
            session.createConnector();
            session.explain(bootstrapServers);
            if (options.demo()) {
                session.demonstrate(reader);
            }
            if (options.stays()) {
                session.watch(reader);
            }
            report(bootstrapServers, connector.prefix());
        }
    }
}
