package io.github.sealwatcher.chaos.checker;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.sealwatcher.chaos.world.LifecycleEvent;
import io.github.sealwatcher.chaos.world.WallClock;
import io.github.sealwatcher.trail.event.ContainerEvent;
import io.github.sealwatcher.trail.event.ContainerFacts;
import io.github.sealwatcher.trail.event.ContainerKey;
import io.github.sealwatcher.trail.event.Headers;
import io.github.sealwatcher.trail.event.Place;
import io.github.sealwatcher.trail.event.Pod;
import java.util.Set;

/**
 * A record of the trail.
 *
 * @param bare whether it says nothing of an exit code
 * @param readAtNs when the runner read it: it was told before
 */
public record EmittedEvent(
        LifecycleEvent moment,
        String origin,
        String rawAction,
        boolean bare,
        String eventId,
        String name,
        String pod,
        int place,
        long readAtNs) {

    private static final Set<String> TURNS = Set.of("start", "die", "pause", "unpause");

    static EmittedEvent of(JsonNode value, int place, long readAtNs) {
        return new EmittedEvent(
                new LifecycleEvent(
                        value.at("/container/id").asText(),
                        value.path("type").asText(),
                        value.path("time_ns").asLong()),
                value.path("origin").asText(),
                value.path("raw_action").asText(),
                value.path("exit_code").isNull() || value.path("exit_code").isMissingNode(),
                value.path("event_id").asText(),
                value.at("/container/name").asText(),
                value.at("/pod/id").asText(""),
                place,
                readAtNs);
    }

    String type() {
        return moment.type();
    }

    /** Whether it begins, ends or turns a life. */
    boolean isTurn() {
        return TURNS.contains(type());
    }

    /** Whether an event of Podman's stands behind it, and not a list. */
    public boolean isReceived() {
        return origin.equals("live") || origin.equals("replay");
    }

    boolean equalsInId(EmittedEvent other) {
        return eventId.equals(other.eventId);
    }

    /** Whether it ends what the filter no longer shows. */
    boolean isFiltered() {
        return rawAction.equals("filtered");
    }

    /** The same as the trail reader takes it. */
    ContainerEvent event() {
        ContainerKey key = new ContainerKey("", moment.id());
        Place at = new Place("trail", 0, place);
        Pod in = pod.isEmpty() ? null : new Pod(pod, "");
        return new ContainerEvent(
                at,
                key,
                key,
                Headers.NONE,
                eventId,
                type(),
                rawAction,
                moment.timeNs(),
                origin,
                null,
                ContainerFacts.NONE,
                in,
                null);
    }

    @Override
    public String toString() {
        return WallClock.show(moment.timeNs()) + "  trail[" + place + "] " + type() + " " + origin + " " + name + " "
                + moment.timeNs() + " event " + eventId + (pod.isEmpty() ? "" : " pod " + pod);
    }
}
