package io.github.sealwatcher.fault;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.sealwatcher.model.ContainerId;
import java.time.Instant;
import java.util.Map;

/**
 * A container of the fake's.
 *
 * @param podId empty if none
 * @param startedAtNs 0 for never
 * @param finishedAtNs 0 for never
 */
public record FakeContainer(
        String id,
        String name,
        String image,
        Map<String, String> labels,
        String podId,
        boolean infra,
        boolean privileged,
        String state,
        int pid,
        long startedAtNs,
        long finishedAtNs,
        int exitCode) {

    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final long SECOND_NS = 1_000_000_000L;
    private static final long NEVER_SECONDS = -62135596800L;

    /** A container that was created and not started yet. Its id is the name's hash, spread over 64 digits. */
    public static FakeContainer created(String name) {
        String id = String.format("%08x", name.hashCode()).repeat(8);
        return new FakeContainer(
                id, name, "localhost/busybox:latest", Map.of(), "", false, false, "created", 0, 0, 0, 0);
    }

    /** Its id as the model has it. */
    public ContainerId containerId() {
        return new ContainerId(id);
    }

    public FakeContainer withLabels(Map<String, String> labels) {
        return new FakeContainer(
                id, name, image, labels, podId, infra, privileged, state, pid, startedAtNs, finishedAtNs, exitCode);
    }

    public FakeContainer inPod(String podId) {
        return new FakeContainer(
                id, name, image, labels, podId, infra, privileged, state, pid, startedAtNs, finishedAtNs, exitCode);
    }

    public FakeContainer asPrivileged() {
        return new FakeContainer(
                id, name, image, labels, podId, infra, true, state, pid, startedAtNs, finishedAtNs, exitCode);
    }

    public FakeContainer asInfra() {
        return new FakeContainer(
                id, name, image, labels, podId, true, privileged, state, pid, startedAtNs, finishedAtNs, exitCode);
    }

    public FakeContainer running(int pid, long startedAtNs) {
        return new FakeContainer(
                id, name, image, labels, podId, infra, privileged, "running", pid, startedAtNs, finishedAtNs, 0);
    }

    public FakeContainer inState(String state) {
        return new FakeContainer(
                id, name, image, labels, podId, infra, privileged, state, pid, startedAtNs, finishedAtNs, exitCode);
    }

    public FakeContainer exited(int exitCode, long finishedAtNs) {
        return new FakeContainer(
                id, name, image, labels, podId, infra, privileged, "exited", 0, startedAtNs, finishedAtNs, exitCode);
    }

    ObjectNode listRow(String podName) {
        ObjectNode row = MAPPER.createObjectNode();
        row.put("Id", id);
        row.putArray("Names").add(name);
        row.put("Image", image).put("ImageID", "sha-of-" + image);
        row.put("StartedAt", seconds(startedAtNs)).put("ExitedAt", seconds(finishedAtNs));
        row.put("ExitCode", exitCode).put("Exited", state.equals("exited"));
        row.put("IsInfra", infra).put("Pid", pid);
        row.put("Pod", podId).put("PodName", podName);
        row.put("State", state).put("Status", "");
        if (labels.isEmpty()) {
            row.putNull("Labels");
        } else {
            labels.forEach(row.putObject("Labels")::put);
        }
        return row;
    }

    ObjectNode inspect() {
        ObjectNode document = MAPPER.createObjectNode();
        document.put("Id", id).put("Name", name).put("Image", "sha-of-" + image).put("ImageName", image);
        document.put("Pod", podId).put("IsInfra", infra);
        document.putObject("State")
                .put("Status", state)
                .put("Running", state.equals("running"))
                .put("Paused", state.equals("paused"))
                .put("Pid", pid)
                .put("ExitCode", exitCode)
                .put("StartedAt", rfc3339(startedAtNs))
                .put("FinishedAt", rfc3339(finishedAtNs));
        ObjectNode config = document.putObject("Config");
        labels.forEach(config.putObject("Labels")::put);
        document.putObject("HostConfig").put("Privileged", privileged);
        return document;
    }

    /** An event as Podman 5 writes it: labels and its own keys in one map, and a death never has its pod. */
    String event(String action, long timeNs) {
        ObjectNode attributes = MAPPER.createObjectNode();
        labels.forEach(attributes::put);
        attributes.put("name", name).put("image", image);
        attributes.put("podId", action.equals("died") ? "" : podId);
        if (action.equals("died") || action.equals("remove")) {
            attributes.put("containerExitCode", Integer.toString(exitCode));
        }
        return event("container", action, id, attributes, timeNs);
    }

    static String event(String type, String action, String actorId, ObjectNode attributes, long timeNs) {
        ObjectNode event = MAPPER.createObjectNode();
        event.put("status", action).put("id", actorId).put("Type", type).put("Action", action);
        event.putObject("Actor").put("ID", actorId).set("Attributes", attributes);
        event.put("scope", "local").put("time", timeNs / SECOND_NS).put("timeNano", timeNs);
        return event.toString();
    }

    static String podEvent(String action, String podId, String podName, long timeNs) {
        ObjectNode attributes = MAPPER.createObjectNode();
        attributes.put("image", "").put("name", podName).put("podId", "");
        return event("pod", action, podId, attributes, timeNs);
    }

    private static long seconds(long ns) {
        return ns == 0 ? NEVER_SECONDS : ns / SECOND_NS;
    }

    private static String rfc3339(long ns) {
        return ns == 0
                ? "0001-01-01T00:00:00Z"
                : Instant.ofEpochSecond(ns / SECOND_NS, ns % SECOND_NS).toString();
    }
}
