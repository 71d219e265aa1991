package io.github.sealwatcher.connect;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.sealwatcher.connect.config.HostConfig;
import io.github.sealwatcher.model.HostName;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class HostRingTest {

    private static final List<HostConfig> HOSTS = Samples.config(
                    Map.of("podman.hosts", "a=tcp://a:1,b=tcp://b:1,d=tcp://d:1"))
            .hosts();
    private static final List<List<HostConfig>> GROUPS = List.of(HOSTS.subList(0, 2), HOSTS.subList(2, 3));

    @Test
    void eachTaskKnowsWhatFollowsItsHosts() {
        Map<String, String> first = new HashMap<>();
        HostRing.put(first, GROUPS, 0);
        Map<String, String> last = new HashMap<>();
        HostRing.put(last, GROUPS, 1);

        assertThat(HostRing.successors(GROUPS.get(0), HostRing.take(first)))
                .isEqualTo(Map.of(new HostName("a"), new HostName("b"), new HostName("b"), new HostName("d")));
        assertThat(HostRing.successors(GROUPS.get(1), HostRing.take(last)))
                .isEqualTo(Map.of(new HostName("d"), new HostName("a")));
        assertThat(first).isEmpty();
    }

    @Test
    void singleTaskIsTheWholeRing() {
        assertThat(HostRing.successors(HOSTS.subList(0, 2), null))
                .isEqualTo(Map.of(new HostName("a"), new HostName("b"), new HostName("b"), new HostName("a")));
        assertThat(HostRing.successors(HOSTS.subList(0, 1), null)).isEmpty();
    }

    @Test
    void removalIsReportedWhereTheHostBeforeItIs() {
        assertThat(HostRing.taskOf(new HostName("c"), GROUPS)).isZero();
        assertThat(HostRing.taskOf(new HostName("e"), GROUPS)).isEqualTo(1);
        assertThat(HostRing.taskOf(new HostName("B"), GROUPS))
                .as("before the first")
                .isEqualTo(1);
    }
}
