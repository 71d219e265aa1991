package io.github.sealwatcher.watch;

import io.github.sealwatcher.model.ContainerChange;
import io.github.sealwatcher.model.ContainerId;
import io.github.sealwatcher.model.EngineEvent;
import io.github.sealwatcher.model.Life;
import io.github.sealwatcher.model.LiveContainer;
import io.github.sealwatcher.model.ObservedContainer;
import io.github.sealwatcher.model.Origin;
import io.github.sealwatcher.model.PodRef;
import io.github.sealwatcher.model.Status;
import io.github.sealwatcher.watch.state.Actions;
import io.github.sealwatcher.watch.state.QueueItem;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Applies one container event: changes what is known, and reports it. */
final class EventApplier {

    private final AppliedEvent applied;
    private final StepContext context;
    private final EngineEvent event;
    private final boolean replayed;
    private final boolean behind;
    private final boolean inTrail;
    private final ContainerId id;
    private final @Nullable ObservedContainer answer;

    /** @param answer what was asked for this event; null if nothing was, or the container is gone */
    EventApplier(StepContext context, QueueItem.Event item, @Nullable ObservedContainer answer) {
        this.applied = new AppliedEvent(context, item.event(), answer);
        this.context = context;
        this.event = item.event();
        this.replayed = item.replayed();
        this.behind = item.behind();
        this.inTrail = item.inTrail();
        this.answer = answer;
        this.id = applied.id;
    }

    void apply() {
        if (LaterLife.isHeld(context, event, replayed, answer)) {
            return;
        }
        if (!inTrail && TrailBegin.isShown(context, event, answer)) {
            context.applied(event, true);
            return;
        }
        boolean repeatable = isRepeatable();
        if (!UnconfirmedLives.isRemoved(context.checkpoint, event)
                && !context.cache.isFromBeforeItVanished(id, event.timeNs())) {
            join();
        }
        if (!change()) {
            return;
        }
        if (!applied.reportLoss()) {
            return;
        }
        context.checkpoint = context.checkpoint.with(applied.portfolio);
        OutlivedLives.reported(context, id);
        context.applied(event, repeatable);
        if (!applied.changes.isEmpty()) {
            context.emit(List.of(), applied.changes);
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
            case Actions.PAUSE -> {
                return pauseChanged(Status.RUNNING, Status.PAUSED);
            }
            case Actions.UNPAUSE -> {
                return pauseChanged(Status.PAUSED, Status.RUNNING);
            }
            case Actions.REMOVE -> {
                return removed();
            }
            case Actions.RENAME -> renamed();
            default -> other(false);
        }
        return true;
    }

    /** Whether applying it twice would report something twice. */
    private boolean isRepeatable() {
        String action = event.action();
        return Actions.CHANGING.contains(action)
                || action.equals(Actions.RENAME)
                || (Actions.NAMING_POD.contains(action) && isMember())
                || (action.equals(Actions.REMOVE) && (isMember() || applied.portfolio.alive(id) != null))
                || context.options.actions().include(action);
    }

    private boolean isMember() {
        return Attributes.podId(event) != null || applied.portfolio.members().containsKey(id);
    }

