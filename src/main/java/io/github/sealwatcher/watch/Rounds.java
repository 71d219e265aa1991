package io.github.sealwatcher.watch;

import io.github.sealwatcher.model.Alive;
import io.github.sealwatcher.model.ContainerId;
import io.github.sealwatcher.model.HostChange;
import io.github.sealwatcher.model.Observed;
import io.github.sealwatcher.model.Origin;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.pcollections.HashTreePSet;
import org.pcollections.TreePVector;

/** Runs the rounds of comparison: list, re-read, compare, tell, and settle what isn't believed yet. */
final class Rounds {

    private Rounds() {}

    /**
     * Begins a round now.
     *
     * @param holding whether what the stream brings must wait until history was re-read
     */
    static void begin(Turn turn, boolean holding) {
        begin(turn, Set.of(), holding);
    }

    private static void begin(Turn turn, Set<String> suspects, boolean holding) {
        if (turn.link instanceof Link.Linked linked) {
            turn.again = false;
            turn.link = linked.in(new Round.Listing(suspects, holding));
            turn.request(new Output.ListAll(turn.epoch));
        }
    }

    /** Wants a round as soon as possible; if one is under way, right after it. */
    static void want(Turn turn, boolean holding) {
        if (turn.link instanceof Link.Linked linked) {
            Round round = linked.round();
            if (round instanceof Round.Idle || (round instanceof Round.Settling && holding)) {
                begin(turn, holding);
            } else {
                turn.again = true;
            }
        }
    }

    /** Whether what the stream brings must wait: history has to bring first what the stream skipped. */
    static boolean isHolding(Turn turn, Link.Linked linked) {
        Round round = linked.round();
        return turn.again
                || (round instanceof Round.Listing listing && listing.holding())
                || (round instanceof Round.Recalling recalling && recalling.holding());
    }

    static void tick(Turn turn, Link.Linked linked) {
        if (linked.round() instanceof Round.Idle idle && idle.dueTicks() <= turn.now.ticksNs()) {
            begin(turn, false);
        } else if (linked.round() instanceof Round.Settling settling && settling.untilTicks() <= turn.now.ticksNs()) {
            begin(turn, settling.suspects(), false);
        }
    }

    static void listed(Turn turn, Link.Linked linked, Input.Listed listed) {
        if (!(linked.round() instanceof Round.Listing asked)) {
            return;
        }
        Listing listing = new Listing(listed.askedAtNs(), listed.containers());
        Checkpoint known = turn.checkpoint;
        // An earlier round read all that couldn't be read, and took in what had to wait for it.
        boolean settled = turn.history.isReadable() && !asked.holding();
        turn.catalog = (settled ? turn.catalog.reread() : turn.catalog).listed(listing);
        Portfolio portfolio = known.portfolio();
        for (Observed shown : listing.all()) {
            portfolio = portfolio.describedBy(shown);
        }
        turn.checkpoint = known.with(portfolio);
        turn.link = linked.in(new Round.Recalling(
                listing,
                Reread.of(known),
                HashTreePSet.empty(),
                asked.suspects(),
                asked.holding(),
                TreePVector.empty(),
                turn.pace.isSetBack() ? SetBack.NOTHING : null));
        if (turn.history.isBlind()) {
            turn.pending = turn.pending.plus(new Item.Compare());
            Intake.drain(turn);
        } else {
            long sinceNs = known.rereadSinceNs(turn.options.overlapNs(), turn.now.wallNs());
            boolean setBack = turn.pace.isSetBack();
            turn.request(new Output.Recall(turn.epoch, setBack ? SetBack.sinceNs(turn.now, sinceNs) : sinceNs));
        }
    }

    static void recallEnded(Turn turn, Link.Linked linked) {
        if (linked.round() instanceof Round.Recalling recalling) {
            turn.history = History.READABLE;
            if (recalling.setBack() != null && !recalling.setBack().sort(turn, recalling)) {
                return;
            }
            recalling.marks().forEach(mark -> Intake.take(turn, mark));
            turn.pending = turn.pending.plus(new Item.Compare());
            Intake.drain(turn);
        }
    }

