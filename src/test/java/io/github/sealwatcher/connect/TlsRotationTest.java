package io.github.sealwatcher.connect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.sealwatcher.connect.config.TlsConfig;
import io.github.sealwatcher.transport.Address;
import io.github.sealwatcher.transport.DialException;
import io.github.sealwatcher.transport.Dialer;
import io.github.sealwatcher.transport.Dialers;
import io.github.sealwatcher.transport.SshOptions;
import io.github.sealwatcher.transport.TestAuthority;
import io.github.sealwatcher.transport.TlsEcho;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Certificates are replaced in their files while the task runs, whose configuration was read once: whenever a host is connected
 * anew, which takes a new dialer, they are read again.
 */
@Timeout(60)
class TlsRotationTest {

    private static final String HOST = "127.0.0.1";
    private static final char[] PASSWORD = "s3same".toCharArray();
    private static final String[] BOTH = {"TLSv1.2", "TLSv1.3"};

    @TempDir
    private Path folder;

    @Test
    void newCertificatesAreTakenFromTheSameFiles() throws Exception {
        TestAuthority oldHosts = new TestAuthority("hosts of last year");
        TestAuthority newHosts = new TestAuthority("hosts of this year");
        TestAuthority oldClients = new TestAuthority("clients of last year");
        TestAuthority newClients = new TestAuthority("clients of this year");
        write(oldHosts, oldClients.issue("worker"));
        TlsConfig config = config();

        try (TlsEcho host = new TlsEcho(oldHosts.issue("host", HOST), oldClients, BOTH)) {
            assertThat(echoed(config, host)).isEqualTo("ping");
        }
        try (TlsEcho host = new TlsEcho(newHosts.issue("host", HOST), newClients, BOTH)) {
            assertThatThrownBy(() -> echoed(config, host)).isInstanceOf(DialException.class);
            write(newHosts, oldClients.issue("worker"));
            assertThatThrownBy(() -> echoed(config, host)).isInstanceOf(DialException.class);
            write(newHosts, newClients.issue("worker"));
            assertThat(echoed(config, host)).isEqualTo("ping");
        }
    }

    /** As long as the file is half written or gone, the host is retried; nothing has to be restarted afterwards. */
    @Test
    void temporarilyUnreadableFilesAreReadAgain() throws Exception {
        TestAuthority hosts = new TestAuthority("hosts");
        TestAuthority clients = new TestAuthority("clients");
        TestAuthority.Identity worker = clients.issue("worker");
        write(hosts, worker);
        TlsConfig config = config();
        try (TlsEcho host = new TlsEcho(hosts.issue("host", HOST), clients, BOTH)) {
            byte[] whole = Files.readAllBytes(folder.resolve("keys.p12"));
            Files.write(folder.resolve("keys.p12"), Arrays.copyOf(whole, whole.length / 2));
            assertThatThrownBy(() -> echoed(config, host))
                    .isInstanceOf(DialException.class)
                    .hasMessageContaining("ssl.keystore.location")
                    .hasMessageContaining("keys.p12");
            Files.write(folder.resolve("keys.p12"), whole);
            assertThat(echoed(config, host)).isEqualTo("ping");
        }
    }

    @Test
    void newestCommonTlsVersionIsUsed() throws Exception {
        TestAuthority hosts = new TestAuthority("hosts");
        TestAuthority clients = new TestAuthority("clients");
        write(hosts, clients.issue("worker"));
        TlsConfig config = config();
        try (TlsEcho both = new TlsEcho(hosts.issue("host", HOST), clients, BOTH);
                TlsEcho old = new TlsEcho(hosts.issue("host", HOST), clients, "TLSv1.2")) {
            assertThat(echoed(config, both)).isEqualTo("ping");
            assertThat(both.spoken()).containsExactly("TLSv1.3");
            assertThat(echoed(config, old)).isEqualTo("ping");
            assertThat(old.spoken()).containsExactly("TLSv1.2");
        }
    }

    private TlsConfig config() {
        return Samples.config(Map.of(
                        "podman.hosts",
                        "a=https://" + HOST + ":1",
                        "ssl.keystore.location",
                        folder.resolve("keys.p12").toString(),
                        "ssl.keystore.password",
                        new String(PASSWORD),
                        "ssl.keystore.type",
                        "PKCS12",
                        "ssl.truststore.location",
                        folder.resolve("trust.p12").toString(),
                        "ssl.truststore.password",
                        new String(PASSWORD),
                        "ssl.truststore.type",
                        "PKCS12"))
                .hosts()
                .get(0)
                .tls();
    }

    /** By TLS 1.3 a refusal of ours comes with the first answer. */
    private static String echoed(TlsConfig config, TlsEcho host) throws IOException {
        Address address = new Address.Tls(Address.Tls.HTTPS, HOST, host.port());
        Dialer dialer = Dialers.of(config, SshOptions.ofThisUser());
        try (Socket socket = dialer.dial(address, Duration.ofSeconds(10), opening -> {})) {
            socket.getOutputStream().write("ping".getBytes(StandardCharsets.US_ASCII));
            return new String(socket.getInputStream().readNBytes(4), StandardCharsets.US_ASCII);
        }
    }

    private void write(TestAuthority trusted, TestAuthority.Identity own) throws GeneralSecurityException, IOException {
        KeyStore keys = empty();
        keys.setKeyEntry("worker", own.key(), PASSWORD, new Certificate[] {own.certificate()});
        store(keys, "keys.p12");
        KeyStore trust = empty();
        trust.setCertificateEntry("authority", trusted.certificate());
        store(trust, "trust.p12");
    }

    private static KeyStore empty() throws GeneralSecurityException, IOException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        return store;
    }

    private void store(KeyStore store, String name) throws GeneralSecurityException, IOException {
        try (OutputStream out = Files.newOutputStream(folder.resolve(name))) {
            store.store(out, PASSWORD);
        }
    }
}
