package io.github.sealwatcher.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.sealwatcher.connect.PodmanSourceConnector;
import io.github.sealwatcher.testkit.EmbeddedConnect;
import io.github.sealwatcher.testkit.EmbeddedKafka;
import io.github.sealwatcher.testkit.PodmanService;
import io.github.sealwatcher.transport.OpenSshServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.config.ConfigValue;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A real Podman behind a real OpenSSH server. */
@Timeout(180)
class SshHostIT {

    private static final int LIVES = 24;

    @TempDir
    private static Path folder;

    private static OpenSshServer server;
    private static PodmanService podman;

    @BeforeAll
    static void start() {
        server = OpenSshServer.started(folder);
        podman = PodmanService.started();
    }

    @AfterAll
    static void stop() {
        if (podman != null) {
            podman.close();
        }
        if (server != null) {
            server.close();
        }
    }

    @Test
    void nothingIsLostWhenTheSshSessionIsKilledAgainAndAgain() {
        try (EmbeddedKafka kafka = EmbeddedKafka.started();
                EmbeddedConnect connect = EmbeddedConnect.started(kafka.bootstrapServers(), Stage.PLUGINS);
                TopicLog log = new TopicLog(kafka.bootstrapServers(), "ssh")) {
            List<LoggedEvent> before = LoggedEvent.inHistory(podman);
            Map<String, String> config = new HashMap<>(properties());
            config.put("topic.prefix", "ssh");
            config.put("retry.backoff.ms", "100");
            config.put("retry.backoff.max.ms", "500");
            Stage.createConnector(connect.rest(), "ssh", config);
            log.await("the snapshot", () -> assertThat(log.hostEventTypes()).contains("synchronized"));
            assertThat(server.sessions()).as("ssh connections").isEqualTo(1);

            String live = podman.podman("run", "-d", PodmanService.IMAGE, "sleep", "600");
            log.await("a live start", () -> assertThat(log.story(live)).containsExactly("start"));
            podman.podman("rm", "-f", "-t", "0", live);
            log.await("a live death", () -> assertThat(log.story(live)).containsExactly("start", "die"));
            assertThat(log.events(live)).extracting(Received::origin).containsOnly("live");

            Churn churn = new Churn(podman);
            var churning = churn.begin(LIVES);
            for (int cut = 1; cut <= 3; cut++) {
                churn.awaitMore(4);
                server.killSessions();
                int times = cut;
                log.await(
                        "a loss, and the return",
                        () -> assertThat(log.hostEventTypes())
                                .filteredOn("synchronized"::equals)
                                .hasSizeGreaterThan(times));
            }
            churning.join();
            List<LoggedEvent> since = LoggedEvent.inHistory(podman);
            since.removeAll(before);
            log.await(
                    "every start and death",
                    () -> assertThat(LoggedEvent.in(log.events())).containsExactlyInAnyOrderElementsOf(since));
            assertThat(log.hostEventTypes()).contains("disconnected").doesNotContain("history_gap");
            assertThat(log.events())
                    .extracting(Received::origin)
                    .contains("replay")
                    .doesNotContain("reconciled");
            TrailCheck.livesAreInOrder(log.events());
            TrailCheck.nothingIsTwice(log.events());
            log.await("the state topic to equal podman ps", () -> TrailCheck.tableIsWhatPodmanSays(log, podman));

            // A host that shows another key isn't talked to until somebody says that it may be.
            server.changeHostKey();
            String unseen = podman.podman("run", "-d", PodmanService.IMAGE, "sleep", "600");
            log.await("the loss", () -> assertThat(log.hostEventTypes()).endsWith("disconnected"));
            assertThat(errors(properties())).singleElement().asString().contains("isn't the one that");
            log.poll();
            assertThat(log.story(unseen)).isEmpty();
            server.trust("host_key");
            log.await(
                    "what happened meanwhile",
                    () -> assertThat(log.story(unseen)).containsExactly("start"));
            connect.rest().delete("ssh");
        }
    }

    @Test
    void validationReachesThePodmanBehindIt() {
        assertThat(errors(properties())).isEmpty();
    }

    @Test
    void unknownHostKeyIsAnError(@TempDir Path elsewhere) throws IOException {
        Path empty = Files.createFile(elsewhere.resolve("known_hosts"));
        assertError(
                with("ssh.known.hosts", empty.toString()),
                "podman.hosts: host box: " + uri(podman.socket()) + ": the host's key ssh-ed25519 SHA256:",
                "isn't known: " + empty + " has none for [127.0.0.1]:" + server.port(),
                "ssh-keyscan");
    }

    @Test
    void keyThatMayNotLogInIsAnError() {
        Path wrong = server.newKey("wrong", "");
        assertError(
                with("ssh.identity", wrong.toString()),
                "podman.hosts: host box: " + uri(podman.socket()) + ": the host doesn't let user " + OpenSshServer.USER
                        + " in",
                wrong.toString(),
                "authorized_keys");
    }

    @Test
    void wrongPassphraseIsAnErrorOnItsKey() {
        Path locked = server.newKey("locked", "s3same");
        Map<String, String> properties = with("ssh.identity", locked.toString());
        properties.put("podman.host.box.ssh.identity.passphrase", "s3sime");
        assertError(
                properties, "podman.host.box.ssh.identity.passphrase: " + locked + ": the passphrase isn't the key's");
    }

    @Test
    void missingSocketIsAnError() {
        String none = uri(folder.resolve("none.sock"));
        assertError(
                with("podman.hosts", "box=" + none),
                "podman.hosts: host box: " + none + ": there is no socket " + folder.resolve("none.sock"),
                "podman.socket");
    }

    @Test
    void forwardingThatIsForbiddenIsAnError(@TempDir Path elsewhere) {
        try (OpenSshServer strict = OpenSshServer.started(elsewhere, "AllowStreamLocalForwarding no")) {
            Map<String, String> properties = properties(strict);
            assertError(properties, "doesn't forward to sockets for user", "AllowStreamLocalForwarding yes");
        }
    }

    @Test
    void podmanIsAskedForItsSocketWhereTheAddressHasNone(@TempDir Path elsewhere) {
        // In the stead of the Podman of the user who logs in, which isn't the test's to touch.
        try (OpenSshServer telling = OpenSshServer.started(elsewhere, "ForceCommand echo " + podman.socket())) {
            Map<String, String> properties = properties(telling);
            properties.put("podman.hosts", "box=" + telling.address(null).uri());
            assertThat(errors(properties)).isEmpty();
        }
    }

    private static String uri(Path socket) {
        return server.address(socket).uri();
    }

    private static Map<String, String> properties() {
        return properties(server);
    }

    private static Map<String, String> properties(OpenSshServer of) {
        return new HashMap<>(Map.of(
                "podman.hosts", "box=" + of.address(podman.socket()).uri(),
                "ssh.identity", of.key().toString(),
                "ssh.known.hosts", of.knownHosts().toString()));
    }

    private static Map<String, String> with(String key, String value) {
        Map<String, String> properties = properties();
        properties.put(key, value);
        return properties;
    }

    private static void assertError(Map<String, String> properties, String... said) {
        assertThat(errors(properties)).singleElement().asString().contains(said).doesNotContain("s3s");
    }

    /** What a validation finds, each with its key. */
    private static List<String> errors(Map<String, String> properties) {
        return new PodmanSourceConnector()
                .validate(properties).configValues().stream()
                        .flatMap(value -> value.errorMessages().stream().map(error -> named(value, error)))
                        .toList();
    }

    private static String named(ConfigValue value, String error) {
        return value.name() + ": " + error;
    }
}
