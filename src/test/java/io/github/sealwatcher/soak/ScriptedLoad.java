package io.github.sealwatcher.soak;

import io.github.sealwatcher.chaos.world.SeededRandom;
import io.github.sealwatcher.fleet.ScriptedHost;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** Containers that come and go on the scripted hosts, one step at a time: some live for a second, some for half an hour. */
final class ScriptedLoad implements AutoCloseable {
    private static final Duration PACE = Duration.ofMillis(1000);
    private static final int SERVICES = 5;
    private static final int JOBS = 6;

    private final List<ScriptedHost> hosts;
    private final SeededRandom random;
    private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor();
    private final Set<String> running = new HashSet<>();
    private int jobs;

    ScriptedLoad(List<ScriptedHost> hosts, SeededRandom random) {
        this.hosts = hosts;
        this.random = random;
    }

    /** Starts what runs from the beginning to the end. */
    void begin() {
        for (ScriptedHost host : hosts) {
            for (int i = 0; i < SERVICES; i++) {
                host.start("service-" + i);
            }
        }
    }

    @SuppressWarnings("FutureReturnValueIgnored") // a step never fails
    void start() {
        clock.scheduleWithFixedDelay(this::step, 0, PACE.toMillis(), TimeUnit.MILLISECONDS);
    }

    void stop() throws InterruptedException {
        clock.shutdown();
        clock.awaitTermination(1, TimeUnit.MINUTES);
    }

    private void step() {
        ScriptedHost host = hosts.get(random.number(0, hosts.size() - 1));
        if (random.chance(0.3)) {
            // Gone at once, as with --rm, under a name and an id that never return.
            String job = "once-" + jobs++;
            host.start(job);
            host.die(job);
            host.forget(job);
            return;
        }
        String job = "job-" + random.number(0, JOBS - 1);
        String key = host.name() + '/' + job;
        if (running.add(key)) {
            host.start(job);
        } else {
            running.remove(key);
            host.die(job);
        }
    }

    @Override
    public void close() {
        clock.shutdownNow();
    }
}
