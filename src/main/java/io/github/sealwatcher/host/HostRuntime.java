package io.github.sealwatcher.host;

import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.UnaryOperator;

/**
 * The threads that all hosts of a task share, and their clock. All threads are daemons. The workers run the cores,
 * their requests and the readers; there are as many as these are, so that a host that hangs holds its own and nobody
 * else's.
 */
public final class HostRuntime implements AutoCloseable {

    private static final long IDLE_SECONDS = 10;

    private final ExecutorService workers;
    private final ScheduledThreadPoolExecutor timer;
    private final Clocks clocks;

    /**
     * Starts no thread before it is needed.
     *
     * @param name the beginning of all thread names
     * @param context wraps what each thread runs, to give it a class loader or a logging context
     */
    public HostRuntime(String name, UnaryOperator<Runnable> context, Clocks clocks) {
        this.clocks = clocks;
        AtomicLong count = new AtomicLong();
        ThreadFactory threads = body -> {
            Thread thread = new Thread(context.apply(body), name + "-" + count.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        };
        // Nothing is refused before the end, and whoever still asks then needn't know.
        this.workers = new ThreadPoolExecutor(
                0,
                Integer.MAX_VALUE,
                IDLE_SECONDS,
                TimeUnit.SECONDS,
                new SynchronousQueue<>(),
                threads,
                new ThreadPoolExecutor.DiscardPolicy());
        this.timer = new ScheduledThreadPoolExecutor(1, threads, new ThreadPoolExecutor.DiscardPolicy());
        timer.setRemoveOnCancelPolicy(true);
    }

    Clocks clocks() {
        return clocks;
    }

    /** Runs it on a worker; does nothing once closed. */
    void run(Runnable work) {
        workers.execute(work);
    }

    /** Runs it on a worker after a while. */
    void runIn(long delayNs, Runnable work) {
        // What is scheduled is never waited for; an error in it is parked by the host itself.
        Future<?> unused = timer.schedule(() -> run(work), Math.max(0, delayNs), TimeUnit.NANOSECONDS);
    }

    /** Interrupts what still runs. */
    @Override
    public void close() {
        timer.shutdownNow();
        workers.shutdownNow();
    }

    /**
     * Waits until all threads have ended; only after {@link #close}.
     *
     * @return whether they did in time
     */
    public boolean awaitEnd(Duration atMost) throws InterruptedException {
        long deadlineNs = System.nanoTime() + atMost.toNanos();
        return workers.awaitTermination(atMost.toNanos(), TimeUnit.NANOSECONDS)
                && timer.awaitTermination(deadlineNs - System.nanoTime(), TimeUnit.NANOSECONDS);
    }
}
