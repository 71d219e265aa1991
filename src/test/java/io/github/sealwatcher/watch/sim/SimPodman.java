package io.github.sealwatcher.watch.sim;

import io.github.sealwatcher.model.ContainerId;
import io.github.sealwatcher.model.EngineEvent;
import io.github.sealwatcher.model.PodRef;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** A host with containers that start, pause, die and are removed at random, and a log that Podman would write. */
final class SimPodman {

    static final long MILLISECOND_NS = 1_000_000L;
    private static final long LATEST_WRITE_NS = 1200 * MILLISECOND_NS;
    private static final int MOST_CONTAINERS = 12;

    final SimLog log = new SimLog();
    final Truth truth = new Truth();
    final Map<ContainerId, SimContainer> containers = new TreeMap<>();
    private final Map<ContainerId, Long> lastWriteTicks = new HashMap<>();
    private final SimClock clock;
    private final SplittableRandom random;
    private final Faults faults;
    private long lastStampNs;
    private int created;
    private int processes = 100;

    SimPodman(SimClock clock, SplittableRandom random, Faults faults) {
        this.clock = clock;
        this.random = random;
        this.faults = faults;
    }

    /** Something happens to some container. */
    void act() {
        List<SimContainer> all = List.copyOf(containers.values());
        if (all.isEmpty() || (all.size() < MOST_CONTAINERS && random.nextInt(4) == 0)) {
            create();
            return;
        }
        SimContainer container = all.get(random.nextInt(all.size()));
        if (!container.alive) {
            if (random.nextInt(3) > 0) {
                start(container);
            } else {
                remove(container);
            }
        } else if (container.paused) {
            container.paused = false;
            write(container, "unpause", Map.of());
        } else if (random.nextInt(3) == 0) {
            container.paused = true;
            write(container, "pause", Map.of());
        } else {
            die(container);
            if (!container.removedWhenDead && random.nextInt(3) == 0) {
                start(container);
            }
        }
    }

    private void create() {
        int number = created++;
        ContainerId id = new ContainerId(String.format("%064x", 0xc0_0000 + number));
        PodRef pod = random.nextInt(3) == 0 ? new PodRef(String.format("%064x", 0xb0_0000 + number % 3), "p") : null;
        SimContainer container = new SimContainer(id, "c" + number, pod, random.nextInt(3) == 0);
        containers.put(id, container);
        write(container, "create", Map.of());
        if (random.nextInt(4) > 0) {
            start(container);
        }
    }

    private void start(SimContainer container) {
        container.alive = true;
        container.startedAtNs = nextStampNs();
        container.pid = processes++;
        write(container, "start", Map.of());
    }

    private void die(SimContainer container) {
        int code = random.nextInt(200);
        container.alive = false;
        container.endedAtNs = nextStampNs();
        container.exitCode = code;
        container.endSeen = true;
        write(container, "died", Map.of("containerExitCode", String.valueOf(code)));
        if (container.removedWhenDead) {
            remove(container);
        }
    }

    private void remove(SimContainer container) {
        containers.remove(container.id);
        write(container, "remove", Map.of());
    }

    /** The host restarts. */
    void reboot() {
        for (EngineEvent lost : log.read(0, Long.MIN_VALUE)) {
            truth.lost(lost);
        }
        log.delete();
        for (SimContainer container : containers.values()) {
            if (container.alive) {
                container.alive = false;
                container.paused = false;
                container.endSeen = false;
            }
        }
        log.write(EngineEvent.of("system", "refresh", "", Map.of(), nextStampNs()));
    }

    /** The log reaches its size. It still holds the last two minutes unless history is to be lost. */
    void rotateLog() {
        long keepFromNs = faults.losesHistory() ? Long.MAX_VALUE : clock.wallNs() - 120 * SimClock.SECOND_NS;
        log.rotate(nextStampNs(), keepFromNs).forEach(truth::lost);
    }

    void poisonLog() {
        log.read(0, Long.MIN_VALUE).forEach(truth::lost);
        // What isn't written yet comes behind the line.
        long unwrittenNs = clock.wallNs() - LATEST_WRITE_NS;
        truth.events().stream().filter(event -> event.timeNs() > unwrittenNs).forEach(truth::lost);
        log.poison(nextStampNs());
    }

    void deleteLog() {
        for (EngineEvent lost : log.read(0, Long.MIN_VALUE)) {
            truth.lost(lost);
        }
        log.delete();
    }

    @Nullable
    SimContainer get(ContainerId id) {
        return containers.get(id);
    }

    /** Stamps an event now and writes it now or a little later, never before an earlier one of the same container. */
    private void write(SimContainer container, String action, Map<String, String> more) {
        Map<String, String> attributes = new HashMap<>(more);
        attributes.put("name", container.name);
        attributes.put("podId", container.pod == null || action.equals("died") ? "" : container.pod.id());
        long earliest = lastWriteTicks.getOrDefault(container.id, Long.MIN_VALUE);
        long stampNs = nextStampNs();
        EngineEvent event = EngineEvent.of("container", action, container.id.value(), attributes, stampNs);
        truth.happened(event);
        if (log.isPoisoned()) {
            truth.lost(event);
        }
        long ticks = clock.now().ticksNs();
        long late = random.nextDouble() < faults.lateWrite() ? random.nextLong(LATEST_WRITE_NS) : 0;
        long at = Math.max(ticks + late, earliest + 1);
        lastWriteTicks.put(container.id, at);
        if (at <= ticks) {
            log.write(event);
        } else {
            clock.at(at, () -> log.write(event));
        }
    }

    /** No two things ever bear the same time stamp. */
    private long nextStampNs() {
        lastStampNs = Math.max(clock.wallNs(), lastStampNs + 1);
        return lastStampNs;
    }
}
