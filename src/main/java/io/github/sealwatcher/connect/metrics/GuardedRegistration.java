package io.github.sealwatcher.connect.metrics;

import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Registers metrics so that whatever goes wrong there costs the metrics, never the task. */
final class GuardedRegistration {

    private static final Logger LOG = LoggerFactory.getLogger(GuardedRegistration.class);

    private GuardedRegistration() {}

    /** Registers or removes, and logs what goes wrong. */
    static void run(Runnable registration, List<Gauge> gauges) {
        try {
            registration.run();
        } catch (RuntimeException | LinkageError e) {
            LOG.warn(
                    "The metrics {} cannot be registered; the task goes on without them",
                    gauges.stream().map(Gauge::name).toList(),
                    e);
        }
    }
}
