package io.github.sealwatcher.connect.offset;

import io.github.sealwatcher.model.HostName;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the connector itself notes in a host's offset, beside what the core has to remember.
 *
 * @param next the configured host that follows this one by name, the first one following the last: so that a host which is
 *     no longer configured is found through one that still is. Null if there is no other host.
 * @param prefix the topic prefix under which the records before this offset were written; null if unknown
 * @param rowsRemoved whether the host's rows in the state topic were removed when the host was, and are not there again
 */
public record OffsetNotes(@Nullable HostName next, @Nullable String prefix, boolean rowsRemoved) {

    public static final OffsetNotes NONE = new OffsetNotes(null, null, false);

    /**
     * What is noted in a stored offset.
     *
     * @throws IllegalArgumentException naming the field, what is expected and what was found
     */
    public static OffsetNotes of(Map<String, ?> offset) {
        @Nullable String next = OffsetFields.text(offset, OffsetFields.NEXT);
        return new OffsetNotes(
                next == null ? null : hostName(next),
                OffsetFields.text(offset, OffsetFields.PREFIX),
                OffsetFields.flag(offset, OffsetFields.ROWS_REMOVED));
    }

    /** Puts them into an offset; what is usual takes no room. */
    void putInto(Map<String, Object> offset) {
        if (next != null) {
            offset.put(OffsetFields.NEXT, next.value());
        }
        if (prefix != null) {
            offset.put(OffsetFields.PREFIX, prefix);
        }
        if (rowsRemoved) {
            offset.put(OffsetFields.ROWS_REMOVED, true);
        }
    }

    public OffsetNotes withRows(boolean removed) {
        return new OffsetNotes(next, prefix, removed);
    }

    private static HostName hostName(String text) {
        try {
            return new HostName(text);
        } catch (IllegalArgumentException e) {
            throw OffsetFields.wrong(OffsetFields.NEXT, e.getMessage());
        }
    }
}
