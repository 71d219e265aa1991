package io.github.sealwatcher.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.sealwatcher.transport.DialException.Reason;
import java.io.IOException;
import java.net.Socket;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UnixDialerTest extends DialerContract {

    @TempDir
    private Path folder;

    @Override
    Address echo() throws IOException {
        Path path = folder.resolve("echo");
        Echo.serve(listen(path, 0));
        return new Address.Unix(path);
    }

    @Override
    Address deserted() throws IOException {
        Path path = folder.resolve("deserted");
        listen(path, 0).close();
        return new Address.Unix(path);
    }

    @Override
    Address hanging() throws IOException {
        Path path = folder.resolve("hanging");
        listen(path, 1);
        // Linux queues one more than it is told.
        for (int i = 0; i < 2; i++) {
            opened.add(SocketChannel.open(UnixDomainSocketAddress.of(path)));
        }
        return new Address.Unix(path);
    }

    @Test
    void missingSocketIsReported() {
        assertReason(folder.resolve("none"), Reason.MISSING, "no such socket");
        assertReason(folder.resolve("no/such/folder"), Reason.MISSING, "no such socket");
    }

    @Test
    void fileThatIsNoSocketIsReported() throws IOException {
        assertReason(
                Files.createFile(folder.resolve("plain")),
                Reason.FAILED,
                "expected a Unix socket, found a regular file; Podman's is usually /run/podman/podman.sock");
        assertReason(folder, Reason.FAILED, "expected a Unix socket, found a directory");
    }

    @Test
    void socketWithoutPermissionIsReported() throws IOException {
        Path path = folder.resolve("private");
        listen(path, 0);
        Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("---------"));
        Assumptions.assumeFalse(Files.isWritable(path), "root may do anything");
        assertReason(path, Reason.NO_PERMISSION, "may not connect");
    }

    @Test
    void socketInAForbiddenFolderIsReported() throws IOException {
        Path closed = Files.createDirectory(folder.resolve("closed"));
        Path path = closed.resolve("socket");
        listen(path, 0);
        Files.setPosixFilePermissions(closed, PosixFilePermissions.fromString("---------"));
        try {
            Assumptions.assumeFalse(Files.exists(path), "root may do anything");
            assertReason(path, Reason.NO_PERMISSION, "may not connect");
        } finally {
            Files.setPosixFilePermissions(closed, PosixFilePermissions.fromString("rwx------"));
        }
    }

    @Test
    void listeningProcessIsKnown() throws IOException {
        try (Socket socket = dial(echo())) {
            assertThat(Peers.pid(socket))
                    .isEqualTo((int) ProcessHandle.current().pid());
        }
        assertThat(Peers.pid(new Socket())).isNull();
    }

    private static void assertReason(Path path, Reason reason, String message) {
        assertThatThrownBy(() -> Dialers.plain().dial(new Address.Unix(path), Duration.ofSeconds(5), s -> {}))
                .isInstanceOfSatisfying(
                        DialException.class, e -> assertThat(e.reason()).isEqualTo(reason))
                .hasMessageStartingWith("unix://" + path)
                .hasMessageContaining(message);
    }

    private ServerSocketChannel listen(Path path, int backlog) throws IOException {
        Files.deleteIfExists(path);
        ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        server.bind(UnixDomainSocketAddress.of(path), backlog);
        opened.add(server);
        return server;
    }
}
