package io.github.sealwatcher.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.sealwatcher.Events;
import io.github.sealwatcher.PodmanWatcher;
import io.github.sealwatcher.model.Change;
import io.github.sealwatcher.model.ContainerChange;
import io.github.sealwatcher.testkit.PodmanService;
import io.github.sealwatcher.watch.Backoff;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The filter of docs/security.md in front of a real Podman: the connector needs no more than it lets through. */
@Timeout(120)
class ReadOnlyFilterIT {

    private static final Path PROGRAM = Path.of("/usr/sbin/haproxy");
    private static final Duration LIMIT = Duration.ofSeconds(30);

    @TempDir
    private static Path folder;

    private static PodmanService podman;
    private static Process filter;
    private static Path socket;

    @BeforeAll
    static void start() throws IOException {
        Assumptions.assumeTrue(Files.isExecutable(PROGRAM), "no " + PROGRAM + " here (Debian: haproxy)");
        podman = PodmanService.started();
        socket = folder.resolve("filtered.sock");
        String shipped = Files.readString(Path.of("config/haproxy-read-only.cfg"));
        assertThat(shipped).contains("/run/podman-read-only.sock", "/run/podman/podman.sock");
        Path config = Files.writeString(
                folder.resolve("haproxy.cfg"),
                shipped.replace("/run/podman-read-only.sock", socket.toString())
                        .replace("/run/podman/podman.sock", podman.uri().replaceFirst("^unix://", "")));
        filter = new ProcessBuilder(PROGRAM.toString(), "-db", "-f", config.toString())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("haproxy.log").toFile())
                .start();
        Awaitility.await("haproxy listens").atMost(LIMIT).until(() -> Files.exists(socket));
    }

    @AfterAll
    static void stop() {
        if (filter != null) {
            filter.destroyForcibly();
        }
        if (podman != null) {
            podman.close();
        }
    }

    @Test
    void hostIsWatchedThroughTheFilter() throws InterruptedException {
        podman.podman("pod", "create", "--name", "crew");
        podman.podman("run", "-d", "--name", "old", "--pod", "crew", PodmanService.IMAGE, "sleep", "600");
        try (PodmanWatcher watcher = PodmanWatcher.at("unix://" + socket)
                        .backoff(Backoff.forever())
                        .build();
                Events events = watcher.events()) {
            watcher.start();
            watcher.ready().join();
            assertThat(watcher.portfolio().find("old").container().isInspected())
                    .isTrue();
            podman.podman("run", "-d", "--name", "new", PodmanService.IMAGE, "sleep", "600");
            podman.podman("kill", "new");
            List<String> reported = new ArrayList<>();
            while (!reported.contains("DIED new")) {
                Change change = events.poll(LIMIT);
                assertThat(change).as("what follows %s", reported).isNotNull();
                if (change instanceof ContainerChange container) {
                    reported.add(container.kind() + " " + container.container().name());
                }
            }
            assertThat(reported).contains("STARTED new");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "GET, /libpod/_ping, 200",
        "GET, /v4.0.0/libpod/containers/json?all=true, 200",
        "GET, /v4.0.0/libpod/containers/json?all=true&sync=true, 403",
        "POST, /v4.0.0/libpod/containers/json, 403",
        "POST, /v4.0.0/libpod/containers/create, 403",
        "POST, /v4.0.0/libpod/containers/old/kill, 403",
        "DELETE, /v4.0.0/libpod/containers/old, 403",
        "DELETE, /v4.0.0/libpod/containers/old/json, 403",
        "GET, /v4.0.0/libpod/containers/old/archive?path=/, 403",
        "GET, /v4.0.0/libpod/containers/../../libpod/info/json, 403",
        "GET, /v4.0.0/libpod/info, 403",
        "GET, /v4.0.0/libpod/secrets/json, 403",
        "GET, /v1.41/containers/json, 403",
        "GET, /v4.0.0/libpod/images/json, 403",
    })
    void filterRefusesEverythingElse(String method, String target, int status) throws IOException {
        try (SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX)) {
            channel.connect(UnixDomainSocketAddress.of(socket));
            channel.write(ByteBuffer.wrap((method + " " + target + " HTTP/1.1\r\nHost: d\r\nContent-Length: 0\r\n"
                            + "Connection: close\r\n\r\n")
                    .getBytes(StandardCharsets.US_ASCII)));
            ByteBuffer head = ByteBuffer.allocate(12);
            while (head.hasRemaining() && channel.read(head) >= 0) {
                // until the status is there
                continue;
            }
            assertThat(new String(head.array(), StandardCharsets.US_ASCII)).isEqualTo("HTTP/1.1 " + status);
        }
    }
}
