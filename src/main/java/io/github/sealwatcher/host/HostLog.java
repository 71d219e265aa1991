package io.github.sealwatcher.host;

import io.github.sealwatcher.model.HostChange;
import io.github.sealwatcher.model.HostName;
import io.github.sealwatcher.watch.Input;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;

/** Logs the state of a host for the operator: one WARN when it is lost, one INFO when it is back, a reminder every ten minutes. */
final class HostLog {

    private static final long BETWEEN_REMINDERS_NS = TimeUnit.MINUTES.toNanos(10);

    private final Logger log;
    private final HostName host;
    private boolean broken;
    private long lastReminderTicks;
    private long failures;

    /** @param log where an operator finds all lines of the watcher */
    HostLog(Logger log, HostName host) {
        this.log = log;
        this.host = host;
    }

    void changed(HostChange change) {
        switch (change.type()) {
            case CONNECTED, ENGINE_CHANGED, LOG_ROTATED ->
                log.debug("Host {}: {} {}", host, change.type(), change.reason());
            case SYNCHRONIZED -> {
                log.info("Host {}: synchronized, {} containers are alive", host, change.containers());
                broken = false;
                failures = 0;
            }
            case DISCONNECTED -> {
                log.warn("Host {}: {}. Retrying with backoff.", host, change.reason());
                broken = true;
                lastReminderTicks = System.nanoTime();
            }
            case HISTORY_GAP ->
                log.warn("Host {}: events may be missing (reported as history_gap): {}", host, change.reason());
        }
    }

    void received(Input input) {
        if (broken && input instanceof Input.Lost lost) {
            failures++;
            long ticks = System.nanoTime();
            if (ticks - lastReminderTicks >= BETWEEN_REMINDERS_NS) {
                lastReminderTicks = ticks;
                log.warn(
                        "Host {}: still not connected after {} attempts; retrying. The last error: {}",
                        host,
                        failures,
                        lost.reason());
            }
        }
    }
}
