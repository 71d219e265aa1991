package io.github.sealwatcher.connect.offset;

import io.github.sealwatcher.model.ContainerId;
import io.github.sealwatcher.model.HostName;
import io.github.sealwatcher.model.Life;
import io.github.sealwatcher.watch.checkpoint.Checkpoint;
import io.github.sealwatcher.watch.checkpoint.Checkpoint.Snapshot;
import io.github.sealwatcher.watch.checkpoint.DedupWindow;
import io.github.sealwatcher.watch.checkpoint.EndedLife;
import io.github.sealwatcher.watch.checkpoint.Portfolio;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.pcollections.HashTreePMap;
import org.pcollections.PMap;
import org.pcollections.PVector;
import org.pcollections.TreePVector;

/**
 * A checkpoint as Connect stores it: flat, primitive, and in JSON small enough for a Kafka record with 5,000 containers.
 * Only {@code time_ns} is needed to write one by hand: the connector then reads again from there.
 */
public final class Offsets {

    static final String HOST = "host";
    static final String VERSION = "v";
    static final String TIME = "time_ns";
    static final String SEEN = "seen";
    static final String KNOWN = "known";
    static final String SNAPSHOT = "snapshot";

    /** When the host left the inventory, as its last record has it; the next offset of a host that came back lacks it. */
    public static final String REMOVED = "removed_ns";

    /** How many alive containers did not fit into {@code known}. */
    static final String LEFT_OUT = "left_out";

    static final String INFERRED = "inferred";
    static final String FILTER = "filter";
    /** The version of the engine that answered last. */
    static final String ENGINE = "engine";

    static final String UNCONFIRMED = "unconfirmed";
    /** Lives that lists have shown, and of which nothing was reported yet. */
    static final String SHOWN = "shown";

    /** By how much at most the host's clock was set back since the log was last read to its end. */
    static final String SET_BACK = "set_back_ns";

    static final Set<String> FIELDS = Set.of(
            VERSION,
            TIME,
            SEEN,
            KNOWN,
            SNAPSHOT,
            REMOVED,
            OffsetFields.NEXT,
            OffsetFields.PREFIX,
            OffsetFields.ROWS_REMOVED,
            LEFT_OUT,
            INFERRED,
            FILTER,
            ENGINE,
            UNCONFIRMED,
            SHOWN,
            SET_BACK);

    private static final int CURRENT = 1;
    /** What the JSON form may take in all: a quarter of the megabyte that brokers accept. */
    private static final int TARGET_CHARACTERS = 256 * 1024 - 512;
    /**
     * What it may take with more containers than that. A producer sends no record above a megabyte, and Connect then stores
     * no offset of any host of the task any more.
     */
    private static final int MAX_CHARACTERS = 900_000;
    /** What all but {@code known} and {@code unconfirmed} takes at most beside so many containers. */
    private static final int OTHER_CHARACTERS = 8_000;
    /** However many containers there are, so many events before the last must be known again. */
    private static final int MIN_KEYS = 512;

    private static final int MAX_KEYS = 4096;

    private Offsets() {}

    /** About what it takes as JSON, without working that out. */
    public static long characters(Map<String, Object> offset) {
        long characters = 2;
        for (Map.Entry<String, Object> field : offset.entrySet()) {
            boolean text = field.getValue() instanceof String;
            // Quotes, a colon and a comma.
            characters += field.getKey().length()
                    + (text
                            ? 6 + ((String) field.getValue()).length()
                            : 4 + field.getValue().toString().length());
        }
        return characters;
    }

    /** The source partition of a host. */
    public static Map<String, String> partition(HostName host) {
        return Map.of(HOST, host.value());
    }

    /**
     * What to store.
     *
     * @param overlapNs how far before the last event a resume reads again, in nanoseconds
     */
    public static Map<String, Object> encode(Checkpoint checkpoint, long overlapNs, OffsetNotes notes) {
        return encode(checkpoint, overlapNs, notes, new PortfolioEncoder());
    }

