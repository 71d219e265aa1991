package io.github.sealwatcher.watch.sim;

import io.github.sealwatcher.model.EngineEvent;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** What really happened, written down by the simulated host itself. */
final class Truth {

    private static final Set<String> TOLD = Set.of("start", "died", "pause", "unpause");

    private final List<EngineEvent> events = new ArrayList<>();
    private final Set<EngineEvent> lost = new HashSet<>();

    void happened(EngineEvent event) {
        if (event.type().equals("container") && TOLD.contains(event.action())) {
            events.add(event);
        }
    }

    /** History no longer holds it. */
    void lost(EngineEvent event) {
        lost.add(event);
    }

    List<EngineEvent> events() {
        return events;
    }

    boolean isLost(EngineEvent event) {
        return lost.contains(event);
    }
}
