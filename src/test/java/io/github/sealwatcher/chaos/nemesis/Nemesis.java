package io.github.sealwatcher.chaos.nemesis;

import io.github.sealwatcher.chaos.world.Connector;
import io.github.sealwatcher.chaos.world.FaultKind;
import io.github.sealwatcher.chaos.world.Journal;
import io.github.sealwatcher.chaos.world.SeededRandom;
import io.github.sealwatcher.chaos.world.WallClock;
import io.github.sealwatcher.testkit.Await;
import java.time.Duration;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/** Inflicts faults at random and cures them after a while; different parts may suffer at the same time. */
@SuppressWarnings("FutureReturnValueIgnored") // what is scheduled never fails
public final class Nemesis implements AutoCloseable {
    private static final int THREADS = 6;
    private static final Duration SHORTEST = Duration.ofSeconds(5);
    private static final Duration LONGEST = Duration.ofSeconds(20);
    private static final int TRIES = 10;
    private static final long TEND_MS = 2_000;
    private static final Duration LIMIT = Duration.ofMinutes(4);

    private final FaultInjector faults;
    private final Connector connector;
    private final Journal journal;
    private final SeededRandom random;
    private final Duration shortest;
    private final Duration longest;
    private final Map<FaultKind, Integer> weights = new EnumMap<>(FaultKind.class);
    private final ScheduledExecutorService clock = Executors.newScheduledThreadPool(THREADS);
    // Guarded by this.
    private final Set<FaultKind.Part> suffering = EnumSet.noneOf(FaultKind.Part.class);
    private final Map<FaultKind, Integer> inflicted = new EnumMap<>(FaultKind.class);
    private final Map<FaultKind, String> problems = new EnumMap<>(FaultKind.class);
    private int waiting;
    private boolean done;

    public Nemesis(
            FaultInjector faults,
            Connector connector,
            Journal journal,
            SeededRandom random,
            Predicate<FaultKind> possible) {
        this(faults, connector, journal, random, possible, SHORTEST, LONGEST);
    }

    /**
     * @param shortest between two faults
     * @param longest between two faults
     */
    public Nemesis(
            FaultInjector faults,
            Connector connector,
            Journal journal,
            SeededRandom random,
            Predicate<FaultKind> possible,
            Duration shortest,
            Duration longest) {
        this.shortest = shortest;
        this.longest = longest;
        this.faults = faults;
        this.connector = connector;
        this.journal = journal;
        this.random = random;
        for (FaultKind fault : FaultKind.values()) {
            if (possible.test(fault)) {
                weights.put(fault, fault.weight());
            }
        }
    }

    public void start() {
        clock.scheduleWithFixedDelay(connector::tend, TEND_MS, TEND_MS, TimeUnit.MILLISECONDS);
        startFaults();
    }

    /** The same, when somebody else restarts what fails. */
    public void startFaults() {
        scheduleNext();
    }

    /** Inflicts this one as soon as its part suffers from no other. */
    public synchronized void inflict(FaultKind fault) {
        waiting++;
        attempt(fault);
    }

    private synchronized void attempt(FaultKind fault) {
        if (suffering.add(fault.part())) {
            waiting--;
            SeededRandom own = random.another();
            int seconds = fault.seconds(own);
            clock.execute(() -> inflict(fault, own, seconds));
        } else {
            clock.schedule(() -> attempt(fault), 1, TimeUnit.SECONDS);
        }
    }

    /**
     * Inflicts nothing more and returns when all is cured.
     *
     * @param meanwhile is run again and again until then: some cures show only in the topics
     */
    public void stop(Runnable meanwhile) {
        synchronized (this) {
            done = true;
        }
        Await.until("the cure of the last faults", LIMIT, () -> {
            meanwhile.run();
            return isAllWell();
        });
    }

    public synchronized Map<FaultKind, Integer> inflicted() {
        return new EnumMap<>(inflicted);
    }

    @Override
    public void close() {
        clock.shutdownNow();
    }

    private synchronized boolean isAllWell() {
        return suffering.isEmpty() && waiting == 0;
    }

    private synchronized void scheduleNext() {
        long pauseMs = random.number((int) shortest.toMillis(), (int) longest.toMillis());
        clock.schedule(this::inflictNext, pauseMs, TimeUnit.MILLISECONDS);
    }

    private synchronized void inflictNext() {
        if (done) {
            return;
        }
        for (int i = 0; i < TRIES; i++) {
            FaultKind fault = random.draw(weights);
            int seconds = fault.seconds(random);
            if (suffering.add(fault.part())) {
                SeededRandom own = random.another();
                clock.execute(() -> inflict(fault, own, seconds));
                break;
            }
        }
        scheduleNext();
    }

    private void inflict(FaultKind fault, SeededRandom own, int seconds) {
        long fromNs = WallClock.nowNs();
        String outcome = "done, for " + seconds + " s";
        try {
            synchronized (this) {
                inflicted.merge(fault, 1, Integer::sum);
            }
            faults.inflict(fault, own);
        } catch (RuntimeException e) {
            outcome = "in part or not at all: " + e;
        }
        journal.write(fromNs, "fault", fault.name(), outcome);
        clock.schedule(() -> cure(fault), seconds, TimeUnit.SECONDS);
    }

    private void cure(FaultKind fault) {
        long fromNs = WallClock.nowNs();
        try {
            faults.cure(fault);
            journal.write(fromNs, "cure", fault.name(), "done");
            synchronized (this) {
                problems.remove(fault);
                suffering.remove(fault.part());
            }
        } catch (RuntimeException e) {
            complain(fault, fromNs, "again every second: " + e);
            clock.schedule(() -> cure(fault), 1, TimeUnit.SECONDS);
        }
    }

    /** Writes down why a fault can't be cured yet; the same reason once. */
    private synchronized void complain(FaultKind fault, long fromNs, String problem) {
        if (!problem.equals(problems.put(fault, problem))) {
            journal.write(fromNs, "cure", fault.name(), problem);
        }
    }
}
