package io.github.sealwatcher.trail.event;

import io.github.sealwatcher.model.EventDigest;
import io.github.sealwatcher.model.EventId;
import org.jspecify.annotations.Nullable;

/**
 * A record of {@code <prefix>.container.events}. Text that isn't there is empty.
 *
 * @param key of the value
 * @param recordKey the record's own key; null if there is none or it can't be read
 * @param timeNs when it happened, in nanoseconds since 1970
 */
public record ContainerEvent(
        Place place,
        @Nullable ContainerKey recordKey,
        ContainerKey key,
        Headers headers,
        String eventId,
        String type,
        String rawAction,
        long timeNs,
        String originWord,
        @Nullable Integer exitCode,
        ContainerFacts container,
        @Nullable Pod pod,
        @Nullable Pod previousPod)
        implements TrailRecord {

    /** The engine's word for a death that a change of filters stands for. */
    public static final String FILTERED = "filtered";

    private static final String RESTORE = "restore";

    /** Reads {@link #originWord}. */
    public Origin origin() {
        return Origin.of(originWord);
    }

    /** Whether it begins, ends, pauses or continues a life. */
    public boolean isTurn() {
        return switch (type) {
            case "start", "die", "pause", "unpause" -> true;
            default -> false;
        };
    }

    /** Whether it goes on with a life that was written to disk. */
    public boolean isRestore() {
        return rawAction.equals(RESTORE);
    }

    /** Whether it ends what a filter no longer shows. */
    public boolean isFiltered() {
        return rawAction.equals(FILTERED);
    }

    /** The id that an event of Podman's like this has; what is inferred or derived has another. */
    public String podmansId() {
        return EventId.of("container", rawAction, key.id(), timeNs).toString();
    }

    /** The digest that the connector gives to a record with this content. */
    public String digest() {
        EventDigest digest = new EventDigest()
                .add("event_id", eventId)
                .add("type", type)
                .add("raw_action", rawAction)
                .add("time_ns", timeNs)
                .add("host", key.host())
                .add("origin", originWord)
                .add("exit_code", exitCode)
                .add("container.id", key.id())
                .add("container.name", container.name())
                .add("container.image", container.image())
                .add("container.image_id", container.imageId())
                .add("container.started_at_ns", container.startedAtNs());
        add(digest, "pod", pod);
        add(digest, "previous_pod", previousPod);
        return digest.text();
    }

    private static void add(EventDigest digest, String field, @Nullable Pod pod) {
        if (pod != null) {
            digest.add(field + ".id", pod.id());
            digest.add(field + ".name", pod.name().isEmpty() ? null : pod.name());
        }
    }
}
