package io.github.sealwatcher.watch.sim;

import io.github.sealwatcher.model.ContainerChange;
import io.github.sealwatcher.model.HostChange;
import io.github.sealwatcher.model.Origin;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** G2 and G3: whatever isn't told is lost, and lies in a gap that was said. */
final class Delivery {

    private final Simulation run;
    private final Trail.Part part;
    private final List<Entry> reported;
    private final List<HostChange> gaps;
    private final Set<Fact> reportedFacts;
    private final Set<Fact> countedFacts;
    private final Set<RealLife> begun = new HashSet<>();
    private final Set<RealLife> hidden = new HashSet<>();
    private final Visible visible;

    private Delivery(Simulation run, Trail.Part part, List<Entry> reported, List<Entry> counted) {
        this.run = run;
        this.part = part;
        this.reported = reported;
        this.gaps = part.gaps();
        this.visible = new Visible(run);
        this.reportedFacts = reported.stream().map(Entry::fact).collect(Collectors.toSet());
        this.countedFacts = counted.stream().map(Entry::fact).collect(Collectors.toSet());
        counted.stream()
                .filter(entry -> entry.kind() == ContainerChange.Kind.STARTED)
                .forEach(entry -> begun.add(entry.life()));
        counted.stream().filter(Entry::isFilteredOut).forEach(entry -> hidden.add(entry.life()));
    }

    /** @param counted what is reported, without what was reported without its offset and not again */
    static void check(Simulation run, Trail.Part part, List<Entry> reported, List<Entry> counted, List<String> wrong) {
        Delivery delivery = new Delivery(run, part, reported, counted);
        for (Fact fact : run.podman.truth.facts()) {
            if (delivery.isDue(fact) && !delivery.reportedFacts.contains(fact)) {
                String why = delivery.blame(fact);
                if (why != null) {
                    wrong.add(why + ": " + fact);
                }
            }
        }
    }

    /** A process that begins with a snapshot each time has told of everything that is alive. */
    static void checkSnapshot(Simulation run, List<Entry> reported, List<String> wrong) {
        Process last = run.processes.get(run.processes.size() - 1);
        for (SimContainer container : run.podman.containers()) {
            RealLife life = container.life;
            if (last.isAlways()
                    && container.alive
                    && life != null
                    && new Visible(run).isSurelyInTheEnd(life, Long.MIN_VALUE)
                    && reported.stream()
                            .noneMatch(entry -> entry.kind() == ContainerChange.Kind.STARTED
                                    && entry.life() != null
                                    && entry.life().root == life.root
                                    && entry.ticks() >= last.beginTicks())) {
                wrong.add("G3c: not reported again at the start: " + Checkers.shorten(container.id));
            }
        }
    }

    private boolean isDue(Fact fact) {
        if (!part.covers(fact) || fact.optional()) {
            return false;
        }
        RealLife life = fact.life();
        if (isUnnoticed(life)) {
            return false;
        }
        boolean reported = begun.contains(life) && !hidden.contains(life);
        return switch (fact.kind()) {
            case STARTED -> visible.isSurelyAtStart(life, part.beginTicks);
            case DIED ->
                reported
                        || (!begun.contains(life)
                                && visible.isSurelyAtStart(life, part.beginTicks)
                                && visible.isSurelyInTheEnd(life, part.beginTicks));
            // Of a life that wasn't told, or was told from a list that shows it paused or not, no more is due.
            case PAUSED, UNPAUSED -> reported && !isShown(fact) && !isOutOfTurn(fact);
            case OTHER -> visible.isAll() && run.processes.stream().allMatch(Process::include);
            case POD_CHANGED -> false;
        };
    }

    /**
     * Whether it goes on since the endpoint leads back to its host, and ended before a list that can be believed, of a process
     * that could report it.
     */
    private boolean isUnnoticed(RealLife life) {
        return life.isContinued()
                && !begun.contains(life)
                && run.keptReads.stream()
                                .filter(read -> read >= life.begunTicks && read <= life.endedTicks)
                                .count()
                        < 2;
    }

