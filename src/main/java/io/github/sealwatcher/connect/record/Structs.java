package io.github.sealwatcher.connect.record;

import io.github.sealwatcher.model.Alive;
import io.github.sealwatcher.model.Annotations;
import io.github.sealwatcher.model.Container;
import io.github.sealwatcher.model.ContainerId;
import io.github.sealwatcher.model.EngineIdentity;
import io.github.sealwatcher.model.HostName;
import io.github.sealwatcher.model.Life;
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
     */
    static Struct container(
            Container container, @Nullable Life life, @Nullable Status status, @Nullable PodRef pod, boolean annotate) {
        return new Struct(Schemas.CONTAINER)
                .put("id", container.id().value())
                .put("name", container.name())
                .put("image", container.image())
                .put("image_id", container.imageId())
                .put("labels", annotate ? Annotations.labels(container, pod) : container.labels())
                .put("detail", WireNames.of(container.detail()))
                .put("pid", life == null || life.pid() == 0 ? null : life.pid())
                .put("started_at_ns", life == null ? null : life.startedAtNs())
                .put("paused", life == null ? null : status == Status.PAUSED)
                .put("privileged", container.privileged())
                .put("infra", container.infra())
                .put("project", container.project())
                .put("systemd_unit", container.systemdUnit());
    }

    static Struct container(Alive alive, boolean annotate) {
        return container(alive.container(), alive.life(), alive.status(), alive.pod(), annotate);
    }

    static @Nullable Struct pod(@Nullable PodRef pod) {
        return pod == null ? null : new Struct(Schemas.POD).put("id", pod.id()).put("name", pod.name());
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
