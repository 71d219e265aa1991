package io.github.sealwatcher.connect.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.sealwatcher.engine.podman.LocalHost;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FollowedInventoryTest {

    @TempDir
    private Path directory;

    private int parsed;

    @Test
    void isParsedAgainOnlyWhenItsBytesHaveChanged() throws IOException {
        Path file = Files.writeString(directory.resolve("hosts"), "a=unix:///a.sock\n");
        FollowedInventory hosts = followed(file);
        assertThat(names(hosts)).containsExactly("a");
        assertThat(names(hosts)).containsExactly("a");
        assertThat(parsed).isEqualTo(1);
        Files.writeString(file, "b=unix:///b.sock\n");
        assertThat(names(hosts)).containsExactly("b");
        assertThat(parsed).isEqualTo(2);
    }

    @Test
    void whatIsWrongIsSaidEachTime() throws IOException {
        Path file = Files.writeString(directory.resolve("hosts"), "a=unix:///a.sock\n");
        FollowedInventory hosts = followed(file);
        assertThat(names(hosts)).containsExactly("a");
        Files.writeString(file, "nothing");
        assertThatThrownBy(hosts::get).hasMessageContaining("line 1");
        assertThatThrownBy(hosts::get).hasMessageContaining("line 1");
        Files.delete(file);
        assertThatThrownBy(hosts::get).hasMessageContaining("found none");
        Files.writeString(file, "a=unix:///a.sock\n");
        assertThat(names(hosts)).containsExactly("a");
    }

    private FollowedInventory followed(Path file) {
        Map<String, String> properties = Map.of("podman.hosts.file", file.toString());
        return FollowedInventory.of(properties, () -> {
            parsed++;
            return PodmanConfig.parse(properties, LocalHost.local()).hosts();
        });
    }

    private static List<String> names(FollowedInventory hosts) {
        return hosts.get().stream().map(host -> host.name().value()).toList();
    }
}
