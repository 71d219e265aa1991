package io.github.sealwatcher.connect.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.sealwatcher.engine.podman.LocalHost;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.config.ConfigException;

/** What reads what an operator wrote. */
public final class ConfigTargets {

    private static final LocalHost MACHINE = new LocalHost("worker", true, null, null);
    private static final int MAX_NAME = 200;

    private ConfigTargets() {}

    /** An inventory: hosts that a list of them gives back, or a refusal. */
    public static void inventory(byte[] bytes) throws IOException {
        Path file = Files.createTempFile("inventory", null);
        try {
            Files.write(file, bytes);
            List<HostEntry> hosts = new Inventory(file.toString()).read(MACHINE);
            assertThat(hosts).isNotEmpty();
            String list =
                    String.join(",", hosts.stream().map(HostEntry::toString).toList());
            assertThat(HostEntry.parse(List.of(list.split(",", -1)), MACHINE)).isEqualTo(hosts);
        } catch (IllegalArgumentException e) {
            assertThat(e).hasMessageContaining(file.toString());
        } finally {
            Files.delete(file);
        }
    }

    /** A configuration as lines of key=value: it is parsed, or a ConfigException says why not. */
    public static void configuration(byte[] bytes) {
        Map<String, String> properties = new HashMap<>(Map.of("podman.hosts", "a=unix:///a,a.b=unix:///b"));
        new String(bytes, StandardCharsets.UTF_8).lines().forEach(line -> {
            int equals = line.indexOf('=');
            if (equals > 0 && !line.startsWith(HostsConfig.FILE)) {
                properties.put(line.substring(0, equals), line.substring(equals + 1));
            }
        });
        try {
            assertThat(PodmanConfig.parse(properties, MACHINE).hosts()).isNotEmpty();
        } catch (ConfigException e) {
            assertThat(e).hasMessageMatching("(?s).+");
        }
    }

    /** An expression and a name, on two lines. */
    public static void pattern(byte[] bytes) {
        String text = new String(bytes, StandardCharsets.UTF_8);
        int end = Math.max(0, text.indexOf('\n'));
        String name = text.substring(end).repeat(20);
        try {
            boolean found = NamePattern.compiled(text.substring(0, end))
                    .found()
                    .test(name.substring(0, Math.min(MAX_NAME, name.length())));
            assertThat(found).isIn(true, false);
        } catch (IllegalArgumentException e) {
            assertThat(e).hasMessageStartingWith("expected a regular expression");
        }
    }
}
