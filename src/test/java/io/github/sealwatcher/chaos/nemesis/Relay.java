package io.github.sealwatcher.chaos.nemesis;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;

/** Stands between the connector and Podman's socket, and lets through what it is told to, as it is told to. */
public final class Relay implements AutoCloseable {
    private final Path socket;
    private final Path upstream;
    private final ServerSocketChannel listener;
    private final Set<RelayedConnection> connections = ConcurrentHashMap.newKeySet();
    private final AtomicReference<Spoiling> spoiling = new AtomicReference<>();
    // Guarded by this.
    private boolean hanging;

    private Relay(Path socket, Path upstream, ServerSocketChannel listener) {
        this.socket = socket;
        this.upstream = upstream;
        this.listener = listener;
    }

    public static Relay started(Path upstream) {
        try {
            // A socket's path must be short.
            Path socket = Files.createTempDirectory("chaos-").resolve("podman.sock");
            ServerSocketChannel listener = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
            listener.bind(UnixDomainSocketAddress.of(socket));
            Relay relay = new Relay(socket, upstream, listener);
            thread("relay", relay::accept);
            return relay;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public Path socket() {
        return socket;
    }

    /** Ends every connection now; new ones are welcome. */
    void cut() {
        connections.forEach(RelayedConnection::close);
    }

    /** From now on requests are swallowed and answers held back. */
    synchronized void hang() {
        hanging = true;
    }

    /** Answers held back come late; who has asked meanwhile gets none. */
    synchronized void release() {
        hanging = false;
        notifyAll();
    }

    /** Spoils the next piece of an answer that suits. */
    void spoil(Spoiling next) {
        spoiling.set(next);
    }

    boolean isSpoiled() {
        return spoiling.get() == null;
    }

    synchronized boolean isHanging() {
        return hanging;
    }

    synchronized void awaitRelease() throws InterruptedException {
        while (hanging) {
            wait();
        }
    }

    /** The spoiling that is due, once, if it suits {@code piece}. */
    Spoiling take(byte[] piece, boolean ofStream) {
        Spoiling due = spoiling.get();
        return due != null && due.suits(piece, ofStream) && spoiling.compareAndSet(due, null) ? due : null;
    }

    void ended(RelayedConnection connection) {
        connections.remove(connection);
    }

    @Override
    public void close() {
        try {
            listener.close();
            cut();
            release();
            Files.deleteIfExists(socket);
            Files.deleteIfExists(socket.getParent());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static void thread(String name, Runnable work) {
        Thread thread = new Thread(work, name);
        thread.setDaemon(true);
        thread.start();
    }

    private void accept() {
        while (listener.isOpen()) {
            try {
                SocketChannel client = listener.accept();
                connect(client);
            } catch (IOException e) {
                // Closed, or the client left at once: the loop's condition tells.
                continue;
            }
        }
    }

    private void connect(SocketChannel client) throws IOException {
        try {
            SocketChannel server = SocketChannel.open(UnixDomainSocketAddress.of(upstream));
            RelayedConnection connection = new RelayedConnection(this, client, server);
            connections.add(connection);
            connection.start();
        } catch (IOException e) {
            // Podman is down: so are we.
            client.close();
        }
    }
}
