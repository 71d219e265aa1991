package io.github.sealwatcher.watch;

import io.github.sealwatcher.model.ContainerId;
import io.github.sealwatcher.model.Life;
import io.github.sealwatcher.model.LiveContainer;
import io.github.sealwatcher.model.ObservedContainer;
import io.github.sealwatcher.model.PodRef;
import io.github.sealwatcher.model.RunState;
import io.github.sealwatcher.model.Status;
import io.github.sealwatcher.watch.checkpoint.Portfolio;
import io.github.sealwatcher.watch.state.ContainerCache;
import io.github.sealwatcher.watch.state.ContainerList;
import io.github.sealwatcher.watch.state.Difference;
import io.github.sealwatcher.watch.state.ResyncPhase;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BiPredicate;
import org.jspecify.annotations.Nullable;

/** Finds in what a list and the portfolio don't agree. */
final class ListDiff {

    private final Portfolio known;
    private final ContainerList listing;
    private final ContainerCache cache;
    private final long nowTicks;
    private final boolean reportAgain;
    private final BiPredicate<ContainerId, Life> ended;

    /**
     * @param reportAgain whether what is known to be alive counts as new
     * @param ended whether the life of a container that is being stopped for good was reported as ended
     */
    ListDiff(
            Portfolio known,
            ContainerList listing,
            ContainerCache cache,
            long nowTicks,
            boolean reportAgain,
            BiPredicate<ContainerId, Life> ended) {
        this.known = known;
        this.listing = listing;
        this.cache = cache;
        this.nowTicks = nowTicks;
        this.reportAgain = reportAgain;
        this.ended = ended;
    }

    /**
     * All differences, those of one container in the order in which they are to be reported: a member's pod before its start,
     * its death before its leaving.
     *
     * @param changedSinceList the containers for which the list is too old
     * @param pauseChangedSinceList those for which it is too old as to whether they are paused
     */
    List<Difference> compare(Set<ContainerId> changedSinceList, Set<ContainerId> pauseChangedSinceList) {
        List<Difference> differences = new ArrayList<>();
        for (ObservedContainer listed : listing.all()) {
            if (!changedSinceList.contains(listed.id()) || isReportedAgain(listed)) {
                PodRef pod = listed.pod();
                if (pod != null && !pod.id().equals(known.members().get(listed.id()))) {
                    differences.add(new Difference.Joined(listed, pod));
                }
                Difference difference =
                        compare(known.alive(listed.id()), listed, pauseChangedSinceList.contains(listed.id()));
                if (difference != null) {
                    differences.add(difference);
                }
            } else if (!isListed(known.alive(listed.id()), listed)) {
                // What ended before the list did so, whatever came since.
                Difference missed = MissedLife.of(cache, listed, listing.askedAtNs());
                if (missed != null) {
                    differences.add(missed);
                }
            }
        }
        for (ContainerId id : missing()) {
            if (!changedSinceList.contains(id)) {
                LiveContainer alive = known.alive(id);
                if (alive != null) {
                    differences.add(new Difference.Vanished(alive, null));
                }
                PodRef pod = known.podOf(id);
                if (pod != null) {
                    differences.add(new Difference.Left(id, pod));
                }
            }
        }
        return differences;
    }

    /**
     * Whether the life that is known to go on can be the last one that the list shows. One that is shown to have ended before the
     * start of the known one was written rather is an earlier one: the next list tells.
     */
    private static boolean isListed(@Nullable LiveContainer alive, ObservedContainer listed) {
        Life last = LastLife.of(listed);
        return alive != null && (last == null || (alive.life().canBe(last) && !isEndedBefore(alive, listed)));
    }

    /** What ended with its host has no end. */
    private static boolean isEndedBefore(LiveContainer alive, ObservedContainer listed) {
        return listed.state() instanceof RunState.Ended ended
                && (ended.endedAtNs() == null
                        || ended.endedAtNs() < alive.life().startedAtNs());
    }

    /**
     * What a list before showed to be different, and this one does, too, but is too old for: it is neither believed nor gone.
     *
     * @param suspects the signatures of all that the list before showed to be different
     */
    Set<String> stillSuspected(Set<String> suspects, ResyncPhase.Outdated outdated) {
        Set<String> still = new HashSet<>();
        if (!suspects.isEmpty() && !outdated.changed().isEmpty()) {
            for (Difference difference : compare(Set.of(), outdated.paused())) {
                if (outdated.changed().contains(difference.id()) && suspects.contains(difference.signature())) {
                    still.add(difference.signature());
                }
            }
        }
        return still;
    }

    private boolean isReportedAgain(ObservedContainer listed) {
        LiveContainer alive = known.alive(listed.id());
        Life shown = listed.life();
        return reportAgain
                && alive != null
                && shown != null
                && cache.reportedNs(alive.id()) == null
                && alive.life().canBe(shown);
    }

    private @Nullable Difference compare(
            @Nullable LiveContainer alive, ObservedContainer listed, boolean pauseChangedSinceList) {
        if (listed.state() instanceof RunState.Live live && !cache.listed().isStuck(listed.id(), nowTicks)) {
            if (alive == null) {
                boolean stuck = live.stopping() != null && ended.test(listed.id(), live.life());
                return stuck ? null : new Difference.Appeared(listed, live);
            }
            // What the list is too old for was heard of the life that it shows.
            Status status = pauseChangedSinceList ? alive.status() : live.status();
            RunState.Live current = new RunState.Live(live.life(), status, live.stopping());
            if (!alive.life().canBe(cache.asInspected(listed.id(), live.life()))) {
                return new Difference.Replaced(alive, listed, current);
            }
            if (isReportedAgain(listed)) {
                return new Difference.Appeared(listed, current);
            }
            // What is being stopped is listed as that, whether it was paused or not.
            return pauseChangedSinceList || alive.status() == live.status() || live.stopping() != null
                    ? null
                    : new Difference.PauseChanged(alive, live);
        }
        return alive == null
                ? MissedLife.of(cache, listed, listing.askedAtNs())
                : new Difference.Vanished(alive, listed);
    }

    private Set<ContainerId> missing() {
        Set<ContainerId> missing = new TreeSet<>(known.alive().keySet());
        missing.addAll(known.members().keySet());
        missing.removeIf(id -> listing.get(id) != null);
        return missing;
    }
}
