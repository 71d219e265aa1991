package io.github.sealwatcher.engine.podman;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.sealwatcher.model.Container;
import io.github.sealwatcher.model.ContainerId;
import io.github.sealwatcher.model.DetailSource;
import io.github.sealwatcher.model.Life;
import io.github.sealwatcher.model.ObservedContainer;
import io.github.sealwatcher.model.PodRef;
import io.github.sealwatcher.model.RunState;
import java.io.IOException;
import java.io.InputStream;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Decodes the inspect document of a single container or pod. As a tree: it has some 5 KB, and any part may be asked for. */
final class InspectDecoder {

    private static final Logger LOG = LoggerFactory.getLogger(InspectDecoder.class);

    /** Podman's own, for a container without a setting of its own. */
    private static final long DEFAULT_STOP_SECONDS = 10;
    /** Podman keeps it in 32 bits. */
    private static final long LONGEST_STOP_SECONDS = 0xFFFF_FFFFL;

    /** What a byte of a document can become as a tree: an empty object takes two. */
    private static final int TREE_BYTES = 32;

    private final InspectPacker packer;
    private final AtomicBoolean packerFailed = new AtomicBoolean();

    InspectDecoder(InspectPacker packer) {
        this.packer = packer;
    }

    /** @throws IOException if the connection breaks, it isn't an inspect document or there is no room for it */
    ObservedContainer container(InputStream body) throws IOException {
        try (HeapShare.Reservation room = HeapShare.COMMON.reserve()) {
            return container(Json.MAPPER.readTree(room.taking(body, TREE_BYTES)));
        }
    }

    private ObservedContainer container(JsonNode document) throws UnexpectedJsonException {
        String id = text(document.path("Id"));
        if (id == null || id.length() > EventDecoder.MAX_NAME) {
            throw new UnexpectedJsonException("expected a container with an Id, found none");
        }
        String name = text(document.path("Name"));
        String podId = text(document.path("Pod"));
        Container container = new Container(
                new ContainerId(id),
                name == null ? null : ListRow.withoutSlash(name),
                text(document.path("ImageName")),
                text(document.path("Image")),
                labels(document.path("Config").path("Labels")),
                truth(document.path("HostConfig").path("Privileged")),
                truth(document.path("IsInfra")),
                packed(document),
                DetailSource.INSPECT);
        return new ObservedContainer(container, podId == null ? null : new PodRef(podId, null), run(document));
    }

    /** @throws IOException if the connection breaks, it isn't a pod's document or there is no room for it */
    static PodRef pod(InputStream body) throws IOException {
        try (HeapShare.Reservation room = HeapShare.COMMON.reserve()) {
            return pod(Json.MAPPER.readTree(room.taking(body, TREE_BYTES)));
        }
    }

    private static PodRef pod(JsonNode document) throws UnexpectedJsonException {
        String id = text(document.path("Id"));
        if (id == null || id.length() > EventDecoder.MAX_NAME) {
            throw new UnexpectedJsonException("expected a pod with an Id, found none");
        }
        return new PodRef(id, text(document.path("Name")));
    }

    private Map<String, String> packed(JsonNode document) {
        try {
            return packer instanceof InspectPointers pointers
                    ? pointers.copyFrom(document)
                    : Map.copyOf(packer.pack(document.toString()));
        } catch (RuntimeException | StackOverflowError | LinkageError e) {
            // It is the application's own, and no reason to lose sight of a container.
            if (packerFailed.compareAndSet(false, true)) {
                LOG.warn(
                        "The inspect packer failed; the containers that it fails for are reported without its fields",
                        e);
            }
            return Map.of();
        }
    }

    private static RunState run(JsonNode document) {
        JsonNode state = document.path("State");
        String status = text(state.path("Status"));
        Long startedAtNs = Timestamps.parse(text(state.path("StartedAt")));
        if (RunStates.isAlive(status)) {
            Life life = startedAtNs == null ? null : Life.exact(startedAtNs, RunStates.pid(integer(state.path("Pid"))));
            boolean paused = "paused".equals(status) || Boolean.TRUE.equals(truth(state.path("Paused")));
            // One before the start would be of an earlier life: a restored one shows the start that it had.
            Long restoredAtNs = Timestamps.parse(text(state.path("RestoredAt")));
            boolean restored = restoredAtNs != null && startedAtNs != null && restoredAtNs >= startedAtNs;
            return RunStates.alive(
                    life,
                    paused,
                    RunStates.isStopping(status) ? stopping(document) : null,
                    restored ? restoredAtNs : null);
        }
        Long endedAtNs = Timestamps.parse(text(state.path("FinishedAt")));
        Integer exitCode = isExitCodeKept(status) ? RunStates.exitCode(integer(state.path("ExitCode"))) : null;
        if (startedAtNs == null || endedAtNs == null) {
            return RunStates.over(startedAtNs, null, null);
        }
        if (endedAtNs >= startedAtNs) {
            return RunStates.over(startedAtNs, endedAtNs, exitCode);
        }
        // Podman notes a start when the runtime returns, and a short life can have ended by then. After a reboot,
        // though, the end of the life before stands there; the code distinguishes them, because a start sets it to 0.
        boolean endSeen = exitCode != null && exitCode != 0;
        return endSeen ? RunStates.over(startedAtNs, startedAtNs, exitCode) : RunStates.over(startedAtNs, null, null);
    }

    private static RunState.Stopping stopping(JsonNode document) {
        Long reported = integer(document.path("Config").path("StopTimeout"));
        long seconds =
                reported == null || reported < 0 || reported > LONGEST_STOP_SECONDS ? DEFAULT_STOP_SECONDS : reported;
        return new RunState.Stopping(TimeUnit.SECONDS.toNanos(seconds));
    }

    /** A container that is made ready to start again has its exit code set to 0 already. */
    private static boolean isExitCodeKept(@Nullable String status) {
        return !"created".equals(status) && !"configured".equals(status) && !"initialized".equals(status);
    }

    private static Map<String, String> labels(JsonNode node) {
        Map<String, String> labels = new HashMap<>();
        node.properties().forEach(label -> {
            if (label.getValue().isValueNode() && !label.getValue().isNull()) {
                labels.put(label.getKey(), label.getValue().asText());
            }
        });
        return labels;
    }

    private static @Nullable String text(JsonNode node) {
        return node.isTextual() ? ListRow.nonEmpty(node.textValue()) : null;
    }

    private static @Nullable Boolean truth(JsonNode node) {
        return node.isBoolean() ? (Boolean) node.booleanValue() : null;
    }

    private static @Nullable Long integer(JsonNode node) {
        return node.isIntegralNumber() && node.canConvertToLong() ? (Long) node.longValue() : null;
    }
}
