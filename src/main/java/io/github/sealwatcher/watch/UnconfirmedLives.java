package io.github.sealwatcher.watch;

import io.github.sealwatcher.model.ContainerId;
import io.github.sealwatcher.model.EngineEvent;
import io.github.sealwatcher.model.Life;
import io.github.sealwatcher.model.LiveContainer;
import io.github.sealwatcher.model.ObservedContainer;
import io.github.sealwatcher.model.RunState;
import io.github.sealwatcher.watch.checkpoint.Checkpoint;
import io.github.sealwatcher.watch.checkpoint.EndedLife;
import io.github.sealwatcher.watch.state.Actions;
import io.github.sealwatcher.watch.state.ListedContainers;
import java.util.Collections;
import org.jspecify.annotations.Nullable;
import org.pcollections.PVector;

/**
 * Keeps the lives that were reported as ended while the event log could not be read, so that the events of them which the
 * log brings later are recognized.
 */
final class UnconfirmedLives {

    /** With more lives than this the log is unlikely to hold the oldest. */
    private static final int MAX_LIVES = 1024;

    /** With more than this nothing is kept for the case that the endpoint leads back: an offset is to stay small. */
    private static final int MAX_GONE = 32;

    private static final long SECOND_NS = 1_000_000_000L;

    private UnconfirmedLives() {}

    /** A life was reported as ended; matters only while the log cannot be read, which may hold more events of it. */
    static void ended(StepContext context, LiveContainer last, long endNs, boolean announced) {
        // Once the clock was set back, events of it can be stamped later than that, unless it went on behind the step.
        boolean since = context.cache.isShownSinceStep(last);
        endedBy(context, last, endNs, since ? endNs : endNs + context.clockSetBackNs, announced, false);
    }

    /**
     * The same if it is shown when it ended.
     *
     * @param byNs by when it had ended
     * @param endedAtNs when it ended, which a list can round down to the second; null if that is not shown
     */
    static void endedUnseen(StepContext context, LiveContainer last, long byNs, @Nullable Long endedAtNs) {
        if (endedAtNs == null) {
            ended(context, last, byNs, false);
        } else {
            long rounded = endedAtNs % SECOND_NS == 0 ? SECOND_NS : 0;
            long shownNs = endedAtNs + rounded + GapDetector.LATE_NS;
            long endNs = Math.min(byNs, shownNs);
            endedBy(context, last, endNs, context.clockSetBackNs > 0 ? shownNs : endNs, false, true);
        }
    }

    private static void endedBy(
            StepContext context, LiveContainer last, long endNs, long latestNs, boolean announced, boolean shown) {
        if (!context.eventLog.isReadable()) {
            boolean setBack = last.life().startedAtNs() > endNs;
            long untilNs =
                    setBack ? Math.max(latestNs, last.life().startedAtNs() + context.options.resyncNs()) : latestNs;
            // The clock was set back in it: its start, and what follows that, is known by the time, its end only by the
            // order or, if that is shown, by its own time.
            boolean apart = setBack && !announced && (shown || !last.life().announced());
            if (apart) {
                long lastNs = shown ? latestNs : untilNs;
                add(context, new EndedLife(last.id(), last.life().announcedAlready(), lastNs, false, false));
            }
            add(context, new EndedLife(last.id(), last.life(), untilNs, announced || apart, false));
        }
    }

    /**
     * A start was read.
     *
     * @param replayed whether the log has it: then nothing of an earlier life stands behind it
     */
    static void passed(StepContext context, ContainerId id, boolean replayed) {
        if (!replayed) {
            return;
        }
        PVector<EndedLife> left = context.checkpoint.unconfirmed();
        for (EndedLife life : context.checkpoint.unconfirmed()) {
            left = life.id().equals(id) ? left.minus(life) : left;
        }
        if (left != context.checkpoint.unconfirmed()) {
            context.checkpoint = context.checkpoint.unconfirmed(left);
        }
    }

    /** A life was reported as ended that the engine goes on showing: what waited for its end is gone. */
    static void stuck(StepContext context, LiveContainer last, long endNs) {
        add(context, new EndedLife(last.id(), last.life(), endNs, false, false));
    }

    /**
     * A life was reported as ended that can go on: the engine goes on showing it; or the endpoint leads to another host, where
     * no container is that was here, and perhaps back.
     */
    static void goesOn(StepContext context, LiveContainer last, long endNs) {
        ListedContainers lists = context.cache.listed();
        if (lists.observed().containsKey(last.id())) {
            stuck(context, last, endNs);
        } else if (context.checkpoint.unconfirmed().size() < MAX_GONE
                && Collections.disjoint(
                        lists.agreed().keySet(), lists.observed().keySet())) {
            add(context, new EndedLife(last.id(), last.life(), endNs, false, false));
        }
    }

    /** Whether this life of a container was reported as ended without its event. */
    static boolean isKnown(Checkpoint known, ContainerId id, Life life) {
        return known.unconfirmed().stream()
                .anyMatch(ended -> ended.id().equals(id) && ended.life().canBe(life));
    }

