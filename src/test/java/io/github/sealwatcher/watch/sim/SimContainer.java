package io.github.sealwatcher.watch.sim;

import io.github.sealwatcher.model.Container;
import io.github.sealwatcher.model.ContainerId;
import io.github.sealwatcher.model.DetailSource;
import io.github.sealwatcher.model.Life;
import io.github.sealwatcher.model.ObservedContainer;
import io.github.sealwatcher.model.PodRef;
import io.github.sealwatcher.model.RunState;
import io.github.sealwatcher.model.Status;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** A container as it really is. */
final class SimContainer {

    private static final int MACHINE = 0x1000;
    private static final Long STOP_TIMEOUT_NS = 10 * SimClock.SECOND_NS;

    final int machine;
    final int number;
    final ContainerId id;
    final @Nullable PodRef pod;
    final boolean removedWhenDead;
    private final TreeMap<Long, String> names = new TreeMap<>();
    String name;
    boolean alive;
    boolean paused;
    /** It was killed together with the process that would have noted it: Podman goes on saying that it runs. */
    boolean unseen;
    /** It is being stopped. */
    boolean stopping;
    /** It ended by being checkpointed, and can be restored. */
    boolean checkpointed;

    int pid;
    long startedAtNs;
    long endedAtNs;
    /** When its present life was restored; null if it was not. */
    @Nullable
    Long restoredAtNs;

    @Nullable
    RealLife life;

    @Nullable
    Integer exitCode;

    boolean endSeen;

    SimContainer(int machine, int number, @Nullable PodRef pod, boolean removedWhenDead) {
        this.machine = machine;
        this.number = number;
        this.id = new ContainerId(String.format("%064x", 0xc0_0000 + MACHINE * machine + number));
        this.name = "c" + number;
        names.put(Long.MIN_VALUE, name);
        this.pod = pod;
        this.removedWhenDead = removedWhenDead;
    }

    /** What it was called from one moment to another, both included. */
    Set<String> namesWithin(long fromTicks, long untilTicks) {
        Set<String> found = new HashSet<>(names.subMap(fromTicks, true, Math.max(fromTicks, untilTicks), true)
                .values());
        found.add(names.lowerEntry(fromTicks).getValue());
        return found;
    }

    void call(String newName, long ticks) {
        name = newName;
        names.put(ticks, newName);
    }

    /** Whether something can be done to it now. */
    boolean runs() {
        return alive && !paused && !unseen && !stopping;
    }

    ObservedContainer listed() {
        return new ObservedContainer(
                describe(DetailSource.LIST),
                pod,
                run(Life.withinSecond(Math.floorDiv(startedAtNs, SimClock.SECOND_NS), pid), null, null));
    }

    ObservedContainer inspected() {
        PodRef idOnly = pod == null ? null : new PodRef(pod.id(), null);
        return new ObservedContainer(
                describe(DetailSource.INSPECT),
                idOnly,
                run(Life.exact(startedAtNs, pid), STOP_TIMEOUT_NS, restoredAtNs));
    }

    private RunState run(Life shown, @Nullable Long timeoutNs, @Nullable Long restoredNs) {
        if (stopping) {
            return new RunState.Live(shown, Status.RUNNING, new RunState.Stopping(timeoutNs), restoredNs);
        }
        if (alive) {
            return new RunState.Live(shown, paused ? Status.PAUSED : Status.RUNNING, null, restoredNs);
        }
        if (startedAtNs == 0) {
            return new RunState.NeverStarted();
        }
        // As the start, a list shows the end to the second.
        boolean exact = shown.precision() == Life.Precision.EXACT;
        long endNs = exact ? endedAtNs : Math.floorDiv(endedAtNs, SimClock.SECOND_NS) * SimClock.SECOND_NS;
        return new RunState.Ended(shown.startedAtNs(), endSeen ? (Long) endNs : null, endSeen ? exitCode : null);
    }

    private Container describe(DetailSource source) {
        Boolean privileged = source == DetailSource.INSPECT ? Boolean.FALSE : null;
        return new Container(id, name, "image", "sha", Map.of("a", "b"), privileged, false, Map.of(), source);
    }
}
