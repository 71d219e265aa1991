package io.github.sealwatcher.connect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.sealwatcher.connect.metrics.TaskIdentity;
import io.github.sealwatcher.model.HostName;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.connect.source.ConnectorTransactionBoundaries;
import org.apache.kafka.connect.source.ExactlyOnceSupport;
import org.apache.kafka.connect.source.SourceConnector;
import org.junit.jupiter.api.Test;

class PodmanSourceConnectorTest {

    private final PodmanSourceConnector connector = new PodmanSourceConnector();

    @Test
    void isFoundByTheWorker() {
        assertThat(ServiceLoader.load(SourceConnector.class)).hasAtLeastOneElementOfType(PodmanSourceConnector.class);
    }

    @Test
    void knowsItsVersion() {
        assertThat(connector.version()).matches("[0-9]+\\.[0-9]+.*").doesNotContain("$");
        assertThat(new PodmanSourceTask().version()).isEqualTo(connector.version());
    }

    @Test
    void givesEachHostToOneTaskInAStableOrder() {
        connector.start(Map.of("podman.hosts", "c=unix:///c,a=unix:///a,b=tcp://b:1", "topic.prefix", "x"));

        assertThat(hosts(2)).containsExactly("a=unix:///a,b=tcp://b:1", "c=unix:///c");
        assertThat(hosts(9)).containsExactly("a=unix:///a", "b=tcp://b:1", "c=unix:///c");
        assertThat(connector.taskConfigs(1).get(0)).containsEntry("topic.prefix", "x");
    }

    @Test
    void givesEachTaskTheKeysOfItsOwnHostsOnly() {
        connector.start(Map.of(
                "podman.hosts", "a=unix:///a,b=unix:///b",
                "podman.host.a.engine.pid", "1",
                "podman.host.b.engine.pid", "2"));

        Map<String, String> second = connector.taskConfigs(2).get(1);

        assertThat(second).containsKey("podman.host.b.engine.pid").doesNotContainKey("podman.host.a.engine.pid");
        HostName ignored = HostRing.take(second);
        assertThat(TaskIdentity.take(second)).isEqualTo(new TaskIdentity("podman", "1", false));
        assertThat(Samples.config(second).hosts()).hasSize(1);
    }

    @Test
    void namesTheDefaultHostForGood() {
        connector.start(Map.of());

        assertThat(hosts(1))
                .singleElement()
                .asString()
                .isNotBlank()
                .contains("=")
                .contains("://");
    }

    @Test
    void startsWithNullValuesAndRefusesBadOnes() {
        Map<String, String> properties = new HashMap<>(Map.of("podman.hosts", "a=unix:///a"));
        properties.put("containers.name.include", null);
        connector.start(properties);
        properties.put("podman.hots", "b=unix:///b");

        assertThatThrownBy(() -> connector.start(properties))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("podman.hots")
                .hasMessageContaining("did you mean podman.hosts?");
    }

    @Test
    void supportsExactlyOnceAndSaysWhereTransactionsEnd() {
        assertThat(connector.canDefineTransactionBoundaries(Map.of()))
                .isEqualTo(ConnectorTransactionBoundaries.SUPPORTED);
        assertThat(connector.exactlyOnceSupport(Map.of())).isEqualTo(ExactlyOnceSupport.SUPPORTED);
    }

    private List<String> hosts(int maxTasks) {
        return connector.taskConfigs(maxTasks).stream()
                .map(config -> config.get("podman.hosts"))
                .toList();
    }
}
