package io.github.sealwatcher.host;

import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * For how long a full queue has held up its hosts, from the first that waits to the last. Logs once when nothing was taken
 * out of it for 30 s, and once when that is over. Not thread-safe: the queue's lock guards it.
 */
final class QueueBlock {

    private static final Logger LOG = LoggerFactory.getLogger(QueueBlock.class);
    private static final long REPORT_NS = TimeUnit.SECONDS.toNanos(30);

    private final LongSupplier monotonicNs;
    private int waiting;
    private long beganTicks;
    private long totalNs;
    private long takenTicks;
    private boolean reported;

    QueueBlock(LongSupplier monotonicNs) {
        this.monotonicNs = monotonicNs;
        this.takenTicks = monotonicNs.getAsLong();
    }

    /** One more host waits. */
    void begin() {
        if (waiting++ == 0) {
            beganTicks = monotonicNs.getAsLong();
        }
    }

    /** Whether any host waits. */
    boolean isHolding() {
        return waiting > 0;
    }

    /** One that waited goes on. */
    void end() {
        waiting--;
        if (waiting == 0) {
            totalNs += monotonicNs.getAsLong() - beganTicks;
        }
    }

    /** Something was taken out of the queue: it is slow, not stuck. */
    void taken() {
        takenTicks = monotonicNs.getAsLong();
        if (reported) {
            reported = false;
            LOG.info("The queue between the hosts and Kafka has room again");
        }
    }

    /** How long to wait before there is something to log. */
    long unreportedNs() {
        long ticks = monotonicNs.getAsLong();
        return reported ? Long.MAX_VALUE : REPORT_NS - Math.min(ticks - beganTicks, ticks - takenTicks);
    }

    /** @param changes how many wait */
    void report(int changes, long bytes) {
        reported = true;
        LOG.warn(
                "The queue between the hosts and Kafka has been full for {} s, with {} changes of about {} bytes: the worker"
                        + " does not take them. The hosts are read no further, and nothing is lost as long as Podman's event"
                        + " log holds what happens. Check that the brokers are reachable and accept records",
                TimeUnit.NANOSECONDS.toSeconds(REPORT_NS),
                changes,
                bytes);
    }

    /** How long some host waited in all, up to now. */
    long totalNs() {
        return waiting == 0 ? totalNs : totalNs + monotonicNs.getAsLong() - beganTicks;
    }
}
