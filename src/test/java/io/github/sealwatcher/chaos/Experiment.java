package io.github.sealwatcher.chaos;

import io.github.sealwatcher.chaos.checker.Blindness;
import io.github.sealwatcher.chaos.checker.Calm;
import io.github.sealwatcher.chaos.checker.Census;
import io.github.sealwatcher.chaos.checker.Comparison;
import io.github.sealwatcher.chaos.checker.ConsumedTrail;
import io.github.sealwatcher.chaos.checker.EmittedEvent;
import io.github.sealwatcher.chaos.checker.Epoch;
import io.github.sealwatcher.chaos.checker.Equality;
import io.github.sealwatcher.chaos.checker.EventLogTail;
import io.github.sealwatcher.chaos.checker.ExpectedVisibility;
import io.github.sealwatcher.chaos.checker.Forgotten;
import io.github.sealwatcher.chaos.checker.Gap;
import io.github.sealwatcher.chaos.checker.Kills;
import io.github.sealwatcher.chaos.checker.PastComparison;
import io.github.sealwatcher.chaos.checker.PodmanPs;
import io.github.sealwatcher.chaos.checker.TrailPs;
import io.github.sealwatcher.chaos.checker.Trails;
import io.github.sealwatcher.chaos.checker.TruthLine;
import io.github.sealwatcher.chaos.checker.UsersVerdict;
import io.github.sealwatcher.chaos.checker.Verdict;
import io.github.sealwatcher.chaos.nemesis.FaultInjector;
import io.github.sealwatcher.chaos.nemesis.Filters;
import io.github.sealwatcher.chaos.nemesis.Nemesis;
import io.github.sealwatcher.chaos.nemesis.Relay;
import io.github.sealwatcher.chaos.workload.Workload;
import io.github.sealwatcher.chaos.world.Cluster;
import io.github.sealwatcher.chaos.world.Commands;
import io.github.sealwatcher.chaos.world.Connector;
import io.github.sealwatcher.chaos.world.FaultKind;
import io.github.sealwatcher.chaos.world.Filter;
import io.github.sealwatcher.chaos.world.Journal;
import io.github.sealwatcher.chaos.world.Podman;
import io.github.sealwatcher.chaos.world.SeededRandom;
import io.github.sealwatcher.chaos.world.WallClock;
import io.github.sealwatcher.testkit.Await;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.Collectors;

/** One run: build the world, torment it, let it heal, judge; then rewind and judge again. */
final class Experiment implements AutoCloseable {
    private static final Duration LIMIT = Duration.ofMinutes(2);
    /** At how many moments of the past the trail is compared with what Podman said then. */
    private static final int MOMENTS = 100;

    private final ChaosOptions options;
    private final SeededRandom random;
    private final Journal journal;
    private final Podman podman;
    private final EventLogTail truth;
    private final Relay relay;
    private final Cluster cluster;
    private final Connector connector;
    private final Workload churn;
    private final Nemesis nemesis;
    private final Census census;
    private final Trails trails;
    private final Filters filters;
    private final Downstream downstream;
    private final Thread atExit = new Thread(this::close, "end-of-chaos");
    private boolean closed;

    Experiment(ChaosOptions options, Path directory) {
        this.options = options;
        random = new SeededRandom(new SplittableRandom(options.seed()));
        journal = new Journal(directory.resolve("journal.jsonl"));
        podman = options.podman();
        truth = new EventLogTail(podman.eventsLog(), directory.resolve("truth.jsonl"));
        podman.startService();
        relay = Relay.started(podman.socket());
        cluster = new Cluster(directory, options.atLeastOnce(), options.skew());
        Runtime.getRuntime().addShutdownHook(atExit);
        connector = new Connector(cluster.rest(), journal);
        churn = new Workload(new Commands(podman, journal), random.another(), options.filters());
        trails = Trails.of(
                cluster.bootstrapServers(),
                directory,
                options.prefixes() ? List.of(Filter.PREFIX, Filter.OTHER_PREFIX) : List.of(Filter.PREFIX));
        filters = new Filters(connector, trails, options.prefixes());
        downstream = new Downstream(cluster.bootstrapServers(), Filter.PREFIX, "chaos-" + options.seed());
        FaultInjector faults = new FaultInjector(podman, cluster, connector, relay, filters);
        nemesis = new Nemesis(faults, connector, journal, random.another(), this::isPossible);
        census = new Census(podman, random.another(), directory.resolve("census.jsonl"));
    }

    private boolean isPossible(FaultKind fault) {
        if (fault == FaultKind.FILTERS_CHANGED) {
            return options.filters();
        }
        if (fault.part() == FaultKind.Part.LOG && options.wholeHistory()) {
            return false;
        }
        return podman.isOurs() || !fault.isForOurs();
    }

