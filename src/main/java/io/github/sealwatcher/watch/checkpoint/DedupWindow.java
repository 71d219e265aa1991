package io.github.sealwatcher.watch.checkpoint;

import io.github.sealwatcher.model.EngineEvent;
import io.github.sealwatcher.model.EventId;
import java.util.Collection;
import org.pcollections.OrderedPSet;
import org.pcollections.PSet;
import org.pcollections.TreePSet;

/**
 * The events that were applied already, from a low watermark on: every event at or after it that ever came is in here, so
 * that one that isn't is new, whatever its time stamp's place among the others. What is older than the low watermark can't be
 * distinguished from a repetition and is refused.
 *
 * <p>Podman writes events up to 1.2 s behind their time stamps and, when its log rotates, repeats events that can be
 * hours old; so neither "not newer than the last" nor a short memory will do.
 *
 * <p>Immutable. Holds at most {@value #MAX_EVENTS} events; beyond that the low watermark rises.
 */
public final class DedupWindow {

    /** The default log of Podman holds some 2,300 events: a replay of all of it is recognized. */
    public static final int MAX_EVENTS = 16_384;

    private static final int STORED_BITS = 48;

    private final long lowWatermarkNs;
    /** When the trail began; what it is complete from can be earlier, once the log was read from there on. */
    private final long beginNs;

    private final TreePSet<Stamp> stamps;
    private final PSet<Long> inherited;
    private final long inheritedUntilNs;
    private final long lastNs;
    /** None of the stamps is later, and nothing that was inferred. */
    private final long untilNs;

    private DedupWindow(
            long lowWatermarkNs,
            long beginNs,
            TreePSet<Stamp> stamps,
            PSet<Long> inherited,
            long inheritedUntilNs,
            long lastNs,
            long untilNs) {
        this.untilNs = untilNs;
        this.lowWatermarkNs = lowWatermarkNs;
        this.beginNs = beginNs;
        this.stamps = stamps;
        this.inherited = inherited;
        this.inheritedUntilNs = inheritedUntilNs;
        this.lastNs = lastNs;
    }

    /** Nothing taken in yet; events before {@code lowWatermarkNs} (nanoseconds since 1970) are refused. */
    public static DedupWindow from(long lowWatermarkNs) {
        return new DedupWindow(
                lowWatermarkNs,
                lowWatermarkNs,
                TreePSet.empty(),
                OrderedPSet.empty(),
                Long.MIN_VALUE,
                Long.MAX_VALUE,
                Long.MIN_VALUE);
    }

    /** What an earlier run stored. */
    public static DedupWindow restored(StoredKeys storedKeys) {
        return new DedupWindow(
                storedKeys.lowWatermarkNs(),
                storedKeys.beginNs(),
                TreePSet.empty(),
                OrderedPSet.from(storedKeys.keys()),
                storedKeys.untilNs(),
                Long.MAX_VALUE,
                Long.MIN_VALUE);
    }

    /** The part of an id that is stored: 48 bits, compared within one overlap only. */
    public static long storedKey(EventId id) {
        return id.high() >>> (Long.SIZE - STORED_BITS);
    }

    /** Events with an earlier time stamp are refused. */
    public long lowWatermarkNs() {
        return lowWatermarkNs;
    }

    /**
     * When the trail began: of what is stamped earlier, all that was written by the first reading of the log is of before it.
     * The low watermark itself, once the trail is older than what is stored.
     */
    public long beginNs() {
        return beginNs;
    }

    /**
     * The time stamp of the event that was put in last, or the earliest of those that stand behind the newest event; the
     * greatest value if there is none.
     */
    long lastNs() {
        return lastNs;
    }

    /** With that time as the one from which on what stands behind the newest event is to be recognized. */
    DedupWindow withLast(long timeNs) {
        return timeNs == lastNs
                ? this
                : new DedupWindow(lowWatermarkNs, beginNs, stamps, inherited, inheritedUntilNs, timeNs, untilNs);
    }

    /** The latest time of what was put in or inferred, also by an earlier process; the least value if nothing was. */
    long untilNs() {
        return Math.max(untilNs, inheritedUntilNs);
    }

    /** Whether the event was taken in before. */
    public boolean contains(EngineEvent event) {
        return (event.timeNs() <= untilNs && stamps.contains(Stamp.of(event)))
                || (event.timeNs() <= inheritedUntilNs && inherited.contains(storedKey(event.id())));
    }

    /** Whether the event is too old to be distinguished from a repetition. */
    public boolean refuses(EngineEvent event) {
        return event.timeNs() < lowWatermarkNs;
    }

    /** The latest time stamp before {@code timeNs} of an event taken in by this process; the least value if there is none. */
    public long latestBeforeNs(long timeNs) {
        Stamp before = stamps.lower(new Stamp(timeNs, Long.MIN_VALUE, Long.MIN_VALUE));
        return before == null ? Long.MIN_VALUE : before.timeNs();
    }

