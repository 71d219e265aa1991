package io.github.sealwatcher.connect;

import io.github.sealwatcher.connect.offset.OffsetNotes;
import io.github.sealwatcher.connect.offset.Offsets;
import io.github.sealwatcher.model.HostName;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.apache.kafka.connect.storage.OffsetStorageReader;
import org.jspecify.annotations.Nullable;

/**
 * Finds the hosts that a connector watched under an earlier configuration and no longer watches. Connect gives a connector
 * neither its earlier configuration nor a list of its offsets, so two things are asked: each offset names the host that
 * followed, which leads from the hosts that remain to those that are gone; and this JVM remembers which hosts a connector
 * of that name had, which helps if none remains.
 */
final class FormerHosts {

    /** So many connectors are remembered: a deleted one can't be distinguished from a stopped one. */
    private static final int MAX_CONNECTORS = 1024;

    private static final Map<String, Set<HostName>> REMEMBERED = new LinkedHashMap<>();

    private FormerHosts() {}

    /**
     * Those whose removal is not yet in the records.
     *
     * @param connector the connector's name
     * @param configured the hosts that it watches now; they are remembered
     */
    static Set<HostName> find(String connector, Collection<HostName> configured, OffsetStorageReader reader) {
        Set<HostName> watched = new HashSet<>(configured);
        Set<HostName> visited = new HashSet<>(configured);
        visited.addAll(remembered(connector));
        Set<HostName> former = new TreeSet<>(Comparator.comparing(HostName::value));
        Set<HostName> front = Set.copyOf(visited);
        while (!front.isEmpty()) {
            Set<HostName> behind = new HashSet<>();
            for (Map.Entry<HostName, Map<String, Object>> host :
                    stored(front, reader).entrySet()) {
                Map<String, Object> offset = host.getValue();
                if (!watched.contains(host.getKey()) && offset.get(Offsets.REMOVED) == null) {
                    former.add(host.getKey());
                }
                HostName next = next(offset);
                if (next != null && visited.add(next)) {
                    behind.add(next);
                }
            }
            front = behind;
        }
        Set<HostName> kept = new HashSet<>(former);
        kept.addAll(watched);
        remember(connector, kept);
        return former;
    }

    /** The hosts that a connector of that name watches; until their removal is in the records, also those that left. */
    static void remember(String connector, Set<HostName> hosts) {
        synchronized (REMEMBERED) {
            REMEMBERED.remove(connector);
            REMEMBERED.put(connector, Set.copyOf(hosts));
            if (REMEMBERED.size() > MAX_CONNECTORS) {
                REMEMBERED.remove(REMEMBERED.keySet().iterator().next());
            }
        }
    }

    private static Set<HostName> remembered(String connector) {
        synchronized (REMEMBERED) {
            return REMEMBERED.getOrDefault(connector, Set.of());
        }
    }

    private static Map<HostName, Map<String, Object>> stored(Set<HostName> hosts, OffsetStorageReader reader) {
        Map<Map<String, String>, HostName> partitions = new HashMap<>();
        hosts.forEach(host -> partitions.put(Offsets.partition(host), host));
        Map<HostName, Map<String, Object>> stored = new HashMap<>();
        reader.offsets(partitions.keySet()).forEach((partition, offset) -> {
            HostName host = partitions.get(partition);
            if (host != null && offset != null) {
                stored.put(host, offset);
            }
        });
        return stored;
    }

    /** A malformed offset leads nowhere; the task that resumes from it reports what is wrong with it. */
    private static @Nullable HostName next(Map<String, Object> offset) {
        try {
            return OffsetNotes.of(offset).next();
        } catch (IllegalArgumentException e) {
            return null;
        }
    }
}