    /** The same with an encoder that remembers what it did before. */
    public static Map<String, Object> encode(
            Checkpoint checkpoint, long overlapNs, OffsetNotes notes, PortfolioEncoder encoder) {
        String unconfirmed = UnconfirmedLivesCodec.encode(checkpoint.unconfirmed());
        String shown = UnconfirmedLivesCodec.encode(asEnded(checkpoint.shown()));
        int max = MAX_CHARACTERS - OTHER_CHARACTERS - unconfirmed.length() - shown.length();
        PortfolioCodec.Text known = encoder.encode(checkpoint.portfolio(), max);
        int room = DedupWindowCodec.keysWithin(TARGET_CHARACTERS
                - unconfirmed.length()
                - shown.length()
                - known.text().length());
        int limit = Math.max(MIN_KEYS, Math.min(MAX_KEYS, room));
        DedupWindow.StoredKeys storedKeys = checkpoint.storedKeys(overlapNs, limit);
        Snapshot snapshot = known.leftOut() == 0 ? checkpoint.snapshot() : Snapshot.RUNNING;
        Map<String, Object> offset = head(checkpoint.positionNs(), snapshot);
        offset.put(
                SEEN,
                new DedupWindowCodec(
                                storedKeys,
                                checkpoint.newestEvent(),
                                checkpoint.lastReplayed(),
                                checkpoint.gap(),
                                checkpoint.read().former())
                        .encode(checkpoint.positionNs()));
        offset.put(KNOWN, known.text());
        if (known.leftOut() > 0) {
            offset.put(LEFT_OUT, known.leftOut());
        }
        if (checkpoint.inferred() != 0) {
            offset.put(INFERRED, checkpoint.inferred());
        }
        if (checkpoint.filter() != 0) {
            offset.put(FILTER, Long.toHexString(checkpoint.filter()));
        }
        if (checkpoint.engineVersion() != null) {
            offset.put(ENGINE, checkpoint.engineVersion());
        }
        if (!unconfirmed.isEmpty()) {
            offset.put(UNCONFIRMED, unconfirmed);
        }
        if (!shown.isEmpty()) {
            offset.put(SHOWN, shown);
        }
        if (checkpoint.read().setBackNs() != 0) {
            offset.put(SET_BACK, checkpoint.read().setBackNs());
        }
        notes.putInto(offset);
        return Collections.unmodifiableMap(offset);
    }

    /** What stands before the first checkpoint: nothing is reported yet, and the event log is read again from where reading began. */
    public static Map<String, Object> start(Checkpoint first, OffsetNotes notes) {
        Snapshot snapshot = first.snapshot() == Snapshot.WAITING ? Snapshot.WAITING : Snapshot.RUNNING;
        Map<String, Object> offset = head(first.dedupWindow().lowWatermarkNs(), snapshot);
        notes.putInto(offset);
        return Collections.unmodifiableMap(offset);
    }

    /**
     * What was stored.
     *
     * @throws IllegalArgumentException naming the field, what is expected and what was found
     */
    public static Checkpoint decode(Map<String, ?> offset) {
        Long version = integer(offset, VERSION);
        if (version != null && version != CURRENT) {
            throw OffsetFields.wrong(
                    VERSION, "expected 1, found " + version + ", which another version of this connector wrote");
        }
        Long timeNs = integer(offset, TIME);
        if (timeNs == null || timeNs < 0) {
            throw OffsetFields.wrong(
                    TIME, "expected nanoseconds since 1970, found " + (timeNs == null ? "nothing" : timeNs));
        }
        checkTheRest(offset);
        DedupWindowCodec seen = dedupWindow(offset, timeNs);
        String known = OffsetFields.text(offset, KNOWN);
        return new Checkpoint(
                seen == null
                        ? new Checkpoint.ReadPosition(timeNs, null, null, DedupWindow.from(timeNs))
                        : new Checkpoint.ReadPosition(
                                timeNs,
                                seen.newest(),
                                seen.last(),
                                DedupWindow.restored(seen.window()),
                                count(offset, SET_BACK),
                                seen.former()),
                known == null ? Portfolio.empty() : portfolio(known),
                new Checkpoint.Coverage(
                        snapshot(OffsetFields.text(offset, SNAPSHOT)),
                        seen == null ? null : seen.gap(),
                        count(offset, INFERRED),
                        ended(offset, UNCONFIRMED),
                        lives(ended(offset, SHOWN))),
                filter(OffsetFields.text(offset, FILTER)),
                OffsetFields.text(offset, ENGINE));
    }

