package io.github.sealwatcher.watch;

import io.github.sealwatcher.model.ContainerId;
import io.github.sealwatcher.model.EngineEvent;
import io.github.sealwatcher.model.EventId;
import io.github.sealwatcher.model.LiveContainer;
import io.github.sealwatcher.model.Status;
import io.github.sealwatcher.watch.checkpoint.DedupWindow;
import io.github.sealwatcher.watch.state.Actions;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The pauses, and ends of pauses, that a log holds which could not be read, and that are not to be reported any more. */
final class OvertakenTurns {

    private OvertakenTurns() {}

    /**
     * Those that stand before one of the same life that was applied already: told now, they would turn back what that led to.
     * And those of which a list has shown already what they led to.
     *
     * @param events the log
     * @param known how many of them were read before
     */
    static Set<EventId> of(StepContext context, List<EngineEvent> events, int known) {
        DedupWindow dedupWindow = context.checkpoint.dedupWindow();
        Set<EventId> overtaken = shown(context, events, known);
        Set<String> turned = new HashSet<>();
        for (int i = events.size() - 1; i >= 0; i--) {
            EngineEvent event = events.get(i);
            if (Actions.BOUNDING.contains(event.action())) {
                turned.remove(event.actorId());
            } else if (Actions.TURNING.contains(event.action())) {
                if (dedupWindow.contains(event)) {
                    turned.add(event.actorId());
                } else if (turned.contains(event.actorId())) {
                    overtaken.add(event.id());
                }
            }
        }
        return overtaken;
    }

    /**
     * The first one of each container that is new, if it leads to what is known, and all that was read before it to something
     * else: only a list can have shown that.
     */
    private static Set<EventId> shown(StepContext context, List<EngineEvent> events, int known) {
        DedupWindow dedupWindow = context.checkpoint.dedupWindow();
        Map<String, Status> read = new HashMap<>();
        Set<EventId> shown = new HashSet<>();
        for (int i = 0; i < events.size(); i++) {
            EngineEvent event = events.get(i);
            Status to = Actions.isOfContainer(event) ? status(event) : null;
            boolean applied = dedupWindow.contains(event) || (i < known && dedupWindow.refuses(event));
            if (to != null && applied) {
                read.put(event.actorId(), to);
            } else if (to != null || Actions.BOUNDING.contains(event.action())) {
                Status before = read.remove(event.actorId());
                LiveContainer alive =
                        before == null ? null : context.checkpoint.portfolio().alive(new ContainerId(event.actorId()));
                if (alive != null
                        && Actions.TURNING.contains(event.action())
                        && alive.status() != before
                        && alive.status() == to) {
                    shown.add(event.id());
                }
            }
        }
        return shown;
    }

    /** What it leads to; null if it ends a life, or changes nothing of it. */
    private static @Nullable Status status(EngineEvent event) {
        return switch (event.action()) {
            case Actions.START, Actions.RESTORE, Actions.UNPAUSE -> Status.RUNNING;
            case Actions.PAUSE -> Status.PAUSED;
            default -> null;
        };
    }
}
