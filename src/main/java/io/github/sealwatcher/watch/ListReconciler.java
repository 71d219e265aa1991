package io.github.sealwatcher.watch;

import io.github.sealwatcher.model.Container;
import io.github.sealwatcher.model.ContainerChange;
import io.github.sealwatcher.model.ContainerId;
import io.github.sealwatcher.model.EngineEvent;
import io.github.sealwatcher.model.EventId;
import io.github.sealwatcher.model.Life;
import io.github.sealwatcher.model.LiveContainer;
import io.github.sealwatcher.model.ObservedContainer;
import io.github.sealwatcher.model.Occurrence;
import io.github.sealwatcher.model.Origin;
import io.github.sealwatcher.model.PodRef;
import io.github.sealwatcher.model.RunState;
import io.github.sealwatcher.model.Status;
import io.github.sealwatcher.watch.checkpoint.Checkpoint;
import io.github.sealwatcher.watch.checkpoint.Portfolio;
import io.github.sealwatcher.watch.state.Actions;
import io.github.sealwatcher.watch.state.Difference;
import io.github.sealwatcher.watch.state.QueueItem;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reports what a list shows and no event did. */
final class ListReconciler {

    /** In place of an action of Podman's: the container is alive, and no longer reported. */
    private static final String FILTERED = "filtered";

    private final StepContext context;
    private final Origin origin;
    private final long askedAtNs;
    /** The time of a change whose time is unknown: in the gap in which it was lost. */
    private final long unseenNs;

    /** Up to when what is alive is reported as it is found. */
    private final long beganNs;

    private final @Nullable ObservedContainer answer;
    private final List<ContainerChange> changes = new ArrayList<>();
    private Portfolio portfolio;
    /** Whether the filter leaves out what is found to be changed. */
    private boolean hidden;

    private ListReconciler(StepContext context, QueueItem.Report item, @Nullable ObservedContainer answer) {
        this.context = context;
        this.origin = item.origin();
        this.askedAtNs = ListedLife.seenNs(item);
        this.unseenNs = origin == Origin.RECONCILED ? inGap(askedAtNs) : askedAtNs;
        this.beganNs = item.beganNs();
        this.answer = answer;
        this.portfolio = context.checkpoint.portfolio();
    }

    static void reconcile(StepContext context, QueueItem.Report item, @Nullable ObservedContainer answer) {
        new ListReconciler(context, item, answer).reconcile(item.difference());
    }

    private void reconcile(Difference difference) {
        ContainerId of = difference.id();
        if (origin == Origin.SNAPSHOT && difference instanceof Difference.Appeared appeared && isLater(appeared)) {
            // Its own start event is still to come, and before it the end of the life that the trail began with.
            context.resyncRequested = true;
            context.emitAbsent(Set.of(of));
            return;
        }
        if (difference instanceof Difference.Appeared appeared && isOtherLife(appeared)) {
            // The next list is compared with what the inspect shows: then the end of the known life comes first.
            context.resyncRequested = true;
            return;
        }
        hidden = portfolio.isHidden(of);
        if (difference instanceof Difference.Joined joined) {
            joined(joined);
        } else if (difference instanceof Difference.Appeared appeared) {
            PodRef pod = appeared.listed().pod();
            if (pod != null && !pod.id().equals(portfolio.members().get(of))) {
                joined(new Difference.Joined(appeared.listed(), pod));
            }
            appeared(appeared.listed(), appeared.live());
        } else if (difference instanceof Difference.Replaced replaced) {
            Life between = OutlivedLives.behind(context, replaced.known());
            Life next = between == null ? replaced.live().life() : between;
            long startedNs = asInspected(replaced.live().life()).startedAtNs();
            // What happened in the second in which the life between began can be of the known one.
            long untilNs = between == null ? startedNs : Math.min(between.beforeNs(), startedNs);
            UnconfirmedLives.ended(context, replaced.known(), untilNs, false);
            add(new ContainerChange.Died(
                    deathUnseen(replaced.known(), notAhead(next.startedAtNs())), replaced.known(), null));
            appeared(replaced.listed(), replaced.live());
        } else if (difference instanceof Difference.Vanished vanished) {
            vanished(vanished.known(), vanished.listed());
        } else if (difference instanceof Difference.PauseChanged changed) {
            pauseChanged(changed.known(), changed.live().status());
        } else if (difference instanceof Difference.Left left) {
            left(left.id(), left.pod());
        } else if (difference instanceof Difference.Revealed revealed) {
            revealed(revealed.listed());
        } else if (difference instanceof Difference.Concealed concealed) {
            concealed(concealed.id());
        }
        context.checkpoint = context.checkpoint.with(portfolio);
        OutlivedLives.reported(context, of);
        // What another filter reveals may be of the trail, and newly belongs to it in any case.
        boolean silent = origin == Origin.SNAPSHOT
                && context.options.snapshot() == Options.SnapshotMode.NO_DATA
                && !(difference instanceof Difference.Revealed);
        if (!silent) {
            context.emit(List.of(), changes);
        }
    }