    /** What the core does not need. */
    private static void checkTheRest(Map<String, ?> offset) {
        Long removedNs = integer(offset, REMOVED);
        if (removedNs != null && removedNs < 0) {
            throw OffsetFields.wrong(REMOVED, "expected nanoseconds since 1970, found " + removedNs);
        }
        count(offset, LEFT_OUT);
        OffsetNotes ignored = OffsetNotes.of(offset);
    }

    /** How many alive containers did not fit into a stored offset. */
    public static long leftOut(Map<String, ?> offset) {
        return count(offset, LEFT_OUT);
    }

    private static long count(Map<String, ?> offset, String field) {
        Long value = integer(offset, field);
        if (value != null && value < 0) {
            throw OffsetFields.wrong(field, "expected a count, found " + value);
        }
        return value == null ? 0 : value;
    }

    private static long filter(@Nullable String text) {
        try {
            return text == null ? 0 : Long.parseUnsignedLong(text, 16);
        } catch (NumberFormatException e) {
            throw OffsetFields.wrong(FILTER, "expected up to 16 hexadecimal digits, found \"" + text + "\"");
        }
    }

    private static PVector<EndedLife> ended(Map<String, ?> offset, String field) {
        String text = OffsetFields.text(offset, field);
        try {
            return text == null ? TreePVector.empty() : UnconfirmedLivesCodec.decode(text);
        } catch (IllegalArgumentException e) {
            throw OffsetFields.wrong(field, e.getMessage());
        }
    }

    /** In the form of lives that ended when they began. */
    private static List<EndedLife> asEnded(Map<ContainerId, Life> lives) {
        List<EndedLife> ended = new ArrayList<>();
        lives.forEach((id, life) -> ended.add(new EndedLife(id, life, life.startedAtNs(), false, false)));
        return ended;
    }

    private static PMap<ContainerId, Life> lives(List<EndedLife> ended) {
        PMap<ContainerId, Life> lives = HashTreePMap.empty();
        for (EndedLife each : ended) {
            lives = lives.plus(each.id(), each.life());
        }
        return lives;
    }

    private static Map<String, Object> head(long timeNs, Snapshot snapshot) {
        Map<String, Object> offset = new TreeMap<>();
        offset.put(VERSION, CURRENT);
        offset.put(TIME, timeNs);
        offset.put(SNAPSHOT, nameOf(snapshot));
        return offset;
    }

    private static @Nullable DedupWindowCodec dedupWindow(Map<String, ?> offset, long timeNs) {
        String text = OffsetFields.text(offset, SEEN);
        if (text == null) {
            return null;
        }
        try {
            DedupWindowCodec seen = DedupWindowCodec.decode(text, timeNs);
            if (seen.window().lowWatermarkNs() - 1 > timeNs) {
                throw new IllegalArgumentException("it belongs to a later " + TIME + " than " + timeNs
                        + "; to read again from a time, give {\"" + TIME + "\": T} alone");
            }
            return seen;
        } catch (IllegalArgumentException e) {
            throw OffsetFields.wrong(SEEN, e.getMessage());
        }
    }

    private static Portfolio portfolio(String text) {
        try {
            return PortfolioCodec.decode(text);
        } catch (IllegalArgumentException e) {
            throw OffsetFields.wrong(KNOWN, e.getMessage());
        }
    }

    /** As it is stored, whatever the constants are called. */
    private static String nameOf(Snapshot snapshot) {
        return switch (snapshot) {
            case WAITING -> "waiting";
            case RUNNING -> "running";
            case DONE -> "done";
        };
    }

    private static Snapshot snapshot(@Nullable String text) {
        for (Snapshot snapshot : Snapshot.values()) {
            if (nameOf(snapshot).equals(text)) {
                return snapshot;
            }
        }
        if (text != null) {
            throw OffsetFields.wrong(SNAPSHOT, "expected waiting, running or done, found \"" + text + "\"");
        }
        return Snapshot.RUNNING;
    }

    /** An integer in whatever class the worker's JSON gave it. */
    private static @Nullable Long integer(Map<String, ?> offset, String field) {
        Object value = offset.get(field);
        if (value == null) {
            return null;
        }
        if (value instanceof Long || value instanceof Integer || value instanceof Short || value instanceof Byte) {
            return ((Number) value).longValue();
        }
        throw OffsetFields.wrong(field, "expected an integer, found " + OffsetFields.shown(value));
    }
}
