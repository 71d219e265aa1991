package io.github.sealwatcher.watch;

import io.github.sealwatcher.model.ContainerId;
import io.github.sealwatcher.model.EngineEvent;
import io.github.sealwatcher.model.Life;
import io.github.sealwatcher.model.LiveContainer;
import io.github.sealwatcher.model.ObservedContainer;
import io.github.sealwatcher.model.RunState;
import io.github.sealwatcher.watch.state.Actions;
import io.github.sealwatcher.watch.state.HostClock;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Decides whether an event is of a life behind the known one, whose end nobody read. */
final class LaterLife {

    /** A list rounds times down to this. */
    private static final long SECOND_NS = 1_000_000_000L;

    private LaterLife() {}

    /**
     * The life behind the known one, if the event is of that: then the end of the known one was not read. While the log cannot
     * be read, a list may have shown it; and a died event at the end that an inspect shows, or in a life that it shows to go on,
     * is of that life, unless the start of that one stands behind it in the log.
     *
     * @param answer what was asked for the event; null if nothing was
     */
    static @Nullable Life of(
            StepContext context,
            LiveContainer known,
            EngineEvent event,
            boolean replayed,
            @Nullable ObservedContainer answer) {
        ObservedContainer shown = context.cache.get(known.id());
        Life listed = context.cache.shownAlive(known.id());
        boolean other = listed != null && !known.life().canBe(listed);
        // A look-up can show a life behind that which the event is of.
        Life next = other || shown == null ? listed : shown.life();
        boolean begun = next != null
                && !replayed
                && context.eventLog.isBlind()
                && !known.life().canBe(next)
                && Math.floorDiv(known.life().startedAtNs(), SECOND_NS) < Math.floorDiv(next.startedAtNs(), SECOND_NS)
                && event.timeNs() > next.latestNs()
                && !isStillToBegin(context, event, next);
        if (begun) {
            return next;
        }
        ObservedContainer asked = answer == null ? shown : answer;
        Life last = LastLife.of(asked);
        return last != null
                        && (((isBehind(last, known.life(), event)
                                                || isOtherProcessThatIsGone(context, known, event, answer))
                                        && isEnd(context, asked, event, answer != null))
                                || (isShownBehind(context, last, known.life(), event)
                                        && isShownEnd(asked, last, event)))
                        && !isContinued(known.life(), last)
                        && !isBegunBehind(context, event, last)
                ? last
                : null;
    }

    /**
     * Whether it can be the life that a restore continued, whose start the container shows since: that is stamped later than the
     * restore if the clock was set back in between by less than its answers show.
     */
    private static boolean isContinued(Life known, Life last) {
        return known.precision() == Life.Precision.RESTORE
                && last.startedAtNs() <= known.startedAtNs() + HostClock.UNNOTICED_NS;
    }

    /** Whether times of before and after the event cannot be compared: what is stamped later than now was so before a step. */
    private static boolean isSetBack(StepContext context, EngineEvent event) {
        return context.clockSetBackNs > 0 || event.timeNs() > context.hostLatestNs() + GapDetector.LATE_NS;
    }

    /**
     * Whether the event can be the end of a life that is shown alive.
     *
     * @param since whether that was shown after the event: what was alive then did not end by it
     */
    private static boolean isEnd(
            StepContext context, @Nullable ObservedContainer shown, EngineEvent event, boolean since) {
        return shown != null
                && shown.state() instanceof RunState.Live
                && !since
                && event.action().equals(Actions.DIED)
                && !isSetBack(context, event);
    }

    /**
     * Whether the end that is shown is this one: both are stamped by the same clock, however that was set before. If the life that
     * is shown seems to have ended before it began, that was set back in it, and the known one can have begun behind its end. A
     * list shows seconds, in which another end can be the earlier.
     */
    private static boolean isShownEnd(@Nullable ObservedContainer shown, Life last, EngineEvent event) {
        Long endedAtNs = shown != null && shown.state() instanceof RunState.Ended ended ? ended.endedAtNs() : null;
        return event.action().equals(Actions.DIED)
                && endedAtNs != null
                && endedAtNs >= last.startedAtNs()
                && event.timeNs() >= Math.max(endedAtNs, last.latestNs())
                && event.timeNs() <= endedAtNs + GapDetector.LATE_NS;
    }

    /** Whether an end can be that of another process than the known one, which the list before it showed. */
    static boolean isPossible(StepContext context, LiveContainer known, EngineEvent event) {
        ObservedContainer shown = context.cache.get(known.id());
        Life life = shown == null ? null : shown.life();
        return event.action().equals(Actions.DIED)
                && life != null
                && event.timeNs() >= context.cache.listedAtNs()
                && life.isOtherProcess(known.life())
                && life.latestNs() >= known.life().startedAtNs();
    }

    /** Whether that is so, and the container was removed right behind that end. */
    private static boolean isOtherProcessThatIsGone(
            StepContext context, LiveContainer known, EngineEvent event, @Nullable ObservedContainer answer) {
        return answer == null
                && context.queue.isWaiting(event.actorId(), Actions.REMOVE)
                && isPossible(context, known, event);
    }

