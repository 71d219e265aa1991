package io.github.sealwatcher.connect.record;

import io.github.sealwatcher.connect.offset.OffsetFields;
import io.github.sealwatcher.connect.offset.OffsetNotes;
import io.github.sealwatcher.connect.offset.Offsets;
import io.github.sealwatcher.host.HostMetrics;
import io.github.sealwatcher.model.HostChange;
import io.github.sealwatcher.model.HostName;
import io.github.sealwatcher.model.LiveContainer;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.connect.source.SourceRecord;
import org.apache.kafka.connect.storage.OffsetStorageReader;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The last records of a host that is no longer configured: its rows are removed, if they are to be, and a last host event
 * says so. The stored offset stays as it is, so that the host's trail goes on where it ended should it come back, but for a
 * note that this was done and whether the rows are gone.
 */
public final class HostRemovalRecords {

    private static final Logger LOG = LoggerFactory.getLogger(HostRemovalRecords.class);

    private final RecordMapper mapper;
    private final boolean forget;
    private final OffsetStorageReader offsets;

    /**
     * Of the hosts that left.
     *
     * @param mapper writes under the configured topic prefix
     * @param forget whether their rows are removed
     */
    public HostRemovalRecords(RecordMapper mapper, boolean forget, OffsetStorageReader offsets) {
        this.mapper = mapper;
        this.forget = forget;
        this.offsets = offsets;
    }

    /** The records of those that have none yet; a host of which nothing was ever reported needs none. */
    public List<SourceRecord> records(List<HostRemoval> removals) {
        List<SourceRecord> records = new ArrayList<>();
        for (HostRemoval removal : removals) {
            Map<String, Object> stored = offsets.offset(Offsets.partition(removal.host()));
            if (stored != null && stored.get(Offsets.REMOVED) == null) {
                add(removal, stored, records);
            }
        }
        return records;
    }

    private void add(HostRemoval removal, Map<String, Object> stored, List<SourceRecord> records) {
        OffsetNotes notes = notes(removal.host(), stored);
        RecordMapper then = notes.prefix() == null ? mapper : mapper.under(notes.prefix());
        var context = new HostOffsetContext(removal.host(), 0, 0, Long.MAX_VALUE, notes, stored, new HostMetrics());
        List<PendingRecord> drafts = new ArrayList<>();
        if (forget) {
            if (!notes.rowsRemoved()) {
                for (LiveContainer alive : alive(removal.host(), stored)) {
                    then.mapNoRow(context, alive.id(), removal.atNs(), "disconnected", drafts::add);
                }
            }
            drafts.add(then.noHeartbeat(context, removal.atNs()));
        }
        then.map(
                context,
                HostChange.of(HostChange.Type.DISCONNECTED, removal.atNs(), "the host is no longer configured"),
                drafts::add);
        Map<String, Object> done = new HashMap<>(stored);
        done.put(Offsets.REMOVED, removal.atNs());
        if (forget) {
            done.put(OffsetFields.ROWS_REMOVED, true);
        }
        for (int i = 0; i < drafts.size(); i++) {
            records.add(drafts.get(i).withOffset(i == drafts.size() - 1 ? done : stored));
        }
    }

    private static OffsetNotes notes(HostName host, Map<String, Object> stored) {
        try {
            return OffsetNotes.of(stored);
        } catch (IllegalArgumentException e) {
            LOG.warn("Host {} is no longer configured, and its stored offset is malformed: {}", host, e.getMessage());
            return OffsetNotes.NONE;
        }
    }

    private static Collection<LiveContainer> alive(HostName host, Map<String, Object> stored) {
        try {
            long leftOut = Offsets.leftOut(stored);
            if (leftOut > 0) {
                LOG.warn(
                        "Host {} is no longer configured; the rows of {} containers stay in the state topic, because they"
                                + " did not fit into its stored offset",
                        host,
                        leftOut);
            }
            return Offsets.decode(stored).portfolio().visible().alive().values();
        } catch (IllegalArgumentException e) {
            LOG.warn(
                    "Host {} is no longer configured; its rows stay in the state topic, because its stored offset does not"
                            + " hold them: {}",
                    host,
                    e.getMessage());
            return List.of();
        }
    }
}
