package io.github.sealwatcher.chaos.nemesis;

import io.github.sealwatcher.chaos.world.Connector;
import io.github.sealwatcher.chaos.world.Dice;
import io.github.sealwatcher.chaos.world.Fault;
import io.github.sealwatcher.chaos.world.Journal;
import io.github.sealwatcher.chaos.world.Wall;
import io.github.sealwatcher.quickstart.Await;
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
public final class Monkey implements AutoCloseable {
    private static final int THREADS = 6;
    private static final int SHORTEST_MS = 5_000;
    private static final int LONGEST_MS = 20_000;
    private static final int TRIES = 10;
    private static final long TEND_MS = 2_000;
    private static final Duration LIMIT = Duration.ofMinutes(4);

    private final Faults faults;
    private final Connector connector;
    private final Journal journal;
    private final Dice dice;
    private final Map<Fault, Integer> weights = new EnumMap<>(Fault.class);
    private final ScheduledExecutorService clock = Executors.newScheduledThreadPool(THREADS);
    // Guarded by this.
    private final Set<Fault.Part> suffering = EnumSet.noneOf(Fault.Part.class);
    private final Map<Fault, Integer> inflicted = new EnumMap<>(Fault.class);
    private final Map<Fault, String> problems = new EnumMap<>(Fault.class);
    private int waiting;
    private boolean done;

    public Monkey(Faults faults, Connector connector, Journal journal, Dice dice, Predicate<Fault> possible) {
        this.faults = faults;
        this.connector = connector;
        this.journal = journal;
        this.dice = dice;
        for (Fault fault : Fault.values()) {
            if (possible.test(fault)) {
                weights.put(fault, fault.weight());
            }
        }
    }

    public void start() {
        clock.scheduleWithFixedDelay(connector::tend, TEND_MS, TEND_MS, TimeUnit.MILLISECONDS);
        scheduleNext();
    }

    /** Inflicts this one as soon as its part suffers from no other. */
    public synchronized void inflict(Fault fault) {
        waiting++;
        attempt(fault);
    }

    private synchronized void attempt(Fault fault) {
        if (suffering.add(fault.part())) {
            waiting--;
            Dice own = dice.another();
            int seconds = fault.seconds(own);
            clock.execute(() -> inflict(fault, own, seconds));
        } else {
            clock.schedule(() -> attempt(fault), 1, TimeUnit.SECONDS);
        }
    }

    /** Inflicts nothing more and returns when all is cured. */
    public void stop() {
        synchronized (this) {
            done = true;
        }
        Await.until("the cure of the last faults", LIMIT, this::isAllWell);
    }

    public synchronized Map<Fault, Integer> inflicted() {
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
        clock.schedule(this::inflictNext, dice.number(SHORTEST_MS, LONGEST_MS), TimeUnit.MILLISECONDS);
    }

    private synchronized void inflictNext() {
        if (done) {
            return;
        }
        for (int i = 0; i < TRIES; i++) {
            Fault fault = dice.draw(weights);
            int seconds = fault.seconds(dice);
            if (suffering.add(fault.part())) {
                Dice own = dice.another();
                clock.execute(() -> inflict(fault, own, seconds));
                break;
            }
        }
        scheduleNext();
    }

    private void inflict(Fault fault, Dice own, int seconds) {
        long fromNs = Wall.nowNs();
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

    private void cure(Fault fault) {
        long fromNs = Wall.nowNs();
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
    private synchronized void complain(Fault fault, long fromNs, String problem) {
        if (!problem.equals(problems.put(fault, problem))) {
            journal.write(fromNs, "cure", fault.name(), problem);
        }
    }
}
