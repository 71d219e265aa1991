package io.github.sealwatcher.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.sealwatcher.fault.FakeContainer;
import io.github.sealwatcher.fault.FakePodman;
import io.github.sealwatcher.testkit.ConnectRest;
import io.github.sealwatcher.testkit.EmbeddedConnect;
import io.github.sealwatcher.testkit.EmbeddedKafka;
import io.github.sealwatcher.transport.OpenSshServer;
import io.github.sealwatcher.transport.TestAuthority;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.UUID;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import javax.management.InstanceNotFoundException;
import javax.management.JMException;
import javax.management.MBeanAttributeInfo;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import org.apache.logging.log4j.Level;
import org.apache.logging.log4j.core.config.Configurator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * A worker is given secrets of every kind, right ones and wrong ones, and everything that leaves it is searched for them: its
 * log at TRACE, what its REST interface answers, its MBeans, its records; and the archive that users install.
 */
@Timeout(180)
class SecretsIT {

    private static final String OURS = "io.github.sealwatcher";

    @TempDir
    private Path folder;

    private final List<String> secrets = new ArrayList<>();
    private final StringBuilder answers = new StringBuilder();

    @AfterEach
    void quiet() {
        Configurator.setLevel(OURS, Level.WARN);
    }

    @Test
    void noSecretLeavesTheWorker() throws Exception {
        Configurator.setLevel(OURS, Level.TRACE);
        try (OpenSshServer server = OpenSshServer.started(folder);
                FakePodman podman = FakePodman.start();
                EmbeddedKafka kafka = EmbeddedKafka.started();
                CapturedLog log = new CapturedLog();
                TopicLog records = new TopicLog(kafka.bootstrapServers(), "secrets");
                EmbeddedConnect connect = EmbeddedConnect.started(
                        kafka.bootstrapServers(),
                        Stage.PLUGINS,
                        Map.of(
                                "config.providers", "file",
                                "config.providers.file.class",
                                        "org.apache.kafka.common.config.provider.FileConfigProvider"))) {
            ConnectRest rest = connect.rest();
            Map<String, String> literal = config(server, podman);
            answers.append(rest.validate(Stage.CONNECTOR_CLASS, with(literal)));
            for (String key : literal.keySet()) {
                if (isSecret(key)) {
                    answers.append(rest.validate(Stage.CONNECTOR_CLASS, with(literal, key, secret())));
                }
            }

            Stage.createConnector(rest, "secrets", referring(literal));
            records.await(
                    "the good host",
                    () -> assertThat(records.hostEventTypes()).contains("synchronized", "disconnected"));
            podman.host().run(FakeContainer.created("web"));
            records.await("a start", () -> assertThat(records.events()).isNotEmpty());
            String beans = beans();
            // The key is replaced by one that the passphrase doesn't fit, and the connection is lost.
            server.newKey("encrypted", secret());
            rest.restart("secrets");
            server.killSessions();
            records.await(
                    "the loss",
                    () -> assertThat(records.hostEventTypes())
                            .filteredOn("disconnected"::equals)
                            .hasSizeGreaterThan(2));
            beans += beans();
            for (JsonNode answer : List.of(
                    rest.config("secrets"), rest.status("secrets"), rest.tasks("secrets"), rest.offsets("secrets"))) {
                answers.append(answer);
            }
            rest.pause("secrets");
            rest.resume("secrets");
            Stage.stop(rest, "secrets");
            rest.delete("secrets");

            assertThat(log.text())
                    .contains("Watching")
                    .contains("good=ssh://")
                    .contains("bad=https://")
                    .contains("stored=https://");
            assertThat(beans).contains("alive-containers");
            assertThat(secrets).hasSizeGreaterThan(10);
            assertThat(log.text()).as("the log").doesNotContain(secrets);
            assertThat(answers.toString()).as("REST answers").doesNotContain(secrets);
            assertThat(beans).as("MBeans").doesNotContain(secrets);
            assertThat(records.hostEvents().toString() + records.events())
                    .as("records")
                    .doesNotContain(secrets);
        }
    }

    /** Neither keys nor the places where it was built. */
    @Test
    void archiveHoldsNothingOfItsBuilder() throws IOException {
        List<Path> archives;
        try (Stream<Path> files = Files.list(Path.of("target"))) {
            archives = files.filter(file -> file.getFileName().toString().matches("kafka-connect-podman-.*\\.zip"))
                    .toList();
        }
        assertThat(archives).isNotEmpty();
        for (Path archive : archives) {
            try (InputStream in = Files.newInputStream(archive)) {
                searchArchive(archive.toString(), in);
            }
        }
    }

