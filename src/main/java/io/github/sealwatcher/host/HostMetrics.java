package io.github.sealwatcher.host;

import io.github.sealwatcher.model.HostChange;
import io.github.sealwatcher.model.Origin;
import io.github.sealwatcher.watch.checkpoint.Checkpoint;
import io.github.sealwatcher.watch.state.ClockReading;
import io.github.sealwatcher.watch.state.State;
import java.util.EnumMap;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The figures of one host, for whoever monitors it. Counters only ever grow, from 0 at the start of the task. Whatever
 * happens to an event costs an addition at most; what takes longer is worked out when a figure is read. Thread-safe.
 */
public final class HostMetrics {

    /** What is counted. */
    public enum Counter {
        EVENTS_FILTERED,
        DISCONNECTS,
        CONNECT_FAILURES,
        HISTORY_GAPS,
        HISTORY_GAP_MS,
        BAD_LINES,
        TRUNCATED_RECORDS,
        LOG_ROTATIONS
    }

    private final Map<Counter, LongAdder> counters = new EnumMap<>(Counter.class);
    private final Map<Origin, LongAdder> events = new EnumMap<>(Origin.class);
    private final RecentStatistics lagMs = new RecentStatistics();
    private final RecentStatistics resyncMs = new RecentStatistics();
    private final RecentStatistics pingMs = new RecentStatistics();
    private volatile Supplier<@Nullable State> state = () -> null;
    private final HostTime hostTime = new HostTime();
    private volatile boolean connected;
    private volatile long offsetBytes;
    private volatile @Nullable SyncPhase syncing;

    /** Nothing counted yet, of a host that isn't watched yet. */
    public HostMetrics() {
        for (Counter counter : Counter.values()) {
            counters.put(counter, new LongAdder());
        }
        for (Origin origin : Origin.values()) {
            events.put(origin, new LongAdder());
        }
    }

    /** Counts one more. */
    public void count(Counter counter) {
        adder(counters, counter).increment();
    }

    /** Counts so many more. */
    public void count(Counter counter, long more) {
        adder(counters, counter).add(more);
    }

    /** Counts a change that is handed to Kafka. */
    public void countEvent(Origin origin) {
        adder(events, origin).increment();
    }

    /** How many there were. */
    public long total(Counter counter) {
        return adder(counters, counter).sum();
    }

    /** How many changes of this origin were handed to Kafka. */
    public long events(Origin origin) {
        return adder(events, origin).sum();
    }

    /** From a change's own time, by the host's clock, to its being handed to Kafka, in milliseconds. */
    public RecentStatistics lagMs() {
        return lagMs;
    }

    /** What a comparison with the host took: the list and the re-reading of history, in milliseconds. */
    public RecentStatistics resyncMs() {
        return resyncMs;
    }

    /** What a ping took, in milliseconds. */
    public RecentStatistics pingMs() {
        return pingMs;
    }

    /** The size of the stored offset, in characters. */
    public void offsetBytes(long bytes) {
        offsetBytes = bytes;
    }

    /** The size of the offset that was handed to Kafka last; 0 if none was. */
    public long offsetBytes() {
        return offsetBytes;
    }

    /** Whether the host answers, as the host topic reports it. */
    public boolean isConnected() {
        return connected;
    }

    /** Whether what is known equalled what the host shows on the present connection. */
    public boolean isSynchronized() {
        State now = state.get();
        return now != null && now.isSynchronized();
    }

    /** Whether the host is being reported for the first time. */
    public boolean isSnapshotRunning() {
        State now = state.get();
        return now != null && connected && now.checkpoint().snapshot() == Checkpoint.Snapshot.RUNNING;
    }

    /** How many containers are alive and reported. */
    public int aliveContainers() {
        State now = state.get();
        return now == null ? 0 : now.portfolio().visible().alive().size();
    }

    /** The time of the newest event, in nanoseconds since 1970 by the host's clock; empty if none was ever read. */
    public OptionalLong lastEventNs() {
        State now = state.get();
        return now == null || now.checkpoint().newestEvent() == null
                ? OptionalLong.empty()
                : OptionalLong.of(now.checkpoint().positionNs());
    }

    /** The host's time now, in nanoseconds since 1970, to half a second; the worker's while the host's isn't known. */
    public long hostNowNs() {
        return hostTime.nowNs();
    }

    /** How many of the host's alive containers the snapshot that is under way has reported; 0 if none is. */
    public long snapshotReported() {
        SyncPhase phase = syncing;
        return phase == null || !isSnapshotRunning() ? 0 : phase.reported();
    }

    /** How many alive containers the host listed for the snapshot that is under way; 0 if none is. */
    public long snapshotListed() {
        SyncPhase phase = syncing;
        return phase == null || !isSnapshotRunning() ? 0 : phase.listed();
    }

    /** How many events the reading of history that is under way has returned; 0 if none is. */
    public long replayRead() {
        SyncPhase phase = syncing;
        return phase == null ? 0 : phase.read();
    }

    /** Takes an answer's reading of the host's clock. */
    void read(ClockReading reading) {
        hostTime.read(reading);
    }

    /** Whose state the figures are of. */
    void follow(Supplier<@Nullable State> watched) {
        state = watched;
    }

    void syncing(@Nullable SyncPhase phase) {
        syncing = phase;
    }

    /** Counts a change of the watching of the host. */
    void changed(HostChange change) {
        switch (change.type()) {
            case CONNECTED -> connected = true;
            case DISCONNECTED -> {
                if (connected) {
                    count(Counter.DISCONNECTS);
                }
                connected = false;
            }
            case HISTORY_GAP -> {
                count(Counter.HISTORY_GAPS);
                HostChange.Window gap = change.gap();
                if (gap != null) {
                    count(
                            Counter.HISTORY_GAP_MS,
                            TimeUnit.NANOSECONDS.toMillis(Math.max(0, gap.toNs() - gap.fromNs())));
                }
            }
            case LOG_ROTATED -> count(Counter.LOG_ROTATIONS);
            case SYNCHRONIZED, ENGINE_CHANGED -> {
                // The state has it, or it isn't counted.
            }
        }
    }

    private static <K extends Enum<K>> LongAdder adder(Map<K, LongAdder> adders, K key) {
        LongAdder adder = adders.get(key);
        if (adder == null) {
            throw new IllegalStateException("no counter for " + key);
        }
        return adder;
    }
}
