package io.github.sealwatcher.watch;

import io.github.sealwatcher.model.EngineEvent;
import io.github.sealwatcher.model.EventId;
import io.github.sealwatcher.watch.state.Actions;
import io.github.sealwatcher.watch.state.CollectedEvents;
import io.github.sealwatcher.watch.state.Connection;
import io.github.sealwatcher.watch.state.ResyncPhase;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Applies a replay once all of it is known: one that goes by the order of the log, and one after a cut, for which the stream's
 * events wait. While the log is cut again and again, what the stream brought may be cut off before the replay reads it.
 */
final class CollectedReplay {

    private CollectedReplay() {}

    /**
     * Queues what is new, in the order of the log.
     *
     * @return false if a gap is to stop the task
     */
    static boolean apply(StepContext context, ResyncPhase.Replaying replaying) {
        ResyncPhase.Returned returned = replaying.returned().withCutOff();
        CollectedEvents collected = returned.collected();
        if (collected == null) {
            return true;
        }
        CollectedEvents all = withHeld(context, returned, collected);
        // Its place in the log decides whether it is to be reported.
        Set<EventId> placed = all.ids();
        context.queue = context.queue.withoutHeld(event -> !isMark(event) && placed.contains(event.id()));
        ResyncPhase.Replaying whole = replaying.with(returned.with(all));
        if (!context.logOrder) {
            return inOrder(context, whole, all);
        }
        boolean goesOn = LogOrderReplay.sort(context, whole, all);
        // What the stream brought while the log could not be read can wait behind more of it.
        context.queue = context.queue.inOrder(all.events());
        return goesOn;
    }

    /** Makes room for more if as much was collected as the dedup window holds. */
    static void relieve(StepContext context, ResyncPhase.Replaying replaying) {
        CollectedEvents collected = replaying.returned().collected();
        if (collected == null || !collected.isFull()) {
            return;
        }
        CollectedEvents left = relieved(context, replaying, collected);
        if (context.connection instanceof Connection.Connected connected
                && connected.resync() instanceof ResyncPhase.Replaying still) {
            context.connection =
                    connected.withResync(still.with(still.returned().with(left)));
        }
    }

    /** What remains; null if all was applied, and the rest is to be applied as it comes. */
    private static @Nullable CollectedEvents relieved(
            StepContext context, ResyncPhase.Replaying replaying, CollectedEvents full) {
        boolean old = context.clockSetBackNs > 0
                || context.checkpoint.dedupWindow().refuses(full.events().get(0));
        if (old && !replaying.replay().newest().found()) {
            return full.withoutFirst();
        }
        boolean applied =
                context.logOrder ? LogOrderReplay.sort(context, replaying, full) : inOrder(context, replaying, full);
        return applied ? null : full;
    }

    private static boolean inOrder(StepContext context, ResyncPhase.Replaying replaying, CollectedEvents collected) {
        if (!GapDetector.judgeNewest(context, replaying.replay())) {
            return false;
        }
        Set<String> placed = PlacedLives.of(context, collected.events(), Set.of());
        Set<EventId> beforeStarts = beforeStarts(collected.events());
        for (EngineEvent event : collected.events()) {
            if (event.timeNs() >= context.checkpoint.dedupWindow().beginNs()) {
                ResyncRequests.noteChange(context, event);
            }
            Deduplicator.enqueueOrdered(context, event, placed.contains(event.actorId()), false);
            // Whether the next one needs a look-up depends on what this one makes known. Of which life an end is that
            // nobody knows, depends on the start behind it.
            if (!beforeStarts.contains(event.id())
                    || context.checkpoint.portfolio().alive(Actions.containerId(event)) != null) {
                EventProcessor.applyReady(context);
            }
        }
        return true;
    }

    /** The ends behind which the next life of their container begins in the log. */
    private static Set<EventId> beforeStarts(List<EngineEvent> events) {
        Set<EventId> ends = new HashSet<>();
        Map<String, EngineEvent> last = new HashMap<>();
        for (EngineEvent event : events) {
            if (Actions.isOfContainer(event) && Actions.BOUNDING.contains(event.action())) {
                EngineEvent before = last.put(event.actorId(), event);
                if (before != null
                        && before.action().equals(Actions.DIED)
                        && event.action().equals(Actions.START)) {
                    ends.add(before.id());
                }
            }
        }
        return ends;
    }

    /**
     * With what the stream brought and the log no longer holds. What was cut off from the log's begin stood before all that was
     * returned; while it was cut once more, also something behind what was returned can be cut off before it is.
     */
    private static CollectedEvents withHeld(
            StepContext context, ResyncPhase.Returned returned, CollectedEvents collected) {
        List<EngineEvent> held = List.copyOf(context.queue.held());
        if (held.isEmpty()) {
            return collected;
        }
        Set<EventId> known = collected.ids();
        returned.rotations().forEach(mark -> known.add(mark.id()));
        int end = end(held, known, returned.heldBefore());
        CollectedEvents all = CollectedEvents.NONE;
        Map<EventId, List<EngineEvent>> missing = new HashMap<>();
        Set<EventId> added = new HashSet<>();
        EventId before = null;
        for (EngineEvent event : held.subList(0, end)) {
            if (known.contains(event.id())) {
                // After each cut the stream repeats what that left, and only then brings what is new.
                before = isMark(event) ? before : event.id();
            } else if (!isMark(event) && added.add(event.id())) {
                if (before == null) {
                    all = all.plus(event);
                } else {
                    missing.computeIfAbsent(before, id -> new ArrayList<>()).add(event);
                }
            }
        }
        for (EngineEvent event : collected.events()) {
            all = all.plus(event);
            for (EngineEvent behind : missing.getOrDefault(event.id(), List.of())) {
                all = all.plus(behind);
            }
        }
        return all;
    }

    /** How many of those that are held stood in the log before the last of them that was returned, or before all. */
    private static int end(List<EngineEvent> held, Set<EventId> returned, int heldBefore) {
        Map<EventId, Integer> places = new HashMap<>();
        for (int i = 0; i < held.size(); i++) {
            EngineEvent event = held.get(i);
            if (isMark(event)) {
                // It stands both before and behind what the cut left.
                places.put(event.id(), i);
            } else {
                places.putIfAbsent(event.id(), i);
            }
        }
        return places.entrySet().stream()
                .filter(place -> returned.contains(place.getKey()))
                .mapToInt(Map.Entry::getValue)
                .max()
                .orElse(Math.min(heldBefore, held.size()));
    }

    private static boolean isMark(EngineEvent event) {
        return event.action().equals(Actions.LOG_ROTATION);
    }
}
