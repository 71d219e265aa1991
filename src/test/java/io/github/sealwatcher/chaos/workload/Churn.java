package io.github.sealwatcher.chaos.workload;

import io.github.sealwatcher.chaos.world.Commands;
import io.github.sealwatcher.chaos.world.Dice;
import io.github.sealwatcher.quickstart.Await;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** Containers and pods that come and go, by several hands at a time. */
public final class Churn implements AutoCloseable {
    private static final int HANDS = 3;
    private static final long PACE_MS = 100;
    private static final Duration END = Duration.ofMinutes(2);

    private final ScheduledExecutorService clock = Executors.newScheduledThreadPool(HANDS);
    private final List<Hand> hands = new ArrayList<>();

    public Churn(Commands commands, Dice dice, boolean renames) {
        for (int i = 0; i < HANDS; i++) {
            hands.add(new Hand(commands, dice.another(), i, renames));
        }
    }

    @SuppressWarnings("FutureReturnValueIgnored") // a hand never fails
    public void start() {
        hands.forEach(hand -> clock.scheduleWithFixedDelay(hand::play, 0, PACE_MS, TimeUnit.MILLISECONDS));
    }

    /** Returns when the commands under way have ended; what they made stays. */
    public void stop() {
        clock.shutdown();
        Await.until("the end of the last commands", END, clock::isTerminated);
    }

    /** Removes all it has made; for a Podman that isn't removed as a whole. */
    public void clear() {
        hands.forEach(Hand::clear);
    }

    @Override
    public void close() {
        clock.shutdownNow();
    }
}
