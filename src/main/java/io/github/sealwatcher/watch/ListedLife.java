package io.github.sealwatcher.watch;

import io.github.sealwatcher.model.ContainerId;
import io.github.sealwatcher.model.EngineEvent;
import io.github.sealwatcher.model.Life;
import io.github.sealwatcher.model.LiveContainer;
import io.github.sealwatcher.model.ObservedContainer;
import io.github.sealwatcher.model.Origin;
import io.github.sealwatcher.model.RunState;
import io.github.sealwatcher.model.Status;
import io.github.sealwatcher.watch.checkpoint.DedupWindow;
import io.github.sealwatcher.watch.state.Actions;
import io.github.sealwatcher.watch.state.Connection;
import io.github.sealwatcher.watch.state.ContainerList;
import io.github.sealwatcher.watch.state.Difference;
import io.github.sealwatcher.watch.state.QueueItem;
import io.github.sealwatcher.watch.state.ResyncPhase;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Decides what a list, from which a life is known, has shown of what happened in it, and what the log holds of it. */
final class ListedLife {

    /** An event is never stamped so much later than now. */
    static final long AHEAD_NS = 1_500_000_000L;
    /** HTTP tells the host's clock in this. */
    private static final long SECOND_NS = 1_000_000_000L;

    private ListedLife() {}

    /**
     * When what a list shows was seen. At first sight that is so much before the list was asked for, but not before the trail, as
     * what happened by then can still be written, with that stamp.
     */
    static long seenNs(QueueItem.Report item) {
        boolean first = item.origin() == Origin.SNAPSHOT && !(item.difference() instanceof Difference.Revealed);
        return first
                ? Math.min(item.askedAtNs(), Math.max(item.beganNs(), item.askedAtNs() - GapDetector.LATE_NS))
                : item.askedAtNs();
    }

    /**
     * When a life that a list shows began, as far as that is known: a restored one shows the start of an earlier one.
     *
     * @param answer what was asked for it; null if nothing was
     */
    static long beganNs(Life life, @Nullable ObservedContainer answer) {
        Long restoredNs = answer != null && answer.state() instanceof RunState.Live live ? live.restoredAtNs() : null;
        return restoredNs == null ? life.startedAtNs() : Math.max(restoredNs, life.startedAtNs());
    }

    /** Whether an inspect of this process showed that a life was not restored, and nothing was reported of it since. */
    static boolean isNeverRestored(StepContext context, LiveContainer known) {
        return context.cache.reportedNs(known.id()) != null
                && known.life().precision() == Life.Precision.EXACT
                && known.sinceNs() == known.life().startedAtNs();
    }

    /** Whether something came before the list from which the life is known, so that the list has shown what it led to. */
    static boolean isShown(StepContext context, LiveContainer known, long timeNs) {
        Long listedNs = context.cache.reportedNs(known.id());
        return isListed(context, known) && listedNs != null && timeNs <= listedNs;
    }

    /**
     * Whether the list from which the life is known has shown already what a pause, or the end of one, led to. It has not if the
     * event turns what is known and can be told in turn, or if nothing turned that back: the clock was set back behind the
     * list by less than its answers show.
     *
     * @param from what the event turns
     * @param answer what was asked for this event; null if nothing was
     */
    static boolean isTurnShown(
            StepContext context,
            LiveContainer known,
            EngineEvent event,
            Status from,
            @Nullable ObservedContainer answer) {
        Long listedNs = context.cache.reportedNs(known.id());
        if (listedNs == null || !isShown(context, known, event.timeNs())) {
            return false;
        }
        // Podman writes the events of a container in their order: what turns something later than the list is later,
        // too.
        if (known.status() == from && (event.timeNs() >= known.sinceNs() || known.sinceNs() > listedNs)) {
            return false;
        }
        boolean turnedBack = (answer != null && answer.state() instanceof RunState.Live live)
                ? live.status() == from
                : context.queue.isWaiting(event.actorId(), from == Status.PAUSED ? Actions.PAUSE : Actions.UNPAUSE);
        return known.status() != from || turnedBack;
    }

    /** Whether the life can be known from the first list of the trail. */
    static boolean isOfFirstList(StepContext context, LiveContainer known) {
        return isListed(context, known)
                || (context.cache.agreedNs() == Long.MIN_VALUE
                        && context.cache.changedNs(known.id()) == Long.MIN_VALUE
                        && known.life().startedAtNs()
                                < context.checkpoint.dedupWindow().beginNs());
    }

