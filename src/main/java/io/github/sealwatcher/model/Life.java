package io.github.sealwatcher.model;

/**
 * One run of a container, from its start to its death. A container that is started again keeps its id and begins a new
 * life, so lives are distinguished by their start time and process.
 *
 * @param startedAtNs the best known start time, in nanoseconds since 1970
 * @param precision how {@code startedAtNs} is to be read
 * @param pid the main process; 0 if unknown
 * @param announced whether its start event was taken in: then any later start event is another life's
 */
public record Life(long startedAtNs, Precision precision, int pid, boolean announced) {

    private static final long SECOND_NS = 1_000_000_000L;
    /** How long after its start a container's event may be stamped on a host that is short of processor time. */
    private static final long EVENT_DELAY_NS = 5 * SECOND_NS;

    /** What a start time was read from, best first. */
    public enum Precision {
        /** An inspect: to the nanosecond. */
        EXACT,
        /** A stored offset: rounded down to the millisecond. */
        MILLISECOND,
        /** The time stamp of a start event, taken shortly after the start. */
        EVENT,
        /** A list: rounded down to the second. */
        SECOND,
        /** The time stamp of a restore event: the life continues an earlier one, whose start Podman still shows. */
        RESTORE
    }

    /** A life with the start time of an inspect, to the nanosecond. */
    public static Life exact(long startedAtNs, int pid) {
        return new Life(startedAtNs, Precision.EXACT, pid, false);
    }

    /** A life with the start time of a list, rounded down to the second. */
    public static Life withinSecond(long startedAtSeconds, int pid) {
        return new Life(Math.multiplyExact(startedAtSeconds, SECOND_NS), Precision.SECOND, pid, false);
    }

    /** A life with the start time that a list or an inspect shows: a list rounds it down to the second. */
    public static Life shown(long startedAtNs) {
        return startedAtNs % SECOND_NS == 0 ? withinSecond(startedAtNs / SECOND_NS, 0) : exact(startedAtNs, 0);
    }

    /** A life that began shortly before the time stamp of its start event. */
    public static Life fromEvent(long eventTimeNs) {
        return new Life(eventTimeNs, Precision.EVENT, 0, true);
    }

    /** A life that continues one which began some time before. */
    public static Life restored(long eventTimeNs) {
        return new Life(eventTimeNs, Precision.RESTORE, 0, true);
    }

    /** Whether both are known by their processes, and those differ. */
    public boolean isOtherProcess(Life other) {
        return pid != 0 && other.pid != 0 && pid != other.pid;
    }

    /** Whether both can be the same life of one container, given what is known of each. */
    public boolean canBe(Life other) {
        return !isOtherProcess(other) && earliestNs() <= other.latestNs() && other.earliestNs() <= latestNs();
    }

    /** This life with the more exact start time and the process that {@code other}, the same life, knows. */
    public Life refinedBy(Life other) {
        Life better = other.precision.compareTo(precision) < 0 ? other : this;
        // A container can be started twice within the second that a list rounds to.
        boolean surely = precision != Precision.EVENT || other.latestNs() <= startedAtNs;
        int knownPid = pid != 0 || !surely ? pid : other.pid;
        return new Life(better.startedAtNs, better.precision, knownPid, announced || other.announced);
    }

    /** This life, of which no further start event can be. */
    public Life announcedAlready() {
        return new Life(startedAtNs, precision, pid, true);
    }

    /** This life, of which the start event is still to come. */
    public Life unannounced() {
        return new Life(startedAtNs, precision, pid, false);
    }

    /** Whether an event of that time can belong to this life; the end of an earlier one can't. */
    public boolean covers(long eventTimeNs) {
        return eventTimeNs >= startedAtNs;
    }

    /** The earliest moment at which this life can have begun. */
    public long earliestNs() {
        return switch (precision) {
            case EXACT, MILLISECOND, SECOND -> startedAtNs;
            case EVENT -> startedAtNs - EVENT_DELAY_NS;
            case RESTORE -> Long.MIN_VALUE;
        };
    }

    /** The latest moment at which the life before this one can have ended. */
    public long beforeNs() {
        return precision == Precision.EXACT ? startedAtNs - 1 : latestNs();
    }

    /** The latest moment at which this life can have begun. */
    public long latestNs() {
        return switch (precision) {
            case EXACT, EVENT, RESTORE -> startedAtNs;
            case MILLISECOND -> startedAtNs + 999_999;
            case SECOND -> startedAtNs + SECOND_NS - 1;
        };
    }
}
