package io.github.sealwatcher.watch;

import io.github.sealwatcher.model.Container;
import io.github.sealwatcher.model.ContainerChange;
import io.github.sealwatcher.model.ContainerFilter;
import io.github.sealwatcher.model.ContainerId;
import io.github.sealwatcher.model.DetailSource;
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
import io.github.sealwatcher.watch.checkpoint.Portfolio;
import io.github.sealwatcher.watch.state.Actions;
import io.github.sealwatcher.watch.state.Connection;
import io.github.sealwatcher.watch.state.QueueItem;
import io.github.sealwatcher.watch.state.ResyncPhase;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One container event while it is applied: what it is about, what was known before, and what it has led to so far. */
final class AppliedEvent {

    final StepContext context;
    final EngineEvent event;
    final ContainerId id;
    final @Nullable ObservedContainer answer;
    final List<ContainerChange> changes = new ArrayList<>();
    Portfolio portfolio;
    /** Whether the filter leaves out what is found to be changed. */
    boolean hidden;
    /** From when on the log must have lost something for this event to be what it is; else the greatest value. */
    long lostFromNs = Long.MAX_VALUE;
    /** Whether that can as well be earlier, because it is unknown when the life began. */
    boolean startUnknown;

    /** @param answer what was asked for this event; null if nothing was, or the container is gone */
    AppliedEvent(StepContext context, EngineEvent event, @Nullable ObservedContainer answer) {
        this.context = context;
        this.event = event;
        this.answer = answer;
        this.id = new ContainerId(event.actorId());
        this.portfolio = context.checkpoint.portfolio();
        boolean known = portfolio.alive(id) != null || portfolio.members().containsKey(id);
        this.hidden = known ? portfolio.isHidden(id) : isExcluded();
    }

    private boolean isExcluded() {
        ContainerFilter filter = context.options.filter();
        // To describe a container costs more than all else about most events.
        return !filter.isEverything() && !filter.accepts(container());
    }

    /**
     * Reports what the log must have lost for this event to be what it is, if it must.
     *
     * @return false if that is to stop the task
     */
    boolean reportLoss() {
        return lostFromNs == Long.MAX_VALUE
                || GapDetector.reportLoss(
                        context, lostFromNs, event.timeNs(), startUnknown, inferredUntilNs(), Long.MAX_VALUE);
    }

    /** The latest time of what is inferred from this event; the least value if nothing is. */
    private long inferredUntilNs() {
        long untilNs = Long.MIN_VALUE;
        for (ContainerChange change : changes) {
            if (change.occurrence().origin() == Origin.RECONCILED) {
                untilNs = Math.max(untilNs, Math.max(change.timeNs(), context.cache.changedNs(id)));
            }
        }
        return untilNs;
    }

    /**
     * The filter decides at the start of a life. A member of a pod is reported to join it or to leave it with that.
     *
     * @param association what is reported of the pod
     */
    void decide(Occurrence association) {
        boolean wasHidden = hidden;
        hidden = isExcluded();
        portfolio = portfolio.hiding(id, hidden);
        PodRef pod = portfolio.podOf(id);
        if (pod != null && hidden != wasHidden) {
            changes.add(FilterDiff.associated(association, container(), pod, hidden));
        }
    }

    void add(ContainerChange change) {
        if (!hidden) {
            changes.add(change);
        }
    }

    /**
     * The container described as well as it can be. What a list or an inspect answers is of now, and the container may
     * have been renamed since: its name at the time of the event is the event's.
     */
    Container container() {
        Container described = described();
        String name = Attributes.name(event);
        return name == null || name.equals(described.name()) ? described : described.renamed(name);
    }

    private Container described() {
        LiveContainer alive = portfolio.alive(id);
        Container earlier =
                alive != null && !alive.container().isUnknown() ? alive.container() : context.cache.container(id);
        if (answer != null) {
            return earlier == null ? answer.container() : answer.container().completedBy(earlier);
        }
        if (earlier == null || earlier.isUnknown()) {
            return Attributes.container(event);
        }
        boolean justListed = event.timeNs() < context.cache.listedAtNs();
        return justListed ? earlier : earlier.from(DetailSource.REMEMBERED);
    }

    Occurrence derived(String action, long timeNs, Origin origin) {
        // A rewound trail can show as a snapshot what was lost in the trail before.
        EventId eventId = origin == Origin.SNAPSHOT
                ? EventId.derived(action, event.id(), origin)
                : EventId.derived(action, event.id());
        return new Occurrence(eventId, timeNs, origin, action);
    }

    /** The container as it is known to be alive at the time of the event, after whose end it can be that nobody read. */
    @Nullable
    LiveContainer aliveThen(boolean replayed) {
        LiveContainer known = portfolio.alive(id);
        Life next = known == null ? null : LaterLife.of(context, known, event, replayed, answer);
        if (known == null || next == null) {
            return known;
        }
        lostFromNs = known.sinceNs();
        // The next life can seem to begin behind the event, if the clock was set back in it.
        long byNs = Math.min(next.startedAtNs(), event.timeNs());
        if (!endedByCheckpoint(known, next.startedAtNs())) {
            add(new ContainerChange.Died(diedUnseen(known, byNs), known, null));
            UnconfirmedLives.ended(context, known, next.startedAtNs(), false);
        }
        portfolio = portfolio.minus(id);
        return null;
    }