    private static void searchArchive(String name, InputStream in) throws IOException {
        ZipInputStream zip = new ZipInputStream(in);
        for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
            byte[] bytes = zip.readAllBytes();
            String where = name + "!" + entry.getName();
            if (entry.getName().endsWith(".jar")) {
                searchArchive(where, new ByteArrayInputStream(bytes));
            } else if (!where.contains("jsch") || !entry.getName().endsWith(".class")) {
                // An ssh library knows how the files begin that it reads.
                assertThat(new String(bytes, StandardCharsets.ISO_8859_1))
                        .as(where)
                        .doesNotContain("PRIVATE KEY-----\n", Path.of("").toAbsolutePath() + "/");
            }
        }
    }

    private Map<String, String> config(OpenSshServer server, FakePodman podman)
            throws IOException, GeneralSecurityException {
        String passphrase = secret();
        Path key = server.newKey("encrypted", passphrase);
        server.authorize(key);
        TestAuthority authority = new TestAuthority("authority");
        String keyPassword = secret();
        String pem = authority.issue("client").encryptedKeyPem(keyPassword);
        // Of a key each line is one.
        pem.lines().filter(line -> line.length() == 64).forEach(secrets::add);
        Files.readAllLines(key).stream().filter(line -> line.length() == 70).forEach(secrets::add);
        Map<String, String> config = new HashMap<>();
        // Nobody there speaks TLS: the handshake fails, with the certificate and the key at hand.
        config.put(
                "podman.hosts",
                "good=" + server.address(podman.socket()).uri() + ",bad=https://127.0.0.1:" + server.port()
                        + ",stored=https://127.0.0.1:" + server.port());
        config.put("ssh.known.hosts", server.knownHosts().toString());
        config.put("ssh.identity", key.toString());
        config.put("ssh.identity.passphrase", passphrase);
        config.put("podman.host.bad.ssl.keystore.type", "PEM");
        config.put("podman.host.bad.ssl.keystore.key", pem);
        config.put("podman.host.bad.ssl.key.password", keyPassword);
        config.put(
                "podman.host.bad.ssl.keystore.certificate.chain",
                authority.issue("client").certificatePem());
        config.put("podman.host.bad.ssl.truststore.type", "PEM");
        config.put("podman.host.bad.ssl.truststore.certificates", authority.certificatePem());
        TestAuthority.Identity stored = authority.issue("stored");
        KeyStore keys = KeyStore.getInstance("PKCS12");
        keys.load(null, null);
        String storePassword = secret();
        keys.setKeyEntry("key", stored.key(), storePassword.toCharArray(), new Certificate[] {stored.certificate()});
        putStore(config, "podman.host.stored.ssl.keystore", keys, storePassword);
        KeyStore trust = KeyStore.getInstance("PKCS12");
        trust.load(null, null);
        trust.setCertificateEntry("authority", authority.certificate());
        putStore(config, "podman.host.stored.ssl.truststore", trust, secret());
        config.put("connection.validate", "false");
        config.put("topic.prefix", "secrets");
        config.put("retry.backoff.ms", "100");
        config.put("retry.backoff.max.ms", "500");
        return config;
    }

    private void putStore(Map<String, String> config, String prefix, KeyStore store, String password)
            throws IOException, GeneralSecurityException {
        Path file = folder.resolve(prefix + ".p12");
        try (OutputStream out = Files.newOutputStream(file)) {
            store.store(out, password.toCharArray());
        }
        config.put(prefix + ".location", file.toString());
        config.put(prefix + ".password", password);
        config.put(prefix + ".type", "PKCS12");
    }

    private static boolean isSecret(String key) {
        return key.endsWith("password") || key.endsWith("passphrase") || key.endsWith("keystore.key");
    }

    private static Map<String, String> with(Map<String, String> config) {
        Map<String, String> all = new HashMap<>(config);
        all.put("connector.class", Stage.CONNECTOR_CLASS);
        all.put("name", "secrets");
        return all;
    }

    private static Map<String, String> with(Map<String, String> config, String key, String value) {
        Map<String, String> all = with(config);
        all.put(key, value);
        return all;
    }

    /** As the documentation advises: what is secret stands in a file of the worker's. */
    private Map<String, String> referring(Map<String, String> literal) throws IOException {
        Path file = folder.resolve("secrets.properties");
        Properties properties = new Properties();
        Map<String, String> config = new HashMap<>(literal);
        literal.forEach((key, value) -> {
            if (isSecret(key)) {
                properties.setProperty(key, value);
                config.put(key, "${file:" + file + ":" + key + "}");
            }
        });
        try (var out = Files.newBufferedWriter(file)) {
            properties.store(out, null);
        }
        return config;
    }

    private String secret() {
        String secret = "tell-nobody-" + UUID.randomUUID();
        secrets.add(secret);
        return secret;
    }

    private static String beans() throws JMException {
        StringBuilder text = new StringBuilder();
        MBeanServer server = ManagementFactory.getPlatformMBeanServer();
        for (ObjectName name : server.queryNames(null, null)) {
            if (name.getDomain().matches("kafka\\..*|io\\.github\\.sealwatcher")) {
                text.append(name).append('\n').append(attributes(server, name)).append('\n');
            }
        }
        return text.toString();
    }

    private static Map<String, Object> attributes(MBeanServer server, ObjectName name) throws JMException {
        Map<String, Object> values = new HashMap<>();
        try {
            for (MBeanAttributeInfo attribute : server.getMBeanInfo(name).getAttributes()) {
                values.put(attribute.getName(), server.getAttribute(name, attribute.getName()));
            }
        } catch (InstanceNotFoundException e) {
            // Gone since the names were asked for, as a task was restarted.
            values.clear();
        }
        return values;
    }
}
