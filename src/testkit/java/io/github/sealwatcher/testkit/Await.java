package io.github.sealwatcher.testkit;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** Waits for a condition, never for a length of time; the limit only bounds a wait that is in vain. */
public final class Await {
    private static final long POLL_NANOS = TimeUnit.MILLISECONDS.toNanos(5);

    private Await() {}

    /**
     * Returns as soon as {@code condition} holds.
     *
     * @throws IllegalStateException after {@code limit}, naming {@code what} was waited for
     */
    public static void until(String what, Duration limit, Callable<Boolean> condition) {
        if (!within(limit, condition)) {
            throw new IllegalStateException("Waited " + limit.toSeconds() + " s in vain for " + what);
        }
    }

    /** Whether {@code condition} came to hold within {@code limit}; an interrupt counts as the end of the limit. */
    public static boolean within(Duration limit, Callable<Boolean> condition) {
        long deadline = System.nanoTime() + limit.toNanos();
        while (true) {
            if (holds(condition)) {
                return true;
            }
            if (System.nanoTime() - deadline >= 0 || Thread.currentThread().isInterrupted()) {
                return false;
            }
            LockSupport.parkNanos(POLL_NANOS);
        }
    }

    private static boolean holds(Callable<Boolean> condition) {
        try {
            return condition.call();
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }
}
