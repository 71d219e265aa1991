package io.github.sealwatcher.engine.podman;

import io.github.sealwatcher.transport.Dialer;
import java.io.Closeable;
import java.io.IOException;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * All connections of an engine: those in use, so that closing the engine ends whatever waits on them, and a few idle ones
 * to be used again. Thread-safe.
 */
final class Connections implements Closeable {

    /** A host is asked by one thread and pinged by another. */
    private static final int MAX_IDLE = 2;

    private final Dialer dialer;
    private final EngineOptions options;
    /** Sockets from before they are connected until they are closed. */
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    /** Newest first; guarded by itself. */
    private final Deque<HttpConnection> idle = new ArrayDeque<>();

    private volatile boolean closed;

    Connections(Dialer dialer, EngineOptions options) {
        this.dialer = dialer;
        this.options = options;
    }

    boolean isClosed() {
        return closed;
    }

    /** An idle connection, which the other side may have closed meanwhile; null if there is none. */
    @Nullable
    HttpConnection idle() {
        synchronized (idle) {
            return idle.pollFirst();
        }
    }

    /** A new connection. */
    HttpConnection dial() throws IOException {
        Duration timeout = options.connectTimeout().compareTo(options.requestTimeout()) < 0
                ? options.connectTimeout()
                : options.requestTimeout();
        Attempt attempt = new Attempt();
        try {
            Socket socket = dialer.dial(options.address(), timeout, attempt);
            return new HttpConnection(socket, () -> open.remove(socket));
        } catch (IOException e) {
            attempt.giveUp();
            throw e;
        }
    }

    /** Keeps a connection that can take another request. */
    void keep(HttpConnection connection) {
        synchronized (idle) {
            if (idle.size() < MAX_IDLE) {
                idle.addFirst(connection);
                return;
            }
        }
        connection.close();
    }

    /** Ends whatever waits on any connection, at once. Idempotent. */
    @Override
    public void close() {
        closed = true;
        open.forEach(Connections::closeQuietly);
    }

    @SuppressWarnings("EmptyCatch") // nothing is lost with a connection that is given up
    private static void closeQuietly(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            // it is gone all the same
        }
    }

    /** Keeps track of the one socket that an attempt to connect has under way; a dialer may try several in turn. */
    private final class Attempt implements Consumer<Socket> {

        private @Nullable Socket last;

        @Override
        public void accept(Socket socket) {
            giveUp();
            last = socket;
            open.add(socket);
            // In this order, as the closing thread first sets the flag and then goes through the set.
            if (closed) {
                closeQuietly(socket);
            }
        }

        void giveUp() {
            if (last != null) {
                open.remove(last);
            }
        }
    }
}
