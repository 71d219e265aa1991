package io.github.sealwatcher.host;

import io.github.sealwatcher.model.ContainerChange;
import io.github.sealwatcher.model.EngineEvent;
import io.github.sealwatcher.model.EventId;
import io.github.sealwatcher.watch.Emission;
import io.github.sealwatcher.watch.Options;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * The details of events that the core doesn't read, from their arrival until the core reports them. Bounded: an event
 * that the core knows already is never reported, and nothing signals that. Used by the running core only.
 */
final class EventDetails {

    /** As many as the core lets wait, and as many again that it does not report. */
    static final int MAX_EVENTS = 16_384;

    private static final String EXIT_CODE = "containerExitCode";
    private static final String OOM_KILLED = "oomKilled";
    private static final Set<String> NAMED_HERE = Set.of("start", "died", "pause", "unpause");

    private final Options.Actions actions;
    private final Map<EventId, Map<String, String>> waiting = new LinkedHashMap<>();

    EventDetails(Options.Actions actions) {
        this.actions = actions;
    }

    /** Keeps the details of an event, if they are needed. */
    void received(EngineEvent event) {
        if (!event.type().equals("container")) {
            return;
        }
        Map<String, String> details = detailsOf(event);
        if (!details.isEmpty()) {
            waiting.put(event.id(), details);
            if (waiting.size() > MAX_EVENTS) {
                waiting.remove(waiting.keySet().iterator().next());
            }
        }
    }

    /** The details of the events of an emission's changes; they are kept no longer. */
    Map<EventId, Map<String, String>> takeFor(Emission emission) {
        if (waiting.isEmpty() || emission.changes().isEmpty()) {
            return Map.of();
        }
        Map<EventId, Map<String, String>> taken = new HashMap<>();
        for (ContainerChange change : emission.changes()) {
            EventId id = change.occurrence().eventId();
            Map<String, String> details = waiting.remove(id);
            if (details != null) {
                taken.put(id, details);
            }
        }
        return taken;
    }

    /** Podman mixes its own keys with the container's labels, so only those are taken that this action is known to have. */
    private Map<String, String> detailsOf(EngineEvent event) {
        String action = event.action();
        Map<String, String> all = event.attributes();
        if (action.equals("died")) {
            String oom = all.get(OOM_KILLED);
            return oom == null ? Map.of() : Map.of(OOM_KILLED, oom);
        }
        if (NAMED_HERE.contains(action) || !(actions.all() || actions.named().contains(action))) {
            return Map.of();
        }
        Map<String, String> details = new HashMap<>(event.details());
        switch (action) {
            case "exec" -> copy(all, "execID", details, "execID");
            case "exec_died" -> {
                copy(all, "execID", details, "execID");
                copy(all, EXIT_CODE, details, "exit_code");
            }
            case "kill" -> copy(all, "signal", details, "signal");
            default -> {
                // It has no details, or those of its line beside the attributes.
            }
        }
        return details;
    }

    private static void copy(Map<String, String> from, String key, Map<String, String> to, String name) {
        String value = from.get(key);
        if (value != null && !value.isEmpty()) {
            to.put(name, value);
        }
    }
}
