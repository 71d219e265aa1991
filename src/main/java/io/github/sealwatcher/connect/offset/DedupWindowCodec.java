package io.github.sealwatcher.connect.offset;

import io.github.sealwatcher.watch.checkpoint.Checkpoint.Gap;
import io.github.sealwatcher.watch.checkpoint.DedupWindow;
import io.github.sealwatcher.watch.checkpoint.EventRef;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.pcollections.PVector;
import org.pcollections.TreePVector;

/**
 * The offset's {@code seen}: format, floor, begin, until, anchor, proven, gap, former, keys. Keys of 6 bytes, so that 100 of them take 750 characters.
 *
 * @param window the events seen
 * @param newest the newest event read; null if there is none
 * @param last the last event of the last replay; null if there is none
 * @param gap the gap that still explains what is missing; null if there is none
 * @param former the newest event read from each of the last logs that were lost
 */
record DedupWindowCodec(
        DedupWindow.StoredKeys window,
        @Nullable EventRef newest,
        @Nullable EventRef last,
        @Nullable Gap gap,
        PVector<EventRef> former) {

    private static final int FORMAT = 0x20;
    /**
     * As it was written when the keys were those of ids with attributes: they can't be compared with those of today, so what
     * comes after the offset's time is new, and no event is to be found again.
     */
    private static final int EARLIER_FORMAT = 0x10;
    /** Added to the format: there is an anchor. */
    private static final int ANCHORED = 1;
    /** Added to the format: there is a proven event. */
    private static final int PROVEN = 2;
    /** Added to the format: there is a gap. */
    private static final int GAP = 4;
    /** Added to the format: there are events later than the offset's own time, from before the clock was set back. */
    private static final int AHEAD = 8;
    /** Added to the format: the trail began at a time of its own, not that of the floor. */
    private static final int BEGINS = 64;
    /** Added to the format: other logs were read before, and how many. */
    private static final int FORMER = 128;

    private static final int KEY_BYTES = 6;

    /** @param timeNs the offset's own time */
    String encode(long timeNs) {
        var out = new ByteWriter();
        boolean ahead = window.untilNs() > timeNs;
        boolean begins = window.beginNs() != window.lowWatermarkNs();
        out.fixed(
                FORMAT
                        | (newest == null ? 0 : ANCHORED)
                        | (last == null ? 0 : PROVEN)
                        | (gap == null ? 0 : GAP)
                        | (ahead ? AHEAD : 0)
                        | (begins ? BEGINS : 0)
                        | (former.isEmpty() ? 0 : FORMER),
                1);
        out.fixed(window.lowWatermarkNs(), Long.BYTES);
        if (begins) {
            out.fixed(window.beginNs(), Long.BYTES);
        }
        if (ahead) {
            out.fixed(window.untilNs(), Long.BYTES);
        }
        write(out, newest);
        write(out, last);
        if (gap != null) {
            out.fixed(gap.fromNs(), Long.BYTES);
            out.fixed(gap.toNs(), Long.BYTES);
            out.fixed(gap.reportedNs(), Long.BYTES);
        }
        if (!former.isEmpty()) {
            out.fixed(former.size(), 1);
            former.forEach(ref -> write(out, ref));
        }
        for (Long key : window.keys()) {
            out.fixed(key, KEY_BYTES);
        }
        return Base85.encode(out.toBytes());
    }

    /**
     * What {@link #encode} gave.
     *
     * @param timeNs the offset's own time
     * @throws IllegalArgumentException with what is wrong with it
     */
    static DedupWindowCodec decode(String text, long timeNs) {
        var in = new ByteReader(Base85.decode(text));
        long format = in.fixed(1);
        long version = format & ~(ANCHORED | PROVEN | GAP | AHEAD | BEGINS | FORMER);
        if (version != FORMAT && version != EARLIER_FORMAT) {
            throw new IllegalArgumentException("its format is unknown");
        }
        long lowWatermarkNs = in.fixed(Long.BYTES);
        long beginNs = (format & BEGINS) == 0 ? lowWatermarkNs : in.fixed(Long.BYTES);
        long untilNs = (format & AHEAD) == 0 ? timeNs : in.fixed(Long.BYTES);
        @Nullable EventRef newest = null;
        if ((format & ANCHORED) != 0) {
            long newestNs = version == FORMAT ? in.fixed(Long.BYTES) : timeNs;
            newest = new EventRef(in.fixed(KEY_BYTES), newestNs);
        }
        @Nullable EventRef last = (format & PROVEN) == 0 ? null : read(in);
        @Nullable Gap gap = null;
        if ((format & GAP) != 0) {
            long fromNs = in.fixed(Long.BYTES);
            long toNs = in.fixed(Long.BYTES);
            gap = new Gap(fromNs, toNs, version == FORMAT ? in.fixed(Long.BYTES) : toNs);
        }
        PVector<EventRef> former = TreePVector.empty();
        for (long i = (format & FORMER) == 0 ? 0 : in.fixed(1); i > 0; i--) {
            former = former.plus(read(in));
        }
        List<Long> keys = new ArrayList<>(in.left() / KEY_BYTES);
        while (in.left() > 0) {
            keys.add(in.fixed(KEY_BYTES));
        }
        return version == FORMAT
                ? new DedupWindowCodec(
                        new DedupWindow.StoredKeys(lowWatermarkNs, beginNs, untilNs, keys), newest, last, gap, former)
                : new DedupWindowCodec(
                        new DedupWindow.StoredKeys(timeNs + 1, Long.MIN_VALUE, List.of()), null, null, gap, former);
    }

    private static EventRef read(ByteReader in) {
        long timeNs = in.fixed(Long.BYTES);
        return new EventRef(in.fixed(KEY_BYTES), timeNs);
    }

    private static void write(ByteWriter out, @Nullable EventRef ref) {
        if (ref != null) {
            out.fixed(ref.timeNs(), Long.BYTES);
            out.fixed(ref.key(), KEY_BYTES);
        }
    }

    /** How many keys fit into so many characters. */
    static int keysWithin(int characters) {
        return characters / 5 * 4 / KEY_BYTES;
    }
}
