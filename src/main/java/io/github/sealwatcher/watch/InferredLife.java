package io.github.sealwatcher.watch;

import io.github.sealwatcher.model.ContainerChange;
import io.github.sealwatcher.model.ContainerId;
import io.github.sealwatcher.model.EngineEvent;
import io.github.sealwatcher.model.Life;
import io.github.sealwatcher.model.LiveContainer;
import io.github.sealwatcher.model.ObservedContainer;
import io.github.sealwatcher.model.Origin;
import io.github.sealwatcher.model.PodRef;
import io.github.sealwatcher.model.RunState;
import io.github.sealwatcher.model.Status;
import io.github.sealwatcher.watch.checkpoint.Checkpoint;
import io.github.sealwatcher.watch.state.Actions;
import io.github.sealwatcher.watch.state.Connection;
import io.github.sealwatcher.watch.state.HostClock;
import org.jspecify.annotations.Nullable;

/** A life that an event shows to have begun, though nothing was reported of it before. */
final class InferredLife {

    private static final long SECOND_NS = 1_000_000_000L;

    private final AppliedEvent applied;
    private final StepContext context;
    private final EngineEvent event;
    private final ContainerId id;
    private final @Nullable ObservedContainer answer;
    private final boolean replayed;

    private InferredLife(AppliedEvent applied, boolean replayed) {
        this.applied = applied;
        this.replayed = replayed;
        this.context = applied.context;
        this.event = applied.event;
        this.id = applied.id;
        this.answer = applied.answer;
    }

    /**
     * The life, reported now; null if its end was reported before.
     *
     * @param replayed whether a replay brought the event
     */
    static @Nullable LiveContainer report(AppliedEvent applied, Status status, boolean replayed) {
        return new InferredLife(applied, replayed).report(status);
    }

    private @Nullable LiveContainer report(Status status) {
        ObservedContainer seen = answer == null ? context.cache.get(id) : answer;
        ObservedContainer shown = isOfLaterStart() ? null : seen;
        // A list that is older than the event may show the life before.
        boolean current = answer != null || event.timeNs() < context.cache.listedAtNs();
        boolean open = isOpen(current);
        Long began = shown == null || open ? null : began(shown.state(), current);
        if (began != null && shown != null && shown.life() == null && UnconfirmedLives.isEnded(context, id, began)) {
            return null;
        }
        Long lastEnd = context.cache.endedAtNs(id);
        // What is back goes on where it was.
        boolean back = shown != null && shown.state() instanceof RunState.Live && context.cache.isBack(id);
        boolean ended = lastEnd != null && began != null && began <= lastEnd && !back && !isShownLater(shown, lastEnd);
        boolean next = lastEnd != null && isBehindEnd(shown, lastEnd);
        if (next
                && shown != null
                && shown.state() instanceof RunState.Ended last
                && isEndOf(last)
                && !isStillToBegin(last.startedAtNs(), context.queue.boundAfter(event))) {
            began = last.startedAtNs();
        } else if (lastEnd != null && !next && (event.timeNs() <= lastEnd || (ended && current))) {
            return null;
        } else if (ended) {
            began = null;
        }
        boolean logged = began == null && lastEnd == null && loggedNs() != null;
        if (logged) {
            began = loggedNs();
        }
        // Behind a life that was known, this one began in the trail.
        boolean elder = !isBehindKnown() && isAtInitialList(began);
        Origin origin = elder ? Origin.SNAPSHOT : Origin.RECONCILED;
        // At sight it is reported as of now: a start of weeks ago would be deleted from the trail at once by its age.
        long beganNs = began == null ? event.timeNs() : began;
        long startNs = elder
                ? event.timeNs()
                : began == null
                        ? LossTimes.unseenNs(context, beganNs, beganNs)
                        : Math.min(
                                LossTimes.notBeforeGapNs(context, context.shownStartNs(id, beganNs, event.timeNs())),
                                event.timeNs());
        PodRef pod = seen == null ? null : seen.pod();
        if (pod != null && applied.portfolio.podOf(id) == null) {
            applied.portfolio = applied.portfolio.associated(id, pod);
            applied.add(new ContainerChange.PodChanged(
                    applied.derived(Actions.CREATE, startNs, origin),
                    applied.container(),
                    null,
                    applied.portfolio.podOf(id),
                    null));
        } else if (!applied.changes.isEmpty() && applied.changes.get(0) instanceof ContainerChange.PodChanged joined) {
            // What was missed of its start is missed of its joining, too.
            applied.changes.set(
                    0,
                    new ContainerChange.PodChanged(
                            applied.derived(Actions.CREATE, startNs, origin),
                            joined.container(),
                            null,
                            joined.pod(),
                            joined.previousPod()));
        }
        Life later = shown == null || began != null || !current ? null : begunLater(shown);
        Life gone = began == null ? context.cache.lifeThatVanished(id) : null;
        Life life = open && shown != null && gone == null
                ? Life.restored(event.timeNs()).unannounced()
                : later != null
                        ? later
                        : gone != null
                                ? gone.announcedAlready()
                                : began == null || logged ? Life.fromEvent(beganNs) : shownAs(shown, beganNs);
        // Its start event stands in the log from before the clock was set back, or from before the trail.
        boolean begun = isAhead(beganNs) || context.cache.isStartedBeforeTrail(id, life);
        life = begun ? life.announcedAlready() : life;
        LiveContainer alive =
                new LiveContainer(applied.container(), life, status, startNs, applied.portfolio.podOf(id));
        if (!elder) {
            long lostFromNs = began == null ? Math.min(beganNs, lastKnownNs(lastEnd)) : beganNs;
            applied.lostFromNs = Math.min(applied.lostFromNs, lostFromNs);
        }
        applied.startUnknown = began == null;
        applied.decide(applied.derived(Actions.CREATE, startNs, origin));
        applied.portfolio = applied.portfolio.plus(alive);
        applied.add(new ContainerChange.Started(applied.derived(Actions.START, startNs, origin), alive));
        context.cache = context.cache.noticed(id);
        if (status == Status.PAUSED) {
            applied.add(new ContainerChange.Paused(applied.derived(Actions.PAUSE, startNs, origin), alive));
        }
        return alive;
    }