    /**
     * Whether a life that can have begun in the trail is behind one that goes on, as far as the log shows: the end of that and the
     * start of the listed one are still to come.
     */
    static boolean isBehindLogged(StepContext context, ContainerId id, Life listed) {
        return context.cache.begunNs(id) != null
                && !context.cache.isStartedBeforeTrail(id, listed)
                && listed.latestNs() >= context.checkpoint.dedupWindow().beginNs();
    }

    /** Remembers a checkpoint that can have ended a life, unless something later was reported of that life. */
    static void checkpointed(StepContext context, @Nullable LiveContainer known, EngineEvent event) {
        boolean wentOn = known != null
                && (isShown(context, known, event.timeNs())
                        || (context.clockSetBackNs == 0 && context.cache.changedNs(known.id()) > event.timeNs()));
        if (!wentOn) {
            context.cache = context.cache.checkpointed(event);
        }
    }

    /**
     * Forgets the checkpoints that left their lives running, as the list before shows or the present one: while the log cannot be
     * read no list is compared, and the end of the life can come before the next one is. Called before the present list takes
     * the place of the one before.
     */
    static void leftRunning(StepContext context, ContainerList listing) {
        for (LiveContainer known : context.checkpoint.portfolio().alive().values()) {
            EngineEvent checkpoint = context.cache.checkpoint(known.id());
            ObservedContainer before = context.cache.get(known.id());
            ObservedContainer now = listing.get(known.id());
            if (checkpoint != null
                    && (isStillShown(context, known, before, context.cache.listedAtNs(), checkpoint)
                            || (!isOtherProcess(before, now)
                                    && isStillShown(context, known, now, listing.askedAtNs(), checkpoint)))) {
                context.cache = context.cache.wentOn(known.id());
            }
        }
    }

    /** Whether what is shown now is another process than what was shown before: what is restored shows the same start. */
    private static boolean isOtherProcess(@Nullable ObservedContainer before, @Nullable ObservedContainer now) {
        Life first = before == null ? null : before.life();
        Life second = now == null ? null : now.life();
        return first != null && second != null && first.isOtherProcess(second);
    }

    /**
     * Whether the process of a known life was shown so long after a checkpoint that no step of the host's clock, as long as its
     * answers show none, can have been in between.
     */
    private static boolean isStillShown(
            StepContext context,
            LiveContainer known,
            @Nullable ObservedContainer shown,
            long askedAtNs,
            EngineEvent checkpoint) {
        Life life = shown == null ? null : shown.life();
        long unnoticedNs = context.hostLatestNs() - context.hostEarliestNs() + SECOND_NS;
        // What is restored unseen shows the same start, and another process.
        boolean same = known.life().pid() != 0 || context.eventLog.isReadable();
        return life != null
                && same
                && known.life().canBe(life)
                && context.clockSetBackNs == 0
                && askedAtNs > checkpoint.timeNs() + unnoticedNs;
    }

    /**
     * What an earlier process read of a life that goes on, as far as it knew: a checkpoint can have ended it.
     *
     * @param events the log
     * @param known how many of them were read before; the stream can have brought what stands behind them
     * @param begun where each container's last start stands that was reported: a checkpoint before that ended no later life
     */
    static void recallCheckpoints(
            StepContext context, List<EngineEvent> events, int known, Map<String, Integer> begun) {
        Map<ContainerId, EngineEvent> last = new HashMap<>();
        for (int i = 0; i < events.size(); i++) {
            EngineEvent event = events.get(i);
            boolean read = i < known || context.checkpoint.dedupWindow().contains(event);
            boolean checkpoint = i < known
                    && event.action().equals(Actions.CHECKPOINT)
                    && i > begun.getOrDefault(event.actorId(), -1);
            if (Actions.isOfContainer(event) && checkpoint) {
                last.put(Actions.containerId(event), event);
            } else if (read && Actions.isOfContainer(event) && isBehindCheckpoint(event)) {
                last.remove(Actions.containerId(event));
            }
        }
        last.forEach((id, event) -> {
            LiveContainer alive = context.checkpoint.portfolio().alive(id);
            // Of what is older than the overlap only its place in the log shows that it was read.
            DedupWindow read = context.checkpoint.dedupWindow();
            if (alive != null && (read.contains(event) || read.refuses(event))) {
                checkpointed(context, alive, event);
            }
        });
    }