    private boolean isShown(Fact fact) {
        return reported.stream()
                .anyMatch(entry -> entry.life() == fact.life()
                        && !entry.isRead()
                        && entry.change().occurrence().origin() != Origin.LIVE
                        && entry.ticks() >= fact.ticks());
    }

    /** Whether what it undoes wasn't told either, or without its offset only: alone it would be out of turn. */
    private boolean isOutOfTurn(Fact fact) {
        Fact before = null;
        for (Fact other : run.podman.truth.facts()) {
            boolean turns =
                    other.kind() == ContainerChange.Kind.PAUSED || other.kind() == ContainerChange.Kind.UNPAUSED;
            if (other.line() == fact.line()) {
                return before != null
                        && !countedFacts.contains(before)
                        && (reportedFacts.contains(before)
                                || before.line().heldTicks == Line.NEVER
                                || isUnseenBeforeBegin(before));
            }
            before = turns && other.life() == fact.life() ? other : before;
        }
        return false;
    }

    /** Whether a pause, or the end of one, in the trail seems to be from before it, and no list showed what it led to. */
    private boolean isUnseenBeforeBegin(Fact fact) {
        return part.covers(fact)
                && part.isBeforeBegin(fact, run)
                && reported.stream().noneMatch(entry -> entry.life() == fact.life() && entry.kind() == fact.kind());
    }

    /** What is wrong with its not being told; null if nothing is. */
    private @org.jspecify.annotations.Nullable String blame(Fact fact) {
        if (part.isBeforeBegin(fact, run)
                || isOfExchangedHost(fact)
                || (isCheckpoint(fact) && isTracelessRestart(fact))) {
            return null;
        }
        if (isBehindLaterLife(fact) || isBehindEnd(fact) || isLeftBehind(fact) || isTakenForEarlierEnd(fact)) {
            return blameLoss(fact);
        }
        long now = run.clock.ticks();
        if (run.podman.history.isReadable()
                && fact.line().isInLog(now)
                && run.podman.history.log().read(0).contains(fact.line())) {
            return "G2: unreported though history holds it";
        }
        if (fact.line().heldTicks != Line.NEVER) {
            return "G2: unreported though history held it when it was read";
        }
        return blameLoss(fact);
    }

    private @org.jspecify.annotations.Nullable String blameLoss(Fact fact) {
        if (fact.isBound()
                && !part.isAtBegin(fact)
                && !isTraceless(fact)
                && !isUnnoted(fact)
                && !isTracelessRestart(fact)
                && !isOfUnseenVisit(fact)
                && gaps.stream().noneMatch(change -> covers(change, fact))) {
            return gaps.isEmpty() ? "G3a: lost, and no gap reported" : "G3a: lost outside of every gap";
        }
        return null;
    }

    /**
     * Whether nothing of the life was ever written, no list showed it as the last one of its container, and nobody heard that
     * there was no log meanwhile, or Podman left its lines out in silence, or the host restarted before they were written: it has
     * left no trace anywhere.
     */
    private boolean isTraceless(Fact fact) {
        RealLife life = fact.life();
        boolean written = run.podman.truth.facts().stream()
                .anyMatch(other -> other.life() == life
                        && other.kind() != ContainerChange.Kind.OTHER
                        && other.line().writtenTicks != Line.NEVER);
        return !written
                && isUnheard(fact)
                && !run.sightings.wasListed(life.begunTicks, run.podman.truth.shownUntilTicks(life));
    }

