package io.github.sealwatcher.connect;

import io.github.sealwatcher.model.HostName;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.connect.errors.ConnectException;
import org.jspecify.annotations.Nullable;

/** Checks offsets that an operator writes by hand. */
final class OffsetEdit {

    private static final String EXPECTED =
            "expected partition {\"host\": \"<name>\"} with offset {\"time_ns\": <nanoseconds since 1970>} or null; ";
    private static final long MOST_AHEAD_MS = TimeUnit.HOURS.toMillis(1);

    private OffsetEdit() {}

    /**
     * Looks at one of them. Without an offset it is a removal, which is always good: it is how garbage is got rid of.
     *
     * @param nowMs this machine's time, in milliseconds since 1970
     * @throws ConnectException saying what was expected and what was found
     */
    static void check(@Nullable Map<String, ?> partition, @Nullable Map<String, ?> offset, long nowMs) {
        if (offset == null) {
            return;
        }
        if (partition == null || partition.size() != 1 || !(partition.get(Offsets.HOST) instanceof String host)) {
            throw new ConnectException(EXPECTED + "found partition " + partition);
        }
        try {
            HostName ignored = new HostName(host);
        } catch (IllegalArgumentException e) {
            throw new ConnectException(EXPECTED + "in the partition: " + e.getMessage(), e);
        }
        var unknown = new TreeSet<>(offset.keySet());
        unknown.removeAll(Offsets.FIELDS);
        if (!unknown.isEmpty()) {
            throw new ConnectException(EXPECTED + "found unknown fields " + unknown + " in the offset of host " + host);
        }
        try {
            long timeNs = Offsets.decode(offset).positionNs();
            if (TimeUnit.NANOSECONDS.toMillis(timeNs) > nowMs + MOST_AHEAD_MS) {
                throw new IllegalArgumentException(
                        Offsets.TIME + ": expected a time that isn't in the future, found " + timeNs);
            }
        } catch (IllegalArgumentException e) {
            throw new ConnectException(EXPECTED + "in the offset of host " + host + ": " + e.getMessage(), e);
        }
    }
}
