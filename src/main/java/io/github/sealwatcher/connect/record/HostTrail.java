package io.github.sealwatcher.connect.record;

import io.github.sealwatcher.connect.config.HostConfig;
import io.github.sealwatcher.connect.offset.KnownEncoder;
import io.github.sealwatcher.connect.offset.OffsetNotes;
import io.github.sealwatcher.connect.offset.Offsets;
import io.github.sealwatcher.model.EngineIdentity;
import io.github.sealwatcher.model.HostChange;
import io.github.sealwatcher.model.HostName;
import io.github.sealwatcher.watch.Checkpoint;
import io.github.sealwatcher.watch.Emission;
import java.util.Collections;
import java.util.Map;
import org.apache.kafka.connect.data.Struct;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How far one host has been told to Kafka. One thread: the task's.
 *
 * <p>With nothing stored, the place before the first record is the moment from which on history is read: whoever resumes
 * there reads the same events again and has told nothing yet.
 */
public final class HostTrail {

    private static final Logger LOG = LoggerFactory.getLogger(HostTrail.class);

    private final HostName host;
    private final long overlapNs;
    private final long heartbeatNs;
    /** One map for all records: Connect keeps its books by it. */
    private final Map<String, String> partition;

    private final KnownEncoder encoder = new KnownEncoder();

    private OffsetNotes notes;
    private @Nullable Map<String, Object> offset;
    private @Nullable Checkpoint toStore;
    private boolean warned;
    private long latestNs = Long.MIN_VALUE;
    private long toldNs = Long.MIN_VALUE;
    private @Nullable EngineIdentity engineIdentity;
    private @Nullable Struct engine;

    /**
     * With nothing reported yet.
     *
     * @param notes what to note in its offsets
     * @param stored the offset that Connect holds for this host; null if none
     */
    public HostTrail(HostConfig config, OffsetNotes notes, @Nullable Map<String, Object> stored) {
        this(config.name(), config.watch().overlapNs(), config.watch().heartbeatNs(), notes, stored);
    }

    public HostTrail(
            HostName host, long overlapNs, long heartbeatNs, OffsetNotes notes, @Nullable Map<String, Object> stored) {
        this.host = host;
        this.overlapNs = overlapNs;
        this.heartbeatNs = heartbeatNs;
        this.notes = notes;
        this.partition = Offsets.partition(host);
        this.offset = stored == null ? null : Collections.unmodifiableMap(stored);
    }

    HostName host() {
        return host;
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
        latestNs = emission.atNs();
        if (toldNs == Long.MIN_VALUE) {
            toldNs = latestNs;
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

    /** Whether so much was filtered out for so long that the offset needs a record of its own. */
    boolean isHeartbeatDue() {
        return heartbeatNs > 0 && toStore != null && latestNs - toldNs >= heartbeatNs;
    }

    /** The offset for records of this batch that aren't the last one: all that came before is told. */
    @Nullable
    Map<String, Object> offsetBefore() {
        return offset;
    }

    /** The offset for the last record of this batch; the next batch begins with it. */
    @Nullable
    Map<String, Object> takeOffset() {
        if (toStore != null) {
            offset = Offsets.encode(toStore, overlapNs, notes, encoder);
            warnIfTooLarge(offset, toStore.portfolio().total());
            toStore = null;
        }
        toldNs = latestNs;
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