    private void join() {
        String podId = Actions.NAMING_POD.contains(event.action()) ? Attributes.podId(event) : null;
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
        if (UnconfirmedLives.isStart(context, event, replayed)
                || (applied.portfolio.alive(id) == null && context.cache.isFromBeforeItVanished(id, event.timeNs()))) {
            return;
        }
        boolean restored = event.action().equals(Actions.RESTORE);
        Life life = UnconfirmedLives.begunBy(context, event);
        if (LaterLife.isReported(context, event, answer)) {
            return;
        }
        Life shown = answer == null ? null : answer.life();
        LiveContainer known = applied.portfolio.alive(id);
        boolean last = context.queue.boundAfter(event) == null;
        // A container that was started once more before it was asked for shows its next life: by its time, or by the
        // log.
        boolean own = !restored && !isSetBackSinceOpened() && OwnStart.is(applied, known, life, last);
        boolean isNext = own && known != null && shown != null && shown.isOtherProcess(known.life());
        if (shown != null
                && last
                && !isNext
                && (restored || (shown.covers(event.timeNs()) && life.canBe(shown)))
                && !isOfOther(known, shown, restored)) {
            life = life.refinedBy(shown);
        }
        if (known != null) {
            // Which life a restore continues, only what is shown tells, or the checkpoint that is known to stand before
            // it.
            boolean first = restored && context.cache.checkpoint(id) == null;
            // What begins behind the known life and ends in the log, too, is not what is shown.
            boolean canBeShown = restored ? first : last || !behind;
            boolean still = canBeShown && LastLife.isStill(known.life(), shown);
            if ((still && (known.life().announced() || !own))
                    || (replayed && LastLife.isBeforeListed(context, known, life))) {
                return;
            }
            if (!known.life().covers(event.timeNs()) && !isBehind(known.life()) && !isOfNext(known.life())) {
                return;
            }
            if (own || (first && OwnStart.is(applied, known, life, last))) {
                applied.portfolio =
                        applied.portfolio.plus(known.withLife(known.life().refinedBy(life)));
                if (event.timeNs() < context.checkpoint.dedupWindow().beginNs()) {
                    context.cache = context.cache.begunBeforeTrail(id, event.timeNs());
                }
                UnconfirmedLives.passed(context, id, replayed);
                return;
            }
            if (!applied.endedByCheckpoint(known, Long.MAX_VALUE)) {
                applied.lostFromNs = LossTimes.aliveUntilNs(context, known);
                applied.add(new ContainerChange.Died(applied.diedUnseen(known), known, null));
                UnconfirmedLives.ended(context, known, event.timeNs(), false);
            }
        }
        applied.decide(applied.occurrence("pod_association"));
        PodRef pod = applied.portfolio.podOf(id);
        LiveContainer alive = new LiveContainer(applied.container(), life, Status.RUNNING, event.timeNs(), pod);
        applied.portfolio = applied.portfolio.plus(alive);
        context.cache = context.cache.reported(id).begunInTrail(id);
        UnconfirmedLives.passed(context, id, replayed);
        applied.add(new ContainerChange.Started(applied.occurrence(Actions.START), alive));
    }

    /** Whether another life than that which the event began is shown. */
    private boolean isOfOther(@Nullable LiveContainer known, Life shown, boolean restored) {
        if (known == null || known.life().announced()) {
            return false;
        }
        // A restored life shows an earlier start.
        return restored ? known.life().isOtherProcess(shown) && !shown.covers(event.timeNs()) : isNearer(known, shown);
    }

    /** Whether the event can be the start of the known life, and that began later than the one that is shown. */
    private boolean isNearer(LiveContainer known, Life shown) {
        return known.life().covers(event.timeNs())
                && known.life().canBe(UnconfirmedLives.begunBy(event))
                && known.life().startedAtNs() > shown.startedAtNs();
    }

    /** Whether another life, which began with the event, is shown instead: the clock was set back in between. */
    private boolean isOfNext(Life life) {
        Life shown = LastLife.of(answer);
        boolean other = shown != null && (shown.isOtherProcess(life) || (shown.pid() == 0 && !shown.canBe(life)));
        return shown != null && other && shown.canBe(UnconfirmedLives.begunBy(event));
    }

    /** Whether the container, asked for after the event, still lives that life, and nothing follows: then another one ended. */
    private boolean isOutlived(Life life) {
        return replayed
                && event.action().equals(Actions.DIED)
                && context.queue.boundAfter(event) == null
                && LastLife.isStill(life, answer == null ? null : answer.life());
    }

    /** Whether the event came behind the start of that life: by its place in the log, or as only a step of the clock explains it. */
    private boolean isBehind(Life life) {
        return (life.announced() && (behind || (!replayed && context.eventLog.isReadable()))) || isSetBackSinceOpened();
    }