    /** Whether what is shown, which was asked for after all that was replayed, is a life whose start waits behind the event. */
    private boolean isOfLaterStart() {
        return replayed && answer != null && context.queue.isWaiting(id.value(), Actions.START);
    }

    /**
     * Whether the life that is shown goes on, or ended, after the one that was reported: both within the second that a list
     * rounds to.
     */
    private static boolean isShownLater(@Nullable ObservedContainer shown, long lastEnd) {
        if (shown == null || shown.startedAtNs() != Math.floorDiv(lastEnd, SECOND_NS) * SECOND_NS) {
            return false;
        }
        return !(shown.state() instanceof RunState.Ended ended)
                || (ended.endedAtNs() != null && ended.endedAtNs() > lastEnd);
    }

    /**
     * Whether this is the end of a life behind the one of which an end was read: there is one end of each, unless the
     * container goes on to show that one. It can be stamped earlier, if the clock was set back in between by less than its
     * answers show.
     */
    private boolean isBehindEnd(@Nullable ObservedContainer shown, long lastEndNs) {
        Long shownNs = shown != null && shown.state() instanceof RunState.Ended ended ? ended.endedAtNs() : null;
        boolean again = shownNs != null && shownNs <= lastEndNs && lastEndNs <= event.timeNs();
        return event.action().equals(Actions.DIED)
                && !again
                && context.checkpoint.dedupWindow().latestBeforeNs(lastEndNs + 1) == lastEndNs;
    }

    /** Whether the event is the end that is shown, which a list can round down to the second. */
    private boolean isEndOf(RunState.Ended shown) {
        Long endedAtNs = shown.endedAtNs();
        return endedAtNs != null && endedAtNs <= event.timeNs() && endedAtNs > event.timeNs() - SECOND_NS;
    }

    /**
     * The life that is shown, if only the clock says that it began after the event: that can have been set back in between by
     * so much. A start event of the container that follows in the log is of a later life, as the own one would be before
     * this event; and behind an end that follows the shown one may be the next.
     */
    private @Nullable Life begunLater(ObservedContainer shown) {
        Life life = shown.life();
        return life != null
                        && !event.action().equals(Actions.DIED)
                        && life.startedAtNs() > event.timeNs()
                        && (life.startedAtNs() <= event.timeNs() + HostClock.UNNOTICED_NS + context.clockSetBackNs
                                || isAsLeft(shown))
                        && !isEnding()
                        && !context.queue.isStartWaiting(id, life)
                ? life.announcedAlready()
                : null;
    }

    /**
     * Whether the next list has to show which life the event is of: the last one is older than the stream, which brings nothing of
     * what was between the two, and the look-up failed.
     */
    private boolean isOpen(boolean current) {
        return !current
                && Actions.TURNING.contains(event.action())
                && context.eventLog.isBlind()
                && context.connection instanceof Connection.Connected connected
                && !connected.synced();
    }

    /** Whether the container is shown as a pause left it: a life that began behind that would not be paused. */
    private boolean isAsLeft(ObservedContainer shown) {
        return event.action().equals(Actions.PAUSE)
                && shown.state() instanceof RunState.Live live
                && live.status() == Status.PAUSED;
    }

