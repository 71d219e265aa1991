package io.github.sealwatcher.watch;

import io.github.sealwatcher.model.Life;
import io.github.sealwatcher.model.LiveContainer;
import io.github.sealwatcher.model.ObservedContainer;
import io.github.sealwatcher.model.RunState;
import io.github.sealwatcher.watch.checkpoint.Checkpoint;
import io.github.sealwatcher.watch.state.Difference;
import io.github.sealwatcher.watch.state.ListedContainers;

/** When what the log has lost of a container must have happened, and how what is inferred of it is dated. */
final class LossTimes {

    /** A list rounds times down to this. */
    private static final long SECOND_NS = 1_000_000_000L;

    private LossTimes() {}

    /** From when on an event must be missing for this difference to be; it is unknown when a membership changed. */
    static long lostFromNs(StepContext context, Difference difference) {
        long earliestNs = difference.earliestNs();
        if (difference instanceof Difference.Vanished vanished) {
            return Math.min(aliveUntilNs(context, vanished.known()), shownNs(vanished));
        }
        if (earliestNs != Long.MAX_VALUE) {
            // A whole life would be known by then, unless it came from elsewhere with an older start.
            return difference instanceof Difference.Missed
                    ? Math.max(Math.min(earliestNs, context.cache.lastBegunNs(difference.id())), context.agreedNs())
                    : earliestNs;
        }
        Checkpoint.Gap gap = context.checkpoint.gap();
        return gap == null ? context.agreedNs() : gap.fromNs();
    }

    /** The earliest that is shown of what is missing: its end, or the begin of a later life; the greatest value if nothing is. */
    static long shownNs(Difference difference) {
        if (!(difference instanceof Difference.Vanished vanished)
                || vanished.listed() == null
                || !(vanished.listed().state() instanceof RunState.Ended ended)) {
            return Long.MAX_VALUE;
        }
        long endedAtNs = ended.endedAtNs() == null ? Long.MAX_VALUE : ended.endedAtNs();
        boolean own = vanished.known().life().canBe(Life.shown(ended.startedAtNs()));
        return own ? endedAtNs : Math.min(endedAtNs, ended.startedAtNs());
    }

    /**
     * Until when a life surely went on as it is known: what ended or changed it went missing later. A list that agreed shows that
     * by the process; what is being stopped can have ended at any time since.
     */
    static long aliveUntilNs(StepContext context, LiveContainer known) {
        ListedContainers listed = context.cache.listed();
        ObservedContainer agreed = listed.agreed().get(known.id());
        boolean went = agreed != null
                && agreed.state() instanceof RunState.Live live
                && live.stopping() == null
                && live.life().pid() != 0
                && live.life().pid() == known.life().pid();
        return went ? Math.max(known.sinceNs(), listed.agreedNs()) : known.sinceNs();
    }

    /** What is inferred is dated no earlier than this: after all that was reported of the container. */
    static long datedNs(StepContext context, Difference difference) {
        if (difference instanceof Difference.Missed missed) {
            return missed.endedAtNs() > context.hostEarliestNs()
                    ? missed.endedAtNs() + GapDetector.LATE_NS
                    : missed.endedAtNs();
        }
        LiveContainer known = context.checkpoint.portfolio().alive(difference.id());
        long reportedNs = context.cache.reportedUntilNs(difference.id());
        if (difference instanceof Difference.Replaced replaced) {
            // The end of the one before is dated by the start of the next one, which can be ahead of a clock set back
            // since.
            long startedAtNs = replaced.live().life().startedAtNs();
            reportedNs = Math.max(
                    reportedNs,
                    startedAtNs > context.hostEarliestNs() ? startedAtNs + GapDetector.LATE_NS : startedAtNs);
        }
        ObservedContainer listed = difference instanceof Difference.Vanished vanished ? vanished.listed() : null;
        Long endedAtNs = listed != null && listed.state() instanceof RunState.Ended ended ? ended.endedAtNs() : null;
        if (endedAtNs != null) {
            // A list rounds it down.
            reportedNs = Math.max(reportedNs, endedAtNs + SECOND_NS - 1);
        }
        return known == null ? reportedNs : Math.max(reportedNs, context.sinceNs(known));
    }

    /**
     * The time of a change whose time is unknown: in the gap that explains it, if there is one.
     *
     * @param lostFromNs when it began to be missing
     * @param byNs it was not later than this
     */
    static long unseenNs(StepContext context, long lostFromNs, long byNs) {
        Checkpoint.Gap before = context.checkpoint.gap();
        return before == null || lostFromNs > before.reportedNs() || byNs < before.fromNs()
                ? byNs
                : Math.max(before.fromNs(), Math.min(before.toNs(), byNs));
    }

    /** The time of a start that nothing shows at its own time: a life that is migrated here can be older than the gap. */
    static long notBeforeGapNs(StepContext context, long startedAtNs) {
        Checkpoint.Gap gap = context.checkpoint.gap();
        return gap == null ? startedAtNs : Math.max(gap.fromNs(), startedAtNs);
    }
}
