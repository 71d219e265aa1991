package io.github.sealwatcher.chaos;

import io.github.sealwatcher.quickstart.Await;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** One run: build the world, torment it, let it heal, judge; then rewind and judge again. */
final class Experiment implements AutoCloseable {
    private static final Duration LIMIT = Duration.ofMinutes(2);

    private final ChaosOptions options;
    private final Dice dice;
    private final Journal journal;
    private final Podman podman;
    private final Truth truth;
    private final Relay relay;
    private final Cluster cluster;
    private final Connector connector;
    private final Churn churn;
    private final Monkey monkey;
    private final Trail trail;
    private final Filters filters;
    private final Thread atExit = new Thread(this::close, "end-of-chaos");
    private boolean closed;

    Experiment(ChaosOptions options, Path directory) {
        this.options = options;
        dice = new Dice(new SplittableRandom(options.seed()));
        journal = new Journal(directory.resolve("journal.jsonl"));
        podman = Podman.of(options);
        truth = new Truth(podman.eventsLog(), directory.resolve("truth.jsonl"));
        podman.startService();
        relay = Relay.started(podman.socket());
        cluster = new Cluster(directory, options.atLeastOnce(), options.skew());
        Runtime.getRuntime().addShutdownHook(atExit);
        connector = new Connector(cluster.rest(), journal);
        churn = new Churn(new Commands(podman, journal), dice.another(), options.filters());
        trail = new Trail(cluster.bootstrapServers(), directory.resolve("topics.jsonl"), options.skew());
        filters = new Filters(connector, trail);
        Faults faults = new Faults(podman, cluster, connector, relay, filters);
        monkey = new Monkey(faults, connector, journal, dice.another(), this::isPossible);
    }

    private boolean isPossible(Fault fault) {
        return fault == Fault.FILTERS_CHANGED ? options.filters() : podman.isOurs() || !fault.isForOurs();
    }

