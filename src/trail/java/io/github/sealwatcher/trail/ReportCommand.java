package io.github.sealwatcher.trail;

import io.github.sealwatcher.trail.cover.Coverage;
import io.github.sealwatcher.trail.cover.HostCoverage;
import io.github.sealwatcher.trail.event.ContainerEvent;
import io.github.sealwatcher.trail.event.StateRow;
import io.github.sealwatcher.trail.event.Window;
import io.github.sealwatcher.trail.fold.Life;
import io.github.sealwatcher.trail.fold.LivesIn;
import io.github.sealwatcher.trail.page.Report;
import io.github.sealwatcher.trail.page.ReportData;
import io.github.sealwatcher.trail.topic.Kind;
import io.github.sealwatcher.trail.topic.TopicReading;
import io.github.sealwatcher.trail.topic.TrailTopics;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
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

/** The trail as a page. */
@Command(
        name = "report",
        description =
                "Writes one HTML page that opens from disk without a network: a timeline of all lives, with search and"
                        + " zoom, and the same as a table.",
        mixinStandardHelpOptions = true,
        usageHelpAutoWidth = true)
final class ReportCommand implements Callable<Integer> {
    @Mixin
    private TrailOptions options = new TrailOptions();

    @Option(names = "--out", required = true, paramLabel = "FILE", description = "where to write it")
    private Path file = Path.of("");

    @Option(
            names = "--from",
            paramLabel = "TIME",
            converter = TrailOptions.TimeConverter.class,
            description = "where it begins; default: where the trail does")
    private @Nullable Long fromNs;

    @Option(
            names = "--to",
            paramLabel = "TIME",
            converter = TrailOptions.TimeConverter.class,
            description = "where it ends; default: with the newest record")
    private @Nullable Long toNs;

    @Option(
            names = "--max-lives",
            defaultValue = "50000",
            paramLabel = "N",
            description = "refuse to write a page of more; a browser needs 0.7 kB of file and some more of memory for"
                    + " each; default: ${DEFAULT-VALUE}")
    private int maxLives;

    @Option(names = "--title", paramLabel = "TEXT", description = "what stands above it; default: the topic prefix")
    private @Nullable String title;

    @Spec
    private @Nullable CommandSpec spec;

    @Override
    public Integer call() {
        if (fromNs != null && toNs != null && fromNs >= toNs) {
            throw new IllegalArgumentException("--from must be before --to");
        }
        PrintWriter out = Objects.requireNonNull(spec).commandLine().getOut();
        ReportData data;
        try {
            data = read();
        } catch (LivesIn.TooManyException e) {
            throw new IllegalArgumentException(
                    "there are more than " + maxLives + " lives up to " + Times.show(e.reachedNs())
                            + " alone, and no browser shows such a page well: narrow it by --from and --to, such as"
                            + " --from -2h, or raise --max-lives",
                    e);
        }
        write(data);
        if (options.json()) {
            out.println(Json.line("report")
                    .put("file", file.toAbsolutePath().toString())
                    .put("lives", data.lives().size())
                    .put("hosts", data.hosts().size()));
        } else {
            out.println(file.toAbsolutePath() + ": " + data.lives().size() + " lives on "
                    + data.hosts().size() + " hosts");
        }
        return Main.GOOD;
    }

    private ReportData read() {
        long begin = fromNs == null ? Long.MIN_VALUE : fromNs;
        try (TrailTopics topics = options.topics()) {
            Coverage coverage = Hosts.coverage(topics);
            LivesIn lives = new LivesIn(new Window(begin, toNs == null ? Long.MAX_VALUE : toNs), maxLives);
            TopicReading events = topics.open(Kind.EVENTS);
            if (fromNs != null) {
                events.seek(fromNs);
            }
            events.readOn(read -> {
                if (read instanceof ContainerEvent event) {
                    lives.add(event);
                }
            });
            if (fromNs != null || events.beginnings().isCut()) {
                // A container without an event in the window may still be alive: only the state topic has it.
                topics.find(Kind.STATE)
                        .ifPresent(state -> state.readOn(read -> {
                            if (read instanceof StateRow row) {
                                lives.add(row);
                            }
                        }));
            }
            long newest = Math.max(coverage.newestNs(), lives.newestNs());
            long end = toNs != null ? toNs : newest == Long.MIN_VALUE ? Times.nanos(Instant.now()) : newest;
            List<Life> found = lives.finish();
            List<HostCoverage> hosts = coverage.until(end);
            Window window = new Window(fromNs != null ? fromNs : Math.min(first(found, hosts, end), end - 1), end);
            String heading = title == null ? "Audit trail " + topics.names().events() : title;
            String made = "Made by trail report at " + Times.show(Times.nanos(Instant.now()))
                    + " from the topics of prefix " + options.prefix()
                    + ". All times are UTC. This page loads nothing from the network.";
            return ReportData.of(heading, made, window, clipped(hosts, window), found);
        }
    }

    private static long first(List<Life> lives, List<HostCoverage> hosts, long end) {
        long first = lives.stream().mapToLong(Life::fromNs).min().orElse(end);
        return Math.min(
                first,
                hosts.stream().mapToLong(host -> host.span().fromNs()).min().orElse(end));
    }

    private static List<HostCoverage> clipped(List<HostCoverage> hosts, Window window) {
        return hosts.stream()
                .filter(host -> host.span().meets(window))
                .map(host -> host.within(window))
                .toList();
    }

    /** Atomic: a partial file could be taken for the whole report. */
    private void write(ReportData data) {
        Path whole = file.toAbsolutePath();
        Path part = whole.resolveSibling(whole.getFileName() + ".part");
        try {
            try (Writer writer = Files.newBufferedWriter(part)) {
                new Report(data).write(writer);
            }
            Files.move(part, whole, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write " + whole + ": " + e.getMessage(), e);
        }
    }
}
