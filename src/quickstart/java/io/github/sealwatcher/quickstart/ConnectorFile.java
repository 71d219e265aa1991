package io.github.sealwatcher.quickstart;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Map;

/** A connector as it is shipped: {@code {"name": …, "config": {…}}}. */
record ConnectorFile(ObjectNode json) {
    static ConnectorFile read(Path file) {
        try {
            return new ConnectorFile((ObjectNode) new ObjectMapper().readTree(file.toFile()));
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read the connector " + file, e);
        }
    }

    String name() {
        return json.path("name").asText();
    }

    Topics topics() {
        return Topics.of(prefix());
    }

    String prefix() {
        return json.at("/config/topic.prefix").asText("podman");
    }

    /** The same connector, with some configuration put in or replaced. */
    ConnectorFile with(Map<String, String> config) {
        ObjectNode copy = json.deepCopy();
        config.forEach(copy.withObject("/config")::put);
        return new ConnectorFile(copy);
    }
}
