package io.github.sealwatcher.connect.offset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.sealwatcher.connect.PodmanSourceConnector;
import io.github.sealwatcher.connect.Samples;
import io.github.sealwatcher.model.HostName;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.connect.errors.ConnectException;
import org.junit.jupiter.api.Test;

class OffsetEditTest {

    private static final Map<String, ?> EDGE = Map.of("host", "edge-1");

    private final PodmanSourceConnector connector = new PodmanSourceConnector();

    @Test
    void acceptsATimeAndStoredOffsets() {
        assertThat(alter(EDGE, Map.of("time_ns", Samples.NOW_NS))).isTrue();
        var notes = new OffsetNotes(new HostName("edge-2"), "podman", true);
        Map<String, Object> stored = new HashMap<>(Offsets.encode(ManyContainers.of(3, 1, 1_000, 2), 1_000, notes));
        assertThat(alter(EDGE, stored)).isTrue();
        stored.put("removed_ns", Samples.NOW_NS);
        assertThat(alter(EDGE, stored)).isTrue();
    }

    /** The clocks of host and worker can differ, but not by days. */
    @Test
    void acceptsATimeOfNowAndALittleLater() {
        long nowNs = TimeUnit.MILLISECONDS.toNanos(System.currentTimeMillis());
        assertThat(alter(EDGE, Map.of("time_ns", nowNs))).isTrue();
        assertThat(alter(EDGE, Map.of("time_ns", nowNs + TimeUnit.HOURS.toNanos(12))))
                .isTrue();
        refuses(EDGE, Map.of("time_ns", nowNs + TimeUnit.DAYS.toNanos(2)), "isn't in the future");
    }

    @Test
    void acceptsNullForAnyKey() {
        assertThat(alter(EDGE, null)).isTrue();
        assertThat(alter(Map.of("garbage", 7), null)).isTrue();
        assertThat(alter(null, null)).isTrue();
    }

    @Test
    void rejectsUnusableOffsetsNamingTheExpectedShape() {
        refuses(Map.of("hosts", "a"), Map.of("time_ns", Samples.NOW_NS), "found partition {hosts=a}");
        refuses(Map.of("host", "a", "x", "y"), Map.of("time_ns", Samples.NOW_NS), "found partition");
        refuses(Map.of("host", 7), Map.of("time_ns", Samples.NOW_NS), "found partition");
        refuses(null, Map.of("time_ns", Samples.NOW_NS), "found partition null");
        refuses(Map.of("host", "a b"), Map.of("time_ns", Samples.NOW_NS), "found \"a b\"");
        refuses(
                Map.of("host", "egde-1"),
                Map.of("time_ns", Samples.NOW_NS),
                "host egde-1 is not configured; the hosts are edge-1, edge-2");
        refuses(EDGE, Map.of(), "time_ns: expected nanoseconds since 1970, found nothing");
        refuses(EDGE, Map.of("time_ns", -1L), "found -1");
        refuses(EDGE, Map.of("time_ns", "now"), "found now");
        refuses(EDGE, Map.of("time_ns", 1.5), "found 1.5");
        refuses(EDGE, Map.of("time_ns", Long.MAX_VALUE), "isn't in the future");
        refuses(EDGE, Map.of("time_ns", 0L), "found 0, which is 1970-01-01T00:00:00Z");
        refuses(
                EDGE,
                Map.of("time_ns", 1_700_000_000L),
                "in seconds it would be 2023-11-14T22:13:20Z, so give 1700000000000000000");
        refuses(EDGE, Map.of("time_ns", 1_700_000_000_000L), "in milliseconds it would be 2023-11-14T22:13:20Z");
        refuses(EDGE, Map.of("time_ns", 1_700_000_000_000_000L), "in microseconds it would be 2023-11-14T22:13:20Z");
        refuses(EDGE, Map.of("time_ns", 946_684_799_000_000_000L), "which is 1999-12-31T23:59:59Z");
        refuses(EDGE, Map.of("time_ns", Samples.NOW_NS, "v", 2L), "v: expected 1, found 2");
        refuses(EDGE, Map.of("time_ns", Samples.NOW_NS, "time", 2L), "unknown fields [time]");
        refuses(EDGE, Map.of("time_ns", Samples.NOW_NS, "seen", "?"), "seen: ");
        refuses(EDGE, Map.of("time_ns", Samples.NOW_NS, "known", "?"), "known: ");
        refuses(EDGE, Map.of("time_ns", Samples.NOW_NS, "snapshot", "?"), "snapshot: ");
        refuses(EDGE, Map.of("time_ns", Samples.NOW_NS, "removed_ns", "x"), "removed_ns: expected an integer, found x");
        refuses(
                EDGE,
                Map.of("time_ns", Samples.NOW_NS, "removed_ns", -1),
                "removed_ns: expected nanoseconds since 1970");
        refuses(EDGE, Map.of("time_ns", Samples.NOW_NS, "rows_removed", "x"), "rows_removed: expected true or false");
        refuses(EDGE, Map.of("time_ns", Samples.NOW_NS, "topic_prefix", 5), "topic_prefix: expected text, found 5");
        refuses(EDGE, Map.of("time_ns", Samples.NOW_NS, "next_host", "a b"), "next_host: ");
    }

    @Test
    void checksNoHostNameWithoutAnInventory() {
        Map<String, String> elsewhere = Map.of("podman.hosts.file", "/nonexistent/hosts");

        assertThat(connector.alterOffsets(elsewhere, Map.of(EDGE, Map.of("time_ns", Samples.NOW_NS))))
                .isTrue();
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
        return connector.alterOffsets(Map.of("podman.hosts", "edge-1=unix:///x,edge-2=unix:///y"), offsets);
    }
}