    /** Whether the life began after the trail did, although a list rounds that down to before it: by the log or an inspect. */
    private boolean isLater(Difference.Appeared appeared) {
        ContainerId id = appeared.id();
        Life shown = answer == null ? null : answer.life();
        return portfolio.alive(id) == null
                && (ListedLife.isBehindLogged(context, id, appeared.live().life())
                        || (shown != null
                                && shown.precision() == Life.Precision.EXACT
                                && !context.cache.isStartedBeforeTrail(id, shown)
                                && shown.startedAtNs()
                                        >= Math.max(
                                                context.checkpoint.dedupWindow().beginNs(), beganNs)));
    }

    /** Whether what is to be reported again is not the known life: an inspect tells two of one second apart. */
    private boolean isOtherLife(Difference.Appeared appeared) {
        LiveContainer known = portfolio.alive(appeared.id());
        return known != null && !known.life().canBe(asInspected(appeared.live().life()));
    }

    /** When it was seen, or began soon after; what seems yet to come was so before the host's clock was set back. */
    private long atSight(long timeNs) {
        return timeNs > context.hostLatestNs() ? askedAtNs : Math.max(askedAtNs, timeNs);
    }

    private long inGap(long timeNs) {
        Checkpoint.Gap gap = context.checkpoint.gap();
        return gap == null ? timeNs : Math.max(gap.fromNs(), Math.min(gap.toNs(), timeNs));
    }

    /** In the gap, and not later than the list: what seems yet to come was so before the host's clock was set back. */
    private long notAhead(long timeNs) {
        return inGap(Math.min(timeNs, askedAtNs));
    }

    /** A list rounds down to the second, and a restored life shows the start of an earlier one. */
    private long startNs(ContainerId id, @Nullable Life life) {
        if (life == null) {
            return unseenNs;
        }
        return origin == Origin.RECONCILED
                ? notAhead(context.shownStartNs(id, life.startedAtNs(), askedAtNs))
                : life.startedAtNs();
    }

    private void add(ContainerChange change) {
        if (!hidden) {
            changes.add(change);
        }
    }

    /** The filter decides at the start of a life, and of a membership. */
    private void decide(Container container) {
        hidden = !context.options.filter().accepts(container);
        portfolio = portfolio.hiding(container.id(), hidden);
    }

    /** A death of which neither the moment nor the exit code is known; it was before {@code byNs}. */
    private Occurrence deathUnseen(LiveContainer known, long byNs) {
        Life life = known.life();
        long timeNs = Math.max(byNs, context.sinceNs(known));
        return new Occurrence(id("died", known.id(), life.startedAtNs()), timeNs, Origin.RECONCILED, Actions.DIED);
    }

    private void revealed(ObservedContainer listed) {
        ContainerId id = listed.id();
        hidden = false;
        portfolio = portfolio.hiding(id, false);
        PodRef pod = portfolio.podOf(id);
        if (pod != null) {
            add(new ContainerChange.PodChanged(
                    occurrence("joined", Actions.CREATE, askedAtNs, id, pod.id()),
                    listed.container(),
                    portfolio.alive(id),
                    pod,
                    null));
        }
        LiveContainer known = portfolio.alive(id);
        if (known != null) {
            Life life = asInspected(known.life());
            LiveContainer alive =
                    known.describedBy(container(listed.container())).withLife(life);
            portfolio = portfolio.plus(alive);
            started(alive, atSight(life.startedAtNs()));
        }
    }

    private void concealed(ContainerId id) {
        LiveContainer known = portfolio.alive(id);
        if (known != null) {
            long timeNs = Math.max(askedAtNs, known.sinceNs());
            add(new ContainerChange.Died(
                    new Occurrence(id("filtered", id, known.life().startedAtNs()), timeNs, origin, FILTERED),
                    known,
                    null));
        }
        PodRef pod = portfolio.podOf(id);
        if (pod != null) {
            // It joins again if a later filter shows it.
            long timeNs = known == null ? askedAtNs : Math.max(askedAtNs, known.sinceNs());
            ObservedContainer listed = context.cache.get(id);
            Container container = listed == null ? Container.unknown(id) : listed.container();
            Occurrence at = new Occurrence(id("concealed", id, pod.id()), timeNs, origin, FILTERED);
            add(FilterDiff.associated(at, container, pod, true));
        }
        portfolio = portfolio.hiding(id, true);
    }