    /** Returns what came of it; the world stays until {@link #close}. */
    Verdict run() {
        truth.start();
        begin();
        int mark = truth.lines().size();
        phase("torment");
        churn.start();
        monkey.start();
        int upgrades = options.upgrade() ? podman.upgrades() : 0;
        for (int i = 0; i < upgrades; i++) {
            pass(options.time().dividedBy(upgrades + 1));
            monkey.inflict(Fault.SERVICE_UPGRADED);
        }
        pass(options.time().dividedBy(upgrades + 1));
        monkey.stop();
        churn.stop();
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
            trail.read();
            return trail.syncs() > 0;
        });
    }

    private Verdict judge(int mark) {
        Verdict verdict = new Verdict();
        phase("heal");
        Connector.await("the connector to run again", LIMIT, connector::isRunning);
        observe(verdict, 0, filters.epochs());
        List<TruthLine> lines = truth.lines();
        comparison(trail.told(), lines.subList(mark, lines.size()), trail.gaps(), visibility(0, 0, filters.epochs()))
                .judge(verdict);
        verdict.figure("cuts of the log", truth.cuts());
        checkTruth(verdict, lines);
        checkEngines(verdict);
        verdict.figure("faults", monkey.inflicted());
        verdict.figure("tasks that failed", journal.notes("task").size());
        verdict.figure("commands", journal.notes("command").size());
        noteRepetitions(verdict);
        rewind(verdict);
        return verdict;
    }

    /** Reads on for two resync intervals: after that all must be equal, and it is measured when it first was. */
    private void observe(Verdict verdict, long fromNs, List<Epoch> epochs) {
        // What was told to end by itself must have ended: what podman ps says now must still hold at the end.
        Await.until("the containers to be what they stay", LIMIT, () -> {
            Map<String, String> before = Alive.in(podman);
            pass(Duration.ofSeconds(3));
            return Alive.in(podman).equals(before);
        });
        phase("observe");
        Map<String, String> running = Alive.in(podman);
        Visibility visibility = visibility(fromNs, 0, epochs);
        Set<String> undecided = idsWith(Visibility.Answer.EITHER, running, visibility);
        Map<String, String> alive = new TreeMap<>(running);
        alive.keySet().removeAll(idsWith(Visibility.Answer.HIDDEN, running, visibility));
        alive.keySet().removeAll(undecided);
        long from = System.nanoTime();
        long until = from + 2 * Connector.RESYNC.toNanos();
        long equalAfterMs = -1;
        while (System.nanoTime() < until) {
            trail.read();
            Set<String> unknown = new TreeSet<>(Forgotten.in(trail.told(), trail.gaps(), kills()));
            unknown.removeAll(alive.keySet());
            unknown.addAll(undecided);
            boolean equal = known(trail.folded(), unknown).equals(alive)
                    && known(trail.table(), unknown).equals(alive);
            if (!equal) {
                equalAfterMs = -1;
            } else if (equalAfterMs < 0) {
                equalAfterMs = Duration.ofNanos(System.nanoTime() - from).toMillis();
            }
        }
        verdict.figure("alive at the end", alive.size());
        verdict.figure("  all three equal", equalAfterMs < 0 ? "no" : "yes, after " + equalAfterMs + " ms");
        if (!visibility.isWhole()) {
            verdict.figure("  hidden by filters", running.size() - alive.size() - undecided.size());
            verdict.figure("  by one of two filters, either is right", undecided.size());
        }
        Set<String> forgotten = Forgotten.in(trail.told(), trail.gaps(), kills());
        Set<String> unknown = new TreeSet<>(forgotten);
        unknown.removeAll(alive.keySet());
        unknown.addAll(undecided);
        Difference.between("folded trail", known(trail.folded(), unknown), alive, verdict);
        Difference.between("state topic", known(trail.table(), unknown), alive, verdict);
        if (options.atLeastOnce()) {
            Set<String> phantoms = new TreeSet<>(trail.folded().keySet());
            phantoms.removeAll(alive.keySet());
            phantoms.retainAll(forgotten);
            verdict.figure("  forgotten, but alive in the trail", phantoms.size());
        }
    }

    /** Without the containers of which nobody can know. */
    private static Map<String, String> known(Map<String, String> table, Set<String> unknown) {
        Map<String, String> known = new TreeMap<>(table);
        known.keySet().removeAll(unknown);
        return known;
    }

    private static Set<String> idsWith(Visibility.Answer answer, Map<String, String> running, Visibility visibility) {
        return running.keySet().stream()
                .filter(id -> visibility.now(id) == answer)
                .collect(Collectors.toSet());
    }

    private Kills kills() {
        return new Kills(options.atLeastOnce(), journal.notes());
    }

    /** @param mark where the trail in question begins */
    private Visibility visibility(long fromNs, int mark, List<Epoch> epochs) {
        List<Told> told = trail.told();
        return new Visibility(truth.lines(), epochs, told.subList(mark, told.size()), fromNs);
    }

    private Comparison comparison(List<Told> told, List<TruthLine> lines, List<Gap> gaps, Visibility visibility) {
        List<TruthLine> expected = lines.stream().filter(TruthLine::isToBeTold).toList();
        Map<Moment, TruthLine> known = Comparison.byMoment(truth.lines());
        return new Comparison(told, expected, known, gaps, new Blindness(journal.notes(), told), kills(), visibility);
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
        int upgrades = monkey.inflicted().getOrDefault(Fault.SERVICE_UPGRADED, 0);
        List<String> engines = trail.engines();
        long distinct = engines.stream().distinct().count();
        if (distinct != upgrades || (!options.atLeastOnce() && engines.size() != upgrades)) {
            verdict.violated("engine_changed", "", upgrades + " upgrades, but " + engines);
        }
        if (upgrades > 0) {
            verdict.figure("upgrades, as the host topic has them", engines);
        }
    }

    private void noteRepetitions(Verdict verdict) {
        boolean killed = monkey.inflicted().keySet().stream().anyMatch(Fault::mayRepeat)
                || !journal.notes("task").isEmpty();
        long distinct = trail.told().stream().map(Told::eventId).distinct().count();
        if (!killed && distinct < trail.told().size()) {
            verdict.violated("repeated without any kill", "", trail.told().size() + " records, " + distinct + " ids");
        }
    }

    /** An operator lets the connector read again from a moment in the middle of what the log still holds. */
    private void rewind(Verdict main) {
        Verdict verdict = main.of("rewound");
        List<TruthLine> present =
                truth.lines().stream().filter(TruthLine::isPresent).toList();
        long fromNs = present.get(dice.number(present.size() / 4, present.size() * 3 / 4))
                .moment()
                .timeNs();
        phase("rewind to " + fromNs);
        int mark = trail.told().size();
        int gaps = trail.gaps().size();
        connector.stop();
        Connector.await("the connector to stop", LIMIT, connector::isStopped);
        connector.rewind(fromNs);
        connector.resume();
        Connector.await("the connector to run again", LIMIT, connector::isRunning);
        List<Epoch> epochs = filters.epochs();
        epochs = List.of(new Epoch(epochs.get(epochs.size() - 1).filter(), 0, 0));
        observe(verdict, fromNs, epochs);
        List<Told> told = trail.told();
        List<TruthLine> expected = present.stream()
                .filter(line -> line.moment().timeNs() >= fromNs)
                .toList();
        List<Gap> said = trail.gaps().subList(gaps, trail.gaps().size());
        comparison(told.subList(mark, told.size()), expected, said, visibility(fromNs, mark, epochs))
                .judge(verdict);
    }

    History history() {
        return new History(truth.lines(), trail.told(), trail.gaps(), journal.notes());
    }

    private void phase(String name) {
        journal.write(Wall.nowNs(), "phase", name, "");
        System.out.println(Wall.show(Wall.nowNs()) + "  " + name);
    }

    /** Lets time go by while the world is tormented; reads, so that the reader is no laggard at the end. */
    private void pass(Duration time) {
        long until = System.nanoTime() + time.toNanos();
        while (System.nanoTime() < until) {
            trail.read();
        }
    }

    @Override
    public synchronized void close() {
        if (closed) {
            return;
        }
        closed = true;
        monkey.close();
        churn.close();
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
