package io.github.sealwatcher.connect;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.sealwatcher.model.HostName;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;

class FormerHostsTest {

    @Test
    void followsTheOffsetsOfHostsThatRemain(TestInfo test) {
        Map<String, Map<String, Object>> offsets = ring("a", "b", "c", "d", "e");

        assertThat(find(test, offsets, "a", "d")).isEqualTo(names("b", "c", "e"));
        assertThat(find(test, offsets, "e")).isEqualTo(names("a", "b", "c", "d"));
        assertThat(find(test, offsets, "a", "b", "c", "d", "e")).isEmpty();
    }

    @Test
    void skipsRemovedHostsAndHostsWithoutRecords(TestInfo test) {
        Map<String, Map<String, Object>> offsets = ring("a", "b", "c", "d", "e");
        offsets.get("b").put("removed_ns", 7L);
        offsets.remove("d");

        assertThat(find(test, offsets, "a")).isEqualTo(names("c"));
    }

    @Test
    void laterHostDoesNotInterfere(TestInfo test) {
        Map<String, Map<String, Object>> offsets = ring("a", "b", "c");

        assertThat(find(test, offsets, "a", "aa", "c", "d")).isEqualTo(names("b"));
    }

    @Test
    void remembersHostsWithoutAnOffset(TestInfo test) {
        Map<String, Map<String, Object>> offsets = ring("a", "b");
        assertThat(find(test, offsets, "a", "b")).isEmpty();

        assertThat(find(test, offsets, "c", "d")).isEqualTo(names("a", "b"));
        assertThat(find(test, offsets, "c", "d")).as("until it is done").isEqualTo(names("a", "b"));
        offsets.values().forEach(offset -> offset.put("removed_ns", 7L));
        assertThat(find(test, offsets, "c", "d")).isEmpty();
    }

    @Test
    void malformedOffsetIsIgnored(TestInfo test) {
        Map<String, Map<String, Object>> offsets = ring("a", "b");
        offsets.get("a").put("next_host", "not a name");

        assertThat(find(test, offsets, "a")).isEmpty();
    }

    /** Offsets of hosts that were all configured together. */
    private static Map<String, Map<String, Object>> ring(String... hosts) {
        Map<String, Map<String, Object>> offsets = new TreeMap<>();
        for (int i = 0; i < hosts.length; i++) {
            offsets.put(hosts[i], new HashMap<>(Map.of("time_ns", 5L, "next_host", hosts[(i + 1) % hosts.length])));
        }
        return offsets;
    }

    /** Each test is another connector. */
    private static Set<HostName> find(TestInfo test, Map<String, Map<String, Object>> offsets, String... configured) {
        List<HostName> hosts = Arrays.stream(configured).map(HostName::new).toList();
        return FormerHosts.find("FormerHostsTest-" + test.getDisplayName(), hosts, new StoredOffsets(offsets));
    }

    private static Set<HostName> names(String... hosts) {
        return Arrays.stream(hosts).map(HostName::new).collect(Collectors.toSet());
    }
}
