package io.github.sealwatcher.watch;

import io.github.sealwatcher.model.Alive;
import io.github.sealwatcher.model.ContainerChange;
import io.github.sealwatcher.model.ContainerId;
import io.github.sealwatcher.model.EngineEvent;
import io.github.sealwatcher.model.Life;
import io.github.sealwatcher.model.Observed;
import io.github.sealwatcher.model.Occurrence;
import io.github.sealwatcher.model.Origin;
import io.github.sealwatcher.model.PodRef;
import io.github.sealwatcher.model.Run;
import io.github.sealwatcher.model.Status;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Takes one container event in: what it changes in what is known, and what is to be told of it. */
final class Fold {

    private final AppliedEvent applied;
    private final Turn turn;
    private final EngineEvent event;
    private final boolean replayed;
    private final ContainerId id;
    private final @Nullable Observed answer;

    /** @param answer what was asked for this event; null if nothing was, or the container is gone */
    Fold(Turn turn, Item.Event item, @Nullable Observed answer) {
        this.applied = new AppliedEvent(turn, item.event(), answer);
        this.turn = turn;
        this.event = item.event();
        this.replayed = item.replayed();
        this.answer = answer;
        this.id = applied.id;
    }

    /** A pod event tells nothing but the name of a pod, which no container event does. */
    static void pod(Turn turn, EngineEvent event) {
        String name = Attributes.name(event);
        if (!event.actorId().isEmpty() && name != null) {
            Portfolio portfolio = turn.checkpoint.portfolio();
            turn.checkpoint = turn.checkpoint.with(portfolio.named(new PodRef(event.actorId(), name)));
        }
    }

    void apply() {
        boolean repeatable = isRepeatable();
        if (!Unconfirmed.isRemoved(turn.checkpoint, event)) {
            join();
        }
        if (!change()) {
            return;
        }
        if (applied.lostFromNs != Long.MAX_VALUE
                && !GapDetector.reportLoss(
                        turn, applied.lostFromNs, event.timeNs(), applied.unsure, applied.inferredUntilNs())) {
            return;
        }
        turn.checkpoint = turn.checkpoint.with(applied.portfolio);
        turn.having(event, repeatable);
        if (!applied.changes.isEmpty()) {
            turn.emit(List.of(), applied.changes);
        }
    }

    /** @return false if the event is to come once more, after what must come before it */
    private boolean change() {
        switch (event.action()) {
            case Actions.START -> started();
            case Actions.RESTORE -> {
                started();
                other(false);
            }
            case Actions.DIED -> died(Attributes.exitCode(event));
            case Actions.CHECKPOINT -> checkpointed();
            case Actions.PAUSE -> turned(Status.RUNNING, Status.PAUSED);
            case Actions.UNPAUSE -> turned(Status.PAUSED, Status.RUNNING);
            case Actions.REMOVE -> {
                return removed();
            }
            case Actions.RENAME -> renamed();
            default -> other(false);
        }
        return true;
    }

    /** Whether taking it in twice would tell something twice. */
    private boolean isRepeatable() {
        String action = event.action();
        boolean member = applied.portfolio.members().containsKey(id) || Attributes.podId(event) != null;
        boolean alive = applied.portfolio.alive(id) != null;
        return Actions.CHANGING.contains(action)
                || action.equals(Actions.RENAME)
                || (member && Actions.TELLING_POD.contains(action))
                || ((member || alive) && action.equals(Actions.REMOVE))
                || turn.options.actions().include(action);
    }

    private void join() {
        String podId = Actions.TELLING_POD.contains(event.action()) ? Attributes.podId(event) : null;
        if (podId != null && !podId.equals(applied.portfolio.members().get(id))) {
            PodRef previous = applied.portfolio.podOf(id);
            boolean unknown = applied.portfolio.alive(id) == null
                    && !applied.portfolio.members().containsKey(id);
            applied.portfolio = applied.portfolio.associated(id, new PodRef(podId, null));
            if (unknown) {
                applied.portfolio = applied.portfolio.hiding(id, applied.hidden);
            }
            applied.add(new ContainerChange.PodChanged(
                    applied.occurrence("pod_association"),
                    applied.container(),
                    applied.portfolio.alive(id),
                    applied.portfolio.podOf(id),
                    previous));
        }
    }

