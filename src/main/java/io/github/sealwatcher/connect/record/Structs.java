package io.github.sealwatcher.connect.record;

import io.github.sealwatcher.model.Annotations;
import io.github.sealwatcher.model.Container;
import io.github.sealwatcher.model.ContainerId;
import io.github.sealwatcher.model.EngineIdentity;
import io.github.sealwatcher.model.HostName;
import io.github.sealwatcher.model.Life;
import io.github.sealwatcher.model.LiveContainer;
import io.github.sealwatcher.model.PodRef;
import io.github.sealwatcher.model.Status;
import org.apache.kafka.connect.data.Struct;
import org.jspecify.annotations.Nullable;

/** The parts that several kinds of records are made of, as Connect's structs. */
final class Structs {

    private Structs() {}

    static Struct key(HostName host, ContainerId container) {
        return new Struct(Schemas.CONTAINER_KEY).put("host", host.value()).put("container_id", container.value());
    }

    static Struct key(HostName host) {
        return new Struct(Schemas.HOST_KEY).put("host", host.value());
    }

    /**
     * A container.
     *
     * @param life its run, present or just ended; null if it isn't and wasn't running
     * @param status null if it isn't alive
     * @param annotate whether to add the annotation labels
     * @param format how labels are written
     */
    static Struct container(
            Container container,
            @Nullable Life life,
            @Nullable Status status,
            @Nullable PodRef pod,
            boolean annotate,
            LabelFormat format) {
        Struct struct = new Struct(format.container())
                .put("id", container.id().value())
                .put(
                        "labels",
                        format.of(
                                annotate
                                        ? Annotations.labels(container, pod)
                                        : Annotations.withoutForged(container.labels())))
                .put("detail", WireNames.of(container.detailSource()));
        putIfPresent(struct, "name", container.name());
        putIfPresent(struct, "image", container.image());
        putIfPresent(struct, "image_id", container.imageId());
        if (life != null) {
            putIfPresent(struct, "pid", life.pid() == 0 ? null : life.pid());
            struct.put("started_at_ns", life.startedAtNs()).put("paused", status == Status.PAUSED);
        }
        putIfPresent(struct, "privileged", container.privileged());
        putIfPresent(struct, "infra", container.infra());
        putIfPresent(struct, "project", container.project());
        putIfPresent(struct, "systemd_unit", container.systemdUnit());
        return struct;
    }

    /** Sets a field to what it has; to look up and check a null costs as much as any other value. */
    static void putIfPresent(Struct struct, String field, @Nullable Object value) {
        if (value != null) {
            struct.put(field, value);
        }
    }

    /** @param container that of {@code alive}, as far as it fits into a record */
    static Struct container(LiveContainer alive, Container container, boolean annotate, LabelFormat format) {
        return container(container, alive.life(), alive.status(), alive.pod(), annotate, format);
    }

    static @Nullable Struct pod(@Nullable PodRef pod) {
        return pod == null
                ? null
                : new Struct(Schemas.POD).put("id", RecordLimit.cut(pod.id())).put("name", RecordLimit.cut(pod.name()));
    }

    static @Nullable Struct engine(@Nullable EngineIdentity engine) {
        return engine == null
                ? null
                : new Struct(Schemas.ENGINE)
                        .put("type", EngineIdentity.TYPE)
                        .put("version", engine.version())
                        .put("api_version", engine.apiVersion())
                        .put("id", engine.endpoint())
                        .put("pid", engine.pid());
    }
}
