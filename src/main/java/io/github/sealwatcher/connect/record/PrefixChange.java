package io.github.sealwatcher.connect.record;

import io.github.sealwatcher.connect.config.HostConfig;
import io.github.sealwatcher.connect.offset.OffsetNotes;
import io.github.sealwatcher.connect.offset.Offsets;
import io.github.sealwatcher.model.ContainerChange;
import io.github.sealwatcher.model.EventId;
import io.github.sealwatcher.model.HostChange;
import io.github.sealwatcher.model.LiveContainer;
import io.github.sealwatcher.model.Occurrence;
import io.github.sealwatcher.model.Origin;
import io.github.sealwatcher.watch.checkpoint.Checkpoint;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.connect.source.SourceRecord;
import org.jspecify.annotations.Nullable;

/**
 * A host's records go to the topics of another prefix than before: the old trail is ended, so that nobody who reads it takes
 * for alive what is reported elsewhere, and the new one begins with a snapshot.
 *
 * @param records the last ones under the old prefix; the very last one carries the offset of the new trail
 * @param offset the offset of the new trail
 * @param checkpoint the same for the core
 */
public record PrefixChange(List<SourceRecord> records, Map<String, Object> offset, Checkpoint checkpoint) {

    private static final String RAW_ACTION = "filtered";

    /**
     * The change, if there is one.
     *
     * @param notes what is to be noted in the host's offsets from now on
     * @param stored the stored offset
     * @param known what it holds
     * @param mapper writes under the new prefix
     * @param nowNs the worker's time, in nanoseconds since 1970
     * @return null if the prefix is the same as before, or nothing is known of the one before
     */
    public static @Nullable PrefixChange of(
            HostConfig host,
            OffsetNotes notes,
            Map<String, Object> stored,
            Checkpoint known,
            RecordMapper mapper,
            long nowNs) {
        String before = OffsetNotes.of(stored).prefix();
        if (before == null || before.equals(notes.prefix())) {
            return null;
        }
        RecordMapper old = mapper.under(before);
        var context = new HostOffsetContext(host, notes, stored);
        List<PendingRecord> drafts = new ArrayList<>();
        drafts.add(old.noHeartbeat(context, nowNs));
        for (LiveContainer alive : known.portfolio().visible().alive().values()) {
            old.map(context, ended(host, alive, known, before), drafts::add);
        }
        String reason = "the host's records go to the topics of prefix " + notes.prefix() + " from now on";
        old.map(context, HostChange.of(HostChange.Type.DISCONNECTED, nowNs, reason), drafts::add);

        Checkpoint anew = known.beginningNewTrail();
        Map<String, Object> offset = Offsets.encode(anew, host.watch().overlapNs(), notes.withRows(false));
        List<SourceRecord> records = new ArrayList<>();
        for (int i = 0; i < drafts.size(); i++) {
            records.add(drafts.get(i).withOffset(i == drafts.size() - 1 ? offset : stored));
        }
        return new PrefixChange(records, offset, anew);
    }

    /** By the host's clock, of which the position is what is known. The count of inferred changes grows from trail to trail. */
    private static ContainerChange ended(HostConfig host, LiveContainer alive, Checkpoint known, String prefix) {
        EventId id = EventId.derived(
                RAW_ACTION,
                prefix,
                host.name().value(),
                alive.id().value(),
                alive.life().startedAtNs(),
                known.inferred());
        var occurrence = new Occurrence(id, known.positionNs(), Origin.RECONCILED, RAW_ACTION);
        return new ContainerChange.Died(occurrence, alive, null);
    }
}