    private void started() {
        if (Unconfirmed.isStart(turn, event)) {
            return;
        }
        boolean restored = event.action().equals(Actions.RESTORE);
        Life life = restored ? Life.restored(event.timeNs()) : Life.fromEvent(event.timeNs());
        Life shown = answer == null ? null : answer.life();
        // A container that was started once more before it was asked for shows its next life, which began after this
        // event.
        if (shown != null && (restored || shown.covers(event.timeNs()))) {
            life = life.refinedBy(shown);
        }
        Alive known = applied.portfolio.alive(id);
        if (known != null) {
            if (!known.life().covers(event.timeNs())) {
                return;
            }
            if (!known.life().announced() && known.life().canBe(life)) {
                applied.portfolio =
                        applied.portfolio.plus(known.living(known.life().refinedBy(life)));
                return;
            }
            if (!endedByCheckpoint(known)) {
                applied.lostFromNs = known.sinceNs();
                applied.add(new ContainerChange.Died(applied.diedUnseen(known), known, null));
                Unconfirmed.ended(turn, known, event.timeNs(), false);
            }
        }
        boolean wasHidden = applied.portfolio.isHidden(id);
        applied.decide();
        PodRef pod = applied.portfolio.podOf(id);
        if (wasHidden && !applied.hidden && pod != null) {
            // It was a member before anything of it was reported.
            applied.add(new ContainerChange.PodChanged(
                    applied.occurrence("pod_association"), applied.container(), null, pod, null));
        }
        Alive alive = new Alive(applied.container(), life, Status.RUNNING, event.timeNs(), pod);
        applied.portfolio = applied.portfolio.plus(alive).hiding(id, applied.hidden);
        turn.catalog = turn.catalog.reported(id);
        applied.add(new ContainerChange.Started(applied.occurrence(Actions.START), alive));
    }

    /** A checkpoint ends the processes unless they are left running, which only the container itself tells. */
    private void checkpointed() {
        if (answer != null && answer.run() instanceof Run.Ended ended && isBy(ended)) {
            died(null);
        } else {
            // It is left running, or what it did next came before the answer: then a later event tells.
            turn.catalog = turn.catalog.checkpointed(event);
        }
        other(false);
    }

    /** Whether it had ended by the time of the event; a list rounds down to the second. */
    private boolean isBy(Run.Ended ended) {
        Long endedAtNs = ended.endedAtNs();
        return endedAtNs != null && endedAtNs <= event.timeNs();
    }

    /** The checkpoint that ended a life which seemed to go on after it. */
    private boolean endedByCheckpoint(Alive known) {
        EngineEvent ending = turn.catalog.checkpoint(id);
        if (ending == null) {
            return false;
        }
        applied.add(new ContainerChange.Died(applied.occurrence(ending, Actions.DIED), known, null));
        return true;
    }

    private void died(@Nullable Integer exitCode) {
        if (Unconfirmed.isEnd(turn, event)) {
            return;
        }
        Alive known = applied.portfolio.alive(id);
        if (known == null) {
            known = UnseenLife.report(applied, Status.RUNNING);
            if (known == null) {
                return;
            }
        } else if (!isOf(known.life())) {
            return;
        }
        Alive last = known.describedBy(applied.container()).in(applied.portfolio.podOf(id));
        Unconfirmed.ended(turn, last, event.timeNs(), true);
        applied.portfolio = applied.portfolio.minus(id);
        turn.catalog = turn.catalog.ended(id, event.timeNs());
        applied.add(new ContainerChange.Died(applied.occurrence(Actions.DIED), last, exitCode));
    }

    /**
     * Whether the event is part of that life. What comes after a start event in the log is, even if the clock was set back in
     * between; a life known from a list only must be told from the one before by the time.
     */
    private boolean isOf(Life life) {
        return life.announced() || life.covers(event.timeNs());
    }

