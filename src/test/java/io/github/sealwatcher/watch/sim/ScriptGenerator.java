package io.github.sealwatcher.watch.sim;

import java.util.ArrayDeque;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.SplittableRandom;

/** Draws the moves of a run from one seed, looking at how the host stands. */
final class ScriptGenerator {

    static final int DEFAULT_ACTIONS = 120;

    private static final int MAX_CONTAINERS = 12;
    private static final int LONGEST_WAIT_MS = 1500;
    private static final int LATEST_WRITE_MS = 1200;
    private static final int SMALLEST_STEP_MS = 15_000;
    private static final int HOUR_MS = 3_600_000;
    private static final int DAY_MS = 24 * HOUR_MS;
    private static final long[] DISTANCES_MS = {2000, 30_000, 60_000, HOUR_MS, DAY_MS};

    private final SplittableRandom random;
    private final Faults faults;
    private final Setting setting;
    private final Queue<Move> ahead = new ArrayDeque<>();
    private int before;
    private int actions;
    private int created;
    private long nowMs;
    private final boolean clockSteps;
    private boolean watching;

    ScriptGenerator(long seed, Faults faults, int actions) {
        this.random = new SplittableRandom(seed);
        this.faults = faults.some(random.split());
        this.actions = actions;
        this.before = random.nextInt(10);
        this.setting = new Setting(
                random.nextInt(1_000_000),
                Setting.Version.values()[random.nextInt(3)],
                faults.exactlyOnce(),
                faults.losesHistory() && random.nextBoolean() ? 0 : 120_000,
                random.nextBoolean(),
                knobs());
        // Which moment an offset means can't be said if the clock was there twice.
        this.clockSteps = random.nextBoolean();
    }

    private Map<Setting.Parameter, Long> knobs() {
        Map<Setting.Parameter, Long> knobs = new EnumMap<>(Setting.Parameter.class);
        if (chance(Fault.SKEW)) {
            long distance = DISTANCES_MS[random.nextInt(DISTANCES_MS.length)];
            knobs.put(Setting.Parameter.SKEW, random.nextBoolean() ? distance : -distance);
        }
        maybe(knobs, Fault.NO_INSPECT, Setting.Parameter.INSPECT, 0);
        maybe(knobs, Fault.INCLUDE, Setting.Parameter.INCLUDE, 1);
        maybe(knobs, Fault.SLOW_INSPECT, Setting.Parameter.SLOW, 1 + random.nextInt(3000));
        maybe(knobs, Fault.FAILED_INSPECT, Setting.Parameter.FAILING, 1 + random.nextInt(30));
        maybe(knobs, Fault.FEW_KEYS, Setting.Parameter.KEYS, 4 + random.nextInt(60));
        maybe(knobs, Fault.GAP_FAILS, Setting.Parameter.GAP_FAILS, 1);
        maybe(knobs, Fault.SNAPSHOT_MODE, Setting.Parameter.SNAPSHOT, 1 + random.nextInt(2));
        maybe(knobs, Fault.FILTER, Setting.Parameter.FILTER, 1 + random.nextInt(2));
        maybe(knobs, Fault.SHORT_STREAM, Setting.Parameter.ENDING, 1 + random.nextInt(30));
        return knobs;
    }

    private void maybe(Map<Setting.Parameter, Long> knobs, Fault fault, Setting.Parameter knob, long value) {
        if (chance(fault)) {
            knobs.put(knob, value);
        }
    }

    Setting setting() {
        return setting;
    }

    /** The next move, given how things stand then; null if that was all. */
    Move next(SimPodman podman) {
        while (ahead.isEmpty()) {
            if (before > 0) {
                before--;
                act(podman);
            } else if (!watching) {
                watching = true;
                put(Verb.WATCH);
            } else if (actions-- > 0) {
                act(podman);
                goWrong(podman);
                if (random.nextInt(3) == 0) {
                    put(Verb.COMMIT, 1 + random.nextInt(8));
                }
            } else {
                return null;
            }
            nowMs += random.nextInt(40) == 0 ? random.nextInt(60_000) : random.nextInt(LONGEST_WAIT_MS);
        }
        return ahead.remove();
    }