    /** Returns what came of it; the world stays until {@link #close}. */
    Verdict run() {
        truth.start();
        begin();
        int mark = truth.lines().size();
        phase("torment");
        churn.start();
        nemesis.start();
        census.start();
        if (options.filters()) {
            nemesis.inflict(FaultKind.FILTERS_CHANGED);
        }
        int upgrades = options.upgrade() ? podman.upgrades() : 0;
        for (int i = 0; i < upgrades; i++) {
            pass(options.time().dividedBy(upgrades + 1));
            nemesis.inflict(FaultKind.SERVICE_UPGRADED);
        }
        pass(options.time().dividedBy(upgrades + 1));
        nemesis.stop(trails::read);
        churn.stop();
        census.stop();
        return judge(mark);
    }

    private void begin() {
        phase("begin");
        Commands commands = new Commands(podman, journal);
        commands.container(List.of("run", "-d", "--network", "none"), Commands.PREFIX + "old", "sleep", "100000");
        commands.container(List.of("run", "-d", "--network", "none"), Commands.PREFIX + "held", "sleep", "100000");
        commands.run("pause", Commands.PREFIX + "held");
        cluster.start();
        connector.create(relay.socket());
        Connector.await("the first stored offset", LIMIT, connector::hasOffset);
        Await.until("the first synchronization", LIMIT, () -> {
            trails.read();
            return trails.syncs() > 0;
        });
        if (options.streams()) {
            downstream.start();
        }
    }

    private Verdict judge(int mark) {
        Verdict verdict = new Verdict();
        phase("heal");
        Connector.await("the connector to run again", LIMIT, connector::isRunning);
        observe(verdict, 0, filters.epochs());
        List<TruthLine> lines = truth.lines();
        for (ConsumedTrail trail : trails.all()) {
            ExpectedVisibility visibility = visibility(trail, Long.MIN_VALUE, 0, filters.epochs());
            comparison(trail, Long.MIN_VALUE, lines.subList(mark, lines.size()), visibility)
                    .judge(part(verdict, trail));
        }
        for (ConsumedTrail trail : trails.all()) {
            Set<String> forgotten = Forgotten.in(trail.emitted(), trails.gaps(), kills());
            UsersVerdict.judge(
                    cluster.bootstrapServers(), trail.prefix(), options.atLeastOnce(), forgotten, part(verdict, trail));
        }
        if (options.streams()) {
            downstream.judge(podman, verdict);
        }
        if (options.isPastKnown()) {
            new PastComparison(new TrailPs(cluster.bootstrapServers(), Filter.PREFIX), lines)
                    .judge(census.looks(), MOMENTS, random.another(), verdict);
        }
        verdict.figure("cuts of the log", truth.cuts());
        checkTruth(verdict, lines);
        checkEngines(verdict);
        if (options.filters()) {
            verdict.figure(
                    "filters, one after the other",
                    filters.epochs().stream().map(Epoch::filter).toList());
        }
        verdict.figure("faults", nemesis.inflicted());
        verdict.figure("tasks that failed", journal.notes("task").size());
        verdict.figure("commands", journal.notes("command").size());
        noteRepetitions(verdict);
        if (!options.keep()) {
            rewind(verdict);
        }
        return verdict;
    }

    /** Reads on for two resync intervals: after that all must be equal, and it is measured when it first was. */
    private void observe(Verdict verdict, long fromNs, List<Epoch> epochs) {
        // What was told to end by itself must have ended: what podman ps says now must still hold at the end.
        Await.until("the containers to be what they stay", LIMIT, () -> {
            Map<String, String> before = PodmanPs.in(podman);
            pass(Duration.ofSeconds(3));
            return PodmanPs.in(podman).equals(before);
        });
        phase("observe");
        Map<String, String> running = PodmanPs.in(podman);
        List<Equality> equalities = trails.all().stream()
                .map(trail -> new Equality(
                        trail,
                        visibility(trail, Long.MIN_VALUE, fromNs, epochs),
                        running,
                        () -> Forgotten.in(trail.emitted(), trails.gaps(), kills())))
                .toList();
        Calm calm = new Calm(trails, Connector.RESYNC);
        long until = System.nanoTime() + 2 * Connector.RESYNC.toNanos();
        while (System.nanoTime() < until) {
            trails.read();
            calm.look();
            equalities.forEach(Equality::look);
        }
        calm.judge(verdict);
        for (int i = 0; i < equalities.size(); i++) {
            equalities.get(i).judge(part(verdict, trails.all().get(i)), options.atLeastOnce());
        }
    }

    private static Verdict part(Verdict verdict, ConsumedTrail trail) {
        return trail.prefix().equals(Filter.PREFIX) ? verdict : verdict.of("prefix " + trail.prefix());
    }

    private Kills kills() {
        return new Kills(options.atLeastOnce(), journal.notes());
    }

    /**
     * @param sinceNs what was read earlier doesn't count
     * @param fromNs what the connector was rewound to; 0 if it wasn't
     */
    private ExpectedVisibility visibility(ConsumedTrail trail, long sinceNs, long fromNs, List<Epoch> epochs) {
        return new ExpectedVisibility(trail.prefix(), truth.lines(), epochs, since(trails.emitted(), sinceNs), fromNs);
    }

