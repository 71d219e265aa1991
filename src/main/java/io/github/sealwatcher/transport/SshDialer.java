package io.github.sealwatcher.transport;

import io.github.sealwatcher.transport.DialException.Reason;
import java.net.Socket;
import java.net.SocketException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Dials Unix sockets of other machines, each as a forwarding inside an ssh connection that all share; it is made with the
 * first of them and ends with the last. Thread-safe.
 *
 * <p>The ssh library's calls can't be interrupted. They are made on threads of their own, and who dials waits for them no
 * longer than the time limit or until the socket is closed.
 */
final class SshDialer {

    private final SshOptions options;
    private final SshThreads threads = new SshThreads();
    /** Guarded by this. */
    private @Nullable SshConnection shared;

    SshDialer(SshOptions options) {
        this.options = options;
    }

    Socket dial(Address.Ssh address, Duration timeout, Consumer<Socket> opening) throws DialException {
        long deadlineNs = System.nanoTime() + timeout.toNanos();
        SshConnection connection = joined(address, timeout);
        boolean used = connection.isConnected();
        try {
            return open(connection, timeout, deadlineNs, opening);
        } catch (DialException e) {
            if (!used || connection.isConnected() || e.reason() != Reason.FAILED) {
                throw e;
            }
            // It was broken already and nobody had noticed yet: which has no bearing on the host as it is now.
            return open(joined(address, timeout), timeout, deadlineNs, opening);
        }
    }

    private static Socket open(SshConnection connection, Duration timeout, long deadlineNs, Consumer<Socket> opening)
            throws DialException {
        SshSocket socket;
        try {
            socket = new SshSocket(connection);
        } catch (SocketException e) {
            connection.leave(null);
            throw new DialException(Reason.FAILED, connection.address().uri() + ": " + e.getMessage(), e);
        }
        boolean opened = false;
        try {
            opening.accept(socket);
            await(connection, connection.open(socket, deadlineNs), socket, timeout, deadlineNs);
            opened = true;
            return socket;
        } finally {
            if (!opened) {
                socket.close();
            }
        }
    }

    private synchronized SshConnection joined(Address.Ssh address, Duration timeout) {
        SshConnection connection = shared;
        if (connection == null || !connection.address().equals(address) || !connection.join()) {
            connection = new SshConnection(address, options, threads);
            connection.join();
            connection.connect(timeout);
            shared = connection;
        }
        return connection;
    }

    private static void await(
            SshConnection connection,
            CompletableFuture<Void> opened,
            SshSocket socket,
            Duration timeout,
            long deadlineNs)
            throws DialException {
        String at = connection.address().uri() + ": ";
        try {
            CompletableFuture.anyOf(opened, socket.end())
                    .get(Math.max(0, deadlineNs - System.nanoTime()), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            boolean connected = connection.isConnected();
            // A host that hangs won't serve the others either, and the next attempt needs a connection that works.
            connection.closeIfConnected();
            throw new DialException(
                    Reason.TIMED_OUT,
                    at + (connected ? "the ssh server hasn't opened the socket" : "no ssh connection") + " within "
                            + timeout.toMillis() + " ms; is the host up, is a firewall between, does the ssh server"
                            + " hang?",
                    e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new DialException(Reason.FAILED, at + "interrupted", e);
        } catch (ExecutionException e) {
            throw failure(at, e);
        }
        if (socket.isClosed()) {
            throw new DialException(Reason.FAILED, at + "closed before it was open", null);
        }
    }

    private static DialException failure(String at, ExecutionException e) {
        Throwable cause = e.getCause();
        while (cause instanceof CompletionException && cause.getCause() != null) {
            cause = cause.getCause();
        }
        // With a stack trace of this thread: several may wait for the same.
        return cause instanceof DialException dial
                ? new DialException(dial.reason(), String.valueOf(dial.getMessage()), dial)
                : new DialException(Reason.FAILED, at + "the ssh connection failed: " + cause, cause);
    }
}
