package io.github.sealwatcher.watch.sim;

import io.github.sealwatcher.model.ContainerId;
import io.github.sealwatcher.model.EngineEvent;
import io.github.sealwatcher.model.Life;
import io.github.sealwatcher.model.PodRef;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A host with containers that start, pause, die and are removed, and the log that Podman would write. */
final class SimPodman {

    static final long LATEST_WRITE_NS = 1200 * SimClock.MILLISECOND_NS;
    /** A step of the host's clock, or several together, that can hide what comes after it. */
    private static final long FAR_STEP_NS = 5 * SimClock.SECOND_NS;

    /** How long a host has been up when it is first seen. */
    private static final long UP_NS = 600 * SimClock.SECOND_NS;

    private static final long FLAP_NS = 30 * SimClock.MILLISECOND_NS;

    /** In one run of so many, pods have events of their own. */
    private static final int PODS = 4;
    /** What Podman writes of a pod, too, with the word that it has for a container. */
    private static final Set<String> OF_PODS = Set.of("start", "pause", "unpause");

    final Truth truth = new Truth();
    final SimHistory history;
    private final Stamps stamps;
    private final Map<Integer, SimMachine> machines = new HashMap<>();
    private final Map<ContainerId, Long> lastWriteTicks = new HashMap<>();
    private final SimClock clock;
    private final List<SimContainer> stoppedMeanwhile = new ArrayList<>();
    private final boolean podsHaveEvents;
    private SimMachine machine;
    private long aheadNs;
    private long furthestAheadNs;
    private int processes = 100;

    SimPodman(SimClock clock, Setting setting) {
        this.clock = clock;
        this.stamps = new Stamps(clock);
        this.machine = machine(0);
        this.history = new SimHistory(clock, truth, stamps, setting, machine.log);
        this.podsHaveEvents = setting.chance() % PODS == 1;
    }

    private SimMachine machine(int number) {
        SimMachine found = machines.get(number);
        if (found == null) {
            found = new SimMachine(number);
            machines.put(number, found);
            refresh(found, clock.hostNs() - UP_NS, clock.ticks() - UP_NS);
        }
        return found;
    }

    /** What Podman writes when it is used for the first time since the host came up. */
    private void refresh(SimMachine restarted, long stampNs, long ticks) {
        restarted.log.write(truth.line(EngineEvent.of("system", "refresh", "", Map.of(), stampNs)), ticks);
    }

    /** Which host is shown. */
    int machineNumber() {
        return machine.number;
    }

    List<SimContainer> containers() {
        return List.copyOf(machine.containers.values());
    }

    @Nullable
    SimContainer get(ContainerId id) {
        return machine.containers.get(id);
    }

    /** A pod, as long as it has a member. */
    @Nullable
    PodRef pod(String id) {
        return machine.containers.values().stream()
                .map(container -> container.pod)
                .filter(pod -> pod != null && pod.id().equals(id))
                .findFirst()
                .orElse(null);
    }

    private @Nullable SimContainer numbered(int number) {
        return machine.containers.values().stream()
                .filter(container -> container.number == number)
                .findFirst()
                .orElse(null);
    }

    void create(int number, long pod, boolean removedWhenDead) {
        if (numbered(number) == null) {
            PodRef in = pod == 0
                    ? null
                    : new PodRef(String.format("%064x", 0xb0_0000 + 16 * machine.number + pod), "p" + pod);
            SimContainer container = new SimContainer(machine.number, number, in, removedWhenDead);
            machine.containers.put(container.id, container);
            write(container, "create", Map.of(), 0);
        }
    }

