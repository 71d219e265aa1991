package io.github.sealwatcher.watch.sim;

import io.github.sealwatcher.model.ContainerChange;
import io.github.sealwatcher.model.ContainerId;
import io.github.sealwatcher.model.EventId;
import io.github.sealwatcher.model.HostChange;
import io.github.sealwatcher.model.Life;
import io.github.sealwatcher.model.Origin;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** G2: what history still held was told, and with exactly-once told once. */
final class Delivery {

    /** How long after it was asked for a list can still show what happens. */
    private static final long SLOWEST_LIST_NS = SimClock.SECOND_NS;

    private final Simulation run;
    private final List<String> wrong;
    private final Map<EventId, Integer> told = new HashMap<>();
    private final Map<ContainerId, List<ContainerChange>> ofContainer = new HashMap<>();

    private Delivery(Simulation run, List<String> wrong) {
        this.run = run;
        this.wrong = wrong;
        for (ContainerChange change : Trail.changes(run.trail.last())) {
            told.merge(change.occurrence().eventId(), 1, Integer::sum);
            ofContainer
                    .computeIfAbsent(change.container().id(), id -> new ArrayList<>())
                    .add(change);
        }
    }

    static void check(Simulation run, List<String> wrong) {
        if (!run.repeats()) {
            run.trail.parts().forEach(part -> once(part, wrong));
        }
        new Delivery(run, wrong).complete();
    }

    private static void once(List<Trail.Told> part, List<String> wrong) {
        Map<EventId, ContainerChange> told = new HashMap<>();
        for (ContainerChange change : Trail.changes(part)) {
            if (told.put(change.occurrence().eventId(), change) != null) {
                wrong.add("G2: twice " + change.kind() + " of "
                        + Checkers.shorten(change.container().id()));
            }
        }
    }

    private void complete() {
        for (Truth.Fact fact : run.podman.truth.facts()) {
            // What began before the trail isn't part of it unless it was alive at first sight.
            boolean inTrail = fact.begunTicks() >= run.beginTicks()
                    && Math.min(fact.life().startedAtNs(), fact.event().timeNs()) >= run.beginNs();
            // Of a life that history lost a part of, a list tells only whether it is paused now.
            boolean certain = fact.isStart() || fact.isEnd() || !run.podman.truth.isLossy();
            if (certain
                    && inTrail
                    && !told.containsKey(fact.event().id())
                    && !isToldOtherwise(fact)
                    && !isExcused(fact)) {
                wrong.add("G2: lost " + fact.event().action() + " of "
                        + Checkers.shorten(new ContainerId(fact.event().actorId())) + " at "
                        + fact.event().timeNs());
            }
        }
    }

    /** Whether a list told of it: that the life began or ended, or that it was or wasn't paused by then. */
    private boolean isToldOtherwise(Truth.Fact fact) {
        for (ContainerChange change :
                ofContainer.getOrDefault(new ContainerId(fact.event().actorId()), List.of())) {
            Origin origin = change.occurrence().origin();
            if (!fact.isStart() && !fact.isEnd()) {
                boolean listed = origin == Origin.SNAPSHOT || origin == Origin.RECONCILED;
                if (listed && change.occurrence().timeNs() >= fact.event().timeNs() - SLOWEST_LIST_NS) {
                    return true;
                }
                continue;
            }
            boolean inferred = origin == Origin.SNAPSHOT || (origin == Origin.RECONCILED && run.podman.truth.isLossy());
            Life life = fact.isStart() ? begun(change) : ended(change);
            if (inferred && life != null && life.canBe(fact.life())) {
                return true;
            }
        }
        return false;
    }

    private static @Nullable Life begun(ContainerChange change) {
        return change instanceof ContainerChange.Started started
                ? started.alive().life()
                : null;
    }

    private static @Nullable Life ended(ContainerChange change) {
        return change instanceof ContainerChange.Died died ? died.last().life() : null;
    }

    private boolean isExcused(Truth.Fact fact) {
        long timeNs = fact.event().timeNs();
        return (run.podman.truth.isLost(fact.event()) && !run.podman.truth.isUnwritten(fact.event()))
                || run.trail.gaps().stream().anyMatch(gap -> isIn(gap, timeNs) || isInOurs(gap, fact))
                || isInOpenGap(timeNs)
                || fact.ticks() >= run.unseenStepTicks()
                || isBehindTheOneBefore(fact)
                // Once the clock was set, a gap's window can't be compared with a moment.
                || (run.podman.isClockSet() && run.podman.truth.isLossy() && run.trail.isGapSaidAfter(fact.ticks()));
    }

    /** Whether its life, whose start was lost, seems to have begun before the one before it ended: the clock was set back. */
    private boolean isBehindTheOneBefore(Truth.Fact fact) {
        return run.podman.truth.isLossy()
                && run.podman.truth.facts().stream()
                        .anyMatch(other -> other.isEnd()
                                && other.event().actorId().equals(fact.event().actorId())
                                && other.ticks() < fact.begunTicks() + 1
                                && other.event().timeNs() >= fact.life().startedAtNs());
    }

    /** Without an event log the end of a gap is said only when there is one again. */
    private boolean isInOpenGap(long timeNs) {
        HostChange last = run.trail.lastGap();
        return last != null
                && last.gap() != null
                && String.valueOf(last.reason()).contains("keeps no event log")
                && timeNs >= last.gap().fromNs();
    }

    /** What a gap's end is if nobody said when history goes on, is read from our clock. */
    private boolean isInOurs(HostChange.Window gap, Truth.Fact fact) {
        return !run.setting.oneClock() && isIn(gap, run.clock.ourNs(fact.ticks()));
    }

    private static boolean isIn(HostChange.Window gap, long timeNs) {
        return timeNs >= gap.fromNs() && timeNs <= gap.toNs();
    }
}
