package io.github.sealwatcher.connect;

import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.apache.kafka.connect.source.SourceRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Notices that Kafka acknowledges none of the records that the worker was given. Connect itself says nothing when a topic
 * does not exist and may not be created: its producer waits without an end, and the task stays RUNNING. Thread-safe: records
 * are given by the task's thread and acknowledged by the producer's.
 */
final class DeliveryWatch {

    private static final Logger LOG = LoggerFactory.getLogger(DeliveryWatch.class);
    /** With exactly once a record counts as acknowledged when its transaction ends, which may take a minute by default. */
    private static final long PATIENCE_NS = TimeUnit.SECONDS.toNanos(120);

    private final LongSupplier ticksNs;
    // Guarded by this: all below.
    private List<SourceRecord> last = List.of();
    private long pending;
    private long progressTicks;
    private boolean reported;

    /** @param ticksNs a clock in nanoseconds that never jumps */
    DeliveryWatch(LongSupplier ticksNs) {
        this.ticksNs = ticksNs;
    }

    /** The worker has these now. */
    synchronized void given(List<SourceRecord> records) {
        if (records.isEmpty()) {
            return;
        }
        if (pending == 0) {
            progressTicks = ticksNs.getAsLong();
        }
        pending += records.size();
        last = records;
    }

    /** Kafka has one more of them, or Connect has left it out. */
    synchronized void acknowledged() {
        pending--;
        progressTicks = ticksNs.getAsLong();
        if (reported) {
            reported = false;
            LOG.info("Kafka acknowledges records again");
        }
        if (pending == 0) {
            last = List.of();
        }
    }

    /** What an operator should know, if it is time; once until something is acknowledged. */
    synchronized Optional<String> overdue() {
        if (pending == 0 || reported || ticksNs.getAsLong() - progressTicks < PATIENCE_NS) {
            return Optional.empty();
        }
        reported = true;
        return Optional.of("Kafka has acknowledged no record for " + TimeUnit.NANOSECONDS.toSeconds(PATIENCE_NS)
                + " s; " + pending + " wait, the last for the topics "
                + new TreeSet<>(last.stream().map(SourceRecord::topic).toList())
                + ". Check that the brokers are reachable and that these topics exist: create them, or let Connect"
                + " (topic.creation.default.*) or the brokers (auto.create.topics.enable) do so. With"
                + " producer.override.max.block.ms=10000 the producer names the topic that it waits for");
    }
}
