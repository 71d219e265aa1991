package io.github.sealwatcher.trail.topic;

import io.github.sealwatcher.trail.event.ContainerFacts;
import io.github.sealwatcher.trail.event.ContainerKey;
import io.github.sealwatcher.trail.event.Headers;
import io.github.sealwatcher.trail.event.Place;
import io.github.sealwatcher.trail.event.StateRow;
import io.github.sealwatcher.trail.event.TrailRecord;
import io.github.sealwatcher.trail.event.Unreadable;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.jspecify.annotations.Nullable;

/** Makes the trail's records of Kafka's. */
public final class RecordDecoder {
    private final Format format;

    /** One that reads keys and values of that format. */
    public RecordDecoder(Format format) {
        this.format = format;
    }

    /** The record, or why it is none; null for a null value without a meaning, such as a removed heartbeat. */
    public @Nullable TrailRecord decode(Kind kind, ConsumerRecord<byte[], byte[]> record) {
        Place place = new Place(record.topic(), record.partition(), record.offset());
        try {
            return switch (kind) {
                case EVENTS -> event(place, record);
                case STATE -> row(place, record);
                case HOSTS, HEARTBEAT -> host(place, record);
            };
        } catch (IOException | RuntimeException e) {
            String message = String.valueOf(e.getMessage()).lines().findFirst().orElse("");
            return new Unreadable(place, "cannot be read: " + message);
        }
    }

    private TrailRecord event(Place place, ConsumerRecord<byte[], byte[]> record) throws IOException {
        if (record.value() == null) {
            throw new IOException("a null value, which no container event is");
        }
        return Decoder.event(place, key(record), headers(record), format.value(record.topic(), record.value()));
    }

    private TrailRecord row(Place place, ConsumerRecord<byte[], byte[]> record) throws IOException {
        ContainerKey key = key(record);
        if (key == null) {
            throw new IOException("the key is no {host, container_id}");
        }
        return record.value() == null
                ? new StateRow(place, key, null, 0, ContainerFacts.NONE, null)
                : Decoder.row(place, key, format.value(record.topic(), record.value()));
    }

    private @Nullable TrailRecord host(Place place, ConsumerRecord<byte[], byte[]> record) throws IOException {
        if (record.value() == null) {
            return null;
        }
        String host = record.key() == null ? null : Decoder.keyHost(format.key(record.topic(), record.key()));
        return Decoder.host(place, host, format.value(record.topic(), record.value()));
    }

    private @Nullable ContainerKey key(ConsumerRecord<byte[], byte[]> record) throws IOException {
        return record.key() == null ? null : Decoder.key(format.key(record.topic(), record.key()));
    }

    private static Headers headers(ConsumerRecord<byte[], byte[]> record) {
        String eventId = null;
        String host = null;
        String type = null;
        String origin = null;
        String digest = null;
        for (Header header : record.headers()) {
            switch (header.key()) {
                case "podman.event.id" -> eventId = text(header);
                case "podman.host" -> host = text(header);
                case "podman.event.type" -> type = text(header);
                case "podman.origin" -> origin = text(header);
                case "podman.digest" -> digest = text(header);
                default -> {
                    // Somebody else's.
                }
            }
        }
        return new Headers(eventId, host, type, origin, digest);
    }

    /** SimpleHeaderConverter writes strings as they are, and quotes what would read as another type. JsonConverter quotes. */
    private static @Nullable String text(Header header) {
        if (header.value() == null) {
            return null;
        }
        String text = new String(header.value(), StandardCharsets.UTF_8);
        boolean quoted = text.length() > 1 && text.startsWith("\"") && text.endsWith("\"");
        return quoted ? text.substring(1, text.length() - 1) : text;
    }
}
