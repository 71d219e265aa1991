package io.github.sealwatcher.quickstart;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;

class AliveTableTest {
    private static final JsonNode WEB = QuotedJson.of("{'host': 'edge-1', 'container_id': 'aaa'}");
    private static final JsonNode JOB = QuotedJson.of("{'host': 'edge-1', 'container_id': 'bbb'}");
    private static final JsonNode NOTHING = QuotedJson.of("null");
    private final AliveTable table = new AliveTable(ZoneOffset.UTC);

    @Test
    void showsAliveContainers() {
        table.put(WEB, state("web", "running"));
        table.put(JOB, state("job", "paused"));

        assertThat(table.render()).hasSize(4).first().isEqualTo("Alive now: 2");
        assertThat(table.render().get(2)).contains("job", "paused", "13:07:18");
        assertThat(table.render().get(3)).contains("web", "running");
    }

    @Test
    void dropsEndedContainers() {
        table.put(WEB, state("web", "running"));
        table.put(WEB, NOTHING);

        assertThat(table.render()).containsExactly("No container is alive.");
    }

    @Test
    void hasChangedUntilRendered() {
        assertThat(table.hasChanged()).isFalse();
        table.put(WEB, state("web", "running"));
        assertThat(table.hasChanged()).isTrue();
        table.render();
        assertThat(table.hasChanged()).isFalse();
    }

    @Test
    void repetitionIsNoChange() {
        table.put(WEB, state("web", "running"));
        table.render();
        table.put(WEB, state("web", "running"));
        table.put(JOB, NOTHING);

        assertThat(table.hasChanged()).isFalse();
    }

    @Test
    void keepsHostsApart() {
        table.put(WEB, state("web", "running"));
        table.put(QuotedJson.of("{'host': 'edge-2', 'container_id': 'aaa'}"), NOTHING);

        assertThat(table.size()).isEqualTo(1);
    }

    private static JsonNode state(String name, String status) {
        return QuotedJson.of("""
                {'host': 'edge-1', 'status': '%s', 'since_ns': 1795439238461221165,
                 'container': {'id': 'aaa', 'name': '%s', 'image': 'localhost/busybox:latest'}, 'pod': null}""".formatted(status, name));
    }
}
