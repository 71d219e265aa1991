package io.github.sealwatcher.connect.record;

import io.github.sealwatcher.model.EventDigest;
import java.util.List;
import org.apache.kafka.connect.data.Struct;
import org.jspecify.annotations.Nullable;

/** The digest of a container event: of the fields that an audit stands on. The trail reader computes the same. */
final class RecordDigest {

    private static final List<String> FIELDS =
            List.of("event_id", "type", "raw_action", "time_ns", "host", "origin", "exit_code");
    private static final List<String> CONTAINER_FIELDS = List.of("id", "name", "image", "image_id", "started_at_ns");

    private RecordDigest() {}

    static String of(Struct event) {
        EventDigest digest = new EventDigest();
        FIELDS.forEach(field -> digest.add(field, event.get(field)));
        Struct container = event.getStruct("container");
        CONTAINER_FIELDS.forEach(field -> digest.add("container." + field, container.get(field)));
        addPod(digest, "pod", event);
        addPod(digest, "previous_pod", event);
        return digest.text();
    }

    private static void addPod(EventDigest digest, String field, Struct event) {
        @Nullable Struct pod = event.getStruct(field);
        if (pod != null) {
            digest.add(field + ".id", pod.get("id"));
            digest.add(field + ".name", pod.get("name"));
        }
    }
}