    /** Whether a life is another one than the known, and had begun by the time of the event. */
    private static boolean isBehind(Life last, Life known, EngineEvent event) {
        return last.precision() == Life.Precision.EXACT
                && last.startedAtNs() > known.startedAtNs()
                && last.covers(event.timeNs())
                && !known.canBe(last);
    }

    /** The same of a life that has ended: where both are known by an inspect, their times do however the clock was set since. */
    private static boolean isShownBehind(StepContext context, Life last, Life known, EngineEvent event) {
        boolean exact = last.precision() == Life.Precision.EXACT && known.precision() == Life.Precision.EXACT;
        return last.startedAtNs() > known.startedAtNs()
                && !known.canBe(last)
                && (exact || (last.covers(event.timeNs()) && !isSetBack(context, event)));
    }

    /**
     * Whether a start event is of a later life than the one that a list showed: Podman stamps the event as soon as lists show
     * the life, and an end comes before the next life begins.
     *
     * @param answer what was asked for the event; null if nothing was
     */
    static boolean isStartedBy(
            StepContext context, LiveContainer known, EngineEvent start, @Nullable ObservedContainer answer) {
        Life last = LastLife.of(answer);
        if (last != null && isBehind(last, known.life(), start)) {
            return true;
        }
        Long listedNs = context.cache.reportedNs(known.id());
        if (listedNs == null || listedNs == Long.MIN_VALUE || known.life().startedAtNs() > listedNs) {
            // A life that begins later than the list was begun before the clock was set back.
            return false;
        }
        // All but the first list are believed only when the one before showed the same.
        boolean first = listedNs == context.cache.firstListNs();
        return start.timeNs() > listedNs + (first ? context.options.settleNs() : 0);
    }

    /**
     * Whether the stream brought the end of a life whose start it left out, because the clock was set back by more than it
     * reaches: by the end before, or by what is shown. It waits for a replay in the log's order, which returns both.
     */
    static boolean isHeld(
            StepContext context, EngineEvent event, boolean replayed, @Nullable ObservedContainer answer) {
        boolean held = !replayed
                && event.action().equals(Actions.DIED)
                && context.eventLog.isReadable()
                && !context.logOrder
                && (isEndedBefore(context, event)
                        || isBeforeOwnStart(context, event)
                        || isStartLeftOut(context, event, answer));
        if (held) {
            context.logOrder = true;
            context.queue = context.queue.holding(event);
            ResyncRequests.request(context, true);
        }
        return held;
    }

    private static boolean isEndedBefore(StepContext context, EngineEvent event) {
        ContainerId id = Actions.containerId(event);
        Long endedNs = context.cache.endedAtNs(id);
        return context.checkpoint.portfolio().alive(id) == null && endedNs != null && event.timeNs() <= endedNs;
    }

    /**
     * Whether it is stamped before the start of the known life, which was read, and the clock does not show that it was set back
     * behind that. What waits behind the event would overtake it.
     */
    private static boolean isBeforeOwnStart(StepContext context, EngineEvent event) {
        LiveContainer known = context.checkpoint.portfolio().alive(Actions.containerId(event));
        return known != null
                && known.life().announced()
                && event.timeNs() < known.life().startedAtNs()
                && known.life().startedAtNs() <= context.hostLatestNs()
                && context.queue.boundAfter(event) == null;
    }

    /** Whether it ended a life of which nothing is known, and which is shown to have begun before what the stream reaches. */
    private static boolean isStartLeftOut(StepContext context, EngineEvent event, @Nullable ObservedContainer answer) {
        ContainerId id = Actions.containerId(event);
        Life last = LastLife.of(answer);
        // What another host had meanwhile is in the gap that was reported, and what the log had of before the trail was
        // read.
        return last != null
                && context.checkpoint.portfolio().alive(id) == null
                && context.checkpoint.gap() == null
                && context.cache.begunNs(id) == null
                && last.startedAtNs()
                        <= context.checkpoint.followSinceNs(context.options.overlapNs(), context.hostEarliestNs());
    }

    /** Whether the container, asked for after a start, shows a life as its last that this did not begin, and that was reported. */
    static boolean isReported(StepContext context, EngineEvent start, @Nullable ObservedContainer answer) {
        Life last = LastLife.of(answer);
        if (last == null || last.precision() != Life.Precision.EXACT || last.canBe(UnconfirmedLives.begunBy(start))) {
            return false;
        }
        ContainerId id = Actions.containerId(start);
        LiveContainer known = context.checkpoint.portfolio().alive(id);
        return known == null
                ? UnconfirmedLives.isKnown(context.checkpoint, id, last)
                : known.life().precision() == Life.Precision.EXACT
                        && known.life().canBe(last);
    }

    /** Whether a start waits behind the event that began that life, or one before it. */
    private static boolean isBegunBehind(StepContext context, EngineEvent event, Life last) {
        EngineEvent start = context.queue.after(event, Set.of(Actions.START));
        return start != null && Life.fromEvent(start.timeNs()).earliestNs() <= last.latestNs();
    }

    /** Whether the start event of that life stands in the log behind this event, and waits. */
    private static boolean isStillToBegin(StepContext context, EngineEvent event, Life life) {
        EngineEvent next = context.queue.boundAfter(event);
        return next != null && Actions.BEGINNING.contains(next.action()) && life.canBe(UnconfirmedLives.begunBy(next));
    }
}