    /** Whether an event shows that a checkpoint before it was not the end of the last life, or is of another one. */
    private static boolean isBehindCheckpoint(EngineEvent event) {
        return Actions.BOUNDING.contains(event.action()) || Actions.TURNING.contains(event.action());
    }

    /** Whether something can't be what a list, asked for a little before it, has shown already. */
    static boolean isLater(StepContext context, LiveContainer known, long timeNs) {
        long shownNs =
                isListed(context, known) ? context.cache.listedAtNs() + context.options.settleNs() : Long.MIN_VALUE;
        return timeNs > Math.max(known.sinceNs(), shownNs);
    }

    /** Whether the event turns what the last list before it showed, and what is not believed yet. */
    static boolean isTurningSuspected(StepContext context, LiveContainer known, EngineEvent event) {
        ObservedContainer shown = context.cache.get(known.id());
        return context.connection instanceof Connection.Connected connected
                && connected.resync() instanceof ResyncPhase.Settling settling
                && event.timeNs() > context.cache.listedAtNs()
                && shown != null
                && shown.state() instanceof RunState.Live live
                && settling.suspects().contains(new Difference.PauseChanged(known, live).signature());
    }

    /** Whether the life is known from a list and not from its start event, or from one before the trail. */
    static boolean isListed(StepContext context, LiveContainer known) {
        return !known.life().announced() || context.cache.isStartedBeforeTrail(known.id(), known.life());
    }

    /**
     * Whether it can be the start of a life that is known from a list, and came before that list. A container can start twice
     * within the second that a list rounds to: the later one is the one that a list shows.
     */
    static boolean isStart(StepContext context, ContainerList listing, EngineEvent event) {
        ContainerId id = Actions.containerId(event);
        LiveContainer known = context.checkpoint.portfolio().alive(id);
        boolean restored = event.action().equals(Actions.RESTORE);
        if (known == null || known.life().announced() || (restored && isNeverRestored(context, known))) {
            return false;
        }
        return known.life().canBe(UnconfirmedLives.begunBy(event))
                && event.timeNs() <= listedNs(context, listing, known);
    }

    /**
     * Whether a start stands in the log behind an end that is later than the start of the known life, as an inspect showed that:
     * then it was that life which ended.
     *
     * @param endedNs the time of the last end of the container that stands before it; null if there is none
     */
    static boolean isBehindEnd(StepContext context, EngineEvent event, @Nullable Long endedNs) {
        LiveContainer known = context.checkpoint.portfolio().alive(Actions.containerId(event));
        return known != null
                && endedNs != null
                && known.life().precision() == Life.Precision.EXACT
                && known.life().covers(endedNs)
                && endedNs <= event.timeNs();
    }

    /** Whether it comes right after the moment at which an inspect showed a life to begin that is known from a list. */
    static boolean isJustBegun(StepContext context, EngineEvent event) {
        LiveContainer known = context.checkpoint.portfolio().alive(Actions.containerId(event));
        return known != null
                && !known.life().announced()
                && known.life().precision() == Life.Precision.EXACT
                && known.life().covers(event.timeNs())
                && (event.action().equals(Actions.START)
                        || known.sinceNs() > known.life().startedAtNs())
                && event.timeNs() - known.life().startedAtNs() < AHEAD_NS;
    }

    /**
     * When it was listed, or when something was heard of it; the least value if that is unknown. The same process in another
     * list is the same life.
     */
    private static long listedNs(StepContext context, ContainerList listing, LiveContainer known) {
        boolean still = isStillListed(listing, known);
        Long reportedNs = context.cache.reportedNs(known.id());
        if ((still || reportedNs != null) && known.life().startedAtNs() > context.hostLatestNs()) {
            // What seems yet to come began before the clock was set back, and so before the list.
            return Long.MAX_VALUE;
        }
        if (still) {
            return listing.askedAtNs();
        }
        if (reportedNs != null) {
            return Math.max(reportedNs, known.sinceNs());
        }
        return isConfirmed(context, known) ? known.life().latestNs() : Long.MIN_VALUE;
    }

