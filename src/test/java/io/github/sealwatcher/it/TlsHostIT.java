package io.github.sealwatcher.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.sealwatcher.connect.PodmanSourceConnector;
import io.github.sealwatcher.testkit.EmbeddedConnect;
import io.github.sealwatcher.testkit.EmbeddedKafka;
import io.github.sealwatcher.testkit.PodmanOptions;
import io.github.sealwatcher.testkit.PodmanService;
import io.github.sealwatcher.transport.TestAuthority;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A real Podman that speaks TLS, which it does from version 5.7 on: on demand, with {@code -Dpodman.suite=sid}. */
@EveryPodman
@Timeout(180)
class TlsHostIT {

    private static final String HOST = "127.0.0.1";
    private static final Pattern VERSION = Pattern.compile("(\\d+)\\.(\\d+)\\.");

    private static final TestAuthority HOSTS = new TestAuthority("hosts' authority");
    private static final TestAuthority CLIENTS = new TestAuthority("clients' authority");
    private static final TestAuthority STRANGER = new TestAuthority("stranger");
    private static final TestAuthority.Identity CLIENT = CLIENTS.issue("connect");

    @TempDir
    private static Path folder;

    private static PodmanService podman;
    private static Process service;
    private static int port;

    @BeforeAll
    static void start() throws IOException {
        podman = PodmanService.create(PodmanOptions.DEFAULTS);
        String version = podman.podman("--version");
        Assumptions.assumeTrue(
                speaksTls(version),
                "found " + version + ", and TLS needs 5.7: run this with -Dpodman.suite=sid, as root");
        port = freePort();
        service = serve(HOSTS.issue("host", HOST), port);
    }

    @AfterAll
    static void stop() {
        if (service != null) {
            end(service);
        }
        if (podman != null) {
            podman.close();
        }
    }

    @Test
    void eventsArriveAndNoneIsLostWhenTheServiceIsKilled() throws IOException {
        try (EmbeddedKafka kafka = EmbeddedKafka.started();
                EmbeddedConnect connect = EmbeddedConnect.started(kafka.bootstrapServers(), Stage.PLUGINS);
                TopicLog log = new TopicLog(kafka.bootstrapServers(), "tls")) {
            Map<String, String> config = properties(port, CLIENT);
            config.put("topic.prefix", "tls");
            config.put("retry.backoff.ms", "100");
            config.put("retry.backoff.max.ms", "500");
            Stage.createConnector(connect.rest(), "tls", config);
            log.await("the snapshot", () -> assertThat(log.hostEventTypes()).contains("synchronized"));

            String live = podman.podman("run", "-d", PodmanService.IMAGE, "sleep", "600");
            log.await("a live start", () -> assertThat(log.story(live)).containsExactly("start"));
            podman.podman("rm", "-f", "-t", "0", live);
            log.await("a live death", () -> assertThat(log.story(live)).containsExactly("start", "die"));
            assertThat(log.events(live)).extracting(Received::origin).containsOnly("live");

            end(service);
            log.await("the loss", () -> assertThat(log.hostEventTypes()).endsWith("disconnected"));
            String missed = podman.podman("run", "-d", PodmanService.IMAGE, "sleep", "600");
            service = serve(HOSTS.issue("host", HOST), port);
            log.await("what was missed", () -> assertThat(log.story(missed)).containsExactly("start"));
            TrailCheck.nothingIsTwice(log.events());
            connect.rest().delete("tls");
        }
    }

    @Test
    void hostThatWantsACertificateRefusesNone() {
        assertError(properties(port, null), "the host wants to see a client certificate and was shown none");
    }

    @Test
    void hostRefusesTheCertificateOfAnotherAuthority() {
        assertError(properties(port, STRANGER.issue("connect")), "client certificate", "--tls-client-ca");
    }

    @Test
    void hostRefusesAnExpiredCertificate() {
        assertError(properties(port, CLIENTS.issueExpired("connect")), "client certificate", "expired");
    }