    private void joined(Difference.Joined joined) {
        ContainerId id = joined.id();
        boolean unknown = portfolio.alive(id) == null && !portfolio.members().containsKey(id);
        PodRef previous = portfolio.podOf(id);
        portfolio = portfolio.associated(id, joined.pod());
        if (unknown) {
            decide(container(joined.listed().container()));
        }
        // Its start, if that is still to be reported too, comes later than that.
        boolean starts = portfolio.alive(id) == null && joined.listed().life() != null;
        long timeNs = starts && origin == Origin.RECONCILED
                ? Math.min(unseenNs, startNs(id, joined.listed().life()))
                : joinNs(id, joined.listed().state());
        add(new ContainerChange.PodChanged(
                occurrence("joined", Actions.CREATE, timeNs, id, joined.pod().id()),
                joined.listed().container(),
                portfolio.alive(id),
                portfolio.podOf(id),
                previous));
    }

    /** The events of its last life, if they are still to come, come later than its join; what could be read has come. */
    private long joinNs(ContainerId id, RunState state) {
        boolean read = origin == Origin.RECONCILED && context.eventLog.isReadable();
        if (read || !(state instanceof RunState.Ended ended) || ended.endedAtNs() == null) {
            return unseenNs;
        }
        long timeNs = Math.min(Math.min(ended.startedAtNs(), ended.endedAtNs()), unseenNs);
        return origin == Origin.SNAPSHOT
                ? Math.max(beganNs, timeNs)
                : inGap(context.shownStartNs(id, timeNs, unseenNs));
    }

    /** A life that a list shows, as exactly as an inspect does; once it is believed, nothing else began in that second. */
    private Life asInspected(Life listed) {
        Life shown = answer == null ? null : origin == Origin.RECONCILED ? LastLife.of(answer) : answer.life();
        return shown != null && listed.canBe(shown) ? listed.refinedBy(shown) : listed;
    }

    private void appeared(ObservedContainer listed, RunState.Live live) {
        Life life = asInspected(live.life());
        // A log that could not be read since the clock was set back, or was never read, can still bring its start
        // event.
        boolean unread =
                context.eventLog.isBlind() && (context.clockSetBackNs > 0 || context.checkpoint.newestEvent() == null);
        boolean ahead = life.startedAtNs() > context.hostLatestNs();
        if (context.cache.isStartedBeforeTrail(listed.id(), life) || (ahead && !unread)) {
            // Its start event stands in the log, before the trail, or from before the host's clock was set back.
            life = life.announcedAlready();
        }
        ContainerId id = listed.id();
        // Reported at first sight: a start of weeks ago would be deleted from the trail at once by its age.
        long timeNs =
                origin == Origin.SNAPSHOT ? context.behindEnd(id, atSight(life.startedAtNs())) : startNs(id, life);
        LiveContainer reported = portfolio.alive(id);
        // Reported again, it comes after what its events said.
        timeNs = reported == null || !reported.life().canBe(life)
                ? timeNs
                : Math.max(timeNs, atSight(reported.sinceNs()));
        long sinceNs = live.status() == Status.PAUSED ? unseenNs : ahead ? timeNs : ListedLife.beganNs(life, answer);
        LiveContainer alive =
                new LiveContainer(container(listed.container()), life, live.status(), sinceNs, portfolio.podOf(id));
        portfolio = portfolio.plus(alive);
        context.cache = context.cache.reported(id);
        EngineEvent checkpoint = context.cache.checkpoint(id);
        if (checkpoint != null && checkpoint.timeNs() <= timeNs) {
            // It is alive behind that, or again.
            context.cache = context.cache.wentOn(id);
        }
        if (reported == null || !reported.life().canBe(life)) {
            boolean wasHidden = hidden;
            decide(alive.container());
            PodRef pod = alive.pod();
            if (pod != null && hidden != wasHidden) {
                Occurrence at = occurrence(hidden ? "left" : "joined", Actions.CREATE, timeNs, id, pod.id());
                changes.add(FilterDiff.associated(at, alive.container(), pod, hidden));
            }
        }
        started(alive, timeNs);
    }

    private void started(LiveContainer alive, long timeNs) {
        ContainerId id = alive.id();
        // A restored life shows the start time of an earlier one.
        String life = alive.life().startedAtNs() + " " + alive.life().pid();
        add(new ContainerChange.Started(occurrence("started", Actions.START, timeNs, id, life), alive));
        if (alive.isPaused()) {
            add(new ContainerChange.Paused(occurrence("paused", Actions.PAUSE, timeNs, id, life), alive));
        }
    }

