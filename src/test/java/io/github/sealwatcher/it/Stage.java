package io.github.sealwatcher.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.sealwatcher.testkit.ConnectRest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;

/** The connector as a user has it: the packaged plugin and the configuration that is shipped with it. */
final class Stage {

    static final Path PLUGINS = Path.of("target/plugin");
    static final String CONNECTOR_CLASS = "io.github.sealwatcher.connect.PodmanSourceConnector";

    private static final Duration LIMIT = Duration.ofSeconds(60);

    private Stage() {}

    /**
     * Creates the shipped connector and returns when it runs.
     *
     * @param config what is put in or replaced
     */
    static void createConnector(ConnectRest connect, String name, Map<String, String> config) {
        ObjectNode json = shippedConnector();
        json.put("name", name);
        config.forEach(json.withObject("/config")::put);
        connect.create(json);
        awaitState(connect, name, "RUNNING");
    }

    /** Waits for the connector and its tasks to be in a state. */
    static void awaitState(ConnectRest connect, String name, String state) {
        await(name + " to be " + state)
                .untilAsserted(() -> assertThat(connect.isIn(state, name))
                        .as("%s", connect.status(name))
                        .isTrue());
    }

    /** Waits for the connector's only task to be in a state. */
    static void awaitTask(ConnectRest connect, String name, String state) {
        await("the task of " + name + " to be " + state)
                .untilAsserted(() -> assertThat(
                                connect.status(name).at("/tasks/0/state").asText())
                        .as("%s", connect.status(name))
                        .isEqualTo(state));
    }

    /** Stops the connector and returns when it has no task any more. */
    static void stop(ConnectRest connect, String name) {
        connect.stop(name);
        await(name + " to be stopped").untilAsserted(() -> {
            var status = connect.status(name);
            assertThat(status.at("/connector/state").asText()).isEqualTo("STOPPED");
            assertThat(status.path("tasks")).as("%s", status).isEmpty();
        });
    }

    private static ConditionFactory await(String what) {
        return Awaitility.await(what)
                .pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(50))
                .atMost(LIMIT);
    }

    private static ObjectNode shippedConnector() {
        try {
            return (ObjectNode) new ObjectMapper()
                    .readTree(Path.of("config/podman-source.json").toFile());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
