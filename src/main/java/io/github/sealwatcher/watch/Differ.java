package io.github.sealwatcher.watch;

import io.github.sealwatcher.model.Alive;
import io.github.sealwatcher.model.ContainerId;
import io.github.sealwatcher.model.Life;
import io.github.sealwatcher.model.Observed;
import io.github.sealwatcher.model.PodRef;
import io.github.sealwatcher.model.Run;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Finds in what a list and the portfolio don't agree. */
final class Differ {

    private final Portfolio known;
    private final Listing listing;
    private final Catalog catalog;
    private final long nowTicks;
    private final boolean retold;
    private final Predicate<ContainerId> ended;

    /**
     * @param retold whether what is known to be alive counts as new
     * @param ended whether the life of a container that is being stopped for good was reported as ended
     */
    Differ(
            Portfolio known,
            Listing listing,
            Catalog catalog,
            long nowTicks,
            boolean retold,
            Predicate<ContainerId> ended) {
        this.known = known;
        this.listing = listing;
        this.catalog = catalog;
        this.nowTicks = nowTicks;
        this.retold = retold;
        this.ended = ended;
    }

    /**
     * All differences, those of one container in the order in which they are to be told: a member's pod before its start,
     * its death before its leaving.
     *
     * @param touched the containers for which the list is too old
     * @param turned those for which it is too old as to whether they are paused
     */
    List<Difference> compare(Set<ContainerId> touched, Set<ContainerId> turned) {
        List<Difference> differences = new ArrayList<>();
        for (Observed listed : listing.all()) {
            if (!touched.contains(listed.id()) || isRetold(listed)) {
                PodRef pod = listed.pod();
                if (pod != null && !pod.id().equals(known.members().get(listed.id()))) {
                    differences.add(new Difference.Joined(listed, pod));
                }
                Difference difference = compare(known.alive(listed.id()), listed);
                if (difference != null && !(difference instanceof Difference.Turned && turned.contains(listed.id()))) {
                    differences.add(difference);
                }
            }
        }
        for (ContainerId id : missing()) {
            if (!touched.contains(id)) {
                Alive alive = known.alive(id);
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

    private boolean isRetold(Observed listed) {
        Alive alive = known.alive(listed.id());
        Life shown = listed.life();
        return retold
                && alive != null
                && shown != null
                && catalog.reportedNs(alive.id()) == null
                && alive.life().canBe(shown);
    }

    private @Nullable Difference compare(@Nullable Alive alive, Observed listed) {
        if (listed.run() instanceof Run.Living living && !catalog.listed().isStuck(listed.id(), nowTicks)) {
            if (alive == null) {
                boolean stuck = living.stopping() != null && ended.test(listed.id());
                return stuck ? null : new Difference.Appeared(listed, living);
            }
            if (!alive.life().canBe(living.life())) {
                return new Difference.Replaced(alive, listed, living);
            }
            if (isRetold(listed)) {
                return new Difference.Appeared(listed, living);
            }
            // What is being stopped is listed as that, whether it was paused or not.
            return alive.status() == living.status() || living.stopping() != null
                    ? null
                    : new Difference.Turned(alive, living);
        }
        return alive == null ? null : new Difference.Vanished(alive, listed);
    }

    private Set<ContainerId> missing() {
        Set<ContainerId> missing = new TreeSet<>(known.alive().keySet());
        missing.addAll(known.members().keySet());
        missing.removeIf(id -> listing.get(id) != null);
        return missing;
    }
}
