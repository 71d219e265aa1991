package io.github.sealwatcher.host;

import io.github.sealwatcher.model.HostChange;
import io.github.sealwatcher.model.HostName;
import io.github.sealwatcher.watch.Input;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Says what an operator must know of a host: one WARN when it breaks, one INFO when it heals, little in between. */
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
                LOG.warn("Host {}: {}. It is tried again until it answers.", host, change.reason());
                broken = true;
                lastReminderTicks = System.nanoTime();
            }
            case HISTORY_GAP -> LOG.warn("Host {}: events may be missing: {}", host, change.reason());
        }
    }

    void received(Input input) {
        if (broken && input instanceof Input.Lost lost) {
            failures++;
            long ticks = System.nanoTime();
            if (ticks - lastReminderTicks >= BETWEEN_REMINDERS_NS) {
                lastReminderTicks = ticks;
                LOG.warn("Host {}: still not watched after {} tries: {}", host, failures, lost.reason());
            }
        }
    }
}
