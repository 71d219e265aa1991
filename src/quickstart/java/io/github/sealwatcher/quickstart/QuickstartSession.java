package io.github.sealwatcher.quickstart;

import io.github.sealwatcher.quickstart.Terminal.Style;
import io.github.sealwatcher.testkit.Await;
import io.github.sealwatcher.testkit.ConnectRest;
import io.github.sealwatcher.testkit.TopicReader;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.BooleanSupplier;

/** The connector at work, from its creation until the user ends it or the demo is over. Belongs to one thread. */
final class QuickstartSession {
    private static final Duration LIMIT = Duration.ofSeconds(30);

    private final ConnectorFile connector;
    private final ConnectRest connect;
    private final WatchedPodman podman;
    private final Terminal terminal;
    private final Tally tally;
    private final LiveView view;
    private final BooleanSupplier ending;

    /**
     * @param ending becomes true when the user wants it to end; is looked at several times a second
     */
    QuickstartSession(
            ConnectorFile connector,
            ConnectRest connect,
            WatchedPodman podman,
            Terminal terminal,
            Tally tally,
            BooleanSupplier ending) {
        this.connector = connector;
        this.connect = connect;
        this.podman = podman;
        this.terminal = terminal;
        this.tally = tally;
        this.view = new LiveView(connector.topics(), terminal, tally, Clock.system(ZoneId.systemDefault()));
        this.ending = ending;
    }

    /**
     * Creates it and returns when it runs.
     *
     * @throws IllegalStateException when it fails instead, with the reason
     */
    void createConnector() {
        connect.create(connector.with(podman.connectorConfig()).json());
        Await.until(
                "the connector to run",
                LIMIT,
                () -> connect.isIn("RUNNING", connector.name()) || !failure().isEmpty() || ending.getAsBoolean());
        if (!failure().isEmpty()) {
            throw new IllegalStateException(failure());
        }
    }

    void explain(String bootstrapServers) {
        terminal.printBlock(List.of(
                "Podman   " + podman.description(),
                "Kafka    " + bootstrapServers + ", topics "
                        + String.join(", ", connector.topics().all()),
                "Connect  " + connect.uri() + "/connectors/" + connector.name() + "/status",
                "Read     kafka-console-consumer.sh --from-beginning --bootstrap-server " + bootstrapServers
                        + " --topic " + connector.topics().containerEvents(),
                "Try      " + podman.suggestion(),
                "End      Ctrl-C"));
    }

    /** Shows what comes until the user ends it. */
    void watch(TopicReader reader) {
        while (!ending.getAsBoolean()) {
            showNext(reader);
        }
    }

    /**
     * Shows the demo and, at its end, what it amounts to.
     *
     * @throws IllegalStateException when something did not come as it should
     */
    void demonstrate(TopicReader reader) {
        Demo demo = new Demo(podman, terminal, tally, view, ending);
        CompletableFuture<Void> play = CompletableFuture.runAsync(demo::play);
        while (!play.isDone()) {
            showNext(reader);
        }
        try {
            play.join();
            terminal.printBlock(tally.summary());
        } catch (CompletionException e) {
            if (!ending.getAsBoolean()) {
                throw new IllegalStateException(
                        (e.getCause() == null ? e : e.getCause()).getMessage() + " " + failure(), e);
            }
        }
    }

    private void showNext(TopicReader reader) {
        boolean firstToCome = tally.untilFirst().isEmpty();
        reader.poll().forEach(view::show);
        view.rest();
        if (firstToCome) {
            tally.untilFirst()
                    .ifPresent(time -> terminal.print(
                            Style.FAINT, "(first record " + Tally.seconds(time) + " after the command)"));
        }
    }

    /** That the connector or a task has failed, and the first line of why; empty while none has. */
    private String failure() {
        return connect.status(connector.name()).findValuesAsText("trace").stream()
                .findFirst()
                .map(trace ->
                        "The connector failed: " + trace.lines().findFirst().orElse(""))
                .orElse("");
    }
}