    /**
     * Whether nobody noted the end, as who would have was killed with it, and nobody who goes on had a line of the life or was shown
     * it in a list: a container that never was started, or ended before the trail, answers alike.
     */
    private boolean isUnnoted(Fact fact) {
        RealLife life = fact.life();
        return fact.isEnd()
                && fact.line().writtenTicks == Line.NEVER
                && !run.podman.truth.wasWithoutLog(fact.ticks())
                && run.podman.truth.facts().stream()
                        .filter(other -> other.life() == life && other.kind() != ContainerChange.Kind.OTHER)
                        .allMatch(other -> other.line().heldTicks == Line.NEVER)
                && !run.sightings.wasListed(life.begunTicks, run.podman.truth.shownUntilTicks(life));
    }

    /**
     * Whether the end of one life and the start of the next one were both not written, while nobody heard that there was no log,
     * and nothing showed the next one other than the first: a host on which the first one went on until the end of the next
     * gives the same answers. So does it if the end was a checkpoint, which Podman writes alike if it leaves the container
     * running.
     */
    private boolean isTracelessRestart(Fact fact) {
        List<RealLife> lives = run.podman.truth.lives(fact.id());
        int next = fact.isEnd() ? fact.life().index + 1 : fact.life().index;
        if (next < 1 || next >= lives.size()) {
            return false;
        }
        RealLife begun = lives.get(next);
        RealLife ended = lives.get(next - 1);
        return (isUnwrittenUnheard(ended.end) || isCheckpoint(ended.end))
                && isUnwrittenUnheard(begun.start)
                && (!run.sightings.wasSeen(begun.id, begun.begunTicks, run.podman.truth.shownUntilTicks(begun))
                        || isListedAlike(ended, begun));
    }

    /**
     * Whether lists showed the next life as they would show the first one, whose process nobody saw, and no look-up can tell:
     * it is gone, or was restored with the start of the first one and ended by a checkpoint, which takes back when that was.
     */
    private boolean isListedAlike(RealLife ended, RealLife next) {
        boolean restored = next.life.startedAtNs() == ended.life.startedAtNs();
        boolean gone = run.podman.truth.shownUntilTicks(next) != Line.NEVER;
        boolean untold = restored
                && isCheckpoint(next.end)
                && !run.sightings.wasLookedUp(next.id, next.begunTicks, next.endedTicks);
        return (untold || (gone && isShownAlike(ended, next)))
                && !run.sightings.wasSeen(ended.id, ended.begunTicks, ended.endedTicks);
    }

    private boolean isUnwrittenUnheard(@Nullable Fact fact) {
        return fact != null && fact.line().writtenTicks == Line.NEVER && isUnheard(fact);
    }

    private boolean isUnheard(Fact fact) {
        return run.podman.truth.wasWithoutLogUnheard(fact.ticks(), run.sightings)
                || run.podman.truth.wasLeftOut(fact.stampNs(), fact.ticks())
                || run.podman.truth.isUnwrittenAtReboot(fact.line(), fact.ticks());
    }

    private static boolean isCheckpoint(@Nullable Fact fact) {
        return fact != null && fact.line().event.action().equals("checkpoint");
    }

    /**
     * Whether the endpoint led to its host only until somewhere else again, and nobody who goes on from that was shown a list
     * meanwhile: whoever asks later hears the same as if it never had.
     */
    private boolean isOfUnseenVisit(Fact fact) {
        long leftTicks = run.podman.truth.leftTicks(fact.life().container.machine, fact.ticks());
        long cameTicks = run.podman.truth.cameTicks(fact.ticks());
        return leftTicks != Line.NEVER && cameTicks != Long.MIN_VALUE && !run.sightings.wasListed(cameTicks, leftTicks);
    }

    /** Whether nobody who stored that he read history there has seen its host. */
    private boolean isOfExchangedHost(Fact fact) {
        long leftTicks = run.podman.truth.leftTicks(fact.life().container.machine, fact.ticks());
        return leftTicks != Line.NEVER && part.isExchanged(leftTicks);
    }

