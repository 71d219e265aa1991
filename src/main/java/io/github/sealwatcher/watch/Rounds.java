package io.github.sealwatcher.watch;

import io.github.sealwatcher.model.Alive;
import io.github.sealwatcher.model.ContainerId;
import io.github.sealwatcher.model.HostChange;
import io.github.sealwatcher.model.Life;
import io.github.sealwatcher.model.Observed;
import io.github.sealwatcher.model.Origin;
import io.github.sealwatcher.model.Run;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.pcollections.HashTreePSet;
import org.pcollections.TreePVector;

/** Runs the rounds of comparison: list, re-read, compare, tell, and settle what isn't believed yet. */
final class Rounds {

    private Rounds() {}

    static void tick(Turn turn, Link.Linked linked) {
        if (linked.round() instanceof Round.Idle idle && idle.dueTicks() <= turn.now.ticksNs()) {
            ResyncRequests.begin(turn, false);
        } else if (linked.round() instanceof Round.Settling settling && settling.untilTicks() <= turn.now.ticksNs()) {
            ResyncRequests.begin(turn, settling.suspects(), false);
        }
    }

    static void listed(Turn turn, Link.Linked linked, Input.Listed listed) {
        if (!(linked.round() instanceof Round.Listing asked)) {
            return;
        }
        boolean wasDeep = turn.deep;
        ClockMonitor.learn(turn, listed.reading());
        if (turn.deep && !wasDeep) {
            Reconnection.afterClockSetBack(turn);
            return;
        }
        Listing listing = new Listing(askedAtNs(turn, listed.reading()), listed.containers());
        Checkpoint known = turn.checkpoint;
        turn.catalog = turn.catalog.listed(listing, turn.now.ticksNs());
        if (turn.options.inspect()) {
            // Only an inspect tells how long a stop may take.
            turn.catalog.listed().stopping().forEach((id, stopping) -> {
                if (stopping.timeoutNs() == null) {
                    turn.lookUpLater(id);
                }
            });
        }
        Portfolio portfolio = known.portfolio();
        for (Observed shown : listing.all()) {
            portfolio = portfolio.describedBy(shown);
        }
        turn.checkpoint = known.with(portfolio);
        turn.link = linked.in(new Round.Recalling(
                listing,
                Replay.of(known, newestRead(turn)),
                HashTreePSet.empty(),
                HashTreePSet.empty(),
                asked.suspects(),
                asked.holding(),
                TreePVector.empty(),
                turn.deep ? CollectedEvents.NONE : null,
                false));
        if (!turn.history.isTried()) {
            turn.pending = turn.pending.plus(new Item.Compare());
        } else {
            long hostNowNs = turn.hostEarliestNs();
            long sinceNs = known.replaySinceNs(turn.options.overlapNs(), hostNowNs);
            turn.request(new Output.Recall(turn.epoch, turn.deep ? DeepReplay.sinceNs(sinceNs, hostNowNs) : sinceNs));
        }
    }

    /** The newest event that was read: one that waits for a look-up was read, too. */
    private static @Nullable Mark newestRead(Turn turn) {
        Mark newest = turn.checkpoint.newestEvent();
        if (newest != null && turn.history.isReadable()) {
            for (Item item : turn.pending.queue()) {
                if (item instanceof Item.Event waiting && waiting.event().timeNs() >= newest.timeNs()) {
                    newest = Mark.of(waiting.event());
                }
            }
        }
        return newest;
    }

    /** The earliest that the host can have been asked; as long as its clock is unknown, the worker's must do. */
    private static long askedAtNs(Turn turn, @Nullable ClockReading reading) {
        return reading == null ? turn.hostEarliestNs() : turn.hostEarliestNs(reading.askedTicks());
    }

    /** There is no event log to be read: lists must do until there is one again, which each round looks for. */
    static void noHistory(Turn turn, Link.Linked linked) {
        turn.history = History.none();
        // When it comes back, it can hold older lives of what is known to be alive.
        turn.deep = true;
        if (linked.round() instanceof Round.Recalling) {
            turn.pending = turn.pending.plus(new Item.Compare());
        } else {
            turn.link = linked.following(Link.Stream.NONE);
            ResyncRequests.want(turn, false);
        }
    }

    /** The log still cannot be read, which the engine says without any harm: lists must do for one more round. */
    static void stillBlind(Turn turn) {
        turn.pending = turn.pending.plus(new Item.Compare());
    }

