package io.github.sealwatcher.watch.sim;

import io.github.sealwatcher.model.ContainerId;
import io.github.sealwatcher.watch.Input;
import io.github.sealwatcher.watch.state.ClockReading;
import java.util.ArrayList;
import java.util.List;

/** When whoever reported it, or goes on from what was stored, saw the containers, and when he heard that there is no log. */
final class Sightings {

    private final List<Listed> lists = new ArrayList<>();
    private final List<Found> found = new ArrayList<>();
    private final List<Long> noLogs = new ArrayList<>();

    private record Listed(long askedTicks, long ticks) {}

    private record Found(ContainerId id, long ticks) {}

    /** An answer of the present connection. */
    void note(Input input, long atTicks) {
        if (input instanceof Input.Listed listed) {
            ClockReading reading = listed.reading();
            lists.add(new Listed(reading == null ? atTicks : reading.askedTicks(), atTicks));
        } else if (input instanceof Input.ContainerFound answer && answer.found() != null) {
            found.add(new Found(answer.id(), atTicks));
        } else if (input instanceof Input.Lost lost && lost.loss() == Input.Loss.NO_EVENT_LOG) {
            noLogs.add(atTicks);
        }
    }

    /** The next process knows no more than what was stored then. */
    void forgetSince(long storedTicks) {
        lists.removeIf(seen -> seen.ticks > storedTicks);
        found.removeIf(seen -> seen.ticks > storedTicks);
        noLogs.removeIf(heard -> heard > storedTicks);
    }

    boolean wasListed(long fromTicks, long toTicks) {
        return lists.stream().anyMatch(seen -> seen.ticks >= fromTicks && seen.ticks <= toTicks);
    }

    /** Whether a list was asked for and answered in that time: it can have been made as soon as it was asked for. */
    boolean wasAskedFor(long fromTicks, long toTicks) {
        return lists.stream().anyMatch(seen -> seen.askedTicks >= fromTicks && seen.ticks <= toTicks);
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
