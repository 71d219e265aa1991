package io.github.sealwatcher.connect;

import io.github.sealwatcher.model.HostName;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.connect.storage.OffsetStorageReader;

/** What Connect holds for each host. */
public record StoredOffsets(Map<String, Map<String, Object>> byHost) implements OffsetStorageReader {

    public static StoredOffsets of(HostName host, Map<String, Object> offset) {
        Map<String, Map<String, Object>> byHost = new HashMap<>();
        byHost.put(host.value(), offset);
        return new StoredOffsets(byHost);
    }

    @Override
    public <T> Map<String, Object> offset(Map<String, T> partition) {
        return byHost.get(String.valueOf(partition.get("host")));
    }

    @Override
    public <T> Map<Map<String, T>, Map<String, Object>> offsets(Collection<Map<String, T>> partitions) {
        Map<Map<String, T>, Map<String, Object>> offsets = new HashMap<>();
        partitions.forEach(partition -> offsets.put(partition, offset(partition)));
        return offsets;
    }
}