    /** What happens to a container, if it exists and is as the verb wants it. */
    void act(Move move) {
        SimContainer container = numbered(move.container());
        if (container == null) {
            return;
        }
        switch (move.verb()) {
            case START -> {
                if (!container.alive && !container.stopping) {
                    start(container, move.argument(1));
                }
            }
            case DIE -> {
                if (container.runs()) {
                    die(container, (int) move.argument(1), move.argument(2));
                }
            }
            case PAUSE -> {
                if (container.runs()) {
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
            case RENAME -> {
                container.call("c" + container.number + "n" + move.argument(1), clock.ticks());
                write(container, "rename", Map.of(), 0);
            }
            case CHECKPOINT -> {
                if (container.runs()) {
                    checkpoint(container, move.argument(1) == 1);
                }
            }
            case STOP -> {
                if (container.runs()) {
                    container.stopping = true;
                    clock.in(move.argument(1) * SimClock.MILLISECOND_NS, () -> stopped(container));
                } else if (container.unseen && container.alive) {
                    stuck(container);
                }
            }
            case RESTORE -> {
                if (!container.alive && container.checkpointed) {
                    begin(container, container.startedAtNs, "restore", 0);
                }
            }
            default -> throw new IllegalArgumentException("not about a container: " + move);
        }
    }

    private void checkpoint(SimContainer container, boolean leave) {
        if (leave) {
            Line line = stamped(container, "checkpoint", Map.of());
            if (container.life != null) {
                truth.leftRunning(line, container.life, clock.ticks());
            }
            write(container, line, 0);
        } else {
            end(container, null);
            container.checkpointed = true;
            write(container, "checkpoint", Map.of(), 0);
        }
    }

    /** Nothing goes on at a host that the endpoint does not lead to. */
    private void stopped(SimContainer container) {
        if (container.machine != machine.number) {
            stoppedMeanwhile.add(container);
        } else if (container.stopping && container.alive) {
            die(container, 143, 0);
        }
    }

    /** Nobody notes any more that it ends: it is being stopped for good, and {@code podman ps} doesn't show it. */
    private void stuck(SimContainer container) {
        RealLife life = container.life;
        if (life != null) {
            truth.lost("stuck", clock.ticks(), clock.hostNs(), clock.hostNs(), null);
            silently(container, life, "died", false);
            container.alive = false;
            container.paused = false;
            container.stopping = true;
        }
    }

    /** A container comes from another host with all that it had there. */
    void migrate(int number, long ageMs) {
        if (numbered(number) == null) {
            create(number, 0, false);
            SimContainer container = numbered(number);
            if (container != null) {
                begin(container, clock.hostNs() - ageMs * SimClock.MILLISECOND_NS, "restore", 0);
            }
        }
    }

    private void start(SimContainer container, long lateMs) {
        begin(container, stamps.next(), "start", lateMs);
    }

    private void begin(SimContainer container, long startedAtNs, String action, long lateMs) {
        container.alive = true;
        container.checkpointed = false;
        container.startedAtNs = startedAtNs;
        container.restoredAtNs = action.equals("restore") ? (Long) stamps.next() : null;
        container.pid = processes++;
        container.life = truth.begin(container, Life.exact(startedAtNs, container.pid), clock.ticks(), null);
        write(container, action, Map.of(), lateMs);
    }

    private void die(SimContainer container, int code, long lateMs) {
        end(container, code);
        write(container, "died", Map.of("containerExitCode", String.valueOf(code)), lateMs);
    }

    private void end(SimContainer container, @Nullable Integer code) {
        container.alive = false;
        container.paused = false;
        container.unseen = false;
        container.stopping = false;
        container.endedAtNs = stamps.next();
        container.exitCode = code;
        container.endSeen = true;
    }

    private void flap(SimContainer container, long times) {
        if (times > 0 && container.runs()) {
            die(container, 1, 0);
            clock.in(FLAP_NS, () -> {
                if (!container.alive && get(container.id) == container) {
                    start(container, 0);
                    clock.in(FLAP_NS, () -> flap(container, times - 1));
                }
            });
        }
    }

    private void remove(SimContainer container, long lateMs) {
        if (container.alive) {
            die(container, 137, lateMs);
        } else if (container.stopping) {
            // It can have ended at any time until then.
            truth.lost("stuck", clock.ticks(), clock.hostNs(), clock.hostNs(), null);
        }
        machine.containers.remove(container.id);
        write(container, "remove", Map.of(), lateMs);
    }

    /** The host restarts. */
    void reboot() {
        history.reboot();
        machine.boots++;
        for (SimContainer container : machine.containers.values()) {
            if (container.alive && container.life != null) {
                silently(container, container.life, "died", false);
            }
            container.alive = false;
            container.paused = false;
            container.unseen = false;
            container.stopping = false;
            container.checkpointed = false;
            container.endSeen = false;
        }
        if (history.keepsLog()) {
            refresh(machine, stamps.next(), clock.ticks());
        }
    }

    /** The endpoint leads to another host from now on. */
    void failOver(int to) {
        if (to == machine.number) {
            return;
        }
        long nowNs = clock.hostNs();
        truth.lost("fail-over", clock.ticks(), nowNs, nowNs, null);
        truth.left(machine.number, clock.ticks());
        for (SimContainer hidden : machine.containers.values()) {
            if (hidden.alive && hidden.life != null) {
                silently(hidden, hidden.life, "died", true);
            }
        }
        machine = machine(to);
        history.show(machine.log);
        for (SimContainer shown : machine.containers.values()) {
            if (shown.alive) {
                shown.life = truth.begin(shown, Life.exact(shown.startedAtNs, shown.pid), clock.ticks(), shown.life);
                silently(shown, shown.life, "start", true);
            }
        }
        List<SimContainer> waiting = List.copyOf(stoppedMeanwhile);
        stoppedMeanwhile.clear();
        waiting.forEach(this::stopped);
    }

    private void silently(SimContainer container, RealLife life, String action, boolean optional) {
        EngineEvent unwritten = EngineEvent.of("container", action, container.id.value(), Map.of(), stamps.next());
        truth.happened(truth.line(unwritten), clock.ticks(), life, optional);
    }

    /** The host's clock is set. */
    void stepClock(long byNs) {
        long beforeNs = clock.hostNs();
        clock.step(byNs);
        aheadNs += byNs;
        furthestAheadNs = Math.max(furthestAheadNs, aheadNs);
        stamps.step();
        history.clockSet(beforeNs);
        if (Math.max(Math.abs(byNs), furthestAheadNs - aheadNs) >= FAR_STEP_NS) {
            truth.lost("step", clock.ticks(), beforeNs, clock.hostNs(), null);
        }
    }

    /** Stamps an event now and writes it now or a little later, never before an earlier one of the same container. */
    private void write(SimContainer container, String action, Map<String, String> more, long lateMs) {
        Line line = stamped(container, action, more);
        RealLife life = container.life;
        if (life == null) {
            // It was never started: what happens to it is part of no life.
            life = new RealLife(container, -1, Life.exact(0, 0), clock.ticks(), null);
        }
        truth.happened(line, clock.ticks(), life, false);
        write(container, line, lateMs);
        if (podsHaveEvents && container.pod != null && OF_PODS.contains(action)) {
            write(container, ofPod(container.pod, action, line.event.timeNs() + 1), lateMs);
        }
    }

    private Line ofPod(PodRef pod, String action, long stampNs) {
        return truth.line(EngineEvent.of(
                "pod", action, pod.id(), Map.of("name", Objects.requireNonNull(pod.name()), "podId", ""), stampNs));
    }

    private Line stamped(SimContainer container, String action, Map<String, String> more) {
        Map<String, String> attributes = new HashMap<>(more);
        attributes.put("name", container.name);
        attributes.put("podId", container.pod == null || action.equals("died") ? "" : container.pod.id());
        return truth.line(EngineEvent.of("container", action, container.id.value(), attributes, stamps.next()));
    }

    private void write(SimContainer container, Line line, long lateMs) {
        long ticks = clock.ticks();
        long earliest = lastWriteTicks.getOrDefault(container.id, Long.MIN_VALUE);
        long at = Math.max(ticks + lateMs * SimClock.MILLISECOND_NS, earliest + 1);
        lastWriteTicks.put(container.id, at);
        SimMachine host = machine;
        if (at <= ticks) {
            history.write(host.log, line);
        } else {
            int boot = host.boots;
            clock.at(at, () -> {
                // A reboot ends the process that was to write it.
                if (host.boots == boot) {
                    history.write(host.log, line);
                }
            });
        }
    }
}
