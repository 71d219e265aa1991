package io.github.sealwatcher.connect;

import io.github.sealwatcher.model.Alive;
import io.github.sealwatcher.model.Container;
import io.github.sealwatcher.model.ContainerId;
import io.github.sealwatcher.model.EngineIdentity;
import io.github.sealwatcher.model.HostName;
import io.github.sealwatcher.model.Life;
import io.github.sealwatcher.model.PodRef;
import io.github.sealwatcher.model.Status;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.apache.kafka.connect.data.Struct;
import org.jspecify.annotations.Nullable;

/** The parts that several kinds of records are made of, as Connect's structs. */
final class Structs {

    private static final String ANNOTATION = "io.github.thediveo/podman/";
    static final String POD_NAME_LABEL = ANNOTATION + "podname";
    static final String POD_ID_LABEL = ANNOTATION + "podid";
    static final String INFRA_LABEL = ANNOTATION + "infra";
    static final String PRIVILEGED_LABEL = "github.com/thediveo/whalewatcher/moby/privileged";

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
                .put("labels", annotate ? annotated(container, pod) : container.labels())
                .put("detail", lower(container.detail()))
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

    static String lower(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }

    /** A mark's presence is all that counts: its value is empty, as sealwatcher's consumers expect it. */
    private static Map<String, String> annotated(Container container, @Nullable PodRef pod) {
        boolean infra = Boolean.TRUE.equals(container.infra());
        boolean privileged = Boolean.TRUE.equals(container.privileged());
        if (pod == null && !infra && !privileged) {
            return container.labels();
        }
        Map<String, String> labels = new HashMap<>(container.labels());
        if (pod != null) {
            labels.put(POD_ID_LABEL, pod.id());
            if (pod.name() != null) {
                labels.put(POD_NAME_LABEL, pod.name());
            }
        }
        if (infra) {
            labels.put(INFRA_LABEL, "");
        }
        if (privileged) {
            labels.put(PRIVILEGED_LABEL, "");
        }
        return labels;
    }
}
