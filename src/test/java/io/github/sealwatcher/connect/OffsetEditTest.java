package io.github.sealwatcher.connect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.connect.errors.ConnectException;
import org.junit.jupiter.api.Test;

class OffsetEditTest {

    private static final Map<String, ?> EDGE = Map.of("host", "edge-1");

    private final PodmanSourceConnector connector = new PodmanSourceConnector();

    @Test
    void acceptsATimeAndWhatTheConnectorStoredItself() {
        assertThat(alter(EDGE, Map.of("time_ns", 0L))).isTrue();
        assertThat(alter(EDGE, Offsets.encode(Crowd.of(3, 1, 1_000, 2), 1_000))).isTrue();
    }

    @Test
    void acceptsAnyRemoval() {
        assertThat(alter(EDGE, null)).isTrue();
        assertThat(alter(Map.of("garbage", 7), null)).isTrue();
        assertThat(alter(null, null)).isTrue();
    }

    @Test
    void refusesWhatNoTaskCouldResumeFromNamingTheShape() {
        refuses(Map.of("hosts", "a"), Map.of("time_ns", 1L), "found partition {hosts=a}");
        refuses(Map.of("host", "a", "x", "y"), Map.of("time_ns", 1L), "found partition");
        refuses(Map.of("host", 7), Map.of("time_ns", 1L), "found partition");
        refuses(null, Map.of("time_ns", 1L), "found partition null");
        refuses(Map.of("host", "a b"), Map.of("time_ns", 1L), "found \"a b\"");
        refuses(EDGE, Map.of(), "time_ns: expected nanoseconds since 1970, found nothing");
        refuses(EDGE, Map.of("time_ns", -1L), "found -1");
        refuses(EDGE, Map.of("time_ns", "now"), "found now");
        refuses(EDGE, Map.of("time_ns", 1.5), "found 1.5");
        refuses(EDGE, Map.of("time_ns", Long.MAX_VALUE), "isn't in the future");
        refuses(EDGE, Map.of("time_ns", 1L, "v", 2L), "v: expected 1, found 2");
        refuses(EDGE, Map.of("time_ns", 1L, "time", 2L), "unknown fields [time]");
        refuses(EDGE, Map.of("time_ns", 1L, "seen", "?"), "seen: ");
        refuses(EDGE, Map.of("time_ns", 1L, "known", "?"), "known: ");
        refuses(EDGE, Map.of("time_ns", 1L, "snapshot", "?"), "snapshot: ");
    }

    private void refuses(Map<String, ?> partition, Map<String, ?> offset, String said) {
        assertThatThrownBy(() -> alter(partition, offset))
                .isInstanceOf(ConnectException.class)
                .hasMessageContaining("expected partition {\"host\": \"<name>\"} with offset {\"time_ns\"")
                .hasMessageContaining(said);
    }

    private boolean alter(Map<String, ?> partition, Map<String, ?> offset) {
        Map<Map<String, ?>, Map<String, ?>> offsets = new HashMap<>();
        offsets.put(partition, offset);
        return connector.alterOffsets(Map.of(), offsets);
    }
}
