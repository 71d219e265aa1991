package io.github.sealwatcher.chaos;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Set;

/** A record of the trail. */
record Told(Moment moment, String origin, String eventId, String name, String pod, int place) {
    private static final Set<String> TURNS = Set.of("start", "die", "pause", "unpause");

    static Told of(JsonNode value, int place) {
        return new Told(
                new Moment(
                        value.at("/container/id").asText(),
                        value.path("type").asText(),
                        value.path("time_ns").asLong()),
                value.path("origin").asText(),
                value.path("event_id").asText(),
                value.at("/container/name").asText(),
                value.at("/pod/id").asText(""),
                place);
    }

    String type() {
        return moment.type();
    }

    /** Whether it begins, ends or turns a life. */
    boolean isTurn() {
        return TURNS.contains(type());
    }

    /** Whether an event of Podman's stands behind it, and not a list. */
    boolean isHeard() {
        return origin.equals("live") || origin.equals("replay");
    }

    @Override
    public String toString() {
        return Wall.show(moment.timeNs()) + "  trail[" + place + "] " + type() + " " + origin + " " + name + " "
                + moment.timeNs() + " event " + eventId + (pod.isEmpty() ? "" : " pod " + pod);
    }
}
