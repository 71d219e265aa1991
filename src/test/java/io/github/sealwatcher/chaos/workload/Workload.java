package io.github.sealwatcher.chaos.workload;

import io.github.sealwatcher.chaos.world.Commands;
import io.github.sealwatcher.chaos.world.SeededRandom;
import io.github.sealwatcher.testkit.Await;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** Containers and pods that come and go, by several clients at a time. */
public final class Workload implements AutoCloseable {
    private static final int CLIENTS = 3;
    private static final Duration PACE = Duration.ofMillis(100);
    private static final Duration END = Duration.ofMinutes(2);

    private final ScheduledExecutorService clock;
    private final Duration pace;
    private final List<WorkloadClient> clients = new ArrayList<>();

    public Workload(Commands commands, SeededRandom random, boolean renames) {
        this(commands, random, renames, CLIENTS, PACE);
    }

    /** @param pace between two commands of a client */
    public Workload(Commands commands, SeededRandom random, boolean renames, int clients, Duration pace) {
        this.pace = pace;
        clock = Executors.newScheduledThreadPool(clients);
        for (int i = 0; i < clients; i++) {
            this.clients.add(new WorkloadClient(commands, random.another(), i, renames));
        }
    }

    @SuppressWarnings("FutureReturnValueIgnored") // a client never fails
    public void start() {
        clients.forEach(
                client -> clock.scheduleWithFixedDelay(client::play, 0, pace.toMillis(), TimeUnit.MILLISECONDS));
    }

    /** Returns when the commands under way have ended; what they made stays. */
    public void stop() {
        clock.shutdown();
        Await.until("the end of the last commands", END, clock::isTerminated);
    }

    /** Removes all it has made; for a Podman that isn't removed as a whole. */
    public void clear() {
        clients.forEach(WorkloadClient::clear);
    }

    @Override
    public void close() {
        clock.shutdownNow();
    }
}
