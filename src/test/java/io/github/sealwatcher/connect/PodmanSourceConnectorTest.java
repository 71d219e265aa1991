package io.github.sealwatcher.connect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.sealwatcher.connect.config.HostConfig;
import io.github.sealwatcher.connect.config.HostEntry;
import io.github.sealwatcher.connect.config.PodmanConfig;
import io.github.sealwatcher.connect.metrics.TaskIdentity;
import io.github.sealwatcher.connect.record.HostRemoval;
import io.github.sealwatcher.model.HostName;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.SplittableRandom;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.connect.source.ConnectorTransactionBoundaries;
import org.apache.kafka.connect.source.ExactlyOnceSupport;
import org.apache.kafka.connect.source.SourceConnector;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PodmanSourceConnectorTest {

    @TempDir
    private Path folder;

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

    /** What was validated is what runs: any name, any address, whatever commas, variables and escapes it is made of. */
    @Test
    void everyHostArrivesInItsTaskAsItWasValidated() {
        SplittableRandom random = new SplittableRandom(5);
        for (int run = 0; run < 300; run++) {
            List<String> lines = new ArrayList<>();
            for (int host = 0; host < 1 + random.nextInt(6); host++) {
                lines.add(name(random) + host + "=" + uri(random));
            }
            Path inventory = folder.resolve("inventory");
            write(inventory, String.join("\n", lines));
            Map<String, String> properties =
                    Map.of("podman.hosts.file", inventory.toString(), "connection.validate", "false");
            List<HostEntry> validated = Samples.config(properties).hosts().stream()
                    .map(HostConfig::entry)
                    .toList();
            connector.start(properties);
            List<HostEntry> running = new ArrayList<>();
            for (Map<String, String> task : connector.taskConfigs(1 + random.nextInt(4))) {
                assertThat(task.values()).noneMatch(value -> value.contains("${"));
                running.addAll(
                        inTask(task).hosts().stream().map(HostConfig::entry).toList());
            }
            connector.stop();
            assertThat(running).as("%s", lines).containsExactlyInAnyOrderElementsOf(validated);
        }
    }

    private static String name(SplittableRandom random) {
        String characters = "ABCZabcz0189._-";
        StringBuilder name = new StringBuilder();
        for (int left = 1 + random.nextInt(20); left > 0; left--) {
            name.append(characters.charAt(random.nextInt(characters.length())));
        }
        return name.toString();
    }

    private static String uri(SplittableRandom random) {
        List<String> pieces = List.of(
                "/",
                ",",
                "%2C",
                "%25",
                "%20",
                "=",
                "${file:/x:y}".replace("{", "%7B").replace("}", "%7D"),
                "$",
                "a",
                "ä",
                "@",
                ":",
                "'",
                "(",
                "+",
                ";",
                "&",
                "!",
                "*",
                "~",
                "%C3%A4",
                "b=",
                "c");
        StringBuilder path = new StringBuilder("/x");
        for (int left = random.nextInt(12); left > 0; left--) {
            path.append(pieces.get(random.nextInt(pieces.size())));
        }
        return switch (random.nextInt(4)) {
            case 0 -> "unix://" + path;
            case 1 -> "ssh://u%2C%40x@my_host:2222/" + path;
            case 2 -> "tcp://[fe80::1]:8080";
            default -> "https://my_host:8443/";
        };
    }

    @Test
    void keysOfAnAbsentHostAreKeptOutOfTheTasks() {
        Path inventory = folder.resolve("inventory");
        write(inventory, "a=unix:///a\nc=unix:///c\n");
        connector.start(Map.of(
                "podman.hosts.file", inventory.toString(),
                "podman.host.b.ping.interval.ms", "1000",
                "podman.host.a.b.engine.pid", "5",
                "podman.host.a.engine.pid", "6"));
        List<Map<String, String>> tasks = connector.taskConfigs(2);
        connector.stop();
        assertThat(tasks).hasSize(2);
        assertThat(tasks.get(0))
                .containsEntry("podman.host.a.engine.pid", "6")
                .doesNotContainKeys("podman.host.b.ping.interval.ms", "podman.host.a.b.engine.pid");
        assertThat(inTask(tasks.get(0)).hosts().get(0).connection().enginePid()).isEqualTo(6);
        assertThat(tasks.get(1)).doesNotContainKeys("podman.host.b.ping.interval.ms", "podman.host.a.engine.pid");
        assertThat(inTask(tasks.get(1)).hosts()).hasSize(1);
    }

    private static PodmanConfig inTask(Map<String, String> task) {
        Map<String, String> properties = new HashMap<>(task);
        List<HostRemoval> removed = HostRemoval.take(properties);
        HostName next = HostRing.take(properties);
        TaskIdentity.take(properties);
        assertThat(removed).isEmpty();
        assertThat(next).isNotNull();
        return Samples.config(properties);
    }

    private static void write(Path file, String text) {
        try {
            Files.writeString(file, text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void defaultHostKeepsItsName() {
        connector.start(Map.of());

        assertThat(hosts(1))
                .singleElement()
                .asString()
                .isNotBlank()
                .contains("=")
                .contains("://");
    }

    @Test
    void acceptsNullValuesAndRejectsBadOnes() {
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
    void supportsExactlyOnceAndDefinesTransactionBoundaries() {
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