    /** Whether the end of the life that the event is of waits behind it. */
    private boolean isEnding() {
        EngineEvent next = context.queue.boundAfter(event);
        return next != null && next.action().equals(Actions.DIED);
    }

    /** The life that is shown to have begun then: with its process, unless another one can have followed it. */
    private Life shownAs(@Nullable ObservedContainer shown, long beganNs) {
        Life life = shown == null ? null : shown.life();
        boolean followed = event.action().equals(Actions.CHECKPOINT) || context.queue.boundAfter(event) != null;
        return life != null && life.startedAtNs() == beganNs && !followed ? life : Life.shown(beganNs);
    }

    /** When the life began before the trail, as far as the log shows; null if it did not. */
    private @Nullable Long loggedNs() {
        return isBehindKnown() ? null : context.cache.begunNs(id);
    }

    /** Whether the event also showed that the life which was known ended unseen. */
    private boolean isBehindKnown() {
        return applied.lostFromNs != Long.MAX_VALUE;
    }

    /** Until when it is known not to have been alive. */
    private long lastKnownNs(@Nullable Long lastEnd) {
        long knownNs = context.agreedNs();
        return lastEnd == null ? knownNs : Math.max(knownNs, lastEnd);
    }

    /**
     * Whether the container was there before the trail began; its end can be written a little after the first look. That is
     * later than the beginning if an operator set back the begin of the trail.
     *
     * @param began when its life began; null if unknown
     */
    private boolean isAtInitialList(@Nullable Long began) {
        long beginNs = context.checkpoint.dedupWindow().beginNs();
        boolean elder = began == null || began < beginNs;
        // A life that is shown to begin later than its event was before the clock was set back.
        boolean later = began != null && began <= event.timeNs() && began >= beginNs + HostClock.UNNOTICED_NS;
        return context.checkpoint.snapshot() == Checkpoint.Snapshot.RUNNING
                || (!later && event.timeNs() < beginNs + context.options.overlapNs())
                || (elder && event.timeNs() < context.cache.firstListNs() + context.options.overlapNs())
                // Its start was read and counts as of before the trail: nothing is lost, whatever the clock showed
                // since.
                || (began != null && context.cache.isStartedBeforeTrail(id, Life.shown(began)));
    }

    /** Whether the host's clock was set back since: the life is the one that the event is about, whatever it is stamped. */
    private boolean isAhead(long startedAtNs) {
        return startedAtNs > context.hostLatestNs();
    }

    /** Whether the start that waits behind the event can be that of the life which a list shows: it rounds that down. */
    private static boolean isStillToBegin(long startedAtNs, @Nullable EngineEvent next) {
        Life shown = Life.shown(startedAtNs);
        return next != null
                && next.action().equals(Actions.START)
                && shown.precision() == Life.Precision.SECOND
                && shown.canBe(UnconfirmedLives.begunBy(next));
    }

    /** Whether the event is the end of a life before the one that is shown: a death is stamped after the end that is shown. */
    private boolean isEndOfEarlier(RunState.Ended shown) {
        Long endedAtNs = shown.endedAtNs();
        return event.action().equals(Actions.DIED) && endedAtNs != null && endedAtNs > event.timeNs();
    }

    /**
     * When the life that a list or an inspect shows began, if the event can be part of it; else null.
     *
     * @param current whether it was asked for after the event: then what it shows to be alive has not ended by that
     */
    private @Nullable Long began(RunState state, boolean current) {
        Long startedAtNs = null;
        if (state instanceof RunState.Ended ended && !isEndOfEarlier(ended)) {
            startedAtNs = ended.startedAtNs();
        } else if (state instanceof RunState.Live live
                && !(current && event.action().equals(Actions.DIED))) {
            startedAtNs = live.life().startedAtNs();
        }
        // The log can show when the life began, and behind this event the start of the one that is shown, or an end
        // before it.
        Long loggedNs = loggedNs();
        EngineEvent next = context.queue.boundAfter(event);
        // What a list shows to be alive behind the next end is not the life that ended.
        boolean over = state instanceof RunState.Live
                && next != null
                && next.action().equals(Actions.DIED)
                && next.timeNs() < context.cache.listedAtNs();
        boolean later = startedAtNs != null
                && (over
                        || isStillToBegin(startedAtNs, next)
                        || (loggedNs != null
                                && startedAtNs > loggedNs
                                && context.queue.isStartWaiting(id, Life.shown(startedAtNs)))
                        || (next != null && next.action().equals(Actions.DIED) && startedAtNs > next.timeNs()));
        return startedAtNs != null && !later && (startedAtNs <= event.timeNs() || isAhead(startedAtNs))
                ? startedAtNs
                : null;
    }
}
