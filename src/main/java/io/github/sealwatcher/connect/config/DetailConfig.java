package io.github.sealwatcher.connect.config;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.apache.kafka.common.config.AbstractConfig;

/**
 * What is asked about each container.
 *
 * @param inspect whether each container is inspected
 * @param pointers what to copy from the inspect document, as JSON Pointers
 * @param recordBytes what a record's labels and inspect copies may take
 */
public record DetailConfig(boolean inspect, Set<String> pointers, long recordBytes) {

    static final String INSPECT = "inspect.enabled";
    static final String INCLUDE = "inspect.include";

    static final String RECORD_BYTES = "record.max.bytes";

    private static final int MAX_POINTER = 1000;
    private static final int MAX_SHOWN = 100;

    static ConfigSection section() {
        return new ConfigSection(
                "Detail",
                true,
                List.of(
                        ConfigKey.flag(
                                INSPECT,
                                true,
                                "Inspect containers",
                                "Whether to inspect each new container for what a list doesn't show: whether it is"
                                        + " privileged, its exact start time, and inspect.include. It costs about a"
                                        + " millisecond on the host for each container. false: lists and events only."),
                        ConfigKey.list(
                                        INCLUDE,
                                        "Copy from inspect",
                                        "What else to copy from a container's inspect document into the record's inspect"
                                                + " field: a comma list of JSON Pointers, for instance"
                                                + " /Config/Hostname,/HostConfig/NetworkMode. A value that isn't text"
                                                + " is copied as JSON.")
                                .checked("a comma list of JSON Pointers", value -> check((List<?>) value))
                                .shownUnless(INSPECT, false),
                        ConfigKey.bytes(
                                RECORD_BYTES,
                                512L * 1024,
                                "Record limit",
                                "How many bytes a container's labels and inspect copies may take in a record. What is"
                                        + " more is left out, the largest values first: the record's header"
                                        + " podman.truncated names them, and one line is logged for each host. Without"
                                        + " this limit a container with huge labels would fail the task, because Kafka"
                                        + " refuses records past max.request.size (1 MiB by default).")));
    }

    static DetailConfig from(AbstractConfig values) {
        return new DetailConfig(
                values.getBoolean(INSPECT), new LinkedHashSet<>(values.getList(INCLUDE)), values.getLong(RECORD_BYTES));
    }

    private static void check(List<?> pointers) {
        for (Object pointer : pointers) {
            String text = pointer.toString();
            if (!isPointer(text)) {
                String shown = text.length() > MAX_SHOWN
                        ? text.substring(0, MAX_SHOWN) + "... (" + text.length() + " characters)"
                        : text;
                throw new IllegalArgumentException("expected a JSON Pointer such as /Config/Hostname (~0 stands for ~,"
                        + " ~1 for /) of at most " + MAX_POINTER + " characters, found \"" + shown + "\"");
            }
        }
    }

    /** RFC 6901: tokens that begin with a slash, in which a tilde is followed by 0 or 1. The whole document isn't asked for. */
    private static boolean isPointer(String text) {
        boolean good = text.startsWith("/") && text.length() <= MAX_POINTER;
        for (int tilde = text.indexOf('~'); good && tilde >= 0; tilde = text.indexOf('~', tilde + 1)) {
            good = tilde + 1 < text.length() && (text.charAt(tilde + 1) == '0' || text.charAt(tilde + 1) == '1');
        }
        return good;
    }
}
