package io.github.sealwatcher.connect;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.MDC;

/**
 * What Connect gives to its own threads and our threads must have too: the plugin's class loader, and the logging context
 * by which an operator finds the connector that a line belongs to.
 *
 * @param loader null for the JVM's own
 * @param logging null if none
 */
record WorkerContext(@Nullable ClassLoader loader, @Nullable Map<String, String> logging) {

    /** The calling thread's. */
    static WorkerContext capture() {
        return new WorkerContext(Thread.currentThread().getContextClassLoader(), MDC.getCopyOfContextMap());
    }

    /** {@code work}, run in this context; for threads that run nothing else. */
    Runnable wrap(Runnable work) {
        return () -> {
            Thread.currentThread().setContextClassLoader(loader);
            if (logging != null) {
                MDC.setContextMap(logging);
            }
            work.run();
        };
    }
}