    /** Whether this life of a container was reported as ended by its event, which the log may bring once more. */
    static boolean isEndKnown(Checkpoint known, ContainerId id, Life life) {
        return !isEndAwaited(known, id, life)
                && known.unconfirmed().stream()
                        .anyMatch(ended -> ended.id().equals(id)
                                && ended.endAnnounced()
                                && ended.life().announced()
                                && ended.life().canBe(life));
    }

    /** The log could be read to its end: no event of an ended life is left, except of those that never get one. */
    static void forget(StepContext context) {
        PVector<EndedLife> left = context.checkpoint.unconfirmed();
        for (EndedLife life : context.checkpoint.unconfirmed()) {
            if (!context.cache.listed().stopping().containsKey(life.id()) && !isGone(context, life)) {
                left = left.minus(life);
            }
        }
        context.checkpoint = context.checkpoint.unconfirmed(left);
    }

    /** Whether its container went without a trace when it was reported as ended, and is not back. */
    private static boolean isGone(StepContext context, EndedLife life) {
        Long goneNs = context.cache.endedAtNs(life.id());
        return !life.endAnnounced() && context.cache.get(life.id()) == null && goneNs != null && goneNs == life.endNs();
    }

    /** A container was reported as removed without any event of that. */
    static void removed(StepContext context, ContainerId id, long removedNs) {
        PVector<EndedLife> lives = context.checkpoint.unconfirmed();
        for (int i = lives.size() - 1; i >= 0; i--) {
            if (lives.get(i).id().equals(id)) {
                context.checkpoint = context.checkpoint.unconfirmed(
                        lives.with(i, lives.get(i).withRemoval(removedNs)));
                return;
            }
        }
        // Nothing but a membership was known of it.
        removedLater(context, id, removedNs);
    }

    /** The same in a life of which nothing was reported. */
    static void removedLater(StepContext context, ContainerId id, long removedNs) {
        if (!context.eventLog.isReadable()) {
            add(context, new EndedLife(id, Life.exact(removedNs, 0).announcedAlready(), removedNs, true, true));
        }
    }

    private static void add(StepContext context, EndedLife life) {
        PVector<EndedLife> lives = context.checkpoint.unconfirmed();
        PVector<EndedLife> more = lives.size() < MAX_LIVES ? lives : lives.minus(0);
        context.checkpoint = context.checkpoint.unconfirmed(more.plus(life));
    }

    /** The life that a start or restore event begins. */
    static Life begunBy(EngineEvent event) {
        return event.action().equals(Actions.RESTORE) ? Life.restored(event.timeNs()) : Life.fromEvent(event.timeNs());
    }

    /**
     * The same behind the end of an earlier life that was read: a restored one shows when that began, and later than it was
     * restored itself if the clock was set back in between.
     */
    static Life begunBy(StepContext context, EngineEvent event) {
        Life begun = begunBy(event);
        long lastNs = context.cache.lastBegunNs(Actions.containerId(event));
        return begun.precision() == Life.Precision.RESTORE && lastNs != Long.MAX_VALUE && lastNs > event.timeNs()
                ? Life.restored(lastNs)
                : begun;
    }

    /** Whether this can be the start event, read before, of a life that was reported as ended because its host was gone. */
    static boolean isStartOfGone(StepContext context, EngineEvent event) {
        Life begun = begunBy(event);
        return context.checkpoint.unconfirmed().stream()
                .anyMatch(life -> isOf(life, event)
                        && life.life().announced()
                        && !life.endAnnounced()
                        && life.life().canBe(begun));
    }

    /** Whether this can be the start event of a life that was reported without it. */
    static boolean canBegin(StepContext context, EngineEvent event) {
        Life begun = begunBy(event);
        return context.checkpoint.unconfirmed().stream().anyMatch(life -> isOf(life, event) && life.isStartedBy(begun));
    }

    /** Whether this is the start or the end of a life before one that was reported without its start, or turned such a life. */
    static boolean isBefore(StepContext context, EngineEvent event) {
        boolean starts = event.action().equals(Actions.START);
        boolean bounds = starts || event.action().equals(Actions.DIED);
        if (context.clockSetBackNs > 0 || !(bounds || Actions.TURNING.contains(event.action()))) {
            return false;
        }
        Life begun = begunBy(event);
        return context.checkpoint.unconfirmed().stream()
                .anyMatch(life -> isOf(life, event)
                        && !life.life().announced()
                        && event.timeNs() < life.life().startedAtNs()
                        && !(starts && life.life().canBe(begun)));
    }

    /**
     * Whether this is the start event of a life that was reported without it.
     *
     * @param replayed whether a replay brought it; a stream brings only what comes behind an end that was read
     */
    static boolean isStart(StepContext context, EngineEvent event, boolean replayed) {
        PVector<EndedLife> lives = context.checkpoint.unconfirmed();
        Life begun = begunBy(event);
        for (int i = 0; i < lives.size(); i++) {
            if (isOf(lives.get(i), event)
                    && lives.get(i).isStartedBy(begun)
                    && (replayed || !lives.get(i).endAnnounced())) {
                context.checkpoint = context.checkpoint.unconfirmed(
                        lives.with(i, lives.get(i).startAnnounced()));
                return true;
            }
        }
        return false;
    }

