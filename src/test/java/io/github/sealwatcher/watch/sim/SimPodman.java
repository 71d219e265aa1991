package io.github.sealwatcher.watch.sim;

import io.github.sealwatcher.model.ContainerId;
import io.github.sealwatcher.model.EngineEvent;
import io.github.sealwatcher.model.PodRef;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** A host with containers that start, pause, die and are removed, and the log that Podman would write. */
final class SimPodman {

    static final long LATEST_WRITE_NS = 1200 * SimClock.MILLISECOND_NS;
    /** A step of another's clock, or several together, that we can't see and that hides what comes after it. */
    private static final long FAR_STEP_NS = 5 * SimClock.SECOND_NS;

    private static final long FLAP_NS = 30 * SimClock.MILLISECOND_NS;

    final SimLog log;
    final Truth truth = new Truth();
    private final Map<ContainerId, SimContainer> containers = new TreeMap<>();
    private final Map<ContainerId, Long> lastWriteTicks = new HashMap<>();
    private final SimClock clock;
    private final Setting setting;
    private final Set<Long> stamps = new HashSet<>();
    private long lastStampNs;
    private int processes = 100;
    private boolean keepsLog = true;
    private boolean garblesNext;
    private boolean clockSet;
    /** What happened while there was no log, as far as we were there and asked for one. */
    private final List<EngineEvent> unwritten = new ArrayList<>();

    /** What is still to be written. */
    private final List<EngineEvent> stamped = new ArrayList<>();

    private boolean missed;

    SimPodman(SimClock clock, Setting setting) {
        this.clock = clock;
        this.setting = setting;
        this.log = new SimLog(setting.podman());
    }

    List<SimContainer> containers() {
        return List.copyOf(containers.values());
    }

    @Nullable
    SimContainer get(ContainerId id) {
        return containers.get(id);
    }

    private @Nullable SimContainer numbered(int number) {
        return containers.values().stream()
                .filter(container -> container.number == number)
                .findFirst()
                .orElse(null);
    }

    /** Whether there is an event log at all. */
    boolean keepsLog() {
        return keepsLog;
    }

    /** Whether the clock was ever set. */
    boolean isClockSet() {
        return clockSet;
    }

    /** Whether reads of the log end at a line that isn't an event. */
    boolean endsAtBrokenLine() {
        return setting.podman() != Setting.Version.SKIPPING;
    }

    void create(int number, long pod, boolean removedWhenDead) {
        PodRef in = pod == 0 ? null : new PodRef(String.format("%064x", 0xb0_0000 + pod), "p" + pod);
        if (numbered(number) == null) {
            SimContainer container = new SimContainer(number, in, removedWhenDead);
            containers.put(container.id, container);
            write(container, "create", Map.of(), 0);
        }
    }

    /** What happens to a container, if it exists and is as the verb wants it. */
    void act(Move move) {
        SimContainer container = numbered(move.container());
        if (container == null) {
            return;
        }
        boolean runs = container.alive && !container.paused && !container.unseen;
        switch (move.verb()) {
            case START -> {
                if (!container.alive) {
                    start(container, move.argument(1));
                }
            }
            case DIE -> {
                if (runs) {
                    die(container, (int) move.argument(1), move.argument(2));
                }
            }
            case PAUSE -> {
                if (runs) {
                    container.paused = true;
                    write(container, "pause", Map.of(), move.argument(1));
                }
            }
            case UNPAUSE -> {
                if (container.paused && !container.unseen) {
                    container.paused = false;
                    write(container, "unpause", Map.of(), move.argument(1));
                }
            }
            case REMOVE -> remove(container, move.argument(1));
            case FLAP -> flap(container, move.argument(1));
            case VANISH -> container.unseen = container.alive;
            default -> throw new IllegalArgumentException("not about a container: " + move);
        }
    }

    private void start(SimContainer container, long lateMs) {
        container.alive = true;
        container.startedAtNs = nextStampNs();
        container.pid = processes++;
        write(container, "start", Map.of(), lateMs);
    }

    private void die(SimContainer container, int code, long lateMs) {
        container.alive = false;
        container.paused = false;
        container.unseen = false;
        container.endedAtNs = nextStampNs();
        container.exitCode = code;
        container.endSeen = true;
        write(container, "died", Map.of("containerExitCode", String.valueOf(code)), lateMs);
    }

    private void flap(SimContainer container, long times) {
        if (times > 0 && container.alive && !container.paused && !container.unseen) {
            die(container, 1, 0);
            clock.in(FLAP_NS, () -> {
                if (!container.alive && get(container.id) != null) {
                    start(container, 0);
                    clock.in(FLAP_NS, () -> flap(container, times - 1));
                }
            });
        }
    }

