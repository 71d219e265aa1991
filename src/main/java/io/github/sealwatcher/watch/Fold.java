package io.github.sealwatcher.watch;

import io.github.sealwatcher.model.Alive;
import io.github.sealwatcher.model.Container;
import io.github.sealwatcher.model.ContainerChange;
import io.github.sealwatcher.model.ContainerId;
import io.github.sealwatcher.model.Detail;
import io.github.sealwatcher.model.EngineEvent;
import io.github.sealwatcher.model.EventId;
import io.github.sealwatcher.model.Life;
import io.github.sealwatcher.model.Observed;
import io.github.sealwatcher.model.Occurrence;
import io.github.sealwatcher.model.Origin;
import io.github.sealwatcher.model.PodRef;
import io.github.sealwatcher.model.Run;
import io.github.sealwatcher.model.Status;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Takes one container event in: what it changes in what is known, and what is to be told of it. */
final class Fold {

    private final Turn turn;
    private final EngineEvent event;
    private final boolean replayed;
    private final ContainerId id;
    private final @Nullable Observed answer;
    private final List<ContainerChange> changes = new ArrayList<>();
    private Portfolio portfolio;
    /** Whether the filter leaves out what is found to be changed. */
    private boolean hidden;
    /** From when on history must have lost something for this event to be what it is; else the greatest value. */
    private long lostFromNs = Long.MAX_VALUE;
    /** Whether that can as well be earlier, because nobody tells when the life began. */
    private boolean unsure;

    /** @param answer what was asked for this event; null if nothing was, or the container is gone */
    Fold(Turn turn, Item.Event item, @Nullable Observed answer) {
        this.turn = turn;
        this.event = item.event();
        this.replayed = item.replayed();
        this.answer = answer;
        this.id = new ContainerId(event.actorId());
        this.portfolio = turn.checkpoint.portfolio();
        boolean known = portfolio.alive(id) != null || portfolio.members().containsKey(id);
        this.hidden = known ? portfolio.isHidden(id) : isExcluded();
    }

    private boolean isExcluded() {
        return !turn.options.filter().accepts(container());
    }

