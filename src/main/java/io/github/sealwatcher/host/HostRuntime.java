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
 * The threads that all hosts of a task share, and their clock. All threads are daemons. The workers run the cores and
 * their requests; there are as many as there are requests under way, so that a host that hangs holds its own and nobody
 * else's.
 */
public final class HostRuntime implements AutoCloseable {

    private static final long IDLE_SECONDS = 10;

    private final ThreadFactory threads;
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
        this.threads = body -> {
            Thread thread = new Thread(context.apply(body), name + "-" + count.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        };
        this.workers = new ThreadPoolExecutor(
                0, Integer.MAX_VALUE, IDLE_SECONDS, TimeUnit.SECONDS, new SynchronousQueue<>(), threads);
        this.timer = new ScheduledThreadPoolExecutor(1, threads);
        timer.setRemoveOnCancelPolicy(true);
    }

    Clocks clocks() {
        return clocks;
    }

    /** Runs it on a worker; does nothing once closed. */
    void run(Runnable work) {
        if (!workers.isShutdown()) {
            workers.execute(work);
        }
    }

    /** Runs it on a thread of its own, for as long as it takes. */
    void runReader(Runnable body) {
        threads.newThread(body).start();
    }

    /** Runs it on a worker after a while. */
    void runIn(long delayNs, Runnable work) {
        if (!timer.isShutdown()) {
            // What is scheduled is never waited for; an error in it is parked by the host itself.
            Future<?> unused = timer.schedule(() -> run(work), Math.max(0, delayNs), TimeUnit.NANOSECONDS);
        }
    }

    /** Interrupts what still runs. */
    @Override
    public void close() {
        timer.shutdownNow();
        workers.shutdownNow();
    }

    /**
     * Waits until all workers have ended; only after {@link #close}.
     *
     * @return whether they did in time
     */
    public boolean awaitEnd(Duration atMost) throws InterruptedException {
        return workers.awaitTermination(atMost.toNanos(), TimeUnit.NANOSECONDS);
    }
}