    static void recallEnded(Turn turn, Link.Linked linked) {
        if (!(linked.round() instanceof Round.Recalling recalling)) {
            return;
        }
        turn.history = History.READABLE;
        CollectedEvents deep = recalling.deep();
        if (deep != null) {
            if (!recalling.whole() && recalling.replay().isUndecided()) {
                turn.link = linked.in(recalling.readingAll(turn.checkpoint));
                turn.request(new Output.Recall(turn.epoch, 0));
                return;
            }
            if (!DeepReplay.sort(turn, recalling, deep)) {
                return;
            }
        }
        turn.deep = false;
        turn.backNs = 0;
        recalling.marks().forEach(mark -> Deduplicator.takeReplayed(turn, mark));
        turn.pending = turn.pending.plus(new Item.Compare());
    }

    /** History is replayed and applied: compares, reports a gap, and queues what is believed. */
    static void compare(Turn turn) {
        if (!(turn.link instanceof Link.Linked linked) || !(linked.round() instanceof Round.Recalling recalling)) {
            return;
        }
        boolean opening = linked.stream() == Link.Stream.NONE;
        Link.Stream stream = opening ? follow(turn) : linked.stream();
        turn.link = linked.following(stream).in(new Round.Telling(Set.of()));
        if (!GapDetector.judge(turn, recalling, opening)) {
            return;
        }
        Checkpoint known = turn.checkpoint;
        boolean first = known.snapshot() == Checkpoint.Snapshot.RUNNING;
        if (first) {
            Set<ContainerId> existing = new HashSet<>();
            recalling.listing().all().forEach(listed -> existing.add(listed.id()));
            turn.emitAbsent(existing, recalling.listing());
        }
        boolean retold = first && turn.options.snapshot() == Options.SnapshotMode.ALWAYS;
        List<Item> told = new ArrayList<>();
        for (Difference shown : Visibility.compare(known, recalling.listing(), turn.options.filter())) {
            Origin origin = shown instanceof Difference.Revealed ? Origin.SNAPSHOT : Origin.RECONCILED;
            told.add(tell(turn, shown, origin, recalling));
        }
        Set<String> suspects = new HashSet<>();
        long inferredFromNs = Long.MAX_VALUE;
        long datedNs = Long.MIN_VALUE;
        for (Difference difference : new Differ(
                        known.portfolio(),
                        recalling.listing(),
                        turn.catalog,
                        turn.now.ticksNs(),
                        retold,
                        id -> Unconfirmed.isKnown(known, id))
                .compare(recalling.touched(), recalling.turned())) {
            boolean again = retold
                    && known.portfolio().alive(difference.id()) != null
                    && turn.catalog.reportedNs(difference.id()) == null;
            boolean sight =
                    first && (again ? difference instanceof Difference.Appeared : isSight(turn, recalling, difference));
            if (difference instanceof Difference.Appeared && !again && turn.catalog.hasEnded(difference.id(), first)) {
                continue;
            }
            boolean checkpointed = difference instanceof Difference.Vanished vanished && isCheckpointed(turn, vanished);
            if (sight || checkpointed || recalling.suspects().contains(difference.signature())) {
                if (!sight && !checkpointed) {
                    inferredFromNs = Math.min(inferredFromNs, lostFromNs(turn, difference));
                    datedNs = Math.max(datedNs, datedNs(turn, difference));
                }
                told.add(tell(turn, difference, sight ? Origin.SNAPSHOT : Origin.RECONCILED, recalling));
            } else {
                suspects.add(difference.signature());
            }
        }
        if (inferredFromNs != Long.MAX_VALUE
                && !GapDetector.reportLoss(
                        turn, inferredFromNs, recalling.listing().askedAtNs(), false, datedNs)) {
            return;
        }
        if (!told.isEmpty()) {
            turn.checkpoint = turn.checkpoint.inferredOnceMore();
        }
        if (suspects.isEmpty() && told.isEmpty()) {
            turn.catalog = turn.catalog.agreed();
        }
        told.add(new Item.Close(suspects));
        turn.pending = turn.pending.first(told);
        if (!turn.again) {
            Deduplicator.release(turn);
        }
    }

    /** Whether a checkpoint event was the end: when it came, nothing told whether it left the processes running. */
    private static boolean isCheckpointed(Turn turn, Difference.Vanished vanished) {
        Observed listed = vanished.listed();
        return listed != null
                && listed.run() instanceof Run.Ended ended
                && turn.catalog.checkpointThatEnded(vanished.id(), ended) != null;
    }

    /** From when on an event must be missing for this difference to be; nothing tells when a membership changed. */
    private static long lostFromNs(Turn turn, Difference difference) {
        long earliestNs = difference.earliestNs();
        if (earliestNs != Long.MAX_VALUE) {
            return earliestNs;
        }
        Checkpoint.Gap gap = turn.checkpoint.gap();
        return gap == null ? turn.agreedNs() : gap.fromNs();
    }

