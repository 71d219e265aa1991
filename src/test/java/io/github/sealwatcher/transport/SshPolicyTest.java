package io.github.sealwatcher.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.sealwatcher.transport.DialException.Reason;
import java.io.IOException;
import java.net.Socket;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What an operator may decide of hosts and logins, against the OpenSSH server of this machine. */
@Timeout(60)
class SshPolicyTest {

    private static final Duration LIMIT = Duration.ofSeconds(10);

    @TempDir
    private Path folder;

    /** As docs/security.md says. */
    @Test
    void aLoginThatCanOnlyForwardIsEnough() throws IOException {
        try (OpenSshServer strict = OpenSshServer.started(
                folder,
                "AllowTcpForwarding local",
                "AllowStreamLocalForwarding local",
                "PermitListen none",
                "AllowAgentForwarding no",
                "X11Forwarding no",
                "PermitTTY no",
                "ForceCommand /usr/sbin/nologin")) {
            Path authorized = folder.resolve("authorized_keys");
            Files.writeString(authorized, "restrict,port-forwarding " + Files.readString(authorized));
            try (Socket socket = dial(strict, strict.options())) {
                socket.getOutputStream().write("ping".getBytes(StandardCharsets.UTF_8));
                assertThat(socket.getInputStream().readNBytes(4)).asString().isEqualTo("ping");
            }
        }
    }

    @Test
    void aHostKeyCanBeKnownByAPattern() throws IOException {
        try (OpenSshServer server = OpenSshServer.started(folder)) {
            String key = Files.readString(folder.resolve("host_key.pub"));
            server.newKey("another_key", "");
            Path patterns = folder.resolve("patterns");
            SshOptions options = server.options().withKnownHosts(patterns, true);
            Files.writeString(patterns, "127.0.0.?,!127.0.0.1 " + key);
            assertUntrusted(server, options, "isn't known: " + patterns + " has none for [127.0.0.1]:" + server.port());
            Files.writeString(patterns, "* " + Files.readString(folder.resolve("another_key.pub")));
            assertUntrusted(server, options, "isn't the one that " + patterns + " has");
            Files.writeString(patterns, "[127.*]:" + server.port() + " " + key);
            dial(server, options).close();
        }
    }

    private void assertUntrusted(OpenSshServer server, SshOptions options, String message) {
        assertThatThrownBy(() -> dial(server, options))
                .isInstanceOf(DialException.class)
                .hasMessageContaining(message)
                .satisfies(e -> assertThat(((DialException) e).reason()).isEqualTo(Reason.UNTRUSTED));
    }

    private Socket dial(OpenSshServer server, SshOptions options) throws IOException {
        Path path = folder.resolve("echo");
        if (Files.notExists(path)) {
            ServerSocketChannel listener = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
            listener.bind(UnixDomainSocketAddress.of(path));
            Echo.serve(listener);
        }
        return Dialer.of(TlsSettings::ofThisProcess, options).dial(server.address(path), LIMIT, socket -> {});
    }
}
