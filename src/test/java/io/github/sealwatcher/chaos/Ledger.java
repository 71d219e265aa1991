package io.github.sealwatcher.chaos;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** How what somebody told compares with what was. */
record Ledger(long expected, long lost, long repeated) {

    /** @param told what was told, in any order, repetitions included; what isn't expected doesn't count */
    static Ledger of(Set<Moment> expected, List<Moment> told) {
        Map<Moment, Integer> times = new HashMap<>();
        for (Moment moment : told) {
            if (expected.contains(moment)) {
                times.merge(moment, 1, Integer::sum);
            }
        }
        long repeated = times.values().stream().mapToLong(count -> count - 1).sum();
        return new Ledger(expected.size(), expected.size() - times.size(), repeated);
    }

    boolean isClean() {
        return lost == 0 && repeated == 0;
    }
}