    /** A checkpoint ends the processes unless they are left running, which only a look-up shows. */
    private void checkpointed() {
        EngineEvent next = context.queue.boundAfter(event);
        boolean restored = next != null && next.action().equals(Actions.RESTORE);
        if (applied.isWentOn() || (restored && applied.isBeforeFirstList())) {
            other(false);
            return;
        }
        boolean runs = next != null && next.action().equals(Actions.DIED);
        if (restored
                || applied.isOfUnknownBeforeStart()
                || applied.isShownRestored()
                || (!runs && applied.isShownEnded() && !applied.isEndStillToCome(replayed))) {
            died(null);
        } else {
            // It is left running, or what it did next came before the answer: then a later event shows it.
            LiveContainer known = applied.portfolio.alive(id);
            if (known == null && !UnconfirmedLives.covers(context, event, replayed)) {
                known = InferredLife.report(applied, Status.RUNNING, replayed);
            }
            ListedLife.checkpointed(context, known, event);
        }
        other(false);
    }

    private void died(@Nullable Integer exitCode) {
        if (UnconfirmedLives.isEnd(context, event, replayed, answer == null ? context.cache.get(id) : answer)) {
            return;
        }
        LiveContainer known = applied.aliveThen(replayed);
        if (known == null) {
            known = InferredLife.report(applied, Status.RUNNING, replayed);
            if (known == null) {
                context.cache = context.cache.hasEndedOnceMore(id, event.timeNs())
                        ? context.cache.missed(id, event.timeNs())
                        : context.cache;
                return;
            }
        } else if (!isOf(known.life()) || isOutlived(known.life())) {
            return;
        } else if (!isSetBackSinceOpened() && EarlierEnd.is(context, known, event, answer)) {
            // What begins next in the log is the known life, whose start an earlier one was taken for.
            applied.portfolio =
                    applied.portfolio.plus(known.withLife(known.life().unannounced()));
            context.cache = context.cache.begunInTrail(id);
            return;
        }
        LiveContainer last = known.describedBy(applied.container()).inPod(applied.portfolio.podOf(id));
        UnconfirmedLives.ended(context, last, event.timeNs(), true);
        applied.portfolio = applied.portfolio.minus(id);
        context.cache = context.cache.endedBy(id, event.timeNs(), last.life());
        applied.add(new ContainerChange.Died(applied.occurrence(Actions.DIED), last, exitCode));
    }

    /**
     * Whether the event is part of that life. What comes after a start event in the log is, even if the clock was set back in
     * between; a life known from a list only must be distinguished from the one before by the time.
     */
    private boolean isOf(Life life) {
        // A stream brings only what comes after a life that seems to be yet to come, or may have seemed so when it was
        // written, once the clock was set back.
        long nowNs =
                context.clockSetBackNs > 0 ? context.hostEarliestNs() - GapDetector.LATE_NS : context.hostLatestNs();
        boolean ahead = (!replayed && life.startedAtNs() > nowNs) || isSetBackSinceOpened();
        return life.announced() || life.covers(event.timeNs()) || ahead;
    }

    private boolean isSetBackSinceOpened() {
        return !replayed && StepBetweenAnswers.isSetBackSinceOpened(context, event);
    }

    /** @return false if the event is to come once more, behind what the log that cannot be read holds of before it */
    private boolean pauseChanged(Status from, Status to) {
        boolean ofKnown = isBehindKnownStart() || (from == Status.PAUSED && applied.isPauseRead());
        if (!ofKnown && UnconfirmedLives.covers(context, event, replayed)) {
            return true;
        }
        LiveContainer known = applied.aliveThen(replayed);
        if (known == null) {
            known = InferredLife.report(applied, from, replayed);
        }
        if (known == null || !isOf(known.life()) || ListedLife.isTurnShown(context, known, event, from, answer)) {
            return true;
        }
        if (known.status() == to) {
            if (!applied.isNextHeard(known, replayed)
                    && !ListedLife.isLater(context, known, event.timeNs())
                    && !ListedLife.isTurningSuspected(context, known, event)) {
                // What it turns stands in the log that cannot be read, which brings both in their order.
                return replayed || !context.eventLog.isBlind();
            }
            known = pauseChangedUnseen(known, from);
        }
        // Whatever is paused was left running by a checkpoint before.
        context.cache = context.cache.wentOn(id);
        LiveContainer alive = known.describedBy(applied.container()).withStatus(to, event.timeNs());
        applied.portfolio = applied.portfolio.plus(alive);
        applied.add(AppliedEvent.pauseChanged(applied.occurrence(event.action()), alive));
        return true;
    }

