package io.github.sealwatcher.connect;

import io.github.sealwatcher.connect.config.HostConfig;
import io.github.sealwatcher.model.HostName;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The configured hosts by name, the first one following the last. A task knows its own hosts only, so the connector gives it
 * which one follows them, in a property of the task that is not a configuration key.
 */
final class HostRing {

    private static final String PROPERTY = "podman.next";

    private HostRing() {}

    /**
     * Puts what follows a task's hosts into the task's properties.
     *
     * @param groups the hosts of each task, all sorted by name
     * @param task which of the tasks
     */
    static void put(Map<String, String> properties, List<List<HostConfig>> groups, int task) {
        HostConfig next = groups.get((task + 1) % groups.size()).get(0);
        properties.put(PROPERTY, next.name().value());
    }

    /** Takes it out of the properties of a task; null if it was not put in. */
    static @Nullable HostName take(Map<String, String> properties) {
        String name = properties.remove(PROPERTY);
        return name == null ? null : new HostName(name);
    }

    /**
     * The host that follows each of a task's hosts.
     *
     * @param hosts sorted by name
     * @param next what follows the last one; null if the first one does
     */
    static Map<HostName, HostName> successors(List<HostConfig> hosts, @Nullable HostName next) {
        Map<HostName, HostName> successors = new HashMap<>();
        for (int i = 0; i < hosts.size(); i++) {
            HostName host = hosts.get(i).name();
            boolean last = i == hosts.size() - 1;
            HostName follower = last && next != null
                    ? next
                    : hosts.get((i + 1) % hosts.size()).name();
            if (!follower.equals(host)) {
                successors.put(host, follower);
            }
        }
        return successors;
    }

    /**
     * The task that reports the removal of a host: the one whose host led to it. What that host stores next no longer does,
     * and a task's records are written in order.
     */
    static int taskOf(HostName removed, List<List<HostConfig>> groups) {
        for (int i = groups.size() - 1; i >= 0; i--) {
            if (groups.get(i).get(0).name().value().compareTo(removed.value()) < 0) {
                return i;
            }
        }
        return groups.size() - 1;
    }
}