    /** What is inferred is dated no earlier than this: after all that was reported of the container. */
    private static long datedNs(Turn turn, Difference difference) {
        Alive known = turn.checkpoint.portfolio().alive(difference.id());
        long reportedNs = turn.catalog.reportedUntilNs(difference.id());
        return known == null ? reportedNs : Math.max(reportedNs, known.sinceNs());
    }

    /** What was there before the trail began is told as it is seen; what began later has an event of its own. */
    private static boolean isSight(Turn turn, Round.Recalling recalling, Difference difference) {
        Portfolio known = turn.checkpoint.portfolio();
        if (difference instanceof Difference.Joined joined) {
            Life life = joined.listed().life();
            return life == null || known.alive(joined.id()) != null || isElder(turn, recalling, joined.id(), life);
        }
        return difference instanceof Difference.Appeared appeared
                && isElder(turn, recalling, appeared.id(), appeared.living().life());
    }

    /** Whether a life began before the trail: by its time, or by the order of the log. */
    private static boolean isElder(Turn turn, Round.Recalling recalling, ContainerId id, Life life) {
        return life.earliestNs()
                        < Math.max(
                                turn.checkpoint.seen().floorNs(),
                                recalling.replay().positionNs())
                || turn.catalog.isBegun(id, life);
    }

    private static Link.Stream follow(Turn turn) {
        if (!turn.history.isBlind()) {
            turn.request(new Output.Follow(
                    turn.epoch, turn.checkpoint.followSinceNs(turn.options.overlapNs(), turn.hostEarliestNs())));
            return Link.Stream.WITH_PAST;
        }
        if (turn.history.absent()) {
            return Link.Stream.NONE;
        }
        turn.request(new Output.FollowNew(turn.epoch));
        return Link.Stream.NEW_ONLY;
    }

    private static Item tell(Turn turn, Difference difference, Origin origin, Round.Recalling recalling) {
        Listing listing = recalling.listing();
        ContainerId id = difference.id();
        boolean exists = listing.get(id) != null;
        boolean asks = turn.options.inspect()
                && exists
                && !(difference instanceof Difference.Joined)
                && !(difference instanceof Difference.Turned);
        long ticket = asks ? turn.lookUp(id, false, true) : Item.NO_TICKET;
        return new Item.Tell(
                difference, origin, listing.askedAtNs(), recalling.replay().positionNs(), ticket);
    }

    /** All that is believed is told: the round ends, or waits for what isn't believed yet. */
    static void close(Turn turn, Item.Close close) {
        if (!(turn.link instanceof Link.Linked linked)) {
            return;
        }
        if (turn.checkpoint.snapshot() == Checkpoint.Snapshot.RUNNING) {
            turn.catalog = turn.catalog.sighted();
            turn.checkpoint = turn.checkpoint.with(Checkpoint.Snapshot.DONE);
        }
        turn.checkpoint = turn.checkpoint.filteredBy(turn.options.filter().fingerprint());
        long ticks = turn.now.ticksNs();
        if (!close.suspects().isEmpty()) {
            turn.link = linked.in(new Round.Settling(ticks + turn.options.settleNs(), close.suspects()));
        } else {
            long bits = turn.options.jitterSeed() + turn.epoch + ticks;
            long dueTicks = ticks + Jitter.around(turn.options.resyncNs(), bits);
            turn.link = linked.in(
                    new Round.Idle(Math.min(dueTicks, turn.catalog.listed().stuckAtTicks(ticks))));
            turn.checkpoint = turn.checkpoint
                    .explained(turn.history.isBlind() ? turn.checkpoint.gap() : null)
                    .with(turn.checkpoint.portfolio().forgettingPods());
            if (turn.history.isReadable()) {
                Unconfirmed.forget(turn);
            }
            if (!linked.synced()) {
                synced(turn);
            }
        }
        if (turn.again) {
            ResyncRequests.want(turn, true);
        }
    }

    private static void synced(Turn turn) {
        if (turn.link instanceof Link.Linked linked) {
            turn.link = linked.nowSynced();
            turn.voice = turn.voice.failing(Long.MAX_VALUE);
            Portfolio portfolio = turn.checkpoint.portfolio();
            turn.emit(HostChange.synced(
                    turn.hostNowNs(), portfolio.visible().alive().size()));
            if (turn.options.inspect()) {
                for (Alive alive : portfolio.alive().values()) {
                    if (!alive.container().isInspected()) {
                        turn.lookUpLater(alive.id());
                    }
                }
            }
        }
    }
}
