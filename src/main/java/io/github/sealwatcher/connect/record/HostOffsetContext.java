package io.github.sealwatcher.connect.record;

import io.github.sealwatcher.connect.config.HostConfig;
import io.github.sealwatcher.connect.offset.OffsetNotes;
import io.github.sealwatcher.connect.offset.Offsets;
import io.github.sealwatcher.connect.offset.PortfolioEncoder;
import io.github.sealwatcher.host.HostMetrics;
import io.github.sealwatcher.model.ContainerChange;
import io.github.sealwatcher.model.EngineIdentity;
import io.github.sealwatcher.model.HostChange;
import io.github.sealwatcher.model.HostName;
import io.github.sealwatcher.model.Origin;
import io.github.sealwatcher.watch.Emission;
import io.github.sealwatcher.watch.checkpoint.Checkpoint;
import java.util.Collections;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.header.Header;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How far one host has been written to Kafka, and what its next records need. One thread: the task's.
 *
 * <p>With nothing stored, the place before the first record is the moment from which on history is read: whoever resumes
 * there reads the same events again and has written nothing yet.
 */
public final class HostOffsetContext {

    private static final Logger LOG = LoggerFactory.getLogger(HostOffsetContext.class);

    private final HostName host;
    private final long overlapNs;
    private final long heartbeatNs;
    private final Header hostHeader;
    /** One map for all records: Connect keeps its books by it. */
    private final Map<String, String> partition;

    private final RecordLimit limit;
    private final PortfolioEncoder encoder = new PortfolioEncoder();

    private final HostMetrics metrics;

    private OffsetNotes notes;
    private @Nullable Map<String, Object> offset;
    private @Nullable Checkpoint toStore;
    private boolean warned;
    private long latestNs = Long.MIN_VALUE;
    private long beatNs = Long.MIN_VALUE;
    private boolean connected;
    private boolean inSync;
    private boolean statusChanged;
    private @Nullable Checkpoint latest;
    private long oldestNs = Long.MAX_VALUE;
    private long newestNs = Long.MIN_VALUE;
    private @Nullable EngineIdentity engineIdentity;
    private @Nullable Struct engine;

    /**
     * With nothing reported yet.
     *
     * @param notes what to note in its offsets
     * @param stored the offset that Connect holds for this host; null if none
     */
    public HostOffsetContext(HostConfig config, OffsetNotes notes, @Nullable Map<String, Object> stored) {
        this(config, notes, stored, new HostMetrics());
    }

    /** The same, which counts. */
    public HostOffsetContext(
            HostConfig config, OffsetNotes notes, @Nullable Map<String, Object> stored, HostMetrics metrics) {
        this(
                config.name(),
                config.watch().overlapNs(),
                config.watch().heartbeatNs(),
                config.detail().recordBytes(),
                notes,
                stored,
                metrics);
    }

    /** @param recordBytes what a record's labels and inspect copies may take */
    public HostOffsetContext(
            HostName host,
            long overlapNs,
            long heartbeatNs,
            long recordBytes,
            OffsetNotes notes,
            @Nullable Map<String, Object> stored,
            HostMetrics metrics) {
        this.limit = new RecordLimit(host, recordBytes);
        this.host = host;
        this.hostHeader = RecordHeaders.host(host);
        this.metrics = metrics;
        this.overlapNs = overlapNs;
        this.heartbeatNs = heartbeatNs;
        this.notes = notes;
        this.partition = Offsets.partition(host);
        this.offset = stored == null ? null : Collections.unmodifiableMap(stored);
    }

    HostName host() {
        return host;
    }

    /** The header that all its records have. */
    Header hostHeader() {
        return hostHeader;
    }

    /** Where what becomes of this host's changes is counted. */
    HostMetrics metrics() {
        return metrics;
    }

    /** What its records may take. */
    RecordLimit limit() {
        return limit;
    }

    Map<String, String> partition() {
        return partition;
    }

    /** Takes an emission's checkpoint for the next record, even if the emission itself gives none. */
    void advance(Emission emission) {
        if (offset == null) {
            offset = Offsets.start(emission.checkpoint(), notes);
        }
        toStore = emission.checkpoint();
        latest = toStore;
        latestNs = emission.atNs();
        emission.hostChanges().forEach(this::note);
        note(emission);
        if (beatNs == Long.MIN_VALUE) {
            beatNs = latestNs;
        }
    }

