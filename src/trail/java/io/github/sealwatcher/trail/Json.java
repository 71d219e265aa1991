package io.github.sealwatcher.trail;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.sealwatcher.trail.cover.BlindWindow;
import io.github.sealwatcher.trail.event.ContainerFacts;
import io.github.sealwatcher.trail.event.ContainerKey;
import io.github.sealwatcher.trail.event.Place;
import io.github.sealwatcher.trail.event.Pod;
import io.github.sealwatcher.trail.fold.Life;
import org.jspecify.annotations.Nullable;

/** What commands print as JSON lines. Each line has a {@code kind}; times are nanoseconds since 1970. */
final class Json {
    private Json() {}

    static ObjectNode line(String kind) {
        return JsonNodeFactory.instance.objectNode().put("kind", kind);
    }

    static ObjectNode container(String kind, ContainerKey key, ContainerFacts facts, @Nullable Pod pod) {
        ObjectNode line = line(kind)
                .put("host", key.host())
                .put("container_id", key.id())
                .put("name", facts.name())
                .put("image", facts.image());
        return line.put("pod_id", pod == null ? null : pod.id()).put("pod", pod == null ? null : pod.name());
    }

    static ObjectNode life(Life life) {
        ObjectNode line = container("life", life.key(), life.facts(), life.pod())
                .put("from_ns", life.fromNs())
                .put("to_ns", life.isAlive() ? null : life.toNs())
                .put("alive", life.isAlive())
                .put("exit_code", life.exitCode())
                .put("start_origin", life.start() == null ? null : life.start().originWord())
                .put("end_origin", life.end() == null ? null : life.end().originWord())
                .put("end_action", life.end() == null ? null : life.end().rawAction());
        place(line, "start_at", life.start() == null ? null : life.start().place());
        place(line, "end_at", life.end() == null ? null : life.end().place());
        life.pauses()
                .forEach(pause -> line.withArray("/pauses")
                        .addObject()
                        .put("from_ns", pause.fromNs())
                        .put("to_ns", pause.toNs() == Long.MAX_VALUE ? null : pause.toNs()));
        return line;
    }

    static ObjectNode window(BlindWindow window) {
        return line("window")
                .put("host", window.host())
                .put("type", window.kind().word())
                .put("blind", window.kind().isBlind())
                .put("from_ns", window.window().fromNs())
                .put("to_ns", window.window().toNs())
                .put("reason", window.reason());
    }

    static void place(ObjectNode line, String name, @Nullable Place place) {
        line.put(name, place == null ? null : place.toString());
    }
}