    /**
     * Whether a later life of the container was reported while nobody could read this: reported now, it would be a start of
     * what is alive, or an end before its start. It counts as lost, and has to lie in a gap.
     */
    private boolean isBehindLaterLife(Fact fact) {
        return reported.stream()
                .anyMatch(entry -> entry.kind() == ContainerChange.Kind.STARTED
                        && entry.life() != null
                        && entry.life().index > fact.life().index
                        && entry.id().equals(fact.id())
                        && Checkers.wasUnreadable(run, fact, entry.ticks()));
    }

    /**
     * Whether the end of the life, or a later pause or end of one in it, was reported while nobody could read this: reported now,
     * it would be a pause of what is dead, or out of turn.
     */
    private boolean isBehindEnd(Fact fact) {
        return !fact.isBound()
                && reported.stream()
                        .anyMatch(entry -> entry.life() == fact.life()
                                && (entry.kind() == ContainerChange.Kind.DIED || isLaterTurn(entry, fact))
                                && Checkers.wasUnreadable(run, fact, entry.ticks()));
    }

    private static boolean isLaterTurn(Entry entry, Fact fact) {
        return entry.isTurn() && entry.fact() != null && entry.fact().ticks() > fact.ticks();
    }

    /**
     * Whether the end of an earlier life was inferred later than this, nobody had anything of what was in between, and no list
     * showed a life in between, or this one other than it shows that one: a host on which that life went on until now answers
     * alike.
     */
    private boolean isTakenForEarlierEnd(Fact fact) {
        return fact.isEnd()
                && reported.stream()
                        .filter(entry -> entry.kind() == ContainerChange.Kind.DIED
                                && entry.isInferred()
                                && entry.id().equals(fact.id())
                                && entry.ticks() >= fact.ticks())
                        .map(Entry::life)
                        .anyMatch(life -> life != null && life.index < fact.life().index && isUnseenSince(life, fact));
    }

    private boolean isUnseenSince(RealLife earlier, Fact end) {
        return run.podman.truth.facts().stream()
                        .filter(fact -> fact.isBound() && fact.id().equals(end.id()) && !fact.equals(end))
                        .filter(fact -> fact.equals(earlier.end)
                                || (fact.life().index > earlier.index && fact.life().index <= end.life().index))
                        .allMatch(fact -> fact.line().heldTicks == Line.NEVER)
                && !run.sightings.wasListed(earlier.endedTicks, end.life().endedTicks)
                && (isShownAlike(earlier, end.life())
                        || !run.sightings.wasListed(earlier.endedTicks, run.podman.truth.shownUntilTicks(end.life())));
    }

    /** Whether lists show both lives alike once they have ended: a list rounds the start to the second and shows no process. */
    private boolean isShownAlike(RealLife earlier, RealLife later) {
        long second = Math.floorDiv(earlier.life.startedAtNs(), SimClock.SECOND_NS);
        return Math.floorDiv(later.life.startedAtNs(), SimClock.SECOND_NS) == second
                && !run.sightings.wasLookedUp(later.id, earlier.endedTicks, run.podman.truth.shownUntilTicks(later));
    }

    /**
     * Whether the endpoint led to another host before this was read: what was read of that one is later, and the gap in
     * between was reported. Both logs together have no order.
     */
    private boolean isLeftBehind(Fact fact) {
        long leftTicks = run.podman.truth.leftTicks(fact.life().container.machine, fact.ticks());
        return leftTicks != Line.NEVER
                && run.keptReads.stream().noneMatch(read -> read >= fact.line().writtenTicks && read <= leftTicks);
    }

    private boolean covers(HostChange change, Fact fact) {
        HostChange.Window gap = change.gap();
        return gap != null
                && (Checkers.isIn(gap, fact.stampNs()) || isOpen(change, fact) || run.readings.covers(run, gap, fact));
    }

    /** As long as nobody can read history, nobody knows when the gap ends. */
    private boolean isOpen(HostChange change, Fact fact) {
        HostChange.Window gap = change.gap();
        return !run.podman.history.isReadable()
                && gap != null
                && change.equals(gaps.get(gaps.size() - 1))
                && fact.stampNs() >= gap.fromNs();
    }
}
