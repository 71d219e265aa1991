package io.github.sealwatcher.connect.record;

import java.util.Map;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.header.ConnectHeaders;
import org.apache.kafka.connect.source.SourceRecord;
import org.jspecify.annotations.Nullable;

/**
 * A record that lacks its offset, which is known only when the whole batch is.
 *
 * @param value null for a tombstone
 * @param timestampMs milliseconds since 1970
 */
record PendingRecord(
        HostOffsetContext trail,
        String topic,
        Struct key,
        @Nullable Struct value,
        Schema valueSchema,
        long timestampMs,
        ConnectHeaders headers) {

    /** Whether it removes its key: its value is null. */
    boolean isTombstone() {
        return value == null;
    }

    SourceRecord withOffset(@Nullable Map<String, Object> offset) {
        return new SourceRecord(
                trail.partition(),
                offset,
                topic,
                null,
                key.schema(),
                key,
                value == null ? null : valueSchema,
                value,
                timestampMs,
                headers);
    }
}
