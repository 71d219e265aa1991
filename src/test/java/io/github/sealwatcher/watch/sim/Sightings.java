package io.github.sealwatcher.watch.sim;

import java.util.ArrayList;
import java.util.List;

/** When whoever reported it, or goes on from what was stored, saw the containers, and when he heard that there is no log. */
final class Sightings {

    private final List<Long> lists = new ArrayList<>();
    private final List<Long> noLogs = new ArrayList<>();

    void listed(long ticks) {
        lists.add(ticks);
    }

    void heardOfNoLog(long ticks) {
        noLogs.add(ticks);
    }

    /** Who saw anything since then is gone. */
    void forgottenSince(long ticks) {
        lists.removeIf(seen -> seen > ticks);
        noLogs.removeIf(heard -> heard > ticks);
    }

    boolean wasListed(long fromTicks, long toTicks) {
        return lists.stream().anyMatch(seen -> seen >= fromTicks && seen <= toTicks);
    }

    boolean isNoLogKnown(long fromTicks, long toTicks) {
        return noLogs.stream().anyMatch(heard -> heard >= fromTicks && heard <= toTicks);
    }
}
