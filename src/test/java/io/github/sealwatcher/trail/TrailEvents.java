package io.github.sealwatcher.trail;

import io.github.sealwatcher.model.EventId;
import io.github.sealwatcher.trail.event.ContainerEvent;
import io.github.sealwatcher.trail.event.ContainerFacts;
import io.github.sealwatcher.trail.event.ContainerKey;
import io.github.sealwatcher.trail.event.Headers;
import io.github.sealwatcher.trail.event.HostEvent;
import io.github.sealwatcher.trail.event.Place;
import io.github.sealwatcher.trail.event.Pod;
import io.github.sealwatcher.trail.event.StateRow;
import io.github.sealwatcher.trail.event.Window;
import java.util.Map;

/** Makes records for tests, one offset after the other. Times are seconds. */
public final class TrailEvents {
    public static final String HOST = "edge-1";
    public static final long SECOND = 1_000_000_000L;

    private static final Map<String, String> ACTIONS = Map.of("die", "died", "pod_association", "create");

    private long offset;

    /** An event of Podman's: its id is what it is of. */
    public ContainerEvent live(String type, String id, long second, long startedSecond) {
        return event(type, id, second, startedSecond, "live", type.equals("die") ? 0 : null, null);
    }

    public ContainerEvent inferred(String type, String id, long second, long startedSecond) {
        return event(type, id, second, startedSecond, "reconciled", null, null);
    }

    public ContainerEvent event(
            String type, String id, long second, long startedSecond, String origin, Integer exitCode, Pod pod) {
        String action = ACTIONS.getOrDefault(type, type);
        boolean heard = origin.equals("live") || origin.equals("replay");
        boolean own = heard && !type.equals("pod_association");
        String eventId = (own
                        ? EventId.of("container", action, id, second * SECOND)
                        : EventId.derived(type, id, second, offset))
                .toString();
        ContainerFacts facts = new ContainerFacts(
                "name-" + id,
                "image",
                null,
                null,
                "inspect",
                type.equals("pod_association") ? null : startedSecond * SECOND + 1,
                null);
        return with(
                new ContainerEvent(
                        new Place("podman.container.events", 0, offset++),
                        new ContainerKey(HOST, id),
                        new ContainerKey(HOST, id),
                        Headers.NONE,
                        eventId,
                        type,
                        action,
                        second * SECOND,
                        origin,
                        exitCode,
                        facts,
                        pod,
                        null),
                null);
    }

    /** The same with all headers that fit to it. */
    private static ContainerEvent with(ContainerEvent event, String digest) {
        Headers headers = new Headers(
                event.eventId(),
                event.key().host(),
                event.type(),
                event.originWord(),
                digest == null ? event.digest() : digest);
        return new ContainerEvent(
                event.place(),
                event.recordKey(),
                event.key(),
                headers,
                event.eventId(),
                event.type(),
                event.rawAction(),
                event.timeNs(),
                event.originWord(),
                event.exitCode(),
                event.container(),
                event.pod(),
                event.previousPod());
    }

    public StateRow row(String id, String status, long startedSecond) {
        ContainerFacts facts =
                new ContainerFacts("name-" + id, "image", null, null, null, startedSecond * SECOND + 1, null);
        Place place = new Place("podman.container.state", 0, offset++);
        return new StateRow(
                place, new ContainerKey(HOST, id), status, 0, status == null ? ContainerFacts.NONE : facts, null);
    }

    public HostEvent host(String type, long second) {
        return new HostEvent(
                new Place("podman.host.events", 0, offset++), HOST, type, second * SECOND, "", null, null, "");
    }

    public HostEvent gap(long fromSecond, long toSecond, long saidSecond) {
        Window window = new Window(fromSecond * SECOND, toSecond * SECOND);
        Place place = new Place("podman.host.events", 0, offset++);
        return new HostEvent(place, HOST, "history_gap", saidSecond * SECOND, "lost", window, null, "");
    }
}