    /** History is re-read and taken in: compares, says a gap, and queues what is believed. */
    static void compare(Turn turn) {
        if (!(turn.link instanceof Link.Linked linked) || !(linked.round() instanceof Round.Recalling recalling)) {
            return;
        }
        boolean opening = !linked.following();
        turn.link = linked.nowFollowing().in(new Round.Telling(Set.of()));
        if (opening) {
            follow(turn);
        }
        if (!prove(turn, recalling, opening)) {
            return;
        }
        Checkpoint known = turn.checkpoint;
        boolean first = known.snapshot() == Checkpoint.Snapshot.RUNNING;
        boolean retold = first && turn.options.snapshot() == Options.SnapshotMode.ALWAYS;
        List<Item> told = new ArrayList<>();
        Set<String> suspects = new HashSet<>();
        long inferredFromNs = Long.MAX_VALUE;
        for (Difference difference :
                Differ.compare(known.portfolio(), recalling.listing(), recalling.touched(), retold)) {
            boolean sight = first && isSight(known, difference);
            if (difference instanceof Difference.Appeared && turn.catalog.hasEnded(difference.id(), first)) {
                continue;
            }
            if (sight || recalling.suspects().contains(difference.signature())) {
                inferredFromNs = sight ? inferredFromNs : Math.min(inferredFromNs, difference.earliestNs());
                told.add(tell(turn, difference, sight ? Origin.SNAPSHOT : Origin.RECONCILED, recalling.listing()));
            } else {
                suspects.add(difference.signature());
            }
        }
        if (inferredFromNs != Long.MAX_VALUE
                && !sayLoss(turn, inferredFromNs, recalling.listing().askedAtNs(), false)) {
            return;
        }
        told.add(new Item.Close(suspects));
        turn.pending = turn.pending.first(told);
        if (!turn.again) {
            Intake.release(turn);
        }
    }

    /**
     * Says a gap if history isn't whole, and remembers by what the next re-read will know it again.
     *
     * @return false if that is to stop the task
     */
    private static boolean prove(Turn turn, Round.Recalling recalling, boolean opening) {
        Reread reread = recalling.reread();
        long listedAtNs = recalling.listing().askedAtNs();
        boolean blind = turn.history.isBlind();
        boolean goes = true;
        if (blind ? opening : reread.newest().isGone()) {
            // Nobody says from when on a stream without its past brings what is written.
            goes = sayGap(turn, reread, turn.now.wallNs() + (blind ? turn.options.overlapNs() : 0));
        } else if (!blind && !turn.again && reread.isReplaced()) {
            long untilNs = reread.beginsNs() == Long.MAX_VALUE ? turn.now.wallNs() : reread.beginsNs();
            goes = sayGap(turn, reread, untilNs);
        }
        if (goes && turn.history.absent()) {
            turn.checkpoint = turn.checkpoint.withoutLog(listedAtNs);
        }
        // With one more round due, as after a cut, it is that round's to prove.
        if (goes && !turn.again) {
            turn.checkpoint = turn.checkpoint.proving(blind ? null : reread.last());
        }
        return goes;
    }

    /** What was there before the trail began is told as it is seen; what began later has an event of its own. */
    private static boolean isSight(Checkpoint known, Difference difference) {
        return difference instanceof Difference.Joined
                || (difference instanceof Difference.Appeared appeared
                        && appeared.living().life().earliestNs() < known.seen().floorNs());
    }

    private static void follow(Turn turn) {
        if (!turn.history.isBlind()) {
            turn.request(new Output.Follow(
                    turn.epoch, turn.checkpoint.followSinceNs(turn.options.overlapNs(), turn.now.wallNs())));
        } else if (!turn.history.absent()) {
            turn.request(new Output.FollowNew(turn.epoch));
        }
    }

    /**
     * Says that what lies between an event that is gone and {@code untilNs} may be missing, once.
     *
     * @return false if that is to stop the task
     */
    static boolean sayGap(Turn turn, Reread reread, long untilNs) {
        String reason = turn.history.isBlind()
                ? turn.history.reason()
                : "Podman's history no longer holds an event that was read";
        if (turn.options.onGap() == Options.OnGap.RECONCILE) {
            turn.checkpoint = turn.checkpoint.unanchored(reread.newest());
        }
        if (turn.link instanceof Link.Linked linked && linked.round() instanceof Round.Recalling recalling) {
            turn.link = linked.in(recalling.having(reread.given()));
        }
        long fromNs = reread.lostFromNs();
        return say(turn, fromNs, Math.max(fromNs, untilNs), reason);
    }

