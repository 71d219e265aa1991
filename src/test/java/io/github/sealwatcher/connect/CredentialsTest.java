package io.github.sealwatcher.connect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.sealwatcher.connect.config.TlsConfig;
import io.github.sealwatcher.transport.OpenSshServer;
import io.github.sealwatcher.transport.SshKeyring;
import io.github.sealwatcher.transport.TestAuthority;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.time.Duration;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.crypto.BadPaddingException;
import javax.crypto.Cipher;
import javax.crypto.EncryptedPrivateKeyInfo;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;
import org.apache.kafka.common.config.ConfigValue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Keys, certificates and their passwords, as a validation sees them. */
class CredentialsTest {

    private static final String PASSWORD = "s3same";
    private static final String WRONG = "s3sime";
    private static final TestAuthority AUTHORITY = new TestAuthority("authority");
    private static final TestAuthority.Identity CLIENT = AUTHORITY.issue("client");

    @TempDir
    private Path folder;

    @Test
    void keyForSshIsRead() throws IOException {
        Path key = OpenSshServer.newKey(folder, "key", PASSWORD);
        assertThat(errors(ssh(Map.of("ssh.identity", key.toString(), "ssh.identity.passphrase", PASSWORD))))
                .isEmpty();
        assertError(
                ssh(Map.of("ssh.identity", key.toString(), "ssh.identity.passphrase", WRONG)),
                "ssh.identity.passphrase",
                "the passphrase isn't the key's");
        assertError(ssh(Map.of("ssh.identity", key.toString())), "ssh.identity.passphrase", "its passphrase is needed");
        assertError(
                ssh(Map.of(
                        "podman.host.a.ssh.identity", key.toString(), "podman.host.a.ssh.identity.passphrase", WRONG)),
                "podman.host.a.ssh.identity.passphrase",
                "the passphrase isn't the key's");
        Path noKey = Files.writeString(folder.resolve("none"), "nonsense");
        assertError(
                ssh(Map.of("ssh.identity", noKey.toString())),
                "ssh.identity",
                "expected a private key in OpenSSH's or PEM form");
    }

