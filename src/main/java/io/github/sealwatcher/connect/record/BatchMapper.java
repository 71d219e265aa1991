package io.github.sealwatcher.connect.record;

import io.github.sealwatcher.host.HostEmission;
import io.github.sealwatcher.model.HostName;
import java.util.ArrayList;
import java.util.Collection;
import java.util.IdentityHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.kafka.connect.source.SourceRecord;
import org.jspecify.annotations.Nullable;

/**
 * Turns what all hosts of a task gave into one batch of records. Of a host's records in a batch, the last one carries the
 * new offset and all others the one before (a null is the last one only if there are no heartbeats and nothing else):
 * whichever of them Kafka holds when the worker dies, what is stored never claims a record that isn't there, and a
 * checkpoint is written out once a batch instead of once a record. One thread.
 */
public final class BatchMapper {

    private final Map<HostName, HostOffsetContext> trails;
    private final RecordMapper mapper;

    public BatchMapper(Collection<HostOffsetContext> trails, RecordMapper mapper) {
        this.trails = trails.stream().collect(Collectors.toMap(HostOffsetContext::host, Function.identity()));
        this.mapper = mapper;
    }

    /** The records of all that was taken, in order; empty if all of it is filtered out. */
    public List<SourceRecord> map(List<HostEmission> batch) {
        List<PendingRecord> drafts = new ArrayList<>(2 * batch.size());
        Set<HostOffsetContext> touched = new LinkedHashSet<>();
        Consumer<PendingRecord> sink = drafts::add;
        LastChanges lastChanges = LastChanges.of(batch);
        @Nullable HostOffsetContext previous = null;
        for (HostEmission taken : batch) {
            HostOffsetContext context =
                    previous != null && previous.host().equals(taken.host()) ? previous : trailOf(taken.host());
            if (!isSame(context, previous)) {
                touched.add(context);
                previous = context;
            }
            context.advance(taken.emission());
            if (context.takeRowsDue(taken.emission())) {
                mapper.mapRows(context, taken.emission(), sink);
            }
            mapper.map(context, taken, lastChanges, sink);
        }
        Map<HostOffsetContext, PendingRecord> last = lastOf(drafts, touched.size());
        for (HostOffsetContext context : touched) {
            context.measureLag();
            if (needsHeartbeat(context, last.get(context))) {
                PendingRecord heartbeat = mapper.heartbeat(context, context.latestNs());
                drafts.add(heartbeat);
                last.put(context, heartbeat);
            }
        }
        return withOffsets(drafts, last);
    }

    /** Connect forgets the offset of a record that a transformation drops, and nulls are often dropped. */
    private static boolean needsHeartbeat(HostOffsetContext context, @Nullable PendingRecord last) {
        return context.isHeartbeatDue() || (last != null && last.isTombstone() && context.hasHeartbeats());
    }

    /** The last record of each host, of so many hosts at most. */
    private static Map<HostOffsetContext, PendingRecord> lastOf(List<PendingRecord> drafts, int hosts) {
        Map<HostOffsetContext, PendingRecord> last = new IdentityHashMap<>();
        for (int i = drafts.size() - 1; i >= 0 && last.size() < hosts; i--) {
            last.putIfAbsent(drafts.get(i).trail(), drafts.get(i));
        }
        return last;
    }

    private static List<SourceRecord> withOffsets(
            List<PendingRecord> drafts, Map<HostOffsetContext, PendingRecord> last) {
        List<SourceRecord> records = new ArrayList<>(drafts.size());
        for (PendingRecord draft : drafts) {
            HostOffsetContext context = draft.trail();
            boolean isLast = isSame(draft, last.get(context));
            records.add(draft.withOffset(isLast ? context.takeOffset() : context.offsetBefore()));
        }
        return records;
    }

    @SuppressWarnings("ReferenceEquality") // Two equal heartbeats are still two.
    private static boolean isSame(Object one, @Nullable Object other) {
        return one == other;
    }

    private HostOffsetContext trailOf(HostName host) {
        return Objects.requireNonNull(trails.get(host), () -> "this task doesn't watch host " + host);
    }
}
