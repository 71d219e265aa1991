package io.github.sealwatcher.connect;

import io.github.sealwatcher.model.ContainerFilter;
import io.github.sealwatcher.model.HostChange;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.connect.source.SourceRecord;
import org.apache.kafka.connect.storage.OffsetStorageReader;

/**
 * Says once that a host left the inventory: its last host event. The stored offset stays as it is, so that the host's
 * trail goes on where it ended should it come back, but for a note that this was said.
 */
final class Farewells {

    private final RecordMapper mapper;
    private final OffsetStorageReader offsets;

    Farewells(RecordMapper mapper, OffsetStorageReader offsets) {
        this.mapper = mapper;
        this.offsets = offsets;
    }

    /** The records for those that weren't said yet; a host of which nothing was ever told needs none. */
    List<SourceRecord> records(List<Removal> removals) {
        List<SourceRecord> records = new ArrayList<>();
        for (Removal removal : removals) {
            Map<String, Object> stored = offsets.offset(Offsets.partition(removal.host()));
            if (stored != null && !isSaid(stored, removal)) {
                Map<String, Object> said = new HashMap<>(stored);
                said.put(Offsets.REMOVED, removal.atNs());
                var trail = new HostTrail(removal.host(), ContainerFilter.all(), 0, 0, stored);
                var change = HostChange.of(
                        HostChange.Type.DISCONNECTED, removal.atNs(), "the host is no longer in the inventory");
                mapper.map(trail, change, draft -> records.add(draft.withOffset(said)));
            }
        }
        return records;
    }

    private static boolean isSaid(Map<String, Object> stored, Removal removal) {
        return stored.get(Offsets.REMOVED) instanceof Number saidNs && saidNs.longValue() >= removal.atNs();
    }
}
