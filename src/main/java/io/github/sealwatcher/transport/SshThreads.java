package io.github.sealwatcher.transport;

import java.util.concurrent.Executor;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** Daemon threads for what the ssh library can't do without blocking; none are left a second after the last is done. */
final class SshThreads implements Executor, ThreadFactory {

    private final ThreadPoolExecutor pool =
            new ThreadPoolExecutor(0, Integer.MAX_VALUE, 1, TimeUnit.SECONDS, new SynchronousQueue<>(), this);

    @Override
    public void execute(Runnable task) {
        pool.execute(task);
    }

    @Override
    public Thread newThread(Runnable body) {
        Thread thread = new Thread(body, "podman-ssh");
        thread.setDaemon(true);
        return thread;
    }
}
