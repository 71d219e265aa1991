package io.github.sealwatcher.watch;

import io.github.sealwatcher.model.Alive;
import io.github.sealwatcher.model.ContainerChange;
import io.github.sealwatcher.model.ContainerId;
import io.github.sealwatcher.model.EngineEvent;
import io.github.sealwatcher.model.Life;
import io.github.sealwatcher.model.Observed;
import io.github.sealwatcher.model.Origin;
import io.github.sealwatcher.model.PodRef;
import io.github.sealwatcher.model.Run;
import io.github.sealwatcher.model.Status;
import org.jspecify.annotations.Nullable;

/** A life that an event shows to have begun, though nothing was reported of it before. */
final class UnseenLife {

    private final AppliedEvent applied;
    private final Turn turn;
    private final EngineEvent event;
    private final ContainerId id;
    private final @Nullable Observed answer;

    private UnseenLife(AppliedEvent applied) {
        this.applied = applied;
        this.turn = applied.turn;
        this.event = applied.event;
        this.id = applied.id;
        this.answer = applied.answer;
    }

    /** The life, reported now; null if its end was reported before. */
    static @Nullable Alive report(AppliedEvent applied, Status status) {
        return new UnseenLife(applied).report(status);
    }

    private @Nullable Alive report(Status status) {
        Observed shown = answer == null ? turn.catalog.get(id) : answer;
        // A list that is older than the event may show the life before.
        boolean current = answer != null || event.timeNs() < turn.catalog.listedAtNs();
        Long began = shown == null ? null : began(shown.run(), current);
        Long lastEnd = turn.catalog.endedAtNs(id);
        boolean ended = lastEnd != null && began != null && began <= lastEnd;
        if (lastEnd != null && (event.timeNs() <= lastEnd || (ended && current))) {
            return null;
        }
        if (ended) {
            began = null;
        }
        boolean logged = began == null && lastEnd == null && turn.catalog.begunNs(id) != null;
        if (logged) {
            began = turn.catalog.begunNs(id);
        }
        boolean elder = isAtSight(began);
        Origin origin = elder ? Origin.SNAPSHOT : Origin.RECONCILED;
        // At sight it is reported as of now: a start of weeks ago would be deleted from the trail at once by its age.
        long beganNs = began == null ? event.timeNs() : began;
        long startNs = elder ? event.timeNs() : began == null ? GapDetector.unseenNs(turn, beganNs, beganNs) : beganNs;
        PodRef pod = shown == null ? null : shown.pod();
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
        Life life = began == null || logged ? Life.fromEvent(beganNs) : Life.exact(beganNs, 0);
        Alive alive = new Alive(applied.container(), life, status, startNs, applied.portfolio.podOf(id));
        if (!elder) {
            applied.lostFromNs = began == null ? Math.min(beganNs, lastKnownNs(lastEnd)) : beganNs;
        }
        applied.unsure = began == null;
        applied.decide();
        applied.portfolio = applied.portfolio.plus(alive).hiding(id, applied.hidden);
        applied.add(new ContainerChange.Started(applied.derived(Actions.START, startNs, origin), alive));
        turn.catalog = turn.catalog.noticed(id);
        if (status == Status.PAUSED) {
            applied.add(new ContainerChange.Paused(applied.derived(Actions.PAUSE, startNs, origin), alive));
        }
        return alive;
    }

    /** Until when it is known not to have been alive. */
    private long lastKnownNs(@Nullable Long lastEnd) {
        long knownNs = turn.agreedNs();
        return lastEnd == null ? knownNs : Math.max(knownNs, lastEnd);
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
     * When the life that a list or an inspect shows began, if the event can be part of it; else null.
     *
     * @param current whether it was asked for after the event: then what it shows to be alive has not ended by that
     */
    private @Nullable Long began(Run run, boolean current) {
        Long startedAtNs = null;
        if (run instanceof Run.Ended ended) {
            startedAtNs = ended.startedAtNs();
        } else if (run instanceof Run.Living living
                && !(current && event.action().equals(Actions.DIED))) {
            startedAtNs = living.life().startedAtNs();
        }
        return startedAtNs != null && startedAtNs <= event.timeNs() ? startedAtNs : null;
    }
}
