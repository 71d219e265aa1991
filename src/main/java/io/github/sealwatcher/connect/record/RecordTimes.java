package io.github.sealwatcher.connect.record;

import java.io.Serial;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * Turns a host's times into time stamps that brokers and tables accept: never negative, never more than an hour ahead (a
 * broker refuses more), and never before an earlier one of the same key (a table would take it for outdated). One thread.
 */
public final class RecordTimes {

    private static final long MAX_AHEAD_MS = TimeUnit.HOURS.toMillis(1);

    private final Map<Object, Long> newest = new LastUsed();
    private final LongSupplier nowMs;

    /** @param nowMs this machine's clock, in milliseconds since 1970 */
    public RecordTimes(LongSupplier nowMs) {
        this.nowMs = nowMs;
    }

    /**
     * A record's time stamp in milliseconds since 1970.
     *
     * @param key what identifies the record's key, with a fitting equals
     * @param timeNs when it happened, by the host's clock, in nanoseconds since 1970
     */
    long stamp(Object key, long timeNs) {
        long timeMs = Math.floorDiv(timeNs, 1_000_000L);
        long sane = Math.max(0, Math.min(timeMs, nowMs.getAsLong() + MAX_AHEAD_MS));
        return newest.merge(key, sane, Math::max);
    }

    /** Forgets the key that wasn't used for the longest time: a host that far back in its clock is rare enough. */
    private static final class LastUsed extends LinkedHashMap<Object, Long> {

        @Serial
        private static final long serialVersionUID = 1L;

        private static final int MAX_ENTRIES = 32_768;

        LastUsed() {
            super(1024, 0.75f, true);
        }

        @Override
        protected boolean removeEldestEntry(Map.Entry<Object, Long> eldest) {
            return size() > MAX_ENTRIES;
        }
    }
}
