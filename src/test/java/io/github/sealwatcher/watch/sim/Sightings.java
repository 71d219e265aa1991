package io.github.sealwatcher.watch.sim;

import io.github.sealwatcher.model.ContainerId;
import io.github.sealwatcher.watch.Input;
import java.util.ArrayList;
import java.util.List;

/** When whoever reported it, or goes on from what was stored, saw the containers, and when he heard that there is no log. */
final class Sightings {

    private final List<Long> lists = new ArrayList<>();
    private final List<Found> found = new ArrayList<>();
    private final List<Long> noLogs = new ArrayList<>();

    private record Found(ContainerId id, long ticks) {}

    /** An answer of the present connection. */
    void note(Input input, long atTicks) {
        if (input instanceof Input.Listed) {
            lists.add(atTicks);
        } else if (input instanceof Input.ContainerFound answer && answer.found() != null) {
            found.add(new Found(answer.id(), atTicks));
        } else if (input instanceof Input.Lost lost && lost.loss() == Input.Loss.NO_EVENT_LOG) {
            noLogs.add(atTicks);
        }
    }

    /** The next process knows no more than what was stored then. */
    void forgetSince(long storedTicks) {
        lists.removeIf(seen -> seen > storedTicks);
        found.removeIf(seen -> seen.ticks > storedTicks);
        noLogs.removeIf(heard -> heard > storedTicks);
    }

    boolean wasListed(long fromTicks, long toTicks) {
        return lists.stream().anyMatch(seen -> seen >= fromTicks && seen <= toTicks);
    }

    /** Whether a list or a look-up of the container was answered in that time. */
    boolean wasSeen(ContainerId id, long fromTicks, long toTicks) {
        return wasListed(fromTicks, toTicks) || wasLookedUp(id, fromTicks, toTicks);
    }

    boolean wasLookedUp(ContainerId id, long fromTicks, long toTicks) {
        return found.stream().anyMatch(seen -> seen.id.equals(id) && seen.ticks >= fromTicks && seen.ticks <= toTicks);
    }

    boolean isNoLogKnown(long fromTicks, long toTicks) {
        return noLogs.stream().anyMatch(heard -> heard >= fromTicks && heard <= toTicks);
    }
}
