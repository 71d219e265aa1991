package io.github.sealwatcher.connect.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.sealwatcher.connect.Samples;
import io.github.sealwatcher.model.HostName;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class HostKeysTest {

    @Test
    void hostsOwnKeyWinsForThatHostAlone() {
        Map<HostName, HostConfig> hosts = Samples.config(Map.of(
                        "podman.hosts", "a=unix:///a,a.b=unix:///b",
                        "engine.pid", "1",
                        "podman.host.a.engine.pid", "2",
                        "podman.host.a.b.engine.pid", "3",
                        "podman.host.a.b.containers.infra.include", "false"))
                .hosts()
                .stream()
                .collect(Collectors.toMap(HostConfig::name, Function.identity()));

        HostConfig a = hosts.get(new HostName("a"));
        HostConfig b = hosts.get(new HostName("a.b"));
        assertThat(a.connection().enginePid()).isEqualTo(2);
        assertThat(b.connection().enginePid()).isEqualTo(3);
        assertThat(a.filter().infra()).isTrue();
        assertThat(b.filter().infra()).isFalse();
    }
}
