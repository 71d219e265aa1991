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
import java.util.concurrent.locks.LockSupport;
import java.util.function.UnaryOperator;

/**
 * The threads that all hosts of a task share, and their clock. All threads are daemons. Each
 * reader has one of its own; the cores, and apart from them their requests, share a few, and more only for what hangs, so
 * that a host that hangs holds its own and nobody else's.
 */
public final class HostRuntime implements AutoCloseable {

    private static final long IDLE_SECONDS = 10;

    /** So many hosts are asked at once; a host far away takes a fifth of a second for an answer. */
    private static final int REQUESTS = 64;
    /** Cores only compute, or wait for room in the outbox together. */
    private static final int CORES = 2 * Runtime.getRuntime().availableProcessors();

    private static final long PATIENCE_NS = TimeUnit.SECONDS.toNanos(1);

    private static final long AGAIN_NS = TimeUnit.MILLISECONDS.toNanos(100);

    private final ExecutorService threads;
    private final Workers cores;
    private final Workers requests;
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
        ThreadFactory daemons = body -> {
            Thread thread = new Thread(context.apply(body), name + "-" + count.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        };
        // Nothing is refused before the end, and whoever still asks then needn't know.
        this.threads = new ThreadPoolExecutor(
                0,
                Integer.MAX_VALUE,
                IDLE_SECONDS,
                TimeUnit.SECONDS,
                new SynchronousQueue<>(),
                daemons,
                new ThreadPoolExecutor.DiscardPolicy());
        this.timer = new ScheduledThreadPoolExecutor(1, daemons, new ThreadPoolExecutor.DiscardPolicy());
        timer.setRemoveOnCancelPolicy(true);
        this.cores = new Workers(threads, timer, CORES, PATIENCE_NS);
        this.requests = new Workers(threads, timer, REQUESTS, PATIENCE_NS);
    }

    Clocks clocks() {
        return clocks;
    }

    /** Runs a core as soon as it is its turn; does nothing once closed. */
    void run(Runnable core) {
        cores.run(core);
    }

    /** Runs what waits for an answer, as soon as it is its turn; does nothing once closed. */
    void runRequest(Runnable request) {
        requests.run(request);
    }

    /** The same for what nobody waits for: it goes after everything else of all hosts. */
    void runRequestLater(Runnable request) {
        requests.runLater(request);
    }

    /** Runs what reads for as long as a connection lasts, on a thread of its own; does nothing once closed. */
    void read(Runnable reader) {
        threads.execute(reader);
    }

    /** Runs what doesn't block after a while, on the one thread that all share for this. */
    public void runIn(long delayNs, Runnable work) {
        // Never waited for: it doesn't fail.
        Future<?> unused = schedule(delayNs, work);
    }

    /** The same for what may be cancelled before its time. */
    Future<?> schedule(long delayNs, Runnable work) {
        return timer.schedule(() -> runUntilDone(work), Math.max(0, delayNs), TimeUnit.NANOSECONDS);
    }

    /**
     * Does what must be done, or a host would fall silent: whatever is thrown, an {@link OutOfMemoryError} above all, it is
     * done again until it succeeds, or until the thread is interrupted because all ends.
     */
    @SuppressWarnings("EmptyCatch") // there may be no memory even to log it; what caused it is reported once it is done
    static void runUntilDone(Runnable work) {
        while (!Thread.currentThread().isInterrupted()) {
            try {
                work.run();
                return;
            } catch (RuntimeException | Error e) {
                LockSupport.parkNanos(AGAIN_NS);
            }
        }
    }

    /** Interrupts what still runs. */
    @Override
    public void close() {
        timer.shutdownNow();
        threads.shutdownNow();
    }

    /**
     * Waits until all threads have ended; only after {@link #close}.
     *
     * @return whether they did in time
     */
    public boolean awaitEnd(Duration atMost) throws InterruptedException {
        long deadlineNs = System.nanoTime() + atMost.toNanos();
        return threads.awaitTermination(atMost.toNanos(), TimeUnit.NANOSECONDS)
                && timer.awaitTermination(deadlineNs - System.nanoTime(), TimeUnit.NANOSECONDS);
    }
}
