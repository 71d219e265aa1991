package io.github.sealwatcher.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.sealwatcher.transport.DialException.Reason;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Against the OpenSSH server of this machine. */
class SshDialerTest extends DialerContract {

    @TempDir
    private static Path keys;

    private static OpenSshServer server;

    @TempDir
    private Path folder;

    private final Dialer dialer = dialer(server.options());

    @BeforeAll
    static void startServer() {
        server = OpenSshServer.started(keys);
    }

    @AfterAll
    static void stopServer() {
        if (server != null) {
            server.close();
        }
    }

    @Override
    Dialer dialer() {
        return dialer;
    }

    @Override
    Address echo() throws IOException {
        Path path = folder.resolve("echo");
        Echo.serve(listen(path));
        return server.address(path);
    }

    @Override
    Address deserted() throws IOException {
        try (ServerSocketChannel nobody = listenTcp(0)) {
            return at(nobody);
        }
    }

    @Override
    Address hanging() throws IOException {
        ServerSocketChannel queue = listenTcp(1);
        // Linux queues one more than it is told.
        for (int i = 0; i < 2; i++) {
            opened.add(SocketChannel.open(queue.getLocalAddress()));
        }
        return at(queue);
    }

    @Test
    void connectionsShareOneAndTheLastEndsIt() throws IOException {
        Path path = folder.resolve("several");
        ServerSocketChannel several = listen(path);
        Socket first = dial(server.address(path));
        Socket second = dial(server.address(path));
        assertThat(server.sessions()).isEqualTo(1);
        try (SocketChannel one = several.accept();
                SocketChannel other = several.accept()) {
            other.write(ByteBuffer.wrap(new byte[] {2}));
            one.write(ByteBuffer.wrap(new byte[] {1}));
            assertThat(first.getInputStream().read()).isEqualTo(1);
            assertThat(second.getInputStream().read()).isEqualTo(2);

            first.close();
            assertThat(one.read(ByteBuffer.allocate(1))).isEqualTo(-1);
            other.write(ByteBuffer.wrap(new byte[] {3}));
            assertThat(second.getInputStream().read()).isEqualTo(3);
        }
        second.close();
        Awaitility.await().until(() -> server.sessions() == 0);
    }

    @Test
    void unreadChannelBlocksNoOther() throws IOException {
        Path path = folder.resolve("floods");
        ServerSocketChannel both = listen(path);
        Socket unread = dial(server.address(path));
        Socket asking = dial(server.address(path));
        try (SocketChannel flooding = both.accept();
                SocketChannel answering = both.accept()) {
            flooding.configureBlocking(false);
            ByteBuffer block = ByteBuffer.allocate(64 << 10);
            long sent = 0;
            // Until nothing more is taken: that it is bounded is part of the matter.
            for (int refused = 0; refused < 20; ) {
                int written = flooding.write(block.clear());
                sent += written;
                refused = written == 0 ? refused + 1 : 0;
                if (written == 0) {
                    awaitWritable(flooding);
                }
            }
            assertThat(sent).isLessThan(Inbox.MAX_BYTES);

            for (int i = 0; i < 10; i++) {
                asking.setSoTimeout(5000);
                asking.getOutputStream().write(i);
                ByteBuffer question = ByteBuffer.allocate(1);
                answering.read(question);
                answering.write(question.flip());
                assertThat(asking.getInputStream().read()).isEqualTo(i);
            }

            flooding.close();
            assertThat(unread.getInputStream().transferTo(OutputStream.nullOutputStream()))
                    .isEqualTo(sent);
        }
    }

    @RepeatedTest(5) // Whether the end is noticed before the next dial is a race; both must end well.
    void killedSessionEndsItsConnectionsAndTheNextDialMakesAnother() throws IOException {
        Address address = echo();
        Socket cut = dial(address);
        cut.getOutputStream().write(7);
        assertThat(cut.getInputStream().read()).isEqualTo(7);
        server.killSessions();
        assertThat(cut.getInputStream().read()).isEqualTo(-1);
        try (Socket next = dial(address)) {
            next.getOutputStream().write(8);
            assertThat(next.getInputStream().read()).isEqualTo(8);
        }
    }