    /**
     * Whether two lists, which are further apart than a second, have shown the life to an earlier process, as it began in the
     * trail.
     */
    private static boolean isConfirmed(StepContext context, LiveContainer known) {
        return known.life().precision() == Life.Precision.SECOND
                && known.life().earliestNs() >= context.checkpoint.dedupWindow().lowWatermarkNs();
    }

    private static boolean isStillListed(ContainerList listing, LiveContainer known) {
        ObservedContainer now = listing.get(known.id());
        Life shown = now == null ? null : now.life();
        return shown != null && shown.pid() != 0 && shown.pid() == known.life().pid();
    }

    /**
     * Whether an end is of before a list showed the known life, of which no start was read, and the next that bounds a life of the
     * container is one more end: the start in between is not in the log.
     */
    static boolean isEndBeforeListed(StepContext context, List<EngineEvent> events, int at) {
        EngineEvent event = events.get(at);
        LiveContainer known = event.action().equals(Actions.DIED)
                ? context.checkpoint.portfolio().alive(Actions.containerId(event))
                : null;
        Long reportedNs = known == null ? null : context.cache.reportedNs(known.id());
        return known != null
                && !known.life().announced()
                && reportedNs != null
                && reportedNs != Long.MIN_VALUE
                && event.timeNs() < reportedNs
                && isEndNext(events, at);
    }

    private static boolean isEndNext(List<EngineEvent> events, int at) {
        for (EngineEvent event : events.subList(at + 1, events.size())) {
            if (event.actorId().equals(events.get(at).actorId()) && Actions.BOUNDING.contains(event.action())) {
                return event.action().equals(Actions.DIED);
            }
        }
        return false;
    }

    /** Whether the start of the known life was read: another one behind what was read is of the next. */
    static boolean isAnnounced(StepContext context, EngineEvent event) {
        LiveContainer known =
                Actions.isOfContainer(event) ? context.checkpoint.portfolio().alive(Actions.containerId(event)) : null;
        return known != null && known.life().announced();
    }

    /** Whether the known life, of which no start was read, went on when it was listed, after this start or end of one before. */
    static boolean isOutlived(StepContext context, ContainerList listing, EngineEvent event) {
        boolean bounds = event.action().equals(Actions.DIED) || event.action().equals(Actions.START);
        LiveContainer known = bounds && Actions.isOfContainer(event)
                ? context.checkpoint.portfolio().alive(Actions.containerId(event))
                : null;
        return known != null
                && !known.life().announced()
                && isBeforeListed(context, listing, event, known)
                && (event.action().equals(Actions.DIED) || !known.life().canBe(UnconfirmedLives.begunBy(event)));
    }

    /**
     * Whether the event was written before a list that showed the life. A life that is not listed any more was by the last time
     * less as much as the clock was set back since; nothing of it is stamped before its start by then.
     */
    private static boolean isBeforeListed(
            StepContext context, ContainerList listing, EngineEvent event, LiveContainer known) {
        // What is stamped later than now was so before the clock was set back, and so before a list of since then.
        boolean ahead = event.timeNs() > context.hostLatestNs() + AHEAD_NS;
        if (isStillListed(listing, known)) {
            return ahead
                    || event.timeNs()
                            < Math.max(listing.askedAtNs(), known.life().startedAtNs());
        }
        if (ahead && context.cache.isShownSinceStep(known)) {
            return true;
        }
        Long reportedNs = context.cache.reportedNs(known.id());
        if (reportedNs == null) {
            return context.clockSetBackNs == 0
                    && isConfirmed(context, known)
                    && event.timeNs() <= known.life().latestNs();
        }
        return reportedNs != Long.MIN_VALUE
                && ((event.timeNs() < known.life().startedAtNs() && isShownToEndLater(listing, event, known))
                        || event.timeNs() < Math.min(known.life().startedAtNs(), reportedNs));
    }

    /** Whether the list shows another end of the life than this. */
    private static boolean isShownToEndLater(ContainerList listing, EngineEvent event, LiveContainer known) {
        ObservedContainer now = listing.get(known.id());
        return now != null
                && now.state() instanceof RunState.Ended ended
                && ended.endedAtNs() != null
                && ended.endedAtNs() > event.timeNs()
                && known.life().canBe(Life.shown(ended.startedAtNs()));
    }
}
