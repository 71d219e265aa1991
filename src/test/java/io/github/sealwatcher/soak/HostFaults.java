package io.github.sealwatcher.soak;

import io.github.sealwatcher.chaos.world.Journal;
import io.github.sealwatcher.chaos.world.SeededRandom;
import io.github.sealwatcher.chaos.world.WallClock;
import io.github.sealwatcher.fleet.HostServer;
import io.github.sealwatcher.fleet.ScriptedHost;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** Lets scripted hosts hang or be killed at random, and come back. */
@SuppressWarnings("FutureReturnValueIgnored") // what is scheduled never fails
final class HostFaults implements AutoCloseable {
    private static final int SHORTEST_PAUSE_S = 20;
    private static final int LONGEST_PAUSE_S = 60;
    private static final int LONGEST_FAULT_S = 90;

    private final HostServer server;
    private final Journal journal;
    private final SeededRandom random;
    private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor();
    // Guarded by this.
    private final Set<ScriptedHost> suffering = new HashSet<>();
    private boolean done;
    private int inflicted;

    HostFaults(HostServer server, Journal journal, SeededRandom random) {
        this.server = server;
        this.journal = journal;
        this.random = random;
    }

    synchronized void start() {
        clock.schedule(this::inflict, random.number(SHORTEST_PAUSE_S, LONGEST_PAUSE_S), TimeUnit.SECONDS);
    }

    /** Inflicts nothing more and cures all. */
    synchronized void stop() {
        done = true;
        suffering.forEach(server::recover);
        suffering.clear();
    }

    synchronized int inflicted() {
        return inflicted;
    }

    private synchronized void inflict() {
        if (done) {
            return;
        }
        ScriptedHost host = server.hosts().get(random.number(0, server.hosts().size() - 1));
        if (suffering.add(host)) {
            boolean hangs = random.chance(0.5);
            if (hangs) {
                server.hang(host);
            } else {
                server.refuse(host);
            }
            inflicted++;
            int seconds = random.number(1, LONGEST_FAULT_S);
            journal.write(
                    WallClock.nowNs(),
                    "scripted fault",
                    (hangs ? "HUNG " : "KILLED ") + host.name(),
                    "for " + seconds + " s");
            clock.schedule(() -> cure(host), seconds, TimeUnit.SECONDS);
        }
        start();
    }

    private synchronized void cure(ScriptedHost host) {
        if (suffering.remove(host)) {
            server.recover(host);
        }
    }

    @Override
    public void close() {
        clock.shutdownNow();
    }
}
