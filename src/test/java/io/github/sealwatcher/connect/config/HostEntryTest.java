package io.github.sealwatcher.connect.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.sealwatcher.engine.podman.LocalHost;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HostEntryTest {

    @ParameterizedTest
    @CsvSource({
        "edge=unix:///run/x.sock,   edge=unix:///run/x.sock",
        "edge = unix:///run/x.sock, edge=unix:///run/x.sock",
        "unix:///run/a=b.sock,      worker-7=unix:///run/a=b.sock",
        "tcp://edge.example:80,     edge.example=tcp://edge.example:80",
        "tcp://[::1]:80,            --1=tcp://[::1]:80",
    })
    void namesAnEntry(String entry, String expected) {
        List<HostEntry> hosts = HostEntry.parse(List.of(entry), new LocalHost("worker/7", true, null, null));

        assertThat(hosts).singleElement().hasToString(expected);
    }

    @ParameterizedTest
    @CsvSource({
        "true,  ,                ,                unix:///run/podman/podman.sock",
        "true,  ,                /run/user/0,     unix:///run/podman/podman.sock",
        "false, ,                /run/user/1000,  unix:///run/user/1000/podman/podman.sock",
        "false, ,                ,                unix:///run/podman/podman.sock",
        "false, unix:///x/p.sock,/run/user/1000,  unix:///x/p.sock",
    })
    void looksForTheSocketLikePodmanClients(boolean root, String containerHost, String runtimeDirectory, String uri) {
        List<HostEntry> hosts =
                HostEntry.parse(List.of(), new LocalHost("worker", root, containerHost, runtimeDirectory));

        assertThat(hosts).singleElement().hasToString("worker=" + uri);
    }

    @Test
    void findsTheLocalHostName() {
        assertThat(LocalHost.local().hostName()).isNotBlank();
        assertThat(LocalHost.local().podmanUri()).contains("://");
    }
}