    @Test
    void unknownHostKeyIsRefused() throws IOException {
        Path empty = Files.createFile(folder.resolve("empty"));
        assertRefused(
                server.options().withKnownHosts(empty, true),
                echo(),
                Reason.UNTRUSTED,
                "the host's key ssh-ed25519 SHA256:",
                "isn't known: " + empty + " has none for [127.0.0.1]:" + server.port(),
                "ssh-keyscan -p " + server.port() + " 127.0.0.1 >> " + empty);
        assertThat(empty).isEmptyFile();
        assertRefused(
                server.options().withKnownHosts(folder.resolve("none"), true), echo(), Reason.UNTRUSTED, "isn't known");
    }

    @Test
    void changedHostKeyIsRefused() throws IOException {
        server.newKey("former_host_key", "");
        server.trust("former_host_key");
        try {
            assertRefused(
                    server.options(),
                    echo(),
                    Reason.UNTRUSTED,
                    "isn't the one that " + server.knownHosts() + " has for [127.0.0.1]:" + server.port(),
                    "ssh-keygen -R [127.0.0.1]:" + server.port());
        } finally {
            server.trust("host_key");
        }
    }

    @Test
    void hostKeyCanBeLeftUnchecked() throws IOException {
        Path empty = Files.createFile(folder.resolve("empty"));
        opened.add(dialer(server.options().withKnownHosts(empty, false)).dial(echo(), Duration.ofSeconds(10), s -> {}));
        assertThat(empty).isEmptyFile();
    }

    @Test
    void keyThatMayNotLogInIsRefused() throws IOException {
        Path wrong = server.newKey("wrong", "");
        assertRefused(
                server.options().withIdentity(wrong, null),
                echo(),
                Reason.REJECTED,
                "the host doesn't let user " + OpenSshServer.USER + " in",
                wrong + " (SHA256:",
                "authorized_keys");
    }

    @Test
    void passphraseMustBeTheKeys() throws IOException {
        Path secret = server.newKey("secret", "s3same");
        server.authorize(secret);
        assertRefused(
                server.options().withIdentity(secret, new Secret("sesame")),
                echo(),
                Reason.FAILED,
                secret + ": the passphrase isn't the key's (ssh.identity.passphrase)");
        assertRefused(
                server.options().withIdentity(secret, null),
                echo(),
                Reason.FAILED,
                secret + ": the key is encrypted; its passphrase is needed");
        opened.add(dialer(server.options().withIdentity(secret, new Secret("s3same")))
                .dial(echo(), Duration.ofSeconds(10), s -> {}));
    }

    @Test
    void usualKeysAreTriedWhenNoneIsNamed() throws IOException {
        Path ssh = Files.createDirectory(folder.resolve("ssh"));
        SshOptions usual = new SshOptions("nobody", ssh, null, null, server.knownHosts(), true, new SshKeyring());
        assertRefused(usual, echo(), Reason.REJECTED, "no key was found: name one (ssh.identity)");
        Files.writeString(ssh.resolve("id_other"), "no key");
        Files.copy(server.key(), ssh.resolve("id_ed25519"));
        opened.add(dialer(usual).dial(echo(), Duration.ofSeconds(10), s -> {}));
    }

    @Test
    void missingSocketIsReported() {
        Path none = folder.resolve("no such 'socket'");
        assertRefused(
                server.options(),
                server.address(none),
                Reason.MISSING,
                "there is no socket " + none + " there that user " + OpenSshServer.USER + " can see",
                "podman.socket");
    }

    @Test
    void socketWithoutListenerIsReported() throws IOException {
        Path stale = folder.resolve("stale");
        listen(stale).close();
        assertRefused(server.options(), server.address(stale), Reason.NOT_LISTENING, "nobody listens at " + stale);
        Path plain = Files.createFile(folder.resolve("plain"));
        assertRefused(server.options(), server.address(plain), Reason.NOT_LISTENING, plain + " there is no socket");
    }

