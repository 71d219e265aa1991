package io.github.sealwatcher.chaos.checker;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.sealwatcher.chaos.world.LifecycleEvent;
import io.github.sealwatcher.chaos.world.WallClock;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.Map;

/** A line of Podman's own event log, and when it was seen there first and last. */
public final class TruthLine {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Map<String, String> TYPES =
            Map.of("start", "start", "died", "die", "pause", "pause", "unpause", "unpause");

    private final String raw;
    private final String name;
    private final String action;
    private final String kind;
    private final LifecycleEvent moment;
    private final Map<String, String> labels;
    private final long seenAtNs;
    private volatile long goneAtNs = Long.MAX_VALUE;

    TruthLine(String raw, long seenAtNs) {
        JsonNode json = parsed(raw);
        this.raw = raw;
        this.seenAtNs = seenAtNs;
        this.name = json.path("Name").asText();
        this.action = json.path("Status").asText();
        this.kind = json.path("Type").asText();
        Map<String, String> found = new HashMap<>();
        json.path("Attributes")
                .properties()
                .forEach(label -> found.put(label.getKey(), label.getValue().asText()));
        this.labels = Map.copyOf(found);
        this.moment = new LifecycleEvent(
                json.path("ID").asText(),
                TYPES.getOrDefault(action, action),
                WallClock.parse(json.path("Time").asText()));
    }

    public String raw() {
        return raw;
    }

    public LifecycleEvent moment() {
        return moment;
    }

    public String name() {
        return name;
    }

    /** A pod's own events have the same actions as a container's. */
    boolean isOfContainer() {
        return kind.equals("container");
    }

    Map<String, String> labels() {
        return labels;
    }

    /** Whether the trail must tell it. */
    public boolean isExpected() {
        return kind.equals("container") && TYPES.containsKey(action);
    }

    /** When it was seen in the log first. */
    long seenAtNs() {
        return seenAtNs;
    }

    /** When it had left the log; {@link Long#MAX_VALUE} while it is there. */
    long goneAtNs() {
        return goneAtNs;
    }

    public boolean isPresent() {
        return goneAtNs == Long.MAX_VALUE;
    }

    void gone(long atNs) {
        goneAtNs = atNs;
    }

    @Override
    public String toString() {
        return WallClock.show(moment.timeNs()) + "  podman " + kind + " " + action + " " + name + " "
                + moment.timeNs() + "  written by " + WallClock.show(seenAtNs)
                + (isPresent() ? "" : ", gone from the log at " + WallClock.show(goneAtNs));
    }

    private static JsonNode parsed(String raw) {
        try {
            return JSON.readTree(raw);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }
}