    /**
     * Says that history lost something although it looks whole, as when the log was replaced between two looks of Podman's
     * own follower; unless a gap was said already that explains it. That one explains what began before it was said, and
     * nothing that was lost later: while the log is cut again and again, rounds may not come to an end for long.
     *
     * @param fromNs when it began, as far as can be told
     * @param untilNs when it was noticed
     * @param unsure whether it can as well have begun earlier: then it may be part of that gap, and both are said as one
     * @return false if that is to stop the task
     */
    static boolean sayLoss(Turn turn, long fromNs, long untilNs, boolean unsure) {
        Checkpoint.Gap before = turn.checkpoint.gap();
        if (turn.history.isBlind() || (before != null && fromNs <= before.untilNs())) {
            return true;
        }
        // It went missing somewhere behind the newest event that was read.
        long sinceNs = Math.min(fromNs, turn.checkpoint.positionNs());
        if (unsure && before != null) {
            sinceNs = Math.min(sinceNs, before.fromNs());
        }
        return say(turn, sinceNs, untilNs, "history never told of a start or an end that must have been");
    }

    private static boolean say(Turn turn, long fromNs, long untilNs, String reason) {
        boolean fails = turn.options.onGap() == Options.OnGap.FAIL;
        if (!fails) {
            turn.checkpoint =
                    turn.checkpoint.explained(new Checkpoint.Gap(fromNs, Math.max(turn.now.wallNs(), untilNs)));
        }
        turn.emit(HostChange.gap(turn.now.wallNs(), fromNs, untilNs, reason));
        if (fails) {
            turn.request(new Output.GiveUp(reason + ", and on.history.gap=fail"));
            turn.link = new Link.Stopped();
        }
        return !fails;
    }

    private static Item tell(Turn turn, Difference difference, Origin origin, Listing listing) {
        ContainerId id = difference.id();
        boolean exists = listing.get(id) != null;
        boolean asks = turn.options.inspect()
                && exists
                && !(difference instanceof Difference.Joined)
                && !(difference instanceof Difference.Turned);
        long ticket = asks ? turn.lookUp(id, false, true) : Item.NO_TICKET;
        return new Item.Tell(difference, origin, listing.askedAtNs(), ticket);
    }

    /** All that is believed is told: the round ends, or waits for what isn't believed yet. */
    static void close(Turn turn, Item.Close close) {
        if (!(turn.link instanceof Link.Linked linked)) {
            return;
        }
        Checkpoint known = turn.checkpoint;
        if (known.snapshot() == Checkpoint.Snapshot.RUNNING) {
            turn.catalog = turn.catalog.sighted();
            turn.checkpoint = known.with(Checkpoint.Snapshot.DONE);
        }
        long ticks = turn.now.ticksNs();
        if (!close.suspects().isEmpty()) {
            turn.link = linked.in(new Round.Settling(ticks + turn.options.settleNs(), close.suspects()));
        } else {
            long bits = turn.options.jitterSeed() + turn.epoch + ticks;
            turn.link = linked.in(new Round.Idle(ticks + Jitter.around(turn.options.resyncNs(), bits)));
            turn.checkpoint = turn.checkpoint
                    .explained(null)
                    .with(turn.checkpoint.portfolio().forgettingPods());
            if (!linked.synced()) {
                synced(turn);
            }
        }
        if (turn.again) {
            want(turn, true);
        }
    }

    private static void synced(Turn turn) {
        if (turn.link instanceof Link.Linked linked) {
            turn.link = linked.nowSynced();
            turn.voice = turn.voice.failing(Long.MAX_VALUE);
            Portfolio portfolio = turn.checkpoint.portfolio();
            turn.emit(HostChange.synced(turn.now.wallNs(), portfolio.alive().size()));
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
