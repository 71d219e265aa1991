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
    void loginThatCanOnlyForwardIsEnough() throws IOException {
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
    void hostKeyCanBeKnownByAPattern() throws IOException {
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

    /** As in Podman's own client: the name in the address is one of {@code ~/.ssh/config}. */
    @Test
    void hostCanBeAnAlias() throws IOException {
        try (OpenSshServer server = OpenSshServer.started(folder)) {
            Path path = echo();
            Path key = server.newKey("alias_key", "");
            server.authorize(key);
            Path home = Files.createDirectories(folder.resolve("home/.ssh"));
            SshOptions options =
                    new SshOptions("nobody", home, null, null, server.knownHosts(), true, new SshKeyring());
            Address.Ssh alias = new Address.Ssh(null, "edge", 22, path.toString());
            Files.writeString(home.resolve("config"), """
                Host edge
                  HostName 127.0.0.1
                  Port %d
                  User %s
                  IdentityFile %s
                """.formatted(server.port(), OpenSshServer.USER, key));
            dialer(options).dial(alias, LIMIT, socket -> {}).close();

            Files.writeString(home.resolve("config"), "Host edge\n HostName 127.0.0.1\n Port 1\n ProxyJump bastion\n");
            assertThatThrownBy(() -> dialer(options).dial(alias, LIMIT, socket -> {}))
                    .isInstanceOf(DialException.class)
                    .hasMessageContaining("ssh://127.0.0.1:1" + path)
                    .hasMessageContaining("its ProxyJump or ProxyCommand in .ssh/config isn't followed");
            Files.writeString(home.resolve("config"), "Host edge\n Port many\n");
            assertThatThrownBy(() -> dialer(options).dial(alias, LIMIT, socket -> {}))
                    .hasMessage("ssh://edge" + path + ": " + home.resolve("config")
                            + " can't be used: line 2: expected a Port from 1 to 65535");
        }
    }

    /** Forwarding takes no session of sshd's; asking for the socket's path does. */
    @Test
    void serverWithoutSessionsStillForwards() throws IOException {
        try (OpenSshServer server = OpenSshServer.started(folder, "MaxSessions 0")) {
            for (int i = 0; i < 12; i++) {
                dial(server, server.options()).close();
            }
            assertThatThrownBy(() -> dialer(server.options()).dial(server.address(null), LIMIT, socket -> {}))
                    .isInstanceOf(DialException.class)
                    .hasMessageContaining("write the path into the address");
        }
    }

    /** As a host that is frozen: nobody there answers, and what was open goes on afterwards. */
    @Test
    void serverThatIsStoppedCostsTheTimeLimitAndIsUsableAgain() throws IOException {
        try (OpenSshServer server = OpenSshServer.started(folder)) {
            try (Socket open = dial(server, server.options())) {
                server.signalAll("STOP");
                Duration limit = Duration.ofSeconds(2);
                assertThatThrownBy(() -> dialer(server.options()).dial(server.address(echo()), limit, socket -> {}))
                        .isInstanceOf(DialException.class)
                        .hasMessageContaining("within 2000 ms")
                        .satisfies(e -> assertThat(((DialException) e).reason()).isEqualTo(Reason.TIMED_OUT));
                server.signalAll("CONT");
                dial(server, server.options()).close();
                open.getOutputStream().write("ping".getBytes(StandardCharsets.UTF_8));
                assertThat(open.getInputStream().readNBytes(4)).asString().isEqualTo("ping");
            } finally {
                server.signalAll("CONT");
            }
        }
    }

    private void assertUntrusted(OpenSshServer server, SshOptions options, String message) {
        assertThatThrownBy(() -> dial(server, options))
                .isInstanceOf(DialException.class)
                .hasMessageContaining(message)
                .satisfies(e -> assertThat(((DialException) e).reason()).isEqualTo(Reason.UNTRUSTED));
    }

    private Socket dial(OpenSshServer server, SshOptions options) throws IOException {
        return dialer(options).dial(server.address(echo()), LIMIT, socket -> {});
    }

    private Path echo() throws IOException {
        Path path = folder.resolve("echo");
        if (Files.notExists(path)) {
            ServerSocketChannel listener = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
            listener.bind(UnixDomainSocketAddress.of(path));
            Echo.serve(listener);
        }
        return path;
    }

    private static Dialer dialer(SshOptions options) {
        return Dialers.of(TlsSettings::ofThisProcess, options);
    }
}