    /**
     * Has a life ended by its last checkpoint, after which it seemed to go on.
     *
     * @param byNs when the next life began
     * @return false if there was no checkpoint before that
     */
    boolean endedByCheckpoint(LiveContainer known, long byNs) {
        EngineEvent ending = context.cache.checkpoint(id);
        if (ending == null || ending.timeNs() > byNs) {
            return false;
        }
        if (!hidden) {
            // It was before all that this event shows.
            changes.add(0, new ContainerChange.Died(occurrence(ending, Actions.DIED), known, null));
        }
        context.cache = context.cache.ended(id, ending.timeNs());
        return true;
    }

    /** The end that must have been before this event. */
    Occurrence diedUnseen(LiveContainer known) {
        return diedUnseen(known, event.timeNs());
    }

    /** The same if it must have been by then; not before what was reported of it, which may be forgotten with it. */
    Occurrence diedUnseen(LiveContainer known, long byNs) {
        long unseenNs = LossTimes.unseenNs(context, lostFromNs, byNs);
        long reportedNs = Math.min(context.cache.changedNs(id), byNs);
        long timeNs = Math.max(context.sinceNs(known), Math.max(unseenNs, reportedNs));
        return derived(Actions.DIED, timeNs, Origin.RECONCILED);
    }

    Occurrence occurrence(String what) {
        return occurrence(event, what);
    }

    Occurrence occurrence(EngineEvent event, String what) {
        return context.occurrence(event, what);
    }

    /** Whether a look-up shows that a checkpoint was the end, or a list does. */
    boolean isShownEnded() {
        ObservedContainer shown = answer == null ? context.cache.get(id) : answer;
        if (shown == null || !(shown.state() instanceof RunState.Ended ended)) {
            return false;
        }
        Long endedAtNs = ended.endedAtNs();
        if (endedAtNs == null) {
            // The host was restarted since, and the life is not known to have gone on until then.
            return portfolio.alive(id) == null;
        }
        // A list that is older than the event shows this end only if it came just before the event.
        return endedAtNs <= event.timeNs()
                && (answer != null
                        || event.timeNs() < Math.max(context.cache.listedAtNs(), endedAtNs + GapDetector.LATE_NS));
    }

    /**
     * Whether only a list shows that a life ended by a checkpoint, and the replay goes on: it can return a later end. If it does
     * not, the life is compared with the list.
     */
    boolean isEndStillToCome(boolean replayed) {
        return answer == null
                && replayed
                && portfolio.alive(id) != null
                && context.connection instanceof Connection.Connected connected
                && connected.resync() instanceof ResyncPhase.Replaying
                && context.queue.queued().stream().noneMatch(QueueItem.Compare.class::isInstance);
    }

    /** Whether it is all that is known of a life behind which the next start of the container waits: then it is its end, too. */
    boolean isOfUnknownBeforeStart() {
        EngineEvent next = context.queue.after(event, Actions.CHANGING);
        return portfolio.alive(id) == null && next != null && next.action().equals(Actions.START);
    }

    /**
     * Whether an inspect shows a process that was restored behind this checkpoint: then that was the end, though the line of the
     * restore is missing. A life whose own restore is known was not restored later.
     */
    boolean isShownRestored() {
        LiveContainer known = portfolio.alive(id);
        ObservedContainer shown = answer == null ? context.cache.get(id) : answer;
        return shown != null
                && shown.state() instanceof RunState.Live live
                && live.restoredAtNs() != null
                && live.restoredAtNs() > Math.max(event.timeNs(), known == null ? Long.MIN_VALUE : known.sinceNs())
                && !context.queue.isWaiting(event.actorId(), Actions.CHECKPOINT);
    }

    /** Whether the known life was restored, paused or unpaused behind this checkpoint: then it did not end by that. */
    boolean isWentOn() {
        LiveContainer known = portfolio.alive(id);
        return known != null && known.life().startedAtNs() < event.timeNs() && event.timeNs() < known.sinceNs();
    }

    /** Whether it can be of before the trail, whose first list shows the process that goes on since: that was restored later. */
    boolean isBeforeFirstList() {
        LiveContainer known = portfolio.alive(id);
        return known != null
                && answer != null
                && TrailBegin.isDoubtful(context, event)
                && LastLife.isStill(known.life(), answer.life());
    }

    /** Whether the known life is paused, and that was read: then what ends it is of no life before, whatever it is stamped. */
    boolean isPauseRead() {
        LiveContainer known = portfolio.alive(id);
        return known != null && known.isPaused() && isStatusRead(known);
    }

    /**
     * Whether the stream brought the event while the log cannot be read, and an event that was read before, and no list, led to
     * what is known: then it came later, whatever it is stamped.
     */
    boolean isNextHeard(LiveContainer known, boolean replayed) {
        return !replayed && context.eventLog.isBlind() && isStatusRead(known);
    }

    private boolean isStatusRead(LiveContainer known) {
        return context.checkpoint.dedupWindow().latestBeforeNs(known.sinceNs() + 1) == known.sinceNs();
    }

    static ContainerChange pauseChanged(Occurrence occurrence, LiveContainer alive) {
        return alive.status() == Status.PAUSED
                ? new ContainerChange.Paused(occurrence, alive)
                : new ContainerChange.Unpaused(occurrence, alive);
    }
}
