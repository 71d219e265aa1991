package io.github.sealwatcher.trail.sample;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.sealwatcher.model.EventDigest;
import io.github.sealwatcher.model.EventId;
import io.github.sealwatcher.trail.topic.Kind;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.Consumer;

/** Writes what happens on a host as the connector does: the row first, then the event, with headers, ids and digest. */
public final class SampleHost {
    private static final long MILLI = 1_000_000L;

    private final String name;
    private final Consumer<SampleRecord> sink;
    private final SplittableRandom random;
    private final Map<String, Long> stamps = new HashMap<>();
    private long inferred;

    /** A container of the sample. */
    public static final class Sample {
        final String id;
        final String name;
        final String image;
        final String podId;
        final String podName;
        long startedNs;
        boolean paused;

        Sample(String id, String name, String image, String podId, String podName) {
            this.id = id;
            this.name = name;
            this.image = image;
            this.podId = podId;
            this.podName = podName;
        }
    }

    /** Writes to {@code sink}. */
    public SampleHost(String name, SplittableRandom random, Consumer<SampleRecord> sink) {
        this.name = name;
        this.random = random;
        this.sink = sink;
    }

    /** A new container; in a pod if {@code podName} isn't null, which it joins at once. */
    public Sample create(String containerName, String image, String podId, String podName, long atNs) {
        Sample sample = new Sample(id(), containerName, image, podId, podName);
        if (podId != null) {
            String eventId = EventId.derived("joined", EventId.of("container", "create", sample.id, atNs))
                    .toString();
            event(sample, "pod_association", "create", "live", eventId, atNs, null);
        }
        return sample;
    }

    public void start(Sample sample, long atNs) {
        sample.startedNs = atNs - 5 * MILLI;
        heard(sample, "start", "start", atNs, null);
    }

    public void pause(Sample sample, long atNs) {
        sample.paused = true;
        heard(sample, "pause", "pause", atNs, null);
    }

    public void unpause(Sample sample, long atNs) {
        sample.paused = false;
        heard(sample, "unpause", "unpause", atNs, null);
    }

    public void die(Sample sample, long atNs, int exitCode) {
        heard(sample, "die", "died", atNs, exitCode);
        sample.paused = false;
    }

    /** Nobody heard of its end. */
    public void reconcileDeath(Sample sample, long atNs) {
        String id = EventId.derived("inferred", "died", sample.id, sample.startedNs, inferred++)
                .toString();
        turn(sample, "die", "died", "reconciled", id, atNs, null);
    }

    /** A record of the host topic. */
    public void host(String type, long atNs, String reason, long gapFromNs, long gapToNs, int containers) {
        ObjectNode value =
                node().put("host", name).put("type", type).put("time_ns", atNs).put("reason", reason);
        boolean gap = type.equals("history_gap");
        value.put("gap_from_ns", gap ? gapFromNs : null).put("gap_to_ns", gap ? gapToNs : null);
        value.put("containers", type.equals("synchronized") ? containers : null);
        value.set("engine", engine());
        ObjectNode key = node().put("host", name);
        sink.accept(new SampleRecord(
                Kind.HOSTS, key, value, Map.of("podman.host", name, "podman.event.type", type), stamp("", atNs)));
    }

    private void heard(Sample sample, String type, String action, long atNs, Integer exitCode) {
        String id = EventId.of("container", action, sample.id, atNs).toString();
        turn(sample, type, action, "live", id, atNs, exitCode);
    }

    private void turn(
            Sample sample, String type, String action, String origin, String eventId, long atNs, Integer exitCode) {
        ObjectNode row = null;
        if (!type.equals("die")) {
            row = node().put("host", name)
                    .put("status", sample.paused ? "paused" : "running")
                    .put("since_ns", atNs);
            row.set("container", container(sample, true));
            row.set("pod", pod(sample));
            row.set("engine", engine());
        }
        sink.accept(
                new SampleRecord(Kind.STATE, key(sample), row, headers(type, origin, eventId), stamp(sample.id, atNs)));
        event(sample, type, action, origin, eventId, atNs, exitCode);
    }

    private void event(
            Sample sample, String type, String action, String origin, String eventId, long atNs, Integer exitCode) {
        boolean turn = !type.equals("pod_association");
        ObjectNode value = node().put("event_id", eventId)
                .put("type", type)
                .put("raw_action", action)
                .put("time_ns", atNs)
                .put("host", name)
                .put("origin", origin);
        value.set("container", container(sample, turn));
        value.set("pod", pod(sample));
        value.putNull("previous_pod");
        value.set("engine", engine());
        value.put("exit_code", exitCode).putNull("inspect");
        EventDigest digest = new EventDigest()
                .add("event_id", eventId)
                .add("type", type)
                .add("raw_action", action)
                .add("time_ns", atNs)
                .add("host", name)
                .add("origin", origin)
                .add("exit_code", exitCode)
                .add("container.id", sample.id)
                .add("container.name", sample.name)
                .add("container.image", sample.image)
                .add("container.image_id", null)
                .add("container.started_at_ns", turn ? sample.startedNs : null)
                .add("pod.id", sample.podId)
                .add("pod.name", sample.podName);
        Map<String, String> headers = headers(type, origin, eventId);
        headers.put("podman.digest", digest.text());
        sink.accept(new SampleRecord(Kind.EVENTS, key(sample), value, headers, stamp(sample.id, atNs)));
    }

    private Map<String, String> headers(String type, String origin, String eventId) {
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("podman.host", name);
        headers.put("podman.event.type", type);
        headers.put("podman.event.id", eventId);
        headers.put("podman.origin", origin);
        return headers;
    }

    private ObjectNode key(Sample sample) {
        return node().put("host", name).put("container_id", sample.id);
    }

    private static ObjectNode container(Sample sample, boolean turn) {
        ObjectNode node = node().put("id", sample.id).put("name", sample.name).put("image", sample.image);
        node.putNull("image_id");
        node.putObject("labels").put("com.docker.compose.project", "shop").put("com.docker.compose.service", "web");
        return node.put("detail", "inspect")
                .put("started_at_ns", turn ? sample.startedNs : null)
                .put("paused", sample.paused)
                .put("privileged", false)
                .put("infra", false)
                .put("project", "shop");
    }

    private static ObjectNode pod(Sample sample) {
        return sample.podId == null ? null : node().put("id", sample.podId).put("name", sample.podName);
    }

    private static ObjectNode engine() {
        return node().put("type", "podman.io")
                .put("version", "5.8.6")
                .put("api_version", "5.8.6")
                .put("id", "unix:///run/podman/podman.sock")
                .put("pid", 812);
    }

    /** Sixty-four digits that nobody has had. */
    public String id() {
        byte[] bytes = new byte[32];
        random.nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }

    private long stamp(String key, long atNs) {
        return stamps.merge(key, atNs / MILLI, Math::max);
    }

    private static ObjectNode node() {
        return JsonNodeFactory.instance.objectNode();
    }
}