    /** Measures how late the changes of this batch are, once for all of them. */
    void measureLag() {
        if (newestNs != Long.MIN_VALUE) {
            long nowNs = metrics.hostNowNs();
            metrics.lagMs().record(TimeUnit.NANOSECONDS.toMillis(Math.max(0, nowNs - oldestNs)));
            metrics.lagMs().record(TimeUnit.NANOSECONDS.toMillis(Math.max(0, nowNs - newestNs)));
            oldestNs = Long.MAX_VALUE;
            newestNs = Long.MIN_VALUE;
        }
    }

    /** A snapshot's changes are as old as the containers, and an inferred one's time is a guess. */
    private void note(Emission emission) {
        for (ContainerChange change : emission.changes()) {
            Origin origin = change.occurrence().origin();
            if (origin == Origin.LIVE || origin == Origin.REPLAY) {
                oldestNs = Math.min(oldestNs, change.timeNs());
                newestNs = Math.max(newestNs, change.timeNs());
            }
        }
    }

    /** Our own time of the newest emission, in nanoseconds since 1970. */
    long latestNs() {
        return latestNs;
    }

    /** Whether the heartbeat topic is written. */
    boolean hasHeartbeats() {
        return heartbeatNs > 0;
    }

    /** Whether the host's row in the heartbeat topic is to be written: it is old, or it is wrong. */
    boolean isHeartbeatDue() {
        return heartbeatNs > 0 && (statusChanged || latestNs - beatNs >= heartbeatNs);
    }

    /** The host's row in the heartbeat topic, as of now. */
    Struct heartbeat(long atNs) {
        beatNs = latestNs;
        statusChanged = false;
        Checkpoint known = latest;
        Struct row = new Struct(Schemas.HEARTBEAT)
                .put("time_ns", atNs)
                .put("host", host.value())
                .put("connected", connected)
                .put("synchronized", inSync);
        return known == null
                ? row
                : row.put("last_event_ns", known.newestEvent() == null ? null : known.positionNs())
                        .put("containers", known.portfolio().visible().alive().size());
    }

    private void note(HostChange change) {
        boolean wasConnected = connected;
        boolean wasInSync = inSync;
        switch (change.type()) {
            case CONNECTED -> {
                connected = true;
                inSync = false;
            }
            case DISCONNECTED -> {
                connected = false;
                inSync = false;
                // Also when it was never connected: the row may be an earlier task's.
                statusChanged = true;
            }
            case SYNCHRONIZED -> {
                connected = true;
                inSync = true;
            }
            case HISTORY_GAP, LOG_ROTATED, ENGINE_CHANGED -> {
                // The connection goes on.
            }
        }
        statusChanged |= connected != wasConnected || inSync != wasInSync;
    }

    /** The offset for records of this batch that aren't the last one: all that came before is written. */
    @Nullable
    Map<String, Object> offsetBefore() {
        return offset;
    }

    /** The offset for the last record of this batch; the next batch begins with it. */
    @Nullable
    Map<String, Object> takeOffset() {
        if (toStore != null) {
            offset = Offsets.encode(toStore, overlapNs, notes, encoder);
            metrics.offsetBytes(Offsets.characters(offset));
            warnIfTooLarge(offset, toStore.portfolio().total());
            toStore = null;
        }
        return offset;
    }

    private void warnIfTooLarge(Map<String, Object> encoded, int alive) {
        long leftOut = Offsets.leftOut(encoded);
        if (leftOut > 0 && !warned) {
            warned = true;
            LOG.warn(
                    "Host {}: {} alive containers are too many for a stored offset; {} of them are left out, the oldest."
                            + " After a restart these are reported as started once more (origin snapshot), and the row"
                            + " of one that vanished meanwhile stays in the state topic. Divide the host's containers"
                            + " among several hosts, or delete the row by hand",
                    host,
                    alive,
                    leftOut);
        }
    }

    /**
     * Whether the host's rows in the state topic, which were removed with the host, are to be written again with this
     * emission: the host is back, and what is alive is known and described. True once.
     */
    boolean takeRowsDue(Emission emission) {
        boolean due = notes.rowsRemoved()
                && emission.hostChanges().stream().anyMatch(change -> change.type() == HostChange.Type.SYNCHRONIZED);
        if (due) {
            notes = notes.withRows(false);
        }
        return due;
    }

    /** The engine as a struct, made once for as long as it stays the same. */
    @Nullable
    Struct engine(@Nullable EngineIdentity identity) {
        if (identity == null) {
            return null;
        }
        if (!identity.equals(engineIdentity)) {
            engineIdentity = identity;
            engine = Structs.engine(identity);
        }
        return engine;
    }
}