    /** The filter decides at the start of a life. */
    private void decide() {
        hidden = isExcluded();
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
        if (lostFromNs != Long.MAX_VALUE && !GapDetector.reportLoss(turn, lostFromNs, event.timeNs(), unsure)) {
            return;
        }
        turn.checkpoint = turn.checkpoint.with(portfolio);
        turn.having(event, repeatable);
        if (!changes.isEmpty()) {
            turn.emit(List.of(), changes);
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

    private void add(ContainerChange change) {
        if (!hidden) {
            changes.add(change);
        }
    }

    /** Whether taking it in twice would tell something twice. */
    private boolean isRepeatable() {
        String action = event.action();
        boolean member = portfolio.members().containsKey(id) || Attributes.podId(event) != null;
        boolean alive = portfolio.alive(id) != null;
        return Actions.CHANGING.contains(action)
                || action.equals(Actions.RENAME)
                || (member && Actions.TELLING_POD.contains(action))
                || ((member || alive) && action.equals(Actions.REMOVE))
                || turn.options.actions().include(action);
    }

    private void join() {
        String podId = Actions.TELLING_POD.contains(event.action()) ? Attributes.podId(event) : null;
        if (podId != null && !podId.equals(portfolio.members().get(id))) {
            PodRef previous = portfolio.podOf(id);
            boolean unknown =
                    portfolio.alive(id) == null && !portfolio.members().containsKey(id);
            portfolio = portfolio.associated(id, new PodRef(podId, null));
            if (unknown) {
                portfolio = portfolio.hiding(id, hidden);
            }
            add(new ContainerChange.PodChanged(
                    occurrence("pod_association"), container(), portfolio.alive(id), portfolio.podOf(id), previous));
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
        Alive known = portfolio.alive(id);
        if (known != null) {
            if (!known.life().covers(event.timeNs())) {
                return;
            }
            if (!known.life().announced() && known.life().canBe(life)) {
                portfolio = portfolio.plus(known.living(known.life().refinedBy(life)));
                return;
            }
            if (!endedByCheckpoint(known)) {
                lostFromNs = known.sinceNs();
                add(new ContainerChange.Died(diedUnseen(known), known, null));
                Unconfirmed.ended(turn, known, event.timeNs(), false);
            }
        }
        boolean wasHidden = portfolio.isHidden(id);
        decide();
        PodRef pod = portfolio.podOf(id);
        if (wasHidden && !hidden && pod != null) {
            // It was a member before anything of it was reported.
            add(new ContainerChange.PodChanged(occurrence("pod_association"), container(), null, pod, null));
        }
        Alive alive = new Alive(container(), life, Status.RUNNING, event.timeNs(), pod);
        portfolio = portfolio.plus(alive).hiding(id, hidden);
        turn.catalog = turn.catalog.reported(id);
        add(new ContainerChange.Started(occurrence(Actions.START), alive));
    }

    /** A checkpoint ends the processes unless they are left running, which only the container itself tells. */
    private void checkpointed() {
        Alive known = portfolio.alive(id);
        if (known != null && answer != null && answer.run() instanceof Run.Ended ended && isBy(ended)) {
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
        EngineEvent ending = turn.catalog.checkpoints().get(id);
        if (ending == null) {
            return false;
        }
        add(new ContainerChange.Died(occurrence(ending, Actions.DIED), known, null));
        return true;
    }

    private void died(@Nullable Integer exitCode) {
        if (Unconfirmed.isEnd(turn, event)) {
            return;
        }
        Alive known = portfolio.alive(id);
        if (known == null) {
            known = unseen(Status.RUNNING);
            if (known == null) {
                return;
            }
        } else if (!isOf(known.life())) {
            return;
        }
        Alive last = known.describedBy(container()).in(portfolio.podOf(id));
        Unconfirmed.ended(turn, last, event.timeNs(), true);
        portfolio = portfolio.minus(id);
        turn.catalog = turn.catalog.ended(id, event.timeNs());
        add(new ContainerChange.Died(occurrence(Actions.DIED), last, exitCode));
    }

    /** The life that was never told to have begun, told now; null if its end was told before. */
    private @Nullable Alive unseen(Status status) {
        Observed shown = answer == null ? turn.catalog.get(id) : answer;
        Long began = shown == null ? null : began(shown.run());
        Long lastEnd = turn.catalog.endedAtNs().get(id);
        boolean ended = lastEnd != null && began != null && began <= lastEnd;
        // A list that is older than the event may show the life before.
        boolean current = answer != null || event.timeNs() < turn.catalog.listedAtNs();
        if (lastEnd != null && (event.timeNs() <= lastEnd || (ended && current))) {
            return null;
        }
        if (ended) {
            began = null;
        }
        boolean logged = began == null && lastEnd == null && turn.catalog.begunNs().containsKey(id);
        if (logged) {
            began = turn.catalog.begunNs().get(id);
        }
        boolean elder = isAtSight(began);
        Origin origin = elder ? Origin.SNAPSHOT : Origin.RECONCILED;
        // At sight it is reported as of now: a start of weeks ago would be deleted from the trail at once by its age.
        long beganNs = began == null ? event.timeNs() : began;
        long startNs = elder ? event.timeNs() : began == null ? GapDetector.unseenNs(turn, beganNs, beganNs) : beganNs;
        PodRef pod = shown == null ? null : shown.pod();
        if (pod != null && portfolio.podOf(id) == null) {
            portfolio = portfolio.associated(id, pod);
            add(new ContainerChange.PodChanged(
                    derived(Actions.CREATE, startNs, origin), container(), null, portfolio.podOf(id), null));
        } else if (!changes.isEmpty() && changes.get(0) instanceof ContainerChange.PodChanged joined) {
            // What was missed of its start is missed of its joining, too.
            changes.set(
                    0,
                    new ContainerChange.PodChanged(
                            derived(Actions.CREATE, startNs, origin),
                            joined.container(),
                            null,
                            joined.pod(),
                            joined.previousPod()));
        }
        Life life = began == null || logged ? Life.fromEvent(beganNs) : Life.exact(beganNs, 0);
        Alive alive = new Alive(container(), life, status, startNs, portfolio.podOf(id));
        lostFromNs = elder ? lostFromNs : beganNs;
        unsure = began == null;
        decide();
        portfolio = portfolio.plus(alive).hiding(id, hidden);
        add(new ContainerChange.Started(derived(Actions.START, startNs, origin), alive));
        if (status == Status.PAUSED) {
            add(new ContainerChange.Paused(derived(Actions.PAUSE, startNs, origin), alive));
        }
        return alive;
    }

    /**
     * Whether the container was there before the trail began; its end can be written a little after the first look. That is
     * later than the beginning if an operator set back from when on the trail is to be told.
     *
     * @param began when its life began; null if nobody tells
     */
    private boolean isAtSight(@Nullable Long began) {
        long floorNs = turn.checkpoint.seen().floorNs();
        boolean elder = began == null || began < floorNs;
        return turn.checkpoint.snapshot() == Checkpoint.Snapshot.RUNNING
                || event.timeNs() < floorNs + turn.options.overlapNs()
                || (elder && event.timeNs() < turn.catalog.sightNs() + turn.options.overlapNs());
    }

    /**
     * Whether the event is part of that life. What comes after a start event in the log is, even if the clock was set back in
     * between; a life known from a list only must be told from the one before by the time.
     */
    private boolean isOf(Life life) {
        return life.announced() || life.covers(event.timeNs());
    }

    /** When the life that a list or an inspect shows began, if the event can be part of it; else null. */
    private @Nullable Long began(Run run) {
        Long startedAtNs = null;
        if (run instanceof Run.Ended ended) {
            startedAtNs = ended.startedAtNs();
        } else if (run instanceof Run.Living living) {
            startedAtNs = living.life().startedAtNs();
        }
        return startedAtNs != null && startedAtNs <= event.timeNs() ? startedAtNs : null;
    }

    private void turned(Status from, Status to) {
        if (Unconfirmed.covers(turn, event)) {
            return;
        }
        Alive known = portfolio.alive(id);
        if (known == null) {
            known = unseen(from);
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
        Alive alive = known.describedBy(container()).turned(to, event.timeNs());
        portfolio = portfolio.plus(alive);
        add(turned(occurrence(event.action()), alive));
    }

    /** Whether the event came before the list from which the life is known, so that the list has shown what it led to. */
    private boolean isListed(Alive known) {
        Long listedNs = turn.catalog.reportedNs().get(id);
        return !known.life().announced() && listedNs != null && event.timeNs() <= listedNs;
    }

    /** Whether the event can't be what a list, asked for a little before it, has shown already. */
    private boolean isLaterThan(Alive known) {
        long shownNs = known.life().announced() ? Long.MIN_VALUE : turn.catalog.listedAtNs() + turn.options.settleNs();
        return event.timeNs() > Math.max(known.sinceNs(), shownNs);
    }

    /** What must have been between two pauses, or two ends of one, told now. */
    private Alive turnedUnseen(Alive known, Status status) {
        lostFromNs = known.sinceNs();
        String action = status == Status.PAUSED ? Actions.PAUSE : Actions.UNPAUSE;
        long timeNs = Math.max(known.sinceNs(), GapDetector.unseenNs(turn, lostFromNs, event.timeNs()));
        Alive between = known.turned(status, timeNs);
        add(turned(derived(action, timeNs, Origin.RECONCILED), between));
        return between;
    }

    private static ContainerChange turned(Occurrence occurrence, Alive alive) {
        return alive.status() == Status.PAUSED
                ? new ContainerChange.Paused(occurrence, alive)
                : new ContainerChange.Unpaused(occurrence, alive);
    }

    /** @return false if the event is to come once more, after the death that must come before it */
    private boolean removed() {
        Alive known = portfolio.alive(id);
        if (known != null && known.life().covers(event.timeNs())) {
            if (!replayed && !turn.history.isBlind()) {
                // Its death must come first; if history has it, a replay brings it, and then this event again.
                Rounds.want(turn, true);
                return false;
            }
            if (!endedByCheckpoint(known)) {
                lostFromNs = known.sinceNs();
                add(new ContainerChange.Died(diedUnseen(known), known, null));
            }
            portfolio = portfolio.minus(id);
        }
        other(false);
        PodRef previous = portfolio.podOf(id);
        if (previous != null && !Unconfirmed.isRemoved(turn.checkpoint, event)) {
            portfolio = portfolio.associated(id, null);
            add(new ContainerChange.PodChanged(occurrence("pod_association"), container(), null, null, previous));
        }
        turn.catalog = turn.catalog.minus(id);
        return true;
    }

    private void renamed() {
        String name = Attributes.name(event);
        Observed shown = turn.catalog.get(id);
        Alive alive = portfolio.alive(id);
        if (name != null && shown != null) {
            turn.catalog = turn.catalog.plus(new Observed(shown.container().renamed(name), shown.pod(), shown.run()));
        }
        if (name != null && alive != null) {
            portfolio = portfolio.plus(alive.describedBy(alive.container().renamed(name)));
        }
        other(true);
    }

    private void other(boolean always) {
        if (always || turn.options.actions().include(event.action())) {
            add(new ContainerChange.Other(
                    occurrence(event.action()), container(), portfolio.alive(id), portfolio.podOf(id)));
        }
    }

    /**
     * The container described as well as it can be. What a list or an inspect answers is of now, and the container may
     * have been renamed since: its name at the time of the event is the event's.
     */
    private Container container() {
        Container described = described();
        String name = Attributes.name(event);
        return name == null || name.equals(described.name()) ? described : described.renamed(name);
    }

    private Container described() {
        Alive alive = portfolio.alive(id);
        Container earlier =
                alive != null && !alive.container().isUnknown() ? alive.container() : turn.catalog.container(id);
        if (answer != null) {
            return earlier == null ? answer.container() : answer.container().completedBy(earlier);
        }
        if (earlier == null || earlier.isUnknown()) {
            return Attributes.container(event);
        }
        boolean justListed = event.timeNs() < turn.catalog.listedAtNs();
        return justListed ? earlier : earlier.from(Detail.REMEMBERED);
    }

    private Occurrence derived(String action, long timeNs, Origin origin) {
        return new Occurrence(EventId.derived(action, event.id()), timeNs, origin, action);
    }

    /** The end that must have been before this event. */
    private Occurrence diedUnseen(Alive known) {
        long timeNs = Math.max(known.sinceNs(), GapDetector.unseenNs(turn, lostFromNs, event.timeNs()));
        return derived(Actions.DIED, timeNs, Origin.RECONCILED);
    }

    private Occurrence occurrence(String what) {
        return occurrence(event, what);
    }

    private Occurrence occurrence(EngineEvent event, String what) {
        boolean own = what.equals(event.action());
        EventId eventId = own ? event.id() : EventId.derived(what, event.id());
        boolean live = turn.link instanceof Link.Linked linked && event.timeNs() >= linked.sinceNs();
        return new Occurrence(eventId, event.timeNs(), live ? Origin.LIVE : Origin.REPLAY, event.action());
    }
}
