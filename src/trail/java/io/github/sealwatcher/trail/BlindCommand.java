package io.github.sealwatcher.trail;

import io.github.sealwatcher.trail.cover.BlindWindow;
import io.github.sealwatcher.trail.cover.Coverage;
import io.github.sealwatcher.trail.cover.HostCoverage;
import io.github.sealwatcher.trail.topic.TrailTopics;
import java.io.PrintWriter;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Where the trail is blind. */
@Command(
        name = "blind",
        description = "Shows when each host was not, or not wholly, seen, and how much of its time the trail covers.",
        mixinStandardHelpOptions = true,
        usageHelpAutoWidth = true)
final class BlindCommand implements Callable<Integer> {
    @Mixin
    private TrailOptions options = new TrailOptions();

    @Option(names = "--host", description = "that host alone")
    private @Nullable String host;

    @Option(
            names = "--to",
            paramLabel = "TIME",
            converter = TrailOptions.TimeConverter.class,
            description = "where the account ends; default: now")
    private @Nullable Long toNs;

    @Spec
    private @Nullable CommandSpec spec;

    @Override
    public Integer call() {
        PrintWriter out = Objects.requireNonNull(spec).commandLine().getOut();
        try (TrailTopics topics = options.topics()) {
            Coverage coverage = Hosts.coverage(topics);
            long until = toNs == null ? Math.max(Times.nanos(Instant.now()), coverage.newestNs()) : toNs;
            List<HostCoverage> hosts = coverage.until(until).stream()
                    .filter(covered -> host == null || covered.host().equals(host))
                    .toList();
            if (hosts.isEmpty()) {
                out.println(host == null ? "no host in the trail" : "no host " + host + " in the trail");
                return Main.BAD;
            }
            hosts.forEach(covered -> print(out, covered));
        }
        return Main.GOOD;
    }

    private void print(PrintWriter out, HostCoverage host) {
        if (options.json()) {
            host.windows().forEach(window -> out.println(Json.window(window)));
            out.println(Json.line("coverage")
                    .put("host", host.host())
                    .put("from_ns", host.span().fromNs())
                    .put("to_ns", host.span().toNs())
                    .put("covered", host.covered())
                    .put("watched_live", host.watched())
                    .put("blind_ns", host.blindNs()));
            return;
        }
        out.printf(
                Locale.ROOT,
                "%s  covered %s, watched as it went %s, of %s from %s to %s%n",
                Printable.text(host.host()),
                percent(host.covered()),
                percent(host.watched()),
                Times.length(host.span().toNs() - host.span().fromNs()),
                Times.show(host.span().fromNs()),
                Times.show(host.span().toNs()));
        if (host.windows().isEmpty()) {
            return;
        }
        TextTable table = new TextTable("  WINDOW", "FROM", "TO", "LENGTH", "REASON");
        for (BlindWindow window : host.windows()) {
            table.row(
                    "  " + window.kind().word(),
                    Times.show(window.window().fromNs()),
                    Times.show(window.window().toNs()),
                    Times.length(window.window().toNs() - window.window().fromNs()),
                    window.reason());
        }
        table.print(out);
    }

    /** Never rounded up to 100. */
    private static String percent(double part) {
        return String.format(Locale.ROOT, "%.3f %%", Math.floor(part * 100_000) / 1000);
    }
}