    private void turned(Status from, Status to) {
        if (Unconfirmed.covers(turn, event)) {
            return;
        }
        Alive known = applied.portfolio.alive(id);
        if (known == null) {
            known = UnseenLife.report(applied, from);
        }
        if (known == null || !isOf(known.life()) || isListed(known)) {
            return;
        }
        if (known.status() == to) {
            if (!isLaterThan(known)) {
                return;
            }
            known = turnedUnseen(known, from);
        }
        Alive alive = known.describedBy(applied.container()).turned(to, event.timeNs());
        applied.portfolio = applied.portfolio.plus(alive);
        applied.add(turned(applied.occurrence(event.action()), alive));
    }

    /** Whether the event came before the list from which the life is known, so that the list has shown what it led to. */
    private boolean isListed(Alive known) {
        Long listedNs = turn.catalog.reportedNs(id);
        return isListed(known.life()) && listedNs != null && event.timeNs() <= listedNs;
    }

    /** Whether the life is known from a list and not from its start event, or from one before the trail. */
    private boolean isListed(Life life) {
        return !life.announced() || turn.catalog.isBegun(id, life);
    }

    /** Whether the event can't be what a list, asked for a little before it, has shown already. */
    private boolean isLaterThan(Alive known) {
        long shownNs = isListed(known.life()) ? turn.catalog.listedAtNs() + turn.options.settleNs() : Long.MIN_VALUE;
        return event.timeNs() > Math.max(known.sinceNs(), shownNs);
    }

    /** What must have been between two pauses, or two ends of one, told now. */
    private Alive turnedUnseen(Alive known, Status status) {
        applied.lostFromNs = known.sinceNs();
        String action = status == Status.PAUSED ? Actions.PAUSE : Actions.UNPAUSE;
        long timeNs = Math.max(known.sinceNs(), GapDetector.unseenNs(turn, applied.lostFromNs, event.timeNs()));
        Alive between = known.turned(status, timeNs);
        applied.add(turned(applied.derived(action, timeNs, Origin.RECONCILED), between));
        return between;
    }

    private static ContainerChange turned(Occurrence occurrence, Alive alive) {
        return alive.status() == Status.PAUSED
                ? new ContainerChange.Paused(occurrence, alive)
                : new ContainerChange.Unpaused(occurrence, alive);
    }

    /** @return false if the event is to come once more, after the death that must come before it */
    private boolean removed() {
        Alive known = applied.portfolio.alive(id);
        if (known != null && known.life().covers(event.timeNs())) {
            if (!replayed && !turn.history.isBlind()) {
                // Its death must come first; if history has it, a replay brings it, and then this event again.
                ResyncRequests.want(turn, true);
                return false;
            }
            if (!endedByCheckpoint(known)) {
                applied.lostFromNs = known.sinceNs();
                applied.add(new ContainerChange.Died(applied.diedUnseen(known), known, null));
            }
            applied.portfolio = applied.portfolio.minus(id);
        }
        other(false);
        PodRef previous = applied.portfolio.podOf(id);
        if (previous != null && !Unconfirmed.isRemoved(turn.checkpoint, event)) {
            applied.portfolio = applied.portfolio.associated(id, null);
            applied.add(new ContainerChange.PodChanged(
                    applied.occurrence("pod_association"), applied.container(), null, null, previous));
        }
        if (previous != null) {
            Unconfirmed.removed(turn, id, event.timeNs());
        }
        turn.catalog = turn.catalog.minus(id);
        return true;
    }

    private void renamed() {
        String name = Attributes.name(event);
        Observed shown = turn.catalog.get(id);
        Alive alive = applied.portfolio.alive(id);
        if (name != null && shown != null) {
            turn.catalog = turn.catalog.plus(new Observed(shown.container().renamed(name), shown.pod(), shown.run()));
        }
        if (name != null && alive != null) {
            applied.portfolio =
                    applied.portfolio.plus(alive.describedBy(alive.container().renamed(name)));
        }
        other(true);
    }

    private void other(boolean always) {
        if (always || turn.options.actions().include(event.action())) {
            applied.add(new ContainerChange.Other(
                    applied.occurrence(event.action()),
                    applied.container(),
                    applied.portfolio.alive(id),
                    applied.portfolio.podOf(id)));
        }
    }
}
