package io.github.sealwatcher.connect;

import io.github.sealwatcher.host.HostEmission;
import io.github.sealwatcher.model.HostChange;
import io.github.sealwatcher.model.HostName;
import io.github.sealwatcher.watch.checkpoint.Checkpoint.Snapshot;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.LongSupplier;
import org.apache.kafka.connect.source.SourceRecord;
import org.apache.kafka.connect.source.TransactionContext;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where transactions end if the connector defines it: after every batch, but not while a host is reported for the first
 * time. So a snapshot becomes visible as a whole, and a crash amidst it leaves nothing of it.
 *
 * <p>Only the end of a batch can end a transaction, since only there the offsets are exact. And a transaction is never held
 * for long: Kafka would abort it, and the task would fail. One ends early when the host it waits for is lost, or when the
 * time it may take is up; then the snapshot is visible in parts. One thread: the task's.
 */
final class TransactionBoundaries {

    /** Connect's setting of how long a transaction of this connector may take. */
    static final String TIMEOUT = "producer.override.transaction.timeout.ms";

    private static final Logger LOG = LoggerFactory.getLogger(TransactionBoundaries.class);
    /** A connector can't read the worker's own setting, which may be as low as the ten seconds we recommend. */
    private static final Duration LIMIT = Duration.ofSeconds(5);

    private final @Nullable TransactionContext context;
    private final long limitNs;
    private final LongSupplier monotonicNs;
    private final Set<HostName> unfinished = new HashSet<>();
    private boolean open;
    private long openedNs;

    /**
     * With no transaction open.
     *
     * @param context null if the connector doesn't define where transactions end
     * @param limit how long one may stay open
     * @param monotonicNs a clock in nanoseconds that never jumps
     */
    TransactionBoundaries(@Nullable TransactionContext context, Duration limit, LongSupplier monotonicNs) {
        this.context = context;
        this.limitNs = limit.toNanos();
        this.monotonicNs = monotonicNs;
    }

    /** As Connect and the connector's configuration have it. */
    static TransactionBoundaries of(@Nullable TransactionContext context, Map<String, String> properties) {
        return new TransactionBoundaries(context, limit(properties.get(TIMEOUT)), System::nanoTime);
    }

    /**
     * Ends the transaction with this batch, if it is to end.
     *
     * @param taken what the batch was made of
     * @param records the batch
     * @return what to give to Connect: null for nothing, and an empty batch to end a transaction without a further record
     */
    @Nullable
    List<SourceRecord> bounded(List<HostEmission> taken, List<SourceRecord> records) {
        if (context != null) {
            taken.forEach(this::look);
            if (!open && !records.isEmpty()) {
                open = true;
                openedNs = monotonicNs.getAsLong();
            }
            if (open && isOver()) {
                open = false;
                context.commitTransaction();
                return records;
            }
        }
        return records.isEmpty() ? null : records;
    }

    private void look(HostEmission taken) {
        boolean running = taken.emission().checkpoint().snapshot() == Snapshot.RUNNING;
        boolean lost = taken.emission().hostChanges().stream()
                .anyMatch(change -> change.type() == HostChange.Type.DISCONNECTED);
        if (!running || lost) {
            unfinished.remove(taken.host());
        } else if (!taken.emission().changes().isEmpty()) {
            // That it was connected is no part of the snapshot: the list may take its time.
            unfinished.add(taken.host());
        }
    }

    private boolean isOver() {
        if (unfinished.isEmpty()) {
            return true;
        }
        boolean late = monotonicNs.getAsLong() - openedNs >= limitNs;
        if (late) {
            LOG.warn(
                    "The snapshot of {} takes longer than a transaction may stay open ({} ms) and becomes visible in parts."
                            + " The limit is half of {}, or {} ms without it",
                    unfinished,
                    limitNs / 1_000_000,
                    TIMEOUT,
                    LIMIT.toMillis());
        }
        return late;
    }

    /** Half of what Kafka allows: there are the records in flight and a poll that is under way. */
    private static Duration limit(@Nullable String timeoutMs) {
        try {
            return timeoutMs == null ? LIMIT : Duration.ofMillis(Long.parseLong(timeoutMs.strip()) / 2);
        } catch (NumberFormatException e) {
            // Connect's producer reports what is wrong with it.
            return LIMIT;
        }
    }
}
