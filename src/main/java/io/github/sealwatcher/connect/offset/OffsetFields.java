package io.github.sealwatcher.connect.offset;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Fields of an offset that are read one by one, and errors that name them. */
public final class OffsetFields {

    /** The host that follows by name. */
    static final String NEXT = "next_host";
    /** The topic prefix of the records before this offset. */
    static final String PREFIX = "topic_prefix";
    /** Whether the rows of a host that left were removed. */
    public static final String ROWS_REMOVED = "rows_removed";

    private OffsetFields() {}

    static boolean flag(Map<String, ?> offset, String field) {
        Object value = offset.get(field);
        if (value == null || value instanceof Boolean) {
            return Boolean.TRUE.equals(value);
        }
        throw wrong(field, "expected true or false, found " + shown(value));
    }

    static @Nullable String text(Map<String, ?> offset, String field) {
        Object value = offset.get(field);
        if (value == null || value instanceof String) {
            return (String) value;
        }
        throw wrong(field, "expected text, found " + shown(value));
    }

    static String shown(Object value) {
        String text = String.valueOf(value);
        return (text.length() <= 40 ? text : text.substring(0, 40) + "...") + " ("
                + value.getClass().getSimpleName() + ")";
    }

    static IllegalArgumentException wrong(String field, @Nullable String problem) {
        return new IllegalArgumentException(field + ": " + problem);
    }
}