    private void act(SimPodman podman) {
        List<SimContainer> all = podman.containers();
        if (all.isEmpty() || (all.size() < MAX_CONTAINERS && random.nextInt(4) == 0)) {
            int number = created++;
            put(Verb.CREATE, number, random.nextInt(3) == 0 ? 1 + number % 3 : 0, random.nextInt(3) == 0 ? 1 : 0);
            if (random.nextInt(4) > 0) {
                put(Verb.START, number, late());
            }
            return;
        }
        SimContainer container = all.get(random.nextInt(all.size()));
        if (container.checkpointed && random.nextInt(3) > 0) {
            put(Verb.RESTORE, container.number);
        } else if (!container.alive) {
            put(random.nextInt(3) > 0 ? Verb.START : Verb.REMOVE, container.number, late());
        } else if (container.unseen || container.stopping) {
            if (chance(Fault.STUCK)) {
                put(Verb.STOP, container.number, 0);
            } else if (random.nextInt(3) == 0) {
                put(Verb.REMOVE, container.number, late());
            }
        } else if (container.paused) {
            put(Verb.UNPAUSE, container.number, late());
        } else if (random.nextInt(3) == 0) {
            put(Verb.PAUSE, container.number, late());
        } else {
            put(Verb.DIE, container.number, random.nextInt(200), late());
            if (!container.removedWhenDead && random.nextInt(3) == 0) {
                put(Verb.START, container.number, late());
            } else if (container.removedWhenDead) {
                put(Verb.REMOVE, container.number, late());
            }
        }
        if (chance(Fault.FLAP)) {
            put(Verb.FLAP, container.number, 1 + random.nextInt(5));
        }
        if (chance(Fault.RENAME)) {
            put(Verb.RENAME, container.number, random.nextInt(100));
        }
        if (chance(Fault.CHECKPOINT)) {
            put(Verb.CHECKPOINT, container.number, random.nextInt(3) == 0 ? 1 : 0);
        }
        if (chance(Fault.STOP)) {
            put(Verb.STOP, container.number, random.nextInt(12_000));
        }
        if (chance(Fault.MIGRATE)) {
            put(Verb.MIGRATE, created++, random.nextInt(HOUR_MS));
        }
        if (chance(Fault.UNSEEN_KILL)) {
            put(Verb.VANISH, container.number);
        }
    }

    private void goWrong(SimPodman podman) {
        maybe(Fault.DROP, Verb.DROP);
        maybe(Fault.HANG, Verb.HANG);
        maybe(Fault.OUTAGE, Verb.LEAVE, random.nextInt(20_000));
        maybe(Fault.CRASH, Verb.CRASH, random.nextInt(15_000));
        maybe(Fault.PAUSE, Verb.STALL, random.nextInt(120_000));
        maybe(Fault.ROTATION, Verb.ROTATE);
        if (chance(Fault.ROTATIONS)) {
            for (int i = 2 + random.nextInt(4); i > 0; i--) {
                put(Verb.ROTATE);
                act(podman);
                nowMs += random.nextInt(200);
            }
        }
        maybe(Fault.DELETION, Verb.DELETE);
        maybe(Fault.REBOOT, Verb.REBOOT);
        maybe(Fault.POISON, Verb.POISON);
        maybe(Fault.GARBLE, Verb.GARBLE);
        if (chance(Fault.NO_LOG)) {
            put(Verb.LOG, 0);
        } else if (!podman.history.keepsLog() && random.nextInt(15) == 0) {
            put(Verb.LOG, 1);
        }
        if (clockSteps) {
            maybe(Fault.NUDGE, Verb.CLOCK, random.nextInt(-4500, 4500));
            maybe(Fault.CLOCK_BACK, Verb.CLOCK, -random.nextInt(SMALLEST_STEP_MS, HOUR_MS));
            maybe(Fault.CLOCK_FORWARD, Verb.CLOCK, random.nextInt(SMALLEST_STEP_MS, HOUR_MS));
        } else {
            maybe(Fault.REWIND, Verb.REWIND, random.nextInt(100_000));
        }
        maybe(Fault.RESET, Verb.RESET);
        if (!setting.oneClock()) {
            maybe(Fault.OURS, Verb.OURS, random.nextInt(-DAY_MS, DAY_MS));
        }
        if (chance(Fault.CONFIG)) {
            configure();
        }
        maybe(Fault.UPGRADE, Verb.UPGRADE, random.nextInt(Setting.Version.values().length));
        maybe(Fault.FAILOVER, Verb.FAILOVER, random.nextInt(3));
    }

    private void configure() {
        switch (random.nextInt(4)) {
            case 0 -> put(Verb.CONFIG, Setting.Parameter.FILTER.ordinal(), random.nextInt(3));
            case 1 -> put(Verb.CONFIG, Setting.Parameter.SNAPSHOT.ordinal(), random.nextInt(3));
            case 2 -> put(Verb.CONFIG, Setting.Parameter.INCLUDE.ordinal(), random.nextInt(2));
            default -> put(Verb.CONFIG, Setting.Parameter.INSPECT.ordinal(), random.nextInt(2));
        }
    }

    private void maybe(Fault fault, Verb verb, long... arguments) {
        if (chance(fault)) {
            put(verb, arguments);
        }
    }

    private long late() {
        return chance(Fault.LATE_WRITE) ? random.nextInt(LATEST_WRITE_MS) : 0;
    }

    private boolean chance(Fault fault) {
        return random.nextDouble() < faults.rate(fault);
    }

    private void put(Verb verb, long... arguments) {
        ahead.add(Move.of(nowMs, verb, arguments));
    }
}