    private static List<EmittedEvent> since(List<EmittedEvent> reported, long sinceNs) {
        return reported.stream().filter(event -> event.readAtNs() >= sinceNs).toList();
    }

    private Comparison comparison(
            ConsumedTrail trail, long sinceNs, List<TruthLine> lines, ExpectedVisibility visibility) {
        return new Comparison(
                since(trail.emitted(), sinceNs),
                lines.stream().filter(TruthLine::isExpected).toList(),
                Comparison.byMoment(truth.lines()),
                gapsSince(trails.gaps(), sinceNs),
                gapsSince(trail.gaps(), sinceNs),
                new Blindness(journal.notes(), trails.emitted()),
                kills(),
                visibility);
    }

    private static List<Gap> gapsSince(List<Gap> gaps, long sinceNs) {
        return gaps.stream().filter(gap -> gap.readAtNs() >= sinceNs).toList();
    }

    /** Whether our own eyes on the log can be trusted: what we saw start must be there. */
    private void checkTruth(Verdict verdict, List<TruthLine> lines) {
        Set<String> started = lines.stream()
                .filter(line -> line.moment().type().equals("start"))
                .map(line -> line.moment().id())
                .collect(Collectors.toSet());
        for (Journal.Note note : journal.notes("command")) {
            String id = note.outcome();
            if (note.what().startsWith("run -d") && !id.startsWith("failed") && !started.contains(id)) {
                verdict.violated("the runner saw no start", id, note.toString());
            }
        }
    }

    private void checkEngines(Verdict verdict) {
        int upgrades = nemesis.inflicted().getOrDefault(FaultKind.SERVICE_UPGRADED, 0);
        List<String> engines = trails.engines();
        long distinct = engines.stream().distinct().count();
        if (distinct != upgrades || (!options.atLeastOnce() && engines.size() != upgrades)) {
            verdict.violated("engine_changed", "", upgrades + " upgrades, but " + engines);
        }
        if (upgrades > 0) {
            verdict.figure("upgrades, as the host topic has them", engines);
        }
    }

    private void noteRepetitions(Verdict verdict) {
        boolean killed = nemesis.inflicted().keySet().stream().anyMatch(FaultKind::mayRepeat)
                || !journal.notes("task").isEmpty();
        List<EmittedEvent> reported = trails.emitted();
        long distinct = reported.stream().map(EmittedEvent::eventId).distinct().count();
        if (!killed && distinct < reported.size()) {
            verdict.violated("repeated without any kill", "", reported.size() + " records, " + distinct + " ids");
        }
    }

    /** An operator lets the connector read again from a moment in the middle of what the log still holds. */
    private void rewind(Verdict main) {
        Verdict verdict = main.of("rewound");
        List<TruthLine> present =
                truth.lines().stream().filter(TruthLine::isPresent).toList();
        long fromNs = present.get(random.number(present.size() / 4, present.size() * 3 / 4))
                .moment()
                .timeNs();
        phase("rewind to " + fromNs);
        connector.stop();
        Connector.await("the connector to stop", LIMIT, connector::isStopped);
        // What was still under way belongs to the part before.
        pass(Duration.ofSeconds(1));
        long stoppedNs = WallClock.nowNs();
        connector.rewind(fromNs);
        connector.resume();
        Connector.await("the connector to run again", LIMIT, connector::isRunning);
        List<Epoch> epochs = filters.epochs();
        epochs = List.of(new Epoch(epochs.get(epochs.size() - 1).filter(), 0, 0));
        observe(verdict, fromNs, epochs);
        List<TruthLine> expected = present.stream()
                .filter(line -> line.moment().timeNs() >= fromNs)
                .toList();
        for (ConsumedTrail trail : trails.all()) {
            ExpectedVisibility visibility = visibility(trail, stoppedNs, fromNs, epochs);
            comparison(trail, stoppedNs, expected, visibility).judge(part(verdict, trail));
        }
    }

    ContainerHistory history() {
        return new ContainerHistory(truth.lines(), trails.emitted(), trails.gaps(), journal.notes());
    }

    private void phase(String name) {
        journal.write(WallClock.nowNs(), "phase", name, "");
        System.out.println(WallClock.show(WallClock.nowNs()) + "  " + name);
    }

    /** Lets time go by while the world is tormented; reads, so that the reader is no laggard at the end. */
    private void pass(Duration time) {
        long until = System.nanoTime() + time.toNanos();
        while (System.nanoTime() < until) {
            trails.read();
        }
    }

    @Override
    public synchronized void close() {
        if (closed) {
            return;
        }
        closed = true;
        nemesis.close();
        churn.close();
        census.close();
        downstream.close();
        cluster.close();
        relay.close();
        if (!podman.isOurs()) {
            churn.clear();
        }
        truth.close();
        podman.close();
        journal.close();
    }
}