    @Test
    void unusedKeyIsNotRead() throws IOException {
        Path noKey = Files.writeString(folder.resolve("none"), "nonsense");
        assertThat(errors(Map.of("podman.hosts", "a=unix:///x", "ssh.identity", noKey.toString())))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"JKS", "PKCS12"})
    void storesForTlsAreRead(String type) throws Exception {
        Map<String, String> good = tls(Map.of(
                "ssl.keystore.location", keyStore(type),
                "ssl.keystore.password", PASSWORD,
                "ssl.keystore.type", type,
                "ssl.truststore.location", trustStore(type),
                "ssl.truststore.password", PASSWORD,
                "ssl.truststore.type", type));
        assertThat(errors(good)).isEmpty();
        assertError(
                with(good, "ssl.keystore.password", WRONG),
                "ssl.keystore.password",
                "the password isn't the right one");
        assertError(without(good, "ssl.keystore.password"), "ssl.keystore.password", "a password is needed");
        assertError(
                with(good, "ssl.truststore.password", WRONG),
                "ssl.truststore.password",
                "the password isn't the right one");
        String text = Files.writeString(folder.resolve("text"), "nonsense").toString();
        assertError(with(good, "ssl.keystore.location", text), "ssl.keystore.location", text);
        assertError(with(good, "ssl.truststore.location", text), "ssl.truststore.location", text);
        assertError(
                with(good, "podman.host.a.ssl.keystore.location", text), "podman.host.a.ssl.keystore.location", text);
    }

    @Test
    void pemForTlsIsRead() throws IOException {
        Map<String, String> good = tls(Map.of(
                "ssl.keystore.type", "PEM",
                "ssl.keystore.key", CLIENT.keyPem(),
                "ssl.keystore.certificate.chain", CLIENT.certificatePem(),
                "ssl.truststore.type", "PEM",
                "ssl.truststore.certificates", AUTHORITY.certificatePem()));
        assertThat(errors(good)).isEmpty();
        assertThat(Samples.config(good).hosts().get(0).tls())
                .satisfies(tls -> assertThat(tls.load().hasCertificate()).isTrue());
        assertError(with(good, "ssl.keystore.key", "nonsense"), "ssl.keystore.key", "No matching PRIVATE KEY");
        assertError(
                with(good, "ssl.keystore.key", CLIENT.encryptedKeyPem(PASSWORD)),
                "ssl.key.password",
                "a password is needed");
        Map<String, String> encrypted = with(good, "ssl.keystore.key", CLIENT.encryptedKeyPem(PASSWORD));
        assertThat(errors(with(encrypted, "ssl.key.password", PASSWORD))).isEmpty();
        assertError(with(encrypted, "ssl.key.password", WRONG), "ssl.key.password", "the password isn't the right one");
        assertError(
                with(good, "ssl.truststore.certificates", "nonsense"), "ssl.truststore.certificates", "CERTIFICATE");

        String both = Files.writeString(folder.resolve("both.pem"), CLIENT.keyPem() + CLIENT.certificatePem())
                .toString();
        Map<String, String> inAFile = tls(Map.of("ssl.keystore.type", "PEM", "ssl.keystore.location", both));
        assertThat(errors(inAFile)).isEmpty();
        Files.writeString(Path.of(both), CLIENT.encryptedKeyPem(PASSWORD) + CLIENT.certificatePem());
        assertError(inAFile, "ssl.key.password", "a password is needed");
        assertThat(errors(with(inAFile, "ssl.key.password", PASSWORD))).isEmpty();
    }

    @Test
    void wrongPasswordIsNamedThoughItFitsThePadding() throws Exception {
        String pem = CLIENT.encryptedKeyPem(PASSWORD);
        String wrong = passwordFittingPadding(pem);
        Map<String, String> inline = tls(Map.of(
                "ssl.keystore.type",
                "PEM",
                "ssl.keystore.key",
                pem,
                "ssl.keystore.certificate.chain",
                CLIENT.certificatePem(),
                "ssl.key.password",
                wrong));
        assertError(inline, "ssl.key.password", "the password isn't the right one");
        String both = Files.writeString(folder.resolve("both.pem"), pem + CLIENT.certificatePem())
                .toString();
        Map<String, String> inAFile =
                tls(Map.of("ssl.keystore.type", "PEM", "ssl.keystore.location", both, "ssl.key.password", wrong));
        assertError(inAFile, "ssl.key.password", "the password isn't the right one");
    }

    @Test
    void namesUnknownToJavaAreReportedOnTheirKey() {
        assertError(tls(Map.of("ssl.cipher.suites", "TLS_NULL_AT_ALL")), "ssl.cipher.suites", "TLS_NULL_AT_ALL");
        assertError(tls(Map.of("ssl.enabled.protocols", "TLSv9")), "ssl.enabled.protocols", "TLSv9");
        assertError(tls(Map.of("ssl.protocol", "TLSv9")), "ssl.protocol", "TLSv9");
        assertError(tls(Map.of("ssl.provider", "Nobody")), "ssl.provider", "expected a name that Java knows: ");
        assertError(
                tls(Map.of("ssl.trustmanager.algorithm", "Faith")),
                "ssl.trustmanager.algorithm",
                "expected a name that Java knows: ");
        assertError(
                tls(Map.of("ssl.keymanager.algorithm", "Pocket")),
                "ssl.keymanager.algorithm",
                "expected a name that Java knows: ");
        assertError(
                tls(Map.of("ssl.secure.random.implementation", "Dice")),
                "ssl.secure.random.implementation",
                "expected a name that Java knows: ");
    }

    @Test
    void hostNamesAreVerifiedByDefault() throws Exception {
        assertThat(tlsOf(tls(Map.of())).load().parameters().getEndpointIdentificationAlgorithm())
                .isEqualTo("https");
        assertThat(tlsOf(tls(Map.of("ssl.endpoint.identification.algorithm", "")))
                        .load()
                        .parameters()
                        .getEndpointIdentificationAlgorithm())
                .isEmpty();
    }

    @Test
    void filesUnreadableLaterFailTheDial() throws Exception {
        String store = keyStore("PKCS12");
        TlsConfig tls = tlsOf(tls(Map.of(
                "ssl.keystore.location", store, "ssl.keystore.password", PASSWORD, "ssl.keystore.type", "PKCS12")));
        Files.delete(Path.of(store));
        assertThatThrownBy(tls::load)
                .isInstanceOf(GeneralSecurityException.class)
                .hasMessageContaining("ssl.keystore.location")
                .hasMessageContaining(store);
    }

    /** One of about 256 wrong passwords decrypts to what ends like a padding. */
    private static String passwordFittingPadding(String pem) throws Exception {
        byte[] der = Base64.getMimeDecoder().decode(pem.replaceAll("-----.*-----", ""));
        var encrypted = new EncryptedPrivateKeyInfo(der);
        SecretKeyFactory factory = SecretKeyFactory.getInstance(encrypted.getAlgName());
        for (int i = 0; ; i++) {
            String password = "not-it-" + i;
            Cipher cipher = Cipher.getInstance(encrypted.getAlgName());
            cipher.init(
                    Cipher.DECRYPT_MODE,
                    factory.generateSecret(new PBEKeySpec(password.toCharArray())),
                    encrypted.getAlgParameters());
            try {
                cipher.doFinal(encrypted.getEncryptedData());
                return password;
            } catch (BadPaddingException e) {
                // Like most: the next one.
            }
        }
    }

    private static TlsConfig tlsOf(Map<String, String> properties) {
        return Samples.config(properties).hosts().get(0).tls();
    }

    private static void assertError(Map<String, String> properties, String key, String said) {
        Map<String, List<String>> errors = errors(properties);
        assertThat(errors).containsOnlyKeys(key);
        assertThat(errors.get(key)).singleElement().asString().contains(said);
    }

    /** Of all that the worker answers, nothing holds a secret. */
    private static Map<String, List<String>> errors(Map<String, String> properties) {
        var probe = new HostProbe(
                (host, described, metrics) -> new ScriptedEngine(() -> Samples.ENGINE), Duration.ofSeconds(5));
        Map<String, List<String>> errors = new HashMap<>();
        for (ConfigValue value : new Validation(Samples.machine(), probe, new SshKeyring()).validate(properties)) {
            assertThat(value.toString()).doesNotContain(PASSWORD, WRONG, "PRIVATE KEY-----");
            if (!value.errorMessages().isEmpty()) {
                errors.put(value.name(), value.errorMessages());
            }
        }
        return errors;
    }

    private static Map<String, String> ssh(Map<String, String> properties) {
        return with(properties, "podman.hosts", "a=ssh://h/x");
    }

    private static Map<String, String> tls(Map<String, String> properties) {
        return with(properties, "podman.hosts", "a=https://h:1");
    }

    private static Map<String, String> with(Map<String, String> properties, String key, String value) {
        Map<String, String> more = new HashMap<>(properties);
        more.put(key, value);
        return more;
    }

    private static Map<String, String> without(Map<String, String> properties, String key) {
        Map<String, String> fewer = new HashMap<>(properties);
        fewer.remove(key);
        return fewer;
    }

    private String keyStore(String type) throws Exception {
        KeyStore store = KeyStore.getInstance(type);
        store.load(null, null);
        store.setKeyEntry("client", CLIENT.key(), PASSWORD.toCharArray(), new Certificate[] {CLIENT.certificate()});
        return written(store, "keys." + type);
    }

    private String trustStore(String type) throws Exception {
        KeyStore store = KeyStore.getInstance(type);
        store.load(null, null);
        store.setCertificateEntry("authority", AUTHORITY.certificate());
        return written(store, "trust." + type);
    }

    private String written(KeyStore store, String name) throws IOException, GeneralSecurityException {
        Path file = folder.resolve(name);
        try (OutputStream out = Files.newOutputStream(file)) {
            store.store(out, PASSWORD.toCharArray());
        }
        return file.toString();
    }
}
