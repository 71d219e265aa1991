package io.github.sealwatcher.transport;

import io.github.sealwatcher.transport.DialException.Reason;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.newsclub.net.unix.AFUNIXSocketAddress;
import org.newsclub.net.unix.AFUNIXSocketChannel;
import org.newsclub.net.unix.ConnectionRefusedSocketException;

/**
 * Dials Unix sockets through junixsocket, because the JDK's own Unix channels are no {@link Socket}s, have no read
 * timeout and don't give the peer's process.
 *
 * <p>Connecting to a Unix socket never takes time but for one case: the listener's queue is full, because the service
 * hangs. A blocking connect waits for ever then; junixsocket heeds neither its timeout nor a close from another thread. So
 * connecting is tried without blocking, and tried again until the time is up.
 */
final class UnixDialer {

    private static final long RETRY_NS = TimeUnit.MILLISECONDS.toNanos(20);

    private UnixDialer() {}

    static Socket dial(Address.Unix address, Duration timeout, Consumer<Socket> opening) throws DialException {
        long deadline = System.nanoTime() + timeout.toNanos();
        try {
            while (true) {
                Socket socket = tryOnce(AFUNIXSocketAddress.of(address.path()), opening);
                if (socket != null) {
                    return socket;
                }
                if (System.nanoTime() - deadline >= 0) {
                    throw new SocketTimeoutException("the listener's queue is full");
                }
                LockSupport.parkNanos(RETRY_NS);
                if (Thread.currentThread().isInterrupted()) {
                    throw new InterruptedIOException("interrupted");
                }
            }
        } catch (IOException | RuntimeException e) {
            throw explained(address, timeout, e);
        }
    }

    /** Null if the listener's queue is full. */
    private static @Nullable Socket tryOnce(AFUNIXSocketAddress address, Consumer<Socket> opening) throws IOException {
        AFUNIXSocketChannel channel = AFUNIXSocketChannel.open();
        boolean connected = false;
        try {
            opening.accept(channel.socket());
            channel.configureBlocking(false);
            // False stands for EAGAIN. finishConnect would then claim to be connected; the kernel wants a new try.
            connected = channel.connect(address);
            if (connected) {
                channel.configureBlocking(true);
                return channel.socket();
            }
            return null;
        } catch (IOException | RuntimeException e) {
            connected = false;
            throw e;
        } finally {
            if (!connected) {
                Sockets.closeQuietly(channel.socket());
            }
        }
    }

    private static DialException explained(Address.Unix address, Duration timeout, Exception e) {
        Path path = address.path();
        String at = address.uri() + ": ";
        if (e instanceof SocketTimeoutException) {
            return new DialException(
                    Reason.TIMED_OUT,
                    at + "the service has accepted no connection within " + timeout.toMillis() + " ms; does it hang?",
                    e);
        }
        if (Files.notExists(path)) {
            return new DialException(
                    Reason.MISSING,
                    at + "there is no such socket; is Podman's service started (systemctl enable --now podman.socket)?",
                    e);
        }
        if (Files.isDirectory(path) || Files.isRegularFile(path)) {
            return new DialException(
                    Reason.FAILED,
                    at + "expected a Unix socket, found a " + (Files.isDirectory(path) ? "directory" : "regular file")
                            + "; Podman's is usually /run/podman/podman.sock, or podman/podman.sock in a user's"
                            + " XDG_RUNTIME_DIR",
                    e);
        }
        // Connecting needs write permission. An unreadable folder makes a path neither existent nor non-existent.
        // SELinux denies what file permissions allow, and only the text of the error shows it.
        if (!Files.isWritable(path) || String.valueOf(e.getMessage()).contains("Permission denied")) {
            return new DialException(
                    Reason.NO_PERMISSION,
                    at + "this process may not connect to the socket; it needs write permission on it and search"
                            + " permission on its folders, and under SELinux a label that allows it",
                    e);
        }
        if (e instanceof ConnectionRefusedSocketException) {
            return new DialException(
                    Reason.NOT_LISTENING,
                    at + "nobody listens there: a killed service leaves its socket file behind; is Podman's service"
                            + " started?",
                    e);
        }
        return new DialException(Reason.FAILED, at + "no connection: " + e.getMessage(), e);
    }
}