    /** Whether a life of this container that ended and began then was reported as ended; only an inspect is exact enough. */
    static boolean isEnded(StepContext context, ContainerId id, long startedAtNs) {
        Life shown = Life.shown(startedAtNs);
        return shown.precision() == Life.Precision.EXACT && isEndAwaited(context.checkpoint, id, shown);
    }

    private static boolean isEndAwaited(Checkpoint known, ContainerId id, Life life) {
        return known.unconfirmed().stream()
                .anyMatch(ended -> ended.id().equals(id)
                        && !ended.endAnnounced()
                        && ended.life().canBe(life));
    }

    /** Whether this can be the died event of a life whose end was reported without it. */
    static boolean canEnd(StepContext context, EngineEvent event) {
        return event.action().equals(Actions.DIED)
                && context.checkpoint.unconfirmed().stream()
                        .anyMatch(life -> isOf(life, event) && life.isEndedBy(event.timeNs()));
    }

    /** Whether the container shows another life than that one, so a later one, and this is the end of that, by its time. */
    private static boolean isEndOfNext(EndedLife life, EngineEvent event, @Nullable ObservedContainer shown) {
        return shown != null
                && shown.state() instanceof RunState.Ended ended
                && ended.endedAtNs() != null
                && !life.life().canBe(Life.shown(ended.startedAtNs()))
                && event.timeNs() >= ended.endedAtNs()
                && event.timeNs() < ended.endedAtNs() + SECOND_NS;
    }

    /**
     * Whether this is the died event of a life whose end was reported without it.
     *
     * @param replayed whether a replay brought it
     * @param shown the container as it was shown last; null if it was not
     */
    static boolean isEnd(StepContext context, EngineEvent event, boolean replayed, @Nullable ObservedContainer shown) {
        PVector<EndedLife> lives = context.checkpoint.unconfirmed();
        for (int i = 0; i < lives.size(); i++) {
            EndedLife life = lives.get(i);
            if (isOf(life, event)
                    && life.isEndedBy(timeNs(context, life, event, replayed))
                    && !isOfLater(context, life, event, replayed)
                    && !isEndOfNext(life, event, shown)) {
                context.checkpoint = context.checkpoint.unconfirmed(lives.with(i, life.withEndAnnounced()));
                return true;
            }
        }
        return false;
    }

    /**
     * Whether this happened in a life that was reported as ended.
     *
     * @param replayed whether a replay brought it; a stream brings only what comes behind an end that was read
     */
    static boolean covers(StepContext context, EngineEvent event, boolean replayed) {
        boolean last = context.checkpoint.portfolio().alive(new ContainerId(event.actorId())) == null;
        for (EndedLife life : context.checkpoint.unconfirmed()) {
            if (isOf(life, event)
                    && life.covers(timeNs(context, life, event, replayed), last)
                    && (replayed || !life.endAnnounced())
                    && !isOfLater(context, life, event, replayed)) {
                return true;
            }
        }
        return false;
    }

    /**
     * Whether the event is of the life that is known to be alive instead, or that was listed before the stream brought the event:
     * of two lives in which something can have happened, it did so in the one that began last before it. What seems yet to
     * come did so before the host's clock was set back. What the stream brings comes behind all that is known.
     */
    private static boolean isOfLater(StepContext context, EndedLife ended, EngineEvent event, boolean replayed) {
        LiveContainer alive = context.checkpoint.portfolio().alive(ended.id());
        if (alive != null && !replayed) {
            return true;
        }
        Life shown = replayed ? null : context.cache.shownAlive(ended.id());
        Life later = alive == null ? shown : alive.life();
        return later != null
                && later.covers(event.timeNs())
                && later.startedAtNs() > ended.life().startedAtNs()
                && !isOfBeforeStep(context, event, replayed);
    }

    /** What is stamped later than now was so before the clock was set back: it is not from behind what was reported by now. */
    private static long timeNs(StepContext context, EndedLife life, EngineEvent event, boolean replayed) {
        return isOfBeforeStep(context, event, replayed) ? Math.min(event.timeNs(), life.endNs()) : event.timeNs();
    }

    /** Whether it is stamped later than now: what a stream brings is so if the clock was set forward, unless it was set back. */
    private static boolean isOfBeforeStep(StepContext context, EngineEvent event, boolean replayed) {
        return (replayed || context.clockSetBackNs > 0)
                && event.timeNs() > context.hostLatestNs() + GapDetector.LATE_NS;
    }

    /** Whether the event's container was reported as removed by then. */
    static boolean isRemoved(Checkpoint known, EngineEvent event) {
        for (EndedLife life : known.unconfirmed()) {
            if (isOf(life, event) && life.removed() && event.timeNs() <= life.endNs()) {
                return true;
            }
        }
        return false;
    }

    private static boolean isOf(EndedLife life, EngineEvent event) {
        return life.id().value().equals(event.actorId());
    }
}
