package io.github.sealwatcher.engine.podman;

import io.github.sealwatcher.transport.Dialer;
import java.io.Closeable;
import java.io.IOException;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * All connections of an engine: those in use, so that closing the engine ends whatever waits on them, and a few idle ones
 * to be used again. Thread-safe.
 */
final class Connections implements Closeable {

    /** An idle host is asked something every few seconds, one thing at a time; each connection takes some 30 kB. */
    private static final int IDLE = 1;
    /** A burst of requests would else dial a connection for each of them. */
    private static final int MAX_IDLE = 16;
    /** What more there is goes when nobody needed it for so long. */
    private static final long SPARE_NS = TimeUnit.SECONDS.toNanos(5);

    private final Dialer dialer;
    private final EngineOptions options;
    /** Sockets from before they are connected until they are closed. */
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    /** Newest first; guarded by itself. */
    private final Deque<Idle> idle = new ArrayDeque<>();

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
            Idle newest = idle.pollFirst();
            return newest == null ? null : newest.connection();
        }
    }

    /** A new connection. */
    HttpConnection dial() throws IOException {
        Duration timeout = options.connectTimeout().compareTo(options.requestTimeout()) < 0
                ? options.connectTimeout()
                : options.requestTimeout();
        Attempt attempt = new Attempt();
        boolean dialed = false;
        try {
            Socket socket = dialer.dial(options.address(), timeout, attempt);
            HttpConnection connection = new HttpConnection(socket, () -> open.remove(socket));
            dialed = true;
            return connection;
        } finally {
            if (!dialed) {
                attempt.giveUp();
            }
        }
    }

    /** Keeps a connection that can take another request. */
    void keep(HttpConnection connection) {
        List<HttpConnection> spare = new ArrayList<>();
        long nowTicks = System.nanoTime();
        synchronized (idle) {
            idle.addFirst(new Idle(connection, nowTicks));
            while (idle.size() > IDLE
                    && (idle.size() > MAX_IDLE || nowTicks - idle.getLast().sinceTicks() > SPARE_NS)) {
                spare.add(idle.removeLast().connection());
            }
        }
        spare.forEach(HttpConnection::close);
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

    private record Idle(HttpConnection connection, long sinceTicks) {}

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

        /** Whatever became of it, nobody uses it. */
        void giveUp() {
            if (last != null) {
                open.remove(last);
                closeQuietly(last);
            }
        }
    }
}
