package io.github.sealwatcher.quickstart;

import io.github.sealwatcher.quickstart.Terminal.Style;
import io.github.sealwatcher.testkit.TopicReader;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/** Shows a line for each record as it comes and, when things are quiet, who is alive. Belongs to one thread. */
final class LiveView {
    private static final Duration QUIET = Duration.ofMillis(400);

    private final Topics topics;
    private final Terminal terminal;
    private final Tally tally;
    private final Clock clock;
    private final LineFormatter lines;
    private final AliveTable alive;
    private Instant lastRecord = Instant.MIN;
    private boolean titlesDue = true;
    private volatile boolean settled;

    LiveView(Topics topics, Terminal terminal, Tally tally, Clock clock) {
        this.topics = topics;
        this.terminal = terminal;
        this.tally = tally;
        this.clock = clock;
        this.lines = new LineFormatter(clock.getZone());
        this.alive = new AliveTable(clock.getZone());
    }

    void show(TopicReader.Entry entry) {
        settled = false;
        lastRecord = clock.instant();
        if (entry.topic().equals(topics.containerState())) {
            alive.put(entry.key(), entry.value());
        } else if (entry.value().isObject()) {
            show(
                    entry.topic().equals(topics.hostEvents())
                            ? Row.ofHostEvent(entry.value())
                            : Row.ofContainerEvent(entry.value()));
        }
    }

    private void show(Row row) {
        Instant now = clock.instant();
        if (titlesDue) {
            titlesDue = false;
            terminal.print(Style.HEADING, LineFormatter.titles());
        }
        terminal.print(Terminal.styleOf(row), lines.line(row, now));
        tally.add(row, now);
    }

    /** To be called often: prints the table once nothing has come for a moment. */
    void rest() {
        if (settled || lastRecord.equals(Instant.MIN) || clock.instant().isBefore(lastRecord.plus(QUIET))) {
            return;
        }
        if (alive.hasChanged()) {
            terminal.printBlock(alive.render());
            titlesDue = true;
        }
        settled = true;
    }

    /** Whether all that came is shown, and nothing came for a moment. From any thread. */
    boolean isSettled() {
        return settled;
    }
}
