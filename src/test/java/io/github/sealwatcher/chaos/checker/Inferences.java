package io.github.sealwatcher.chaos.checker;

import io.github.sealwatcher.chaos.world.LifecycleEvent;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What was told of no event of the log is right only where an event was lost, where the trail begins in the middle of a life,
 * or where a filter was changed.
 *
 * @param emitted the part of the trail in question, in its order
 * @param expected the part of the log in question
 * @param excused what was lost and may be
 */
record Inferences(
        List<EmittedEvent> emitted,
        List<TruthLine> expected,
        List<TruthLine> excused,
        Map<LifecycleEvent, TruthLine> known,
        ExpectedVisibility visibility,
        Kills kills,
        Set<String> forgotten) {

    void judge(Verdict verdict) {
        Map<String, Long> allowed = excused.stream()
                .collect(Collectors.groupingBy(
                        line -> line.moment().id() + line.moment().type(), HashMap::new, Collectors.counting()));
        Map<String, EmittedEvent> seen = new HashMap<>();
        Set<String> receivedIds = new HashSet<>();
        int reconciled = 0;
        int changes = 0;
        for (EmittedEvent event : emitted) {
            String id = event.moment().id();
            if (!event.isTurn()) {
                continue;
            }
            if (known.containsKey(event.moment())) {
                receivedIds.add(id);
                continue;
            }
            reconciled += event.origin().equals("reconciled") ? 1 : 0;
            EmittedEvent before = seen.putIfAbsent(event.eventId(), event);
            String kind = id + event.type();
            if (before != null && kills.between(before.readAtNs(), event.readAtNs())) {
                continue;
            }
            if (event.isReceived()) {
                verdict.violated("invented", id, event.toString());
            } else if (event.isFiltered()) {
                changes++;
                if (!visibility.isOfChange(event)) {
                    verdict.violated("ended as filtered though shown", id, event.toString());
                } else if (!event.bare() || !event.origin().equals("reconciled")) {
                    verdict.violated("ended as filtered with an exit code or as seen", id, event.toString());
                }
            } else if (event.origin().equals("snapshot") && !receivedIds.contains(id) && isFromBefore(event)) {
                continue;
            } else if (allowed.getOrDefault(kind, 0L) > 0) {
                allowed.merge(kind, -1L, Long::sum);
            } else if (event.origin().equals("snapshot") && visibility.isOfChange(event)) {
                changes++;
            } else if (!forgotten.contains(id)) {
                verdict.violated("inferred though the log had it", id, event.toString());
            }
        }
        verdict.figure("  reconciled", reconciled);
        if (!visibility.isWhole()) {
            verdict.figure("  shown or hidden by a change of filters", changes);
        }
    }

    /** Whether the container lived before what is expected begins. */
    private boolean isFromBefore(EmittedEvent event) {
        return expected.stream()
                .filter(line -> line.moment().id().equals(event.moment().id()))
                .findFirst()
                .map(line -> !line.moment().type().equals("start"))
                .orElse(true);
    }
}
