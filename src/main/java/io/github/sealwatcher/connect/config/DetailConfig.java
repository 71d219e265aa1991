package io.github.sealwatcher.connect.config;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.apache.kafka.common.config.AbstractConfig;

/**
 * What is asked about each container.
 *
 * @param inspect whether each container is inspected
 * @param pointers what to copy from the inspect document, as JSON Pointers
 */
public record DetailConfig(boolean inspect, Set<String> pointers) {

    static final String INSPECT = "inspect.enabled";
    static final String INCLUDE = "inspect.include";

    /** RFC 6901: tokens that begin with a slash, in which a tilde is followed by 0 or 1. The whole document isn't asked for. */
    private static final Pattern POINTER = Pattern.compile("(/([^~/]|~[01])*)+");

    static Section section() {
        return new Section(
                "Detail",
                true,
                List.of(
                        Key.flag(
                                INSPECT,
                                true,
                                "Inspect containers",
                                "Whether to inspect each new container for what a list doesn't tell: whether it is"
                                        + " privileged, its exact start time, and inspect.include. It costs about a"
                                        + " millisecond on the host for each container. false: lists and events only."),
                        Key.list(
                                        INCLUDE,
                                        "Copy from inspect",
                                        "What else to copy from a container's inspect document into the record's inspect"
                                                + " field: a comma list of JSON Pointers, for instance"
                                                + " /Config/Hostname,/HostConfig/NetworkMode. A value that isn't text"
                                                + " is copied as JSON.")
                                .checked("a comma list of JSON Pointers", value -> check((List<?>) value))
                                .shownUnless(INSPECT, false)));
    }

    static DetailConfig from(AbstractConfig values) {
        return new DetailConfig(values.getBoolean(INSPECT), new LinkedHashSet<>(values.getList(INCLUDE)));
    }

    private static void check(List<?> pointers) {
        for (Object pointer : pointers) {
            if (!POINTER.matcher(pointer.toString()).matches()) {
                throw new IllegalArgumentException("expected a JSON Pointer such as /Config/Hostname (~0 stands for ~,"
                        + " ~1 for /), found \"" + pointer + "\"");
            }
        }
    }
}
