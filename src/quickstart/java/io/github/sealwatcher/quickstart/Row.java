package io.github.sealwatcher.quickstart;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.OptionalInt;

/** A record of one of the three topics as one line shows it; what a record doesn't have is empty. */
record Row(
        long timeNanos,
        String host,
        String type,
        String container,
        String id,
        String pod,
        String image,
        OptionalInt exitCode,
        String origin) {

    /** A {@code ContainerEvent}. A container that leaves its pod shows the pod it was in. */
    static Row ofContainerEvent(JsonNode value) {
        JsonNode container = value.path("container");
        String pod = podName(value.path("pod"));
        String previous = podName(value.path("previous_pod"));
        JsonNode exitCode = value.path("exit_code");
        return new Row(
                value.path("time_ns").asLong(),
                text(value, "host"),
                text(value, "type"),
                text(container, "name"),
                text(container, "id"),
                pod.isEmpty() && !previous.isEmpty() ? "left " + previous : pod,
                text(container, "image"),
                exitCode.isNumber() ? OptionalInt.of(exitCode.asInt()) : OptionalInt.empty(),
                text(value, "origin"));
    }

    /** A {@code HostEvent}: its reason, or how many containers are alive, stands where a container's name would. */
    static Row ofHostEvent(JsonNode value) {
        JsonNode alive = value.path("containers");
        String remark = alive.isNumber() ? alive.asInt() + " alive" : text(value, "reason");
        return new Row(
                value.path("time_ns").asLong(),
                text(value, "host"),
                text(value, "type"),
                remark,
                "",
                "",
                "",
                OptionalInt.empty(),
                "");
    }

    boolean isHostEvent() {
        return id.isEmpty();
    }

    boolean isLive() {
        return origin.equals("live");
    }

    /** The text of a field, empty when it's missing or null. */
    static String text(JsonNode node, String field) {
        return node.path(field).isTextual() ? node.path(field).asText() : "";
    }

    /** A pod's name, or the beginning of its id when its name is unknown. */
    static String podName(JsonNode pod) {
        String name = text(pod, "name");
        return name.isEmpty() ? shortId(text(pod, "id")) : name;
    }

    static String shortId(String id) {
        return id.length() <= SHORT_ID ? id : id.substring(0, SHORT_ID);
    }

    private static final int SHORT_ID = 12;
}