    /** Complete from an earlier moment on, because everything from there on was put in. */
    public DedupWindow withLowWatermark(long timeNs) {
        return new DedupWindow(
                Math.min(lowWatermarkNs, timeNs),
                Math.min(beginNs, timeNs),
                stamps,
                inherited,
                inheritedUntilNs,
                lastNs,
                untilNs);
    }

    /** Complete from a moment before the trail on, because what the log held of that was put in. */
    public DedupWindow readFrom(long timeNs) {
        return new DedupWindow(
                Math.min(lowWatermarkNs, timeNs), beginNs, stamps, inherited, inheritedUntilNs, lastNs, untilNs);
    }

    /** With something inferred, which has that time and no event of its own. */
    public DedupWindow inferred(long timeNs) {
        return timeNs <= untilNs
                ? this
                : new DedupWindow(lowWatermarkNs, beginNs, stamps, inherited, inheritedUntilNs, lastNs, timeNs);
    }

    /** With this event, which was read and is not applied: what stands behind the newest event it leaves open. */
    public DedupWindow passing(EngineEvent event) {
        return plus(event).withLast(lastNs);
    }

    /** With this event too. */
    public DedupWindow plus(EngineEvent event) {
        TreePSet<Stamp> more = stamps.plus(Stamp.of(event));
        long latestNs = Math.max(untilNs, event.timeNs());
        if (more.size() <= MAX_EVENTS) {
            return new DedupWindow(
                    lowWatermarkNs, beginNs, more, inherited, inheritedUntilNs, event.timeNs(), latestNs);
        }
        Stamp oldest = more.first();
        long completeNs = Math.max(lowWatermarkNs, oldest.timeNs() + 1);
        return new DedupWindow(
                completeNs,
                Math.max(beginNs, completeNs),
                more.minus(oldest),
                inherited,
                inheritedUntilNs,
                event.timeNs(),
                latestNs);
    }

    /**
     * What has to be stored so that a re-read from {@code fromNs} repeats nothing. What is older than the low watermark may come
     * again, too, if the clock was set back.
     *
     * @param limit how many keys at most; with more events the low watermark rises, which shortens the overlap of a resume
     */
    public StoredKeys storedKeys(long fromNs, int limit) {
        long watermarkNs = Math.max(lowWatermarkNs, fromNs);
        var keys = new java.util.ArrayList<Long>();
        for (Stamp stamp : stamps.descendingSet()) {
            if (stamp.timeNs() < fromNs) {
                break;
            }
            if (keys.size() == limit) {
                // Of those of an earlier process only the latest time is known.
                long dropped = Math.max(stamp.timeNs(), inherited.isEmpty() ? Long.MIN_VALUE : inheritedUntilNs);
                return completeBehind(dropped, watermarkNs, keys);
            }
            keys.add(stamp.key());
        }
        if (fromNs <= inheritedUntilNs) {
            boolean fits = keys.size() + inherited.size() <= limit;
            inherited.stream().limit(limit - keys.size()).forEach(keys::add);
            return fits
                    ? new StoredKeys(watermarkNs, Math.max(beginNs, watermarkNs), untilNs(), keys)
                    : completeBehind(inheritedUntilNs, watermarkNs, keys);
        }
        return new StoredKeys(watermarkNs, Math.max(beginNs, watermarkNs), untilNs(), keys);
    }

    private StoredKeys completeBehind(long droppedNs, long watermarkNs, Collection<Long> keys) {
        long completeNs = Math.max(watermarkNs, droppedNs + 1);
        return new StoredKeys(completeNs, Math.max(beginNs, completeNs), untilNs(), keys);
    }

    /**
     * What is stored of the events seen.
     *
     * @param lowWatermarkNs the time from which they are complete, in nanoseconds since 1970
     * @param beginNs when the trail began, if that is later; else the same
     * @param untilNs the latest of their times and of what was inferred, which can be that of an event from before the clock
     *     was set back; {@link Long#MIN_VALUE} if there is none
     * @param keys their {@linkplain #storedKey stored keys}
     */
    public record StoredKeys(long lowWatermarkNs, long beginNs, long untilNs, Collection<Long> keys) {

        /** What is stored once the trail is older than that. */
        public StoredKeys(long lowWatermarkNs, long untilNs, Collection<Long> keys) {
            this(lowWatermarkNs, lowWatermarkNs, untilNs, keys);
        }
    }

    private record Stamp(long timeNs, long high, long low) implements Comparable<Stamp> {

        static Stamp of(EngineEvent event) {
            return new Stamp(event.timeNs(), event.id().high(), event.id().low());
        }

        long key() {
            return high >>> (Long.SIZE - STORED_BITS);
        }

        @Override
        public int compareTo(Stamp other) {
            int byTime = Long.compare(timeNs, other.timeNs);
            if (byTime != 0) {
                return byTime;
            }
            int byHigh = Long.compare(high, other.high);
            return byHigh != 0 ? byHigh : Long.compare(low, other.low);
        }
    }
}
