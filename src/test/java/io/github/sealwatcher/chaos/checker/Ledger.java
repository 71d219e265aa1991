package io.github.sealwatcher.chaos.checker;

import io.github.sealwatcher.chaos.world.LifecycleEvent;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** How what somebody told compares with what was. */
public record Ledger(int expected, List<LifecycleEvent> lost, int repeated) {

    /** @param reported what was told, in any order, repetitions included; what isn't expected doesn't count */
    public static Ledger of(Set<LifecycleEvent> expected, List<LifecycleEvent> reported) {
        Map<LifecycleEvent, Integer> times = new HashMap<>();
        for (LifecycleEvent moment : reported) {
            if (expected.contains(moment)) {
                times.merge(moment, 1, Integer::sum);
            }
        }
        List<LifecycleEvent> lost = new ArrayList<>(expected);
        lost.removeAll(times.keySet());
        int repeated = times.values().stream().mapToInt(count -> count - 1).sum();
        return new Ledger(expected.size(), lost, repeated);
    }

    /** How many are lost without a word: in none of the gaps that were said. */
    public long concealed(List<Gap> gaps) {
        return lost.stream()
                .filter(moment -> gaps.stream().noneMatch(gap -> gap.covers(moment.timeNs())))
                .count();
    }
}