    @Test
    void hostWhoseCertificateIsNotTrustedIsRefused() {
        Map<String, String> properties = properties(port, CLIENT);
        properties.put("ssl.truststore.certificates", STRANGER.certificatePem());
        assertError(properties, "the host's certificate is signed by nobody we trust", "ssl.truststore");
    }

    @Test
    void hostWithAnExpiredCertificateIsRefused() throws IOException {
        int expiredPort = freePort();
        Process expired = serve(HOSTS.issueExpired("host", HOST), expiredPort);
        try {
            assertError(properties(expiredPort, CLIENT), "the host's certificate has expired", "renew it");
        } finally {
            end(expired);
        }
    }

    @Test
    void hostOfAnotherNameIsRefused() throws IOException {
        int otherPort = freePort();
        Process other = serve(HOSTS.issue("host", "other.example"), otherPort);
        try {
            assertError(properties(otherPort, CLIENT), "isn't made out to 127.0.0.1");
        } finally {
            end(other);
        }
    }

    @Test
    void plainHttpToATlsServerIsReported() {
        Map<String, String> properties = properties(port, CLIENT);
        properties.put("podman.hosts", "box=tcp://" + HOST + ":" + port);
        assertError(properties, "Client sent an HTTP request to an HTTPS server", "tcp+tls://");
    }

    private static Process serve(TestAuthority.Identity identity, int at) throws IOException {
        Path certificate = Files.writeString(folder.resolve("host-" + at + ".crt"), identity.certificatePem());
        Path key = Files.writeString(folder.resolve("host-" + at + ".key"), identity.keyPem());
        Path clients = Files.writeString(folder.resolve("clients.crt"), CLIENTS.certificatePem());
        Process started = podman.serveToo(
                "--tls-cert=" + certificate,
                "--tls-key=" + key,
                "--tls-client-ca=" + clients,
                "tcp://" + HOST + ":" + at);
        Awaitility.await("Podman's service with TLS")
                .atMost(Duration.ofSeconds(20))
                .pollInterval(Duration.ofMillis(50))
                .until(() -> isListening(at));
        return started;
    }

    private static boolean isListening(int at) {
        try (Socket socket = new Socket(HOST, at)) {
            return socket.isConnected();
        } catch (IOException e) {
            return false;
        }
    }

    private static void end(Process started) {
        List<ProcessHandle> children = started.descendants().toList();
        started.destroyForcibly();
        children.forEach(ProcessHandle::destroyForcibly);
        Awaitility.await("the service's end").until(() -> !started.isAlive());
    }

    private static Map<String, String> properties(int at, TestAuthority.Identity client) {
        Map<String, String> properties = new HashMap<>(Map.of(
                "podman.hosts",
                "box=https://" + HOST + ":" + at,
                "ssl.truststore.type",
                "PEM",
                "ssl.truststore.certificates",
                HOSTS.certificatePem()));
        if (client != null) {
            properties.put("ssl.keystore.type", "PEM");
            properties.put("ssl.keystore.key", client.keyPem());
            properties.put("ssl.keystore.certificate.chain", client.certificatePem());
        }
        return properties;
    }

    private static void assertError(Map<String, String> properties, String... said) {
        List<String> errors = new PodmanSourceConnector()
                .validate(properties).configValues().stream()
                        .flatMap(value -> value.errorMessages().stream().map(error -> value.name() + ": " + error))
                        .toList();
        String uri = properties.get("podman.hosts").substring("box=".length());
        assertThat(errors)
                .singleElement()
                .asString()
                .startsWith("podman.hosts: host box: ")
                .contains(uri)
                .contains(said)
                .doesNotContain("PRIVATE KEY");
    }

    private static boolean speaksTls(String version) {
        Matcher found = VERSION.matcher(version);
        return found.find() && Integer.parseInt(found.group(1)) * 100 + Integer.parseInt(found.group(2)) >= 507;
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }
}
