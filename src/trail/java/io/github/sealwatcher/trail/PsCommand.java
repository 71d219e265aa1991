package io.github.sealwatcher.trail;

import io.github.sealwatcher.trail.cover.HostCoverage;
import io.github.sealwatcher.trail.event.ContainerEvent;
import io.github.sealwatcher.trail.event.ContainerFacts;
import io.github.sealwatcher.trail.event.Pod;
import io.github.sealwatcher.trail.event.StateRow;
import io.github.sealwatcher.trail.fold.AliveAt;
import io.github.sealwatcher.trail.fold.AliveAt.Row;
import io.github.sealwatcher.trail.topic.Kind;
import io.github.sealwatcher.trail.topic.TopicReading;
import io.github.sealwatcher.trail.topic.TrailTopics;
import java.io.PrintWriter;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Who was alive. */
@Command(
        name = "ps",
        description = "Shows who is, or was, alive: by the events alone.",
        mixinStandardHelpOptions = true,
        usageHelpAutoWidth = true)
final class PsCommand implements Callable<Integer> {
    @Mixin
    private TrailOptions options = new TrailOptions();

    @Option(
            names = "--at",
            paramLabel = "TIME",
            converter = TrailOptions.TimeConverter.class,
            description =
                    "at that time: 2026-11-26T10:30:00Z, -90m, or a number of s, ms or ns since 1970; default: now")
    private @Nullable Long atNs;

    @Option(names = "--host", description = "on that host alone")
    private @Nullable String host;

    @Option(names = "--pod", description = "in the pod of that name or id")
    private @Nullable String pod;

    @Spec
    private @Nullable CommandSpec spec;

    @Override
    public Integer call() {
        PrintWriter out = Objects.requireNonNull(spec).commandLine().getOut();
        long at = atNs == null ? Long.MAX_VALUE : atNs;
        try (TrailTopics topics = options.topics()) {
            TopicReading events = topics.open(Kind.EVENTS);
            List<HostCoverage> hosts = Hosts.coverage(topics).until(atNs == null ? Times.nanos(Instant.now()) : atNs);
            AliveAt alive = new AliveAt(at, events.beginnings()::mayHide, new HostLosses(hosts));
            events.readOn(read -> {
                if (read instanceof ContainerEvent event) {
                    alive.add(event);
                }
            });
            if (events.beginnings().isCut()) {
                topics.find(Kind.STATE)
                        .ifPresent(state -> state.readOn(read -> {
                            if (read instanceof StateRow row) {
                                alive.add(row);
                            }
                        }));
            }
            List<Row> rows = alive.rows().stream().filter(this::isWanted).toList();
            print(out, rows);
            warn(hosts, events, at, rows.stream().anyMatch(row -> !row.certain()));
        }
        return Main.GOOD;
    }

    private boolean isWanted(Row row) {
        Pod in = row.pod();
        return (host == null || row.key().host().equals(host))
                && (pod == null
                        || (in != null && (in.name().equals(pod) || in.id().startsWith(pod))));
    }

    private void print(PrintWriter out, List<Row> rows) {
        if (options.json()) {
            rows.forEach(row -> out.println(Json.container("alive", row.key(), row.facts(), row.pod())
                    .put("status", row.status())
                    .put("since_ns", row.sinceNs())
                    .put("started_ns", row.startedNs())
                    .put("certain", row.certain())));
            return;
        }
        TextTable table = new TextTable("HOST", "CONTAINER", "ID", "STATUS", "POD", "STARTED", "IMAGE");
        for (Row row : rows) {
            ContainerFacts facts = row.facts();
            table.row(
                    row.key().host(),
                    text(facts.name()),
                    row.key().shortId(),
                    row.certain() ? row.status() : row.status() + "?",
                    row.pod() == null ? "" : row.pod().label(),
                    Times.show(row.startedNs()),
                    text(facts.image()));
        }
        table.print(out);
    }

    /** Beside the table, not in it: whoever counts rows must still learn that some may be missing. */
    private void warn(List<HostCoverage> hosts, TopicReading events, long at, boolean uncertain) {
        PrintWriter err = Objects.requireNonNull(spec).commandLine().getErr();
        for (HostCoverage covered : hosts) {
            if (host == null || covered.host().equals(host)) {
                covered.blindAt(Math.min(at, covered.span().toNs()))
                        .ifPresent(window -> err.println("note: " + Printable.text(covered.host())
                                + " is not wholly seen then: " + window.kind().word() + " from "
                                + Times.show(window.window().fromNs()) + " to "
                                + Times.show(window.window().toNs())));
            }
        }
        if (uncertain) {
            err.println(
                    "note: what is marked ? may have ended by then, or begun later only: history lost events, and what"
                            + " became of it was inferred later");
        }
        events.beginnings()
                .cut()
                .forEach(cut -> err.println("note: the trail begins at " + Times.show(cut.firstNs()) + " (partition "
                        + cut.partition() + "): what was alive then is known only from later records"));
        err.flush();
    }

    private static String text(@Nullable String text) {
        return text == null ? "" : text;
    }
}