    /** Whether it comes after the start event of the known life: then it is of no life before, whatever it is stamped. */
    private boolean isBehindKnownStart() {
        LiveContainer known = applied.portfolio.alive(id);
        return known != null && known.life().announced() && (behind || !replayed);
    }

    /** Reports what must have been between two pauses, or two ends of one. */
    private LiveContainer pauseChangedUnseen(LiveContainer known, Status status) {
        applied.lostFromNs = LossTimes.aliveUntilNs(context, known);
        String action = status == Status.PAUSED ? Actions.PAUSE : Actions.UNPAUSE;
        long timeNs = Math.max(known.sinceNs(), LossTimes.unseenNs(context, applied.lostFromNs, event.timeNs()));
        LiveContainer between = known.withStatus(status, timeNs);
        applied.add(AppliedEvent.pauseChanged(applied.derived(action, timeNs, Origin.RECONCILED), between));
        return between;
    }

    /** @return false if the event is to come once more, after the death that must come before it */
    private boolean removed() {
        LiveContainer known = applied.portfolio.alive(id);
        if (known != null && isOf(known.life())) {
            if (!replayed && !context.eventLog.isBlind()) {
                // Its death must come first; if the log has it, a replay returns it, and then this event again.
                context.queue = context.queue.holding(event);
                ResyncRequests.request(context, true);
                return false;
            }
            if (!applied.endedByCheckpoint(known, Long.MAX_VALUE)) {
                applied.lostFromNs = LossTimes.aliveUntilNs(context, known);
                applied.add(new ContainerChange.Died(applied.diedUnseen(known), known, null));
                UnconfirmedLives.ended(context, known, event.timeNs(), false);
            }
            applied.portfolio = applied.portfolio.minus(id);
        }
        other(false);
        PodRef previous = applied.portfolio.podOf(id);
        if (previous != null && !UnconfirmedLives.isRemoved(context.checkpoint, event)) {
            applied.portfolio = applied.portfolio.associated(id, null);
            applied.add(new ContainerChange.PodChanged(
                    applied.occurrence("pod_association"), applied.container(), null, null, previous));
        }
        if (previous != null || Attributes.podId(event) != null) {
            // While the log cannot be read it may still bring that it joined.
            UnconfirmedLives.removed(context, id, event.timeNs());
        }
        OutlivedLives.removed(context, id, applied.portfolio);
        return true;
    }

    private void renamed() {
        String name = Attributes.name(event);
        ObservedContainer shown = context.cache.get(id);
        LiveContainer alive = applied.portfolio.alive(id);
        if (name != null && shown != null) {
            context.cache = context.cache.plus(
                    new ObservedContainer(shown.container().renamed(name), shown.pod(), shown.state()));
        }
        if (name != null && alive != null) {
            applied.portfolio =
                    applied.portfolio.plus(alive.describedBy(alive.container().renamed(name)));
        }
        other(true);
    }

    private void other(boolean always) {
        // Its end was reported since, with the gap in which this was lost.
        boolean passed =
                applied.portfolio.alive(id) == null && context.cache.isFromBeforeItVanished(id, event.timeNs());
        if (!passed && (always || context.options.actions().include(event.action()))) {
            applied.add(new ContainerChange.Other(
                    applied.occurrence(event.action()),
                    applied.container(),
                    applied.portfolio.alive(id),
                    applied.portfolio.podOf(id)));
        }
    }
}
