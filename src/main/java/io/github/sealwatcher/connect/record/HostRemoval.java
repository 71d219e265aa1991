package io.github.sealwatcher.connect.record;

import io.github.sealwatcher.model.HostName;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A host that left the inventory. The connector can't write records: it hands it to one of its tasks, in a property of the
 * task that isn't a configuration key.
 *
 * @param atNs when it was noticed, in nanoseconds since 1970; distinguishes this removal from an earlier one of the same host
 */
public record HostRemoval(HostName host, long atNs) {

    private static final String PROPERTY = "podman.removed";

    /** Puts the removals into the properties of a task. */
    public static void put(Map<String, String> properties, Collection<HostRemoval> removals) {
        if (!removals.isEmpty()) {
            properties.put(
                    PROPERTY,
                    removals.stream().map(HostRemoval::toString).sorted().collect(Collectors.joining(",")));
        }
    }

    /** Takes the removals out of the properties of a task. */
    public static List<HostRemoval> take(Map<String, String> properties) {
        List<HostRemoval> removals = new ArrayList<>();
        @Nullable String text = properties.remove(PROPERTY);
        if (text != null) {
            for (String entry : text.split(",", -1)) {
                int at = entry.lastIndexOf('@');
                removals.add(
                        new HostRemoval(new HostName(entry.substring(0, at)), Long.parseLong(entry.substring(at + 1))));
            }
        }
        return removals;
    }

    @Override
    public String toString() {
        return host + "@" + atNs;
    }
}