    private void vanished(LiveContainer known, @Nullable ObservedContainer listed) {
        // A container that was started again before it was asked for shows its next life.
        ObservedContainer shown = answer != null && answer.state() instanceof RunState.Ended ? answer : listed;
        RunState.Ended asked = LastLife.endOf(known.life(), shown);
        RunState.Ended end = listed == null && answer == null ? context.cache.shownEnd(known) : asked;
        Long endedAtNs = end == null ? null : end.endedAtNs();
        Integer exitCode = end == null ? null : end.exitCode();
        LiveContainer last = listed == null ? known : known.describedBy(container(listed.container()));
        EngineEvent checkpoint = shown != null && shown.state() instanceof RunState.Ended ended
                ? context.cache.checkpointThatEnded(known.id(), ended)
                : null;
        if (checkpoint != null) {
            portfolio = portfolio.minus(known.id());
            context.cache = context.cache.ended(known.id(), checkpoint.timeNs());
            UnconfirmedLives.ended(context, last, checkpoint.timeNs(), true);
            add(new ContainerChange.Died(context.occurrence(checkpoint, Actions.DIED), last, null));
            return;
        }
        Life next = OutlivedLives.later(context, known, shown);
        long byNs = next == null ? askedAtNs : Math.min(askedAtNs, next.beforeNs());
        long latestNs = next == null ? unseenNs : Math.min(unseenNs, Math.min(byNs, next.startedAtNs()));
        if (listed == null && next == null) {
            latestNs = Math.min(latestNs, leftNs(known.id()));
        }
        long timeNs = endedAtNs == null ? latestNs : endedAtNs;
        portfolio = portfolio.minus(known.id());
        long knownNs = endedAtNs == null ? Math.max(timeNs, byNs) : timeNs;
        // Nobody had it here by now: whatever the log of its own host holds of before is of before it was gone.
        long goneNs = next == null ? Math.max(knownNs, context.hostEarliestNs()) : knownNs;
        // What a list showed to have ended did not go with its host.
        boolean gone = listed == null && end == null;
        context.cache = gone
                ? context.cache.vanished(known.id(), goneNs, known.life())
                : context.cache.ended(known.id(), knownNs);
        UnconfirmedLives.endedUnseen(context, last, Math.max(timeNs, byNs), endedAtNs);
        if (context.eventLog.isReadable() && (gone || (listed != null && listed.state() instanceof RunState.Live))) {
            UnconfirmedLives.goesOn(context, last, listed == null ? goneNs : Math.max(timeNs, askedAtNs));
        }
        if (gone && next == null) {
            UnconfirmedLives.removed(context, known.id(), askedAtNs);
        } else if (listed == null) {
            UnconfirmedLives.removedLater(context, known.id(), askedAtNs);
        }
        add(new ContainerChange.Died(deathUnseen(known, timeNs), last, exitCode));
    }

    private void pauseChanged(LiveContainer known, Status status) {
        LiveContainer alive = known.withStatus(status, unseenNs);
        portfolio = portfolio.plus(alive);
        boolean paused = status == Status.PAUSED;
        Occurrence occurrence = occurrence(
                paused ? "paused" : "unpaused",
                paused ? Actions.PAUSE : Actions.UNPAUSE,
                unseenNs,
                known.id(),
                unseenNs);
        add(paused ? new ContainerChange.Paused(occurrence, alive) : new ContainerChange.Unpaused(occurrence, alive));
    }

    private void left(ContainerId id, PodRef pod) {
        portfolio = portfolio.associated(id, null);
        UnconfirmedLives.removed(context, id, askedAtNs);
        add(new ContainerChange.PodChanged(
                occurrence("left", Actions.REMOVE, leftNs(id), id, pod.id()), Container.unknown(id), null, null, pod));
    }

    /** As early as it can be gone: if it is back with its host, what was not read of it yet is later than that. */
    private long leftNs(ContainerId id) {
        return Math.min(unseenNs, context.shownStartNs(id, inGap(context.cache.agreedNs()), askedAtNs));
    }

    private Container container(Container listed) {
        return answer == null ? listed : answer.container().completedBy(listed);
    }

    private Occurrence occurrence(String what, String action, long timeNs, ContainerId id, Object distinction) {
        return new Occurrence(id(what, id, distinction), timeNs, origin, action);
    }

    /** Rounds of a trail that infer anything are counted, so what is inferred twice, for two reasons, has two ids. */
    private EventId id(String what, ContainerId of, Object distinction) {
        long beginNs = context.checkpoint.dedupWindow().beginNs();
        return EventId.derived("inferred", what, of, distinction, beginNs, context.checkpoint.inferred());
    }
}
