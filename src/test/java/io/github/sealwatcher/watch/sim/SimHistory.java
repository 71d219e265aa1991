package io.github.sealwatcher.watch.sim;

import io.github.sealwatcher.model.EngineEvent;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The event log as the engine keeps it, and what makes it lack something. */
final class SimHistory {

    /** Where a try ends the whole service, it is some minutes until the next one. */
    private static final long RETRY_NS = 660 * SimClock.SECOND_NS;

    /** In one run of so many, the log outlives a reboot. */
    private static final int ON_DISK = 4;

    private final SimClock clock;
    private final Truth truth;
    private final Stamps stamps;
    private final long keepsMs;
    private final boolean onDisk;
    private SimLog log;
    private Setting.Version version;
    private boolean keepsLog = true;
    private boolean garblesNext;
    private Truth.@Nullable Cause noLog;
    private Truth.@Nullable Cause broken;

    SimHistory(SimClock clock, Truth truth, Stamps stamps, Setting setting, SimLog log) {
        this.clock = clock;
        this.truth = truth;
        this.stamps = stamps;
        this.keepsMs = setting.keepsMs();
        this.onDisk = setting.chance() % ON_DISK == 2;
        this.version = setting.podman();
        this.log = log;
    }

    /** The endpoint shows another host. */
    void show(SimLog other) {
        log = other;
    }

    SimLog log() {
        return log;
    }

    Setting.Version version() {
        return version;
    }

    /** Another version in place of this one; containers and log stay. */
    void upgrade(int to) {
        version = Setting.Version.values()[to % Setting.Version.values().length];
        if (endsAtBrokenLine() && log.isBroken() && broken == null) {
            broken = truth.lost("unreadable", clock.ticks(), clock.hostNs(), Long.MAX_VALUE / 2, null);
        } else if (!endsAtBrokenLine()) {
            mend();
        }
    }
    /** Whether there is an event log at all. */
    boolean keepsLog() {
        return keepsLog;
    }

    /** Whether reads of the log end at a line that isn't an event. */
    boolean endsAtBrokenLine() {
        return version != Setting.Version.SKIPPING;
    }

    /** Whether the log can be read to its end. */
    boolean isReadable() {
        return keepsLog && !(endsAtBrokenLine() && log.isBroken());
    }
    /**
     * The log reaches its size.
     *
     * @param neededNs from when on the log is still needed
     */
    void rotateLog(long neededNs) {
        if (!keepsLog) {
            return;
        }
        long keepFromNs =
                keepsMs == 0 ? Long.MAX_VALUE : Math.min(neededNs, clock.hostNs() - keepsMs * SimClock.MILLISECOND_NS);
        long firstNs = beginsNs();
        long nowNs = stamps.next();
        List<Line> left = log.rotate(truth, version != Setting.Version.ENDING, nowNs, clock.ticks(), keepFromNs);
        truth.lost("cut", clock.ticks(), firstNs, nowNs, left);
        mend();
    }

    /** The time of the log's first line; now if there is none. */
    long beginsNs() {
        return log.read(0).stream().mapToLong(line -> line.event.timeNs()).min().orElse(clock.hostNs());
    }

    /** Whether the log began after that and nobody had anything of an earlier one: then it may have been deleted before. */
    boolean isYoungerThan(long beganTicks) {
        return log.read(0).stream().allMatch(line -> line.writtenTicks > beganTicks)
                && truth.isNothingKnownBefore(beganTicks);
    }

    void breakLine() {
        if (keepsLog) {
            Line line = truth.line(EngineEvent.of(SimLog.BROKEN, "", "", Map.of(), stamps.next()));
            log.write(line, clock.ticks());
            if (endsAtBrokenLine() && broken == null) {
                broken = truth.lost("unreadable", clock.ticks(), line.event.timeNs(), Long.MAX_VALUE / 2, null);
            }
        }
    }

    void garbleNext() {
        garblesNext = true;
    }

    void deleteLog() {
        truth.lost("deleted", clock.ticks(), clock.hostNs(), clock.hostNs(), null);
        log.delete(clock.ticks());
        mend();
    }

    /** The host restarts: a journal on disk outlives that, a file in memory does not. What ended by it left no event. */
    void reboot() {
        if (onDisk) {
            truth.lost("reboot", clock.ticks(), clock.hostNs(), clock.hostNs(), null);
        } else {
            deleteLog();
        }
    }

    private void mend() {
        if (broken != null && !(endsAtBrokenLine() && log.isBroken())) {
            // Where a try ends the whole service, nobody tries all the time whether the line is gone.
            broken.end(clock.ticks(), clock.hostNs(), version == Setting.Version.FAILING ? RETRY_NS : 0);
            broken = null;
        }
    }

    /** The configuration says whether there is an event log. */
    void keepLog(boolean keeps) {
        if (noLog != null && keeps) {
            noLog.end(clock.ticks(), clock.hostNs(), 0);
            noLog = null;
        } else if (noLog == null && !keeps) {
            noLog = truth.lost("no log", clock.ticks(), clock.hostNs(), Long.MAX_VALUE / 2, null);
        }
        keepsLog = keeps;
    }

    /** The host's clock was set. */
    void clockSet(long beforeNs) {
        if (noLog != null) {
            noLog.set(beforeNs, clock.hostNs());
        }
        if (broken != null) {
            broken.set(beforeNs, clock.hostNs());
        }
    }

    void write(SimLog to, Line line) {
        if (!keepsLog) {
            return;
        }
        if (garblesNext) {
            garblesNext = false;
            truth.lost("garbled", clock.ticks(), line.event.timeNs(), line.event.timeNs(), null);
            breakLine();
        } else {
            to.write(line, clock.ticks());
        }
    }
}
