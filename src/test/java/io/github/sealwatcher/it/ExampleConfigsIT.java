package io.github.sealwatcher.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.sealwatcher.testkit.Await;
import io.github.sealwatcher.testkit.EmbeddedConnect;
import io.github.sealwatcher.testkit.EmbeddedKafka;
import io.github.sealwatcher.testkit.PodmanService;
import io.github.sealwatcher.testkit.TopicReader;
import io.github.sealwatcher.transport.OpenSshServer;
import io.github.sealwatcher.transport.TestAuthority;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Each file of config/examples is valid as it is, but for hosts and files of this machine, and runs. */
@Timeout(120)
class ExampleConfigsIT {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Path EXAMPLES = Path.of("config/examples");
    /** Where the examples say that their files are. */
    private static final String FILES = "/etc/kafka-connect/";

    private static final Duration LIMIT = Duration.ofMinutes(1);

    @TempDir
    private static Path folder;

    private static PodmanService podman;
    private static EmbeddedKafka kafka;
    private static EmbeddedConnect connect;

    @BeforeAll
    static void start() {
        podman = PodmanService.started();
        kafka = EmbeddedKafka.started();
        connect = EmbeddedConnect.started(
                kafka.bootstrapServers(), Stage.PLUGINS, Map.of("exactly.once.source.support", "enabled"));
    }

    @AfterAll
    static void stop() {
        connect.close();
        kafka.close();
        podman.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"podman-audit", "podman-exactly-once", "podman-flat-sinks"})
    void watchesThePodmanOfItsMachine(String name) throws IOException {
        Map<String, String> config = example(name);
        config.put("podman.hosts", "edge-1=" + podman.uri());
        runs(name, config);
    }

    @Test
    void watchesAFleetOverSsh() throws IOException {
        OpenSshServer server = OpenSshServer.started(folder);
        try {
            Map<String, String> config = example("podman-fleet-ssh");
            Files.writeString(
                    folder.resolve("podman-hosts"),
                    "edge-1=" + server.address(podman.socket()).uri() + "\n");
            Files.move(folder.resolve("id_ed25519"), folder.resolve("podman_ed25519"));
            runs("podman-fleet-ssh", config);
        } finally {
            server.stop();
        }
    }

    /** The machine's Podman may be too old for TLS: nobody listens there. */
    @Test
    void isReadyForTls() throws IOException {
        TestAuthority hosts = new TestAuthority("hosts' authority");
        TestAuthority.Identity client = new TestAuthority("clients' authority").issue("connect");
        Files.writeString(folder.resolve("hosts-ca.crt"), hosts.certificatePem());
        Files.writeString(folder.resolve("connect.pem"), client.keyPem() + client.certificatePem());
        Map<String, String> config = example("podman-mtls");
        config.put("podman.hosts", "edge-1=https://127.0.0.1:1");
        config.put("connection.validate", "false");
        assertThat(errors(config)).isEmpty();
        connect.rest().create("podman-mtls", config);
        Stage.awaitState(connect.rest(), "podman-mtls", "RUNNING");
        connect.rest().delete("podman-mtls");
    }

    /** There is no registry here. */
    @Test
    void isReadyForAvro() throws IOException {
        Map<String, String> config = example("podman-avro");
        config.put("podman.hosts", "edge-1=" + podman.uri());
        assertThat(errors(config)).isEmpty();
    }

    @Test
    void noExampleIsLeftOut() throws IOException {
        try (Stream<Path> files = Files.list(EXAMPLES)) {
            assertThat(files.map(file -> file.getFileName().toString()))
                    .containsExactlyInAnyOrder(
                            "podman-audit.json",
                            "podman-exactly-once.json",
                            "podman-flat-sinks.json",
                            "podman-fleet-ssh.json",
                            "podman-mtls.json",
                            "podman-avro.json");
        }
    }

    private static void runs(String name, Map<String, String> config) {
        assertThat(errors(config)).isEmpty();
        connect.rest().create(name, config);
        String topic = config.getOrDefault("topic.prefix", "podman") + ".host.events";
        try (TopicReader reader = new TopicReader(kafka.bootstrapServers(), List.of(topic))) {
            Await.until(
                    name + " to synchronize",
                    LIMIT,
                    () -> reader.poll().stream()
                            .anyMatch(
                                    entry -> entry.value().path("type").asText().equals("synchronized")));
        }
        Stage.awaitState(connect.rest(), name, "RUNNING");
        connect.rest().delete(name);
    }

    private static List<String> errors(Map<String, String> config) {
        JsonNode answer = connect.rest().validate("PodmanSourceConnector", config);
        return answer.path("configs").findValues("errors").stream()
                .flatMap(errors -> errors.valueStream().map(JsonNode::asText))
                .toList();
    }

    private static Map<String, String> example(String name) throws IOException {
        JsonNode file = JSON.readTree(EXAMPLES.resolve(name + ".json").toFile());
        assertThat(file.path("name").asText()).isEqualTo(name);
        Map<String, String> config = new HashMap<>();
        file.path("config")
                .properties()
                .forEach(entry ->
                        config.put(entry.getKey(), entry.getValue().asText().replace(FILES, folder + "/")));
        config.put("name", name);
        // Each on topics of its own, or one would read what the other wrote.
        config.putIfAbsent("topic.prefix", name);
        config.compute(
                "topic.creation.table.include",
                (key, include) -> include.replace("podman\\.", config.get("topic.prefix") + "\\."));
        return config;
    }
}
