package io.github.sealwatcher.trail;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.sealwatcher.trail.cover.BlindWindow;
import io.github.sealwatcher.trail.cover.HostCoverage;
import io.github.sealwatcher.trail.event.ContainerEvent;
import io.github.sealwatcher.trail.event.Pod;
import io.github.sealwatcher.trail.event.Window;
import io.github.sealwatcher.trail.fold.Fold;
import io.github.sealwatcher.trail.fold.Life;
import io.github.sealwatcher.trail.fold.Lives;
import io.github.sealwatcher.trail.topic.Kind;
import io.github.sealwatcher.trail.topic.TopicReading;
import io.github.sealwatcher.trail.topic.TrailTopics;
import java.io.PrintWriter;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** The life story of a container, a pod or a host. */
@Command(
        name = "show",
        description = "Shows the history of a container, a pod or a host: its lives, their pods and exit codes, and the"
                + " windows in which more may have happened. Exit status 1 if the trail knows none.",
        mixinStandardHelpOptions = true,
        usageHelpAutoWidth = true)
final class ShowCommand implements Callable<Integer> {
    @Mixin
    private TrailOptions options = new TrailOptions();

    @Parameters(
            paramLabel = "CONTAINER|POD|HOST",
            description = "its name, or the beginning of its id (4 digits or more)")
    private String word = "";

    @Option(
            names = "--from",
            paramLabel = "TIME",
            converter = TrailOptions.TimeConverter.class,
            description = "leave out what ended before")
    private @Nullable Long fromNs;

    @Option(
            names = "--to",
            paramLabel = "TIME",
            converter = TrailOptions.TimeConverter.class,
            description = "leave out what began later")
    private @Nullable Long toNs;

    @Spec
    private @Nullable CommandSpec spec;

    private final List<Life> lives = new ArrayList<>();
    private final List<ContainerEvent> moves = new ArrayList<>();

    @Override
    public Integer call() {
        Selection selection = new Selection(word);
        Window window = new Window(fromNs == null ? Long.MIN_VALUE : fromNs, toNs == null ? Long.MAX_VALUE : toNs);
        PrintWriter out = Objects.requireNonNull(spec).commandLine().getOut();
        try (TrailTopics topics = options.topics()) {
            TopicReading events = topics.open(Kind.EVENTS);
            if (fromNs != null) {
                events.seek(fromNs);
            }
            Fold fold = new Fold();
            Lives ended = new Lives(life -> {
                if (selection.has(life) && life.window().meets(window)) {
                    lives.add(life);
                }
            });
            events.readOn(read -> {
                if (read instanceof ContainerEvent event) {
                    ended.add(fold.apply(event));
                    if (event.type().equals("pod_association")
                            && window.covers(event.timeNs())
                            && selection.has(event)) {
                        moves.add(event);
                    }
                }
            });
            ended.finish(fold);
            Set<String> hosts = lives.stream().map(life -> life.key().host()).collect(Collectors.toSet());
            List<HostCoverage> coverage = Hosts.coverage(topics).until(Times.nanos(Instant.now())).stream()
                    .filter(host -> hosts.contains(host.host()) || selection.isHost(host.host()))
                    .toList();
            if (lives.isEmpty() && moves.isEmpty() && coverage.isEmpty()) {
                out.println("the trail knows no container, pod or host " + Printable.text(word));
                return Main.BAD;
            }
            lives.sort(Comparator.comparing((Life life) -> life.key().host())
                    .thenComparing(Life::fromNs)
                    .thenComparing(life -> life.key().id()));
            print(out, coverage, window);
        }
        return Main.GOOD;
    }

    private void print(PrintWriter out, List<HostCoverage> coverage, Window window) {
        List<BlindWindow> blind = coverage.stream()
                .flatMap(host -> host.windows().stream())
                .filter(found -> found.kind().isBlind() && found.window().meets(window))
                .toList();
        if (options.json()) {
            lives.forEach(life -> out.println(Json.life(life)));
            moves.forEach(move -> out.println(json(move)));
            blind.forEach(found -> out.println(Json.window(found)));
            return;
        }
        TextTable table = new TextTable("HOST", "CONTAINER", "ID", "FROM", "TO", "LENGTH", "EXIT", "POD", "KNOWN BY");
        lives.forEach(life -> row(table, life));
        table.print(out);
        if (!moves.isEmpty()) {
            out.println();
            TextTable pods = new TextTable("TIME", "CONTAINER", "ID", "POD", "KNOWN BY");
            moves.forEach(move -> pods.row(
                    Times.show(move.timeNs()), name(move), move.key().shortId(), moved(move), move.originWord()));
            pods.print(out);
        }
        if (!blind.isEmpty()) {
            out.println();
            out.println("More may have happened in these windows:");
            blind.forEach(found -> out.println("  " + Printable.text(found.host()) + "  "
                    + Times.show(found.window().fromNs()) + " to "
                    + Times.show(found.window().toNs()) + "  " + found.kind().word() + ": " + found.reason()));
        }
    }

    private static void row(TextTable table, Life life) {
        table.row(
                life.key().host(),
                life.name(),
                life.key().shortId(),
                Times.show(life.fromNs()),
                Times.show(life.toNs()),
                life.isAlive() ? "alive" : Times.length(life.toNs() - life.fromNs()),
                LifeWords.exit(life),
                life.pod() == null ? "" : life.pod().label(),
                LifeWords.origins(life));
        for (Window pause : life.pauses()) {
            table.row("", "  paused", "", Times.show(pause.fromNs()), Times.show(pause.toNs()), "", "", "", "");
        }
    }

    private static ObjectNode json(ContainerEvent move) {
        Pod previous = move.previousPod();
        ObjectNode line = Json.container("pod_association", move.key(), move.container(), move.pod())
                .put("time_ns", move.timeNs())
                .put("origin", move.originWord())
                .put("previous_pod_id", previous == null ? null : previous.id())
                .put("previous_pod", previous == null ? null : previous.name());
        Json.place(line, "at", move.place());
        return line;
    }

    private static String moved(ContainerEvent move) {
        if (move.pod() != null) {
            return "joins " + move.pod().label();
        }
        return move.previousPod() == null
                ? "leaves"
                : "leaves " + move.previousPod().label();
    }

    private static String name(ContainerEvent event) {
        String name = event.container().name();
        return name == null ? event.key().shortId() : name;
    }
}
