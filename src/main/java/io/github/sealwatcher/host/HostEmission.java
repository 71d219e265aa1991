package io.github.sealwatcher.host;

import io.github.sealwatcher.model.ContainerChange;
import io.github.sealwatcher.model.EventId;
import io.github.sealwatcher.model.HostName;
import io.github.sealwatcher.watch.Emission;
import java.util.Map;

/**
 * An emission with the host that it comes from.
 *
 * @param host the host's configured name
 * @param emission what is to be delivered, all of it or nothing
 * @param details the details of the events of its changes, by the ids of the events
 * @param estimatedBytes what it will weigh, roughly, in an outbox
 */
public record HostEmission(
        HostName host, Emission emission, Map<EventId, Map<String, String>> details, long estimatedBytes) {

    private static final int CHANGE_BYTES = 600;
    private static final int LABEL_BYTES = 16;

    /** The emission with its weight. */
    public static HostEmission of(HostName host, Emission emission) {
        return of(host, emission, Map.of());
    }

    /** The same with the details of its events. */
    public static HostEmission of(HostName host, Emission emission, Map<EventId, Map<String, String>> details) {
        return new HostEmission(host, emission, Map.copyOf(details), estimate(emission) + estimate(details));
    }

    private static long estimate(Map<EventId, Map<String, String>> details) {
        return details.values().stream().mapToLong(HostEmission::weigh).sum();
    }

    /** How many places it takes in an outbox; a heartbeat takes one too. */
    public int size() {
        return Math.max(1, emission.changes().size() + emission.hostChanges().size());
    }

    private static long estimate(Emission emission) {
        long bytes = CHANGE_BYTES;
        for (ContainerChange change : emission.changes()) {
            bytes += CHANGE_BYTES
                    + weigh(change.container().labels())
                    + weigh(change.container().inspect());
        }
        return bytes;
    }

    private static long weigh(Map<String, String> texts) {
        long bytes = 0;
        for (Map.Entry<String, String> text : texts.entrySet()) {
            bytes += LABEL_BYTES + text.getKey().length() + text.getValue().length();
        }
        return bytes;
    }
}
