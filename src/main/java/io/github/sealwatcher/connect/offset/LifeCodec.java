package io.github.sealwatcher.connect.offset;

import io.github.sealwatcher.model.Container;
import io.github.sealwatcher.model.Life;
import io.github.sealwatcher.model.Life.Precision;
import io.github.sealwatcher.model.LiveContainer;
import io.github.sealwatcher.model.Status;
import java.util.List;

/**
 * A life inside an offset: the start as the distance from the one before, in milliseconds, with the rest to the nanosecond
 * where it matters; and, if the status has changed since, when.
 *
 * @param startMs milliseconds since 1970, rounded down
 * @param restNs what was rounded off
 * @param sinceMs milliseconds since 1970
 */
record LifeCodec(long startMs, long restNs, Precision precision, boolean announced, Status status, long sinceMs) {

    /** In the head, below the distance. */
    private static final int HEAD_BITS = 2;

    private static final int ANNOUNCED = 1;
    private static final int UNUSUAL = 2;
    /** In the byte that an unusual life has more. */
    private static final int PRECISION = 3;
    /** By the number that is stored: this order must never change. */
    private static final List<Precision> PRECISIONS =
            List.of(Precision.EXACT, Precision.MILLISECOND, Precision.SECOND, Precision.EVENT);

    private static final int PAUSED = 4;
    private static final int CHANGED = 8;
    /** Added to the precision of an event. */
    private static final int RESTORED = 16;

    private static final long MS = 1_000_000;
    /** A start event comes this late, on a busy host, without the status having changed since the start. */
    private static final long SAME_MS = 2000;

    /** How a precision is stored, of the two lowest bits and {@link #RESTORED}. */
    static int flags(Precision precision) {
        return precision == Precision.RESTORE
                ? PRECISIONS.indexOf(Precision.EVENT) | RESTORED
                : PRECISIONS.indexOf(precision);
    }

    /** The precision that is stored in these bits. */
    static Precision precision(int flags) {
        return (flags & RESTORED) == 0 ? PRECISIONS.get(flags & PRECISION) : Precision.RESTORE;
    }

    static long startMs(LiveContainer alive) {
        return Math.floorDiv(alive.life().startedAtNs(), MS);
    }

    /** @param exact whether an exact start is to stay exact, at the cost of three bytes */
    static void write(ByteWriter out, LiveContainer alive, long previousMs, boolean exact) {
        Life life = alive.life();
        long startMs = startMs(alive);
        long sinceMs = Math.floorDiv(alive.sinceNs(), MS);
        boolean paused = alive.status() == Status.PAUSED;
        boolean changed = paused || Math.abs(sinceMs - startMs) > SAME_MS;
        Precision precision = life.precision() == Precision.EXACT && !exact ? Precision.MILLISECOND : life.precision();
        int flags = flags(precision) | (paused ? PAUSED : 0) | (changed ? CHANGED : 0);
        boolean unusual = flags != PRECISIONS.indexOf(usual(exact));
        out.number((startMs - previousMs) << HEAD_BITS | (life.announced() ? ANNOUNCED : 0) | (unusual ? UNUSUAL : 0));
        if (unusual) {
            out.fixed(flags, 1);
        }
        if (hasRest(precision)) {
            out.number(Math.floorMod(life.startedAtNs(), MS));
        }
        if (changed) {
            out.signed(sinceMs - startMs);
        }
    }

    /**
     * @param exact as it was written with
     * @throws IllegalArgumentException if there is none
     */
    static LifeCodec read(ByteReader in, long previousMs, boolean exact) {
        long head = in.number();
        long startMs = previousMs + (head >>> HEAD_BITS);
        int flags = (head & UNUSUAL) == 0 ? PRECISIONS.indexOf(usual(exact)) : (int) in.fixed(1);
        Precision precision = precision(flags);
        long restNs = hasRest(precision) ? in.number() : 0;
        long sinceMs = (flags & CHANGED) == 0 ? startMs : startMs + in.signed();
        Status status = (flags & PAUSED) == 0 ? Status.RUNNING : Status.PAUSED;
        return new LifeCodec(startMs, restNs, precision, (head & ANNOUNCED) != 0, status, sinceMs);
    }

    /** The container with this life. */
    LiveContainer alive(Container container, int pid) {
        Life life = new Life(startMs * MS + restNs, precision, pid, announced);
        return new LiveContainer(container, life, status, sinceMs * MS, null);
    }

    private static Precision usual(boolean exact) {
        return exact ? Precision.EXACT : Precision.MILLISECOND;
    }

    /** Whether an event belongs to a life is a matter of the nanosecond. */
    private static boolean hasRest(Precision precision) {
        return precision == Precision.EXACT || precision == Precision.EVENT || precision == Precision.RESTORE;
    }
}
