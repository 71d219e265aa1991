package io.github.sealwatcher.watch.state;

import io.github.sealwatcher.model.Container;
import io.github.sealwatcher.model.ContainerId;
import io.github.sealwatcher.model.Life;
import io.github.sealwatcher.model.ObservedContainer;
import io.github.sealwatcher.model.RunState;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.pcollections.HashTreePMap;
import org.pcollections.PMap;

/**
 * What lists and look-ups showed of the containers that exist, alive or not.
 *
 * @param observed each as it was last shown
 * @param agreed the same at the last list that agreed with all that was known
 * @param stopping the containers that the last list showed as being stopped
 * @param listedAtNs when the last list was asked for, by the host's clock: of what is older and isn't in here, nothing is
 *     left to be asked
 * @param agreedNs when the list was asked for that last agreed with all that was known; the least value if none did
 * @param doubted whether a list since did not agree, or could not be compared
 * @param sightNs when the list was asked for with which the trail began; the least value if that was an earlier run's
 * @param resumedNs before any list agreed: an end later than that was reported by nobody before; the greatest value if that is
 *     unknown
 * @param listedTicks when the last list was answered, by the worker's monotonic clock
 */
public record ListedContainers(
        PMap<ContainerId, ObservedContainer> observed,
        PMap<ContainerId, ObservedContainer> agreed,
        PMap<ContainerId, Stopping> stopping,
        long listedAtNs,
        long agreedNs,
        boolean doubted,
        long sightNs,
        long resumedNs,
        long listedTicks) {

    static final ListedContainers NONE = new ListedContainers(
            HashTreePMap.empty(),
            HashTreePMap.empty(),
            HashTreePMap.empty(),
            Long.MIN_VALUE,
            Long.MIN_VALUE,
            false,
            Long.MIN_VALUE,
            Long.MAX_VALUE,
            Long.MIN_VALUE);

    /** No list yet: what an earlier process reported was not later than that. */
    static ListedContainers resumed(long timeNs) {
        return new ListedContainers(
                NONE.observed,
                NONE.agreed,
                NONE.stopping,
                NONE.listedAtNs,
                NONE.agreedNs,
                false,
                NONE.sightNs,
                timeNs,
                NONE.listedTicks);
    }

    @Nullable
    Container container(ContainerId id) {
        ObservedContainer found = observed.get(id);
        return found == null ? null : found.container();
    }

    /** With this container as it is now shown; what only an earlier inspect showed stays. */
    ListedContainers plus(ObservedContainer shown) {
        PMap<ContainerId, Stopping> stops = stopping;
        Stopping known = stopping.get(shown.id());
        if (known != null && shown.state() instanceof RunState.Live live && live.stopping() != null) {
            stops = stops.plus(
                    shown.id(),
                    new Stopping(
                            known.life(), known.sinceTicks(), live.stopping().timeoutNs()));
        }
        return new ListedContainers(
                observed.plus(shown.id(), completed(shown)),
                agreed,
                stops,
                listedAtNs,
                agreedNs,
                doubted,
                sightNs,
                resumedNs,
                listedTicks);
    }

    ListedContainers minus(ContainerId id) {
        return new ListedContainers(
                observed.minus(id), agreed, stopping, listedAtNs, agreedNs, doubted, sightNs, resumedNs, listedTicks);
    }

    /** What a list shows, and nothing that isn't in it. */
    ListedContainers listed(ContainerList listing, long nowTicks) {
        PMap<ContainerId, ObservedContainer> all = observed;
        PMap<ContainerId, Stopping> stops = HashTreePMap.empty();
        for (ObservedContainer shown : listing.all()) {
            ObservedContainer completed = completed(shown);
            all = completed.equals(observed.get(shown.id())) ? all : all.plus(shown.id(), completed);
            if (shown.state() instanceof RunState.Live live && live.stopping() != null) {
                Stopping known = stopping.get(shown.id());
                boolean goesOn = known != null && known.life().canBe(live.life());
                stops = stops.plus(
                        shown.id(), goesOn && known != null ? known : new Stopping(live.life(), nowTicks, null));
            }
        }
        for (Map.Entry<ContainerId, ObservedContainer> each : observed.entrySet()) {
            if (listing.get(each.getKey()) == null) {
                all = all.minus(each.getKey());
            }
        }
        boolean doubtful = doubted || listedAtNs != agreedNs;
        return new ListedContainers(
                all, agreed, stops, listing.askedAtNs(), agreedNs, doubtful, sightNs, resumedNs, nowTicks);
    }

    /** The last list agreed with all that was known. */
    ListedContainers withAgreement() {
        return new ListedContainers(
                observed, observed, stopping, listedAtNs, listedAtNs, false, sightNs, resumedNs, listedTicks);
    }

    /** The trail begins with the last list. */
    ListedContainers sighted() {
        return new ListedContainers(
                observed, agreed, stopping, listedAtNs, agreedNs, doubted, listedAtNs, resumedNs, listedTicks);
    }

    /** The host's clock was set back: when a list was asked for is no longer to be compared. */
    ListedContainers setBack() {
        return new ListedContainers(
                observed,
                agreed,
                stopping,
                Long.MIN_VALUE,
                Long.MIN_VALUE,
                false,
                Long.MIN_VALUE,
                Long.MAX_VALUE,
                listedTicks);
    }

    /** When the first of the containers that are being stopped will have been so for too long; the greatest value if none. */
    public long stuckAtTicks(long nowTicks) {
        long first = Long.MAX_VALUE;
        for (Stopping known : stopping.values()) {
            long atTicks = known.sinceTicks() + known.limitNs() + 1;
            first = atTicks > nowTicks ? Math.min(first, atTicks) : first;
        }
        return first;
    }

    /**
     * Whether the container is being stopped for longer than that can take: whoever waited for its end is gone, and its end
     * will never be seen.
     */
    public boolean isStuck(ContainerId id, long nowTicks) {
        Stopping known = stopping.get(id);
        return known != null && nowTicks - known.sinceTicks() > known.limitNs();
    }

    private ObservedContainer completed(ObservedContainer shown) {
        ObservedContainer earlier = observed.get(shown.id());
        if (earlier == null) {
            return shown;
        }
        return new ObservedContainer(
                shown.container().completedBy(earlier.container()), shown.pod(), exact(shown.state(), earlier.life()));
    }

    /** With the start time that an inspect of the same process showed: a list rounds it down to the second. */
    private static RunState exact(RunState shown, @Nullable Life earlier) {
        return shown instanceof RunState.Live live
                        && earlier != null
                        && earlier.precision() == Life.Precision.EXACT
                        && earlier.pid() != 0
                        && earlier.pid() == live.life().pid()
                        && earlier.canBe(live.life())
                ? new RunState.Live(live.life().refinedBy(earlier), live.status(), live.stopping())
                : shown;
    }

    /**
     * A container that is being stopped.
     *
     * @param life its life that is to end: when the next one is stopped, that begins anew
     * @param sinceTicks when a list first showed that
     * @param timeoutNs how long its own settings let that take; null if unknown
     */
    public record Stopping(
            Life life, long sinceTicks, @Nullable Long timeoutNs) {

        private static final long DEFAULT_NS = 10_000_000_000L;
        /** Podman waits for the timeout, kills, and waits again. */
        private static final long MARGIN_NS = 10_000_000_000L;

        long limitNs() {
            return (timeoutNs == null ? DEFAULT_NS : timeoutNs) + MARGIN_NS;
        }
    }
}
