package io.github.sealwatcher.connect.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.sealwatcher.engine.podman.LocalHost;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.apache.kafka.common.config.types.Password;
import org.junit.jupiter.api.Test;

/**
 * docs/configuration.md matches the definitions of the keys. If this fails, run it once with {@code -Dgolden.update}, which
 * writes the page, and look at the difference.
 */
class ConfigurationPageTest {

    private static final Path PAGE = Path.of("docs/configuration.md");
    private static final String HEAD = """
            # Configuration

            Every key has a default; an empty configuration watches the Podman of the worker's own machine. A key marked *per host* can be set for one host alone as `podman.host.<name>.<key>`. `GET /connector-plugins/PodmanSourceConnector/config` returns the same, and `PUT …/config/validate` checks a configuration.

            This page is generated from the definitions of the keys; a test compares them.
            """;

    @Test
    void pageMatchesTheKeys() throws IOException {
        String page = page();
        if (System.getProperty("golden.update") != null) {
            Files.writeString(PAGE, page);
        }

        assertThat(Files.readString(PAGE)).isEqualTo(page);
    }

    private static String page() {
        var text = new StringBuilder(HEAD);
        for (ConfigSection section : ConfigKeys.sections(new LocalHost("worker", true, null, null))) {
            text.append("\n## ").append(section.group()).append('\n');
            if (section.perHost()) {
                text.append("*Per host.*\n");
            }
            text.append("\n| key | type, default, valid values | importance | meaning |\n|---|---|---|---|\n");
            for (ConfigKey key : section.keys()) {
                text.append(row(key));
            }
        }
        return text.toString();
    }

    private static String row(ConfigKey key) {
        String valid = String.valueOf(key.validator());
        return "| `" + key.name() + "` | " + key.type().name().toLowerCase(Locale.ROOT) + ", "
                + shown(key.defaultValue()) + (valid.equals("any") ? "" : ", " + escaped(valid)) + " | "
                + key.importance().name().toLowerCase(Locale.ROOT) + " | " + escaped(key.doc()) + " |\n";
    }

    private static String shown(Object value) {
        if (value == null || value instanceof Password) {
            return "none";
        }
        String text = value instanceof List<?> list
                ? String.join(",", list.stream().map(String::valueOf).toList())
                : value.toString();
        return text.isEmpty() ? "empty" : "`" + text + "`";
    }

    private static String escaped(String text) {
        return text.replace("|", "\\|").replace("<", "&lt;").replace("\n", " ");
    }
}
