package io.github.sealwatcher.host;

import io.github.sealwatcher.model.HostChange;
import io.github.sealwatcher.model.HostName;
import io.github.sealwatcher.watch.Input;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Logs the state of a host for the operator: one WARN when it is lost, one INFO when it is back, a reminder every ten minutes. */
final class HostLog {

    private static final Logger LOG = LoggerFactory.getLogger(HostWatcher.class);
    private static final long BETWEEN_REMINDERS_NS = TimeUnit.MINUTES.toNanos(10);

    private final HostName host;
    private boolean broken;
    private long lastReminderTicks;
    private long failures;

    HostLog(HostName host) {
        this.host = host;
    }

    void changed(HostChange change) {
        switch (change.type()) {
            case CONNECTED, ENGINE_CHANGED, LOG_ROTATED ->
                LOG.debug("Host {}: {} {}", host, change.type(), change.reason());
            case SYNCHRONIZED -> {
                LOG.info("Host {}: synchronized, {} containers are alive", host, change.containers());
                broken = false;
                failures = 0;
            }
            case DISCONNECTED -> {
                LOG.warn("Host {}: {}. Retrying with backoff.", host, change.reason());
                broken = true;
                lastReminderTicks = System.nanoTime();
            }
            case HISTORY_GAP ->
                LOG.warn("Host {}: events may be missing (reported as history_gap): {}", host, change.reason());
        }
    }

    void received(Input input) {
        if (broken && input instanceof Input.Lost lost) {
            failures++;
            long ticks = System.nanoTime();
            if (ticks - lastReminderTicks >= BETWEEN_REMINDERS_NS) {
                lastReminderTicks = ticks;
                LOG.warn(
                        "Host {}: still not connected after {} attempts; retrying. The last error: {}",
                        host,
                        failures,
                        lost.reason());
            }
        }
    }
}