    @Test
    void socketWithoutPermissionIsReported() throws IOException {
        Path path = folder.resolve("private");
        listen(path);
        Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("---------"));
        Assumptions.assumeFalse(Files.isWritable(path), "root may do anything");
        assertRefused(server.options(), server.address(path), Reason.NO_PERMISSION, "may not connect");
    }

    @Test
    void forbiddenForwardingIsReported(@TempDir Path others) throws IOException {
        Path path = folder.resolve("served");
        Echo.serve(listen(path));
        try (OpenSshServer strict = OpenSshServer.started(others, "AllowStreamLocalForwarding no")) {
            assertRefused(
                    strict.options(),
                    strict.address(path),
                    Reason.REJECTED,
                    "doesn't forward to sockets for user " + OpenSshServer.USER,
                    "AllowStreamLocalForwarding yes");
        }
    }

    @Test
    void withoutACommandOnlyTheFailureIsReported(@TempDir Path others) throws IOException {
        Path path = folder.resolve("served");
        Echo.serve(listen(path));
        try (OpenSshServer strict =
                OpenSshServer.started(others, "AllowStreamLocalForwarding no", "ForceCommand /bin/false")) {
            assertRefused(
                    strict.options(),
                    strict.address(path),
                    Reason.FAILED,
                    "either there is no such socket that user " + OpenSshServer.USER + " may use",
                    "or the ssh server doesn't forward");
        }
    }

    @Test
    void withoutAPathTheRemotePodmanIsAsked(@TempDir Path others) throws IOException {
        Path path = folder.resolve("asked");
        Echo.serve(listen(path));
        // In the stead of what a shell there would run.
        try (OpenSshServer asked = OpenSshServer.started(others, "ForceCommand echo unix://" + path);
                Socket socket = dialer(asked.options()).dial(asked.address(null), Duration.ofSeconds(10), s -> {})) {
            socket.getOutputStream().write(7);
            assertThat(socket.getInputStream().read()).isEqualTo(7);
        }
        try (OpenSshServer mute = OpenSshServer.started(others, "ForceCommand echo no podman here >&2")) {
            assertRefused(
                    mute.options(),
                    mute.address(null),
                    Reason.FAILED,
                    "Podman there doesn't report its socket's",
                    "it answered: no podman here",
                    "write the path into the address");
        }
    }

    @Test
    void silentServerCostsTheTimeLimit() throws IOException {
        Address silent = at(listenTcp(5));
        assertThatThrownBy(() -> dialer().dial(silent, Duration.ofMillis(200), s -> {}))
                .isInstanceOfSatisfying(
                        DialException.class, e -> assertThat(e.reason()).isEqualTo(Reason.TIMED_OUT))
                .hasMessageContaining("200 ms");
    }

    @Test
    @Timeout(30)
    void attemptCanBeInterrupted() throws Exception {
        Address silent = at(listenTcp(5));
        List<Throwable> end = new ArrayList<>();
        Thread attempt = new Thread(() -> {
            try {
                dialer().dial(
                                silent,
                                Duration.ofHours(1),
                                s -> Thread.currentThread().interrupt());
            } catch (DialException e) {
                end.add(e);
            }
        });
        attempt.start();
        attempt.join();
        assertThat(end).hasOnlyElementsOfType(DialException.class);
    }

    @Test
    void neverShowsAPassphrase() {
        assertThat(server.options().withIdentity(server.key(), new Secret("s3same")))
                .asString()
                .contains("[hidden]")
                .doesNotContain("s3same");
    }

    private static Dialer dialer(SshOptions options) {
        return Dialers.of(TlsSettings::ofThisProcess, options);
    }

    private static void assertRefused(SshOptions options, Address address, Reason reason, String... message) {
        assertThatThrownBy(() -> dialer(options).dial(address, Duration.ofSeconds(10), s -> {}))
                .isInstanceOfSatisfying(
                        DialException.class,
                        e -> assertThat(e.reason()).as(e.getMessage()).isEqualTo(reason))
                .hasMessageStartingWith(address.uri() + ": ")
                .hasMessageContainingAll(message);
    }

    private static void awaitWritable(SocketChannel channel) throws IOException {
        try (var selector = Selector.open()) {
            channel.register(selector, SelectionKey.OP_WRITE);
            selector.select(50);
        }
    }

    private ServerSocketChannel listen(Path path) throws IOException {
        Files.deleteIfExists(path);
        ServerSocketChannel listener = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        listener.bind(UnixDomainSocketAddress.of(path));
        opened.add(listener);
        return listener;
    }

    private ServerSocketChannel listenTcp(int backlog) throws IOException {
        ServerSocketChannel listener = ServerSocketChannel.open();
        listener.bind(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), 0), backlog);
        opened.add(listener);
        return listener;
    }

    private static Address at(ServerSocketChannel listener) throws IOException {
        int port = ((InetSocketAddress) listener.getLocalAddress()).getPort();
        return new Address.Ssh(OpenSshServer.USER, "127.0.0.1", port, "/run/podman/podman.sock");
    }
}