    private void remove(SimContainer container, long lateMs) {
        if (container.alive) {
            die(container, 137, lateMs);
        }
        containers.remove(container.id);
        write(container, "remove", Map.of(), lateMs);
    }

    /** The host restarts. */
    void reboot() {
        deleteLog();
        for (SimContainer container : containers.values()) {
            container.alive = false;
            container.paused = false;
            container.unseen = false;
            container.endSeen = false;
        }
        if (keepsLog) {
            log.write(EngineEvent.of("system", "refresh", "", Map.of(), nextStampNs()));
        }
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
        boolean losing = setting.keepsMs() == 0;
        long keepFromNs = losing
                ? Long.MAX_VALUE
                : Math.min(neededNs, clock.hostNs() - setting.keepsMs() * SimClock.MILLISECOND_NS);
        for (EngineEvent gone : log.rotate(nextStampNs(), keepFromNs)) {
            truth.lost(gone);
            if (losing) {
                truth.losing(clock.ticks());
            }
        }
    }

    void breakLine() {
        if (!keepsLog) {
            return;
        }
        if (endsAtBrokenLine()) {
            truth.losing(clock.ticks());
            log.read(0).forEach(truth::lost);
            // What isn't written yet comes behind the line.
            long unwrittenTicks = clock.ticks() - LATEST_WRITE_NS;
            truth.facts().stream()
                    .filter(fact -> fact.ticks() > unwrittenTicks)
                    .forEach(fact -> truth.lost(fact.event()));
        }
        log.breakLine(nextStampNs());
    }

    void garbleNext() {
        garblesNext = true;
    }

    void deleteLog() {
        truth.losing(clock.ticks());
        log.read(0).forEach(truth::lost);
        log.delete();
    }

    /** The configuration says whether there is an event log. */
    void keepLog(boolean keeps) {
        if (keeps && missed) {
            unwritten.forEach(truth::unwritten);
        }
        if (keeps != keepsLog) {
            unwritten.clear();
            missed = false;
        }
        keepsLog = keeps;
        truth.losing(clock.ticks());
    }

    /** The log was asked for in vain. */
    void miss() {
        missed = true;
    }

    /** Who asked for the log is gone. */
    void forget() {
        truth.forgive();
        unwritten.clear();
        missed = false;
    }

    /** The clock is set. */
    void stepClock(long byNs) {
        clock.step(byNs);
        clockSet = true;
        lastStampNs = Long.MIN_VALUE;
        if (byNs >= Simulation.OVERLAP_NS && !stamped.isEmpty()) {
            // They will be further behind what is written before them than any resume reads.
            stamped.forEach(truth::lost);
            truth.losing(clock.ticks());
        }
        boolean far = Math.max(Math.abs(byNs), clock.setBackNs()) > FAR_STEP_NS;
        if (!setting.oneClock() && far) {
            truth.losing(clock.ticks());
        }
    }

    /** Stamps an event now and writes it now or a little later, never before an earlier one of the same container. */
    private void write(SimContainer container, String action, Map<String, String> more, long lateMs) {
        Map<String, String> attributes = new HashMap<>(more);
        attributes.put("name", container.name);
        attributes.put("podId", container.pod == null || action.equals("died") ? "" : container.pod.id());
        long earliest = lastWriteTicks.getOrDefault(container.id, Long.MIN_VALUE);
        EngineEvent event = EngineEvent.of("container", action, container.id.value(), attributes, nextStampNs());
        long ticks = clock.ticks();
        truth.happened(event, ticks, container);
        if (log.isBroken() && endsAtBrokenLine()) {
            truth.lost(event);
        }
        long at = Math.max(ticks + lateMs * SimClock.MILLISECOND_NS, earliest + 1);
        lastWriteTicks.put(container.id, at);
        if (at <= ticks) {
            write(event);
        } else {
            stamped.add(event);
            clock.at(at, () -> {
                stamped.remove(event);
                write(event);
            });
        }
    }

    private void write(EngineEvent event) {
        if (!keepsLog) {
            truth.lost(event);
            unwritten.add(event);
        } else if (garblesNext) {
            garblesNext = false;
            truth.lost(event);
            truth.losing(clock.ticks());
            breakLine();
        } else {
            log.write(event);
        }
    }

    /** No two things bear the same time stamp, not even if the clock was set back in between: nanoseconds are many. */
    private long nextStampNs() {
        lastStampNs = Math.max(clock.hostNs(), lastStampNs + 1);
        while (!stamps.add(lastStampNs)) {
            lastStampNs++;
        }
        return lastStampNs;
    }
}
