package io.github.sealwatcher.connect.offset;

import io.github.sealwatcher.model.HostName;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.apache.kafka.connect.errors.ConnectException;
import org.jspecify.annotations.Nullable;

/** Checks offsets that an operator writes by hand. */
public final class OffsetEdit {

    private static final String EXPECTED =
            "expected partition {\"host\": \"<name>\"} with offset {\"time_ns\": <nanoseconds since 1970>} or null; ";
    /** A host's clock may be a day ahead of this machine's. */
    private static final long MAX_AHEAD_MS = TimeUnit.DAYS.toMillis(1);
    /** Podman is younger, and all that is written in seconds, milliseconds or microseconds is before it. */
    private static final Instant EARLIEST = Instant.parse("2000-01-01T00:00:00Z");

    private static final long EARLIEST_NS = TimeUnit.SECONDS.toNanos(EARLIEST.getEpochSecond());
    private static final Map<String, Long> COARSER_UNITS =
            Map.of("seconds", 1_000_000_000L, "milliseconds", 1_000_000L, "microseconds", 1_000L);

    private final @Nullable Set<HostName> configured;
    private final long nowMs;

    /**
     * As things stand now.
     *
     * @param configured the hosts that are configured; null if unknown
     * @param nowMs this machine's time, in milliseconds since 1970
     */
    public OffsetEdit(@Nullable Set<HostName> configured, long nowMs) {
        this.configured = configured;
        this.nowMs = nowMs;
    }

    /**
     * Looks at one of them. Without an offset it is a removal, which is always good: it is how garbage is got rid of.
     *
     * @throws ConnectException with what was expected and what was found
     */
    public void check(@Nullable Map<String, ?> partition, @Nullable Map<String, ?> offset) {
        if (offset == null) {
            return;
        }
        if (partition == null || partition.size() != 1 || !(partition.get(Offsets.HOST) instanceof String host)) {
            throw new ConnectException(EXPECTED + "found partition " + partition);
        }
        checkHost(host);
        var unknown = new TreeSet<>(offset.keySet());
        unknown.removeAll(Offsets.FIELDS);
        if (!unknown.isEmpty()) {
            throw new ConnectException(EXPECTED + "found unknown fields " + unknown + " in the offset of host " + host);
        }
        try {
            checkTime(Offsets.decode(offset).positionNs());
        } catch (IllegalArgumentException e) {
            throw new ConnectException(EXPECTED + "in the offset of host " + host + ": " + e.getMessage(), e);
        }
    }

    private void checkHost(String host) {
        try {
            HostName name = new HostName(host);
            if (configured != null && !configured.contains(name)) {
                throw new IllegalArgumentException("host " + host + " is not configured; the hosts are "
                        + configured.stream().map(HostName::value).sorted().collect(Collectors.joining(", ")));
            }
        } catch (IllegalArgumentException e) {
            throw new ConnectException(EXPECTED + "in the partition: " + e.getMessage(), e);
        }
    }

    private void checkTime(long timeNs) {
        if (timeNs < EARLIEST_NS) {
            throw new IllegalArgumentException(Offsets.TIME + ": expected nanoseconds since 1970, found " + timeNs
                    + ", which is " + instant(timeNs) + hint(timeNs));
        }
        if (TimeUnit.NANOSECONDS.toMillis(timeNs) > nowMs + MAX_AHEAD_MS) {
            throw new IllegalArgumentException(Offsets.TIME
                    + ": expected nanoseconds since 1970 and a time that isn't in the future, found " + timeNs
                    + ", which is " + instant(timeNs));
        }
    }

    /** The unit in which the number would be a sensible time. */
    private String hint(long timeNs) {
        for (Map.Entry<String, Long> unit : COARSER_UNITS.entrySet()) {
            long factor = unit.getValue();
            if (timeNs >= EARLIEST_NS / factor
                    && timeNs <= TimeUnit.MILLISECONDS.toNanos(nowMs + MAX_AHEAD_MS) / factor) {
                return "; in " + unit.getKey() + " it would be " + instant(timeNs * factor) + ", so give "
                        + timeNs * factor;
            }
        }
        return "";
    }

    private static Instant instant(long timeNs) {
        return Instant.ofEpochSecond(0, timeNs);
    }
}
