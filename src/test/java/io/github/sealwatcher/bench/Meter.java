package io.github.sealwatcher.bench;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;

/** Counts processor time and allocated bytes of the current thread in one stage. */
final class Meter {

    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    private long cpuNs;
    private long bytes;

    /** Does it, and counts what it takes. */
    void run(Runnable stage) {
        long bytesBefore = THREADS.getCurrentThreadAllocatedBytes();
        long cpuBefore = THREADS.getCurrentThreadCpuTime();
        stage.run();
        cpuNs += THREADS.getCurrentThreadCpuTime() - cpuBefore;
        bytes += THREADS.getCurrentThreadAllocatedBytes() - bytesBefore;
    }

    double microseconds(int events) {
        return cpuNs / 1e3 / events;
    }

    double bytes(int events) {
        return (double) bytes / events;
    }
}
