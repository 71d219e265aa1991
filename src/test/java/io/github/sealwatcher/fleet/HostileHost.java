package io.github.sealwatcher.fleet;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/**
 * A host that answers in every bad way by turns: lists that no heap holds, events of ever other containers with labels of a
 * megabyte each, lines without an end, bodies that trickle, headers without an end, garbage. Each connection has a thread of its own, so that it can be bad to several at once.
 */
final class HostileHost implements AutoCloseable {
    private static final long HUGE = 240L << 20;
    private static final long HUGE_LINE = 64L << 20;
    /** Three seconds: a body that ends at last costs less than one that doesn't, and brings the next bad answer sooner. */
    private static final int TRICKLE_BYTES = 30;

    private static final long TRICKLE_NS = 100_000_000;
    private static final String PIECE = "x".repeat(1 << 16);

    private final Path socket;
    private final Set<SocketChannel> connections = ConcurrentHashMap.newKeySet();
    private final AtomicInteger pings = new AtomicInteger();
    private final AtomicInteger streams = new AtomicInteger();
    private final AtomicInteger lists = new AtomicInteger();
    private final AtomicInteger replays = new AtomicInteger();
    private final AtomicInteger lookups = new AtomicInteger();
    private final AtomicInteger started = new AtomicInteger();
    private ServerSocketChannel door;

    /** Nobody listens yet. */
    HostileHost() {
        try {
            socket = Files.createTempDirectory("hostile-").resolve("podman.sock");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Its line in an inventory. */
    String entry() {
        return "hostile=unix://" + socket;
    }

    /** How often each was asked for. */
    String requests() {
        return "%s pings, %s lists, %s replays, %s streams, %s look-ups; it sent %s start events"
                .formatted(pings, lists, replays, streams, lookups, started);
    }

    boolean isAsked() {
        return lists.get() > 0;
    }

    void start() {
        try {
            door = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
            door.bind(UnixDomainSocketAddress.of(socket));
            thread(this::accept);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        try {
            if (door != null) {
                door.close();
            }
            for (SocketChannel connection : connections) {
                connection.close();
            }
            Files.deleteIfExists(socket);
            Files.deleteIfExists(socket.getParent());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void accept() {
        try {
            while (true) {
                SocketChannel connection = door.accept();
                connections.add(connection);
                thread(() -> serve(connection));
            }
        } catch (IOException e) {
            // It is over.
            return;
        }
    }

    private void serve(SocketChannel connection) {
        try (connection) {
            for (String target = target(connection); !target.isEmpty(); target = target(connection)) {
                answer(connection, target);
            }
        } catch (IOException e) {
            // The other side has had enough.
            return;
        } finally {
            connections.remove(connection);
        }
    }

    private void answer(SocketChannel connection, String target) throws IOException {
        // Mostly a good answer to what comes first: who never identifies itself is never asked for more.
        if (target.contains("_ping")) {
            switch (pings.getAndIncrement() % 10) {
                case 7 -> endlessHeaders(connection);
                case 8 -> trickle(connection);
                default -> send(connection, head("Content-Length: 2") + "OK");
            }
        } else if (target.contains("stream=false")) {
            switch (replays.getAndIncrement() % 5) {
                case 0 -> startEvents(connection, HUGE, PIECE.repeat(16));
                case 1 -> chunked(connection, HUGE_LINE, "");
                case 2 -> trickle(connection);
                default -> send(connection, head("Content-Length: 0"));
            }
        } else if (target.contains("/events")) {
            switch (streams.getAndIncrement() % 5) {
                case 0 -> startEvents(connection, HUGE, PIECE.repeat(16));
                case 1 -> startEvents(connection, HUGE, "");
                case 2 -> chunked(connection, HUGE_LINE, "");
                case 3 -> chunked(connection, 8L << 20, "{\"Type\":\"container\",\"Action\":\"start\"}\n");
                default -> trickle(connection);
            }
        } else if (target.contains("filters=") || !target.contains("/containers/json")) {
            switch (lookups.getAndIncrement() % 20) {
                case 17 -> chunked(connection, HUGE_LINE, "");
                case 18 -> trickle(connection);
                case 19 -> endlessHeaders(connection);
                default -> send(connection, head("Content-Length: 2") + (target.contains("filters=") ? "[]" : "{}"));
            }
        } else {
            switch (lists.getAndIncrement() % 8) {
                case 0 -> chunked(connection, HUGE, "{\"Id\":\"%d\",\"Names\":[\"a\"],\"State\":\"running\"},");
                case 2 -> chunked(connection, HUGE_LINE, "[");
                case 4 -> trickle(connection);
                case 6 -> endlessHeaders(connection);
                default -> send(connection, head("Content-Length: 2") + "[]");
            }
        }
    }

    /** Starts of ever other containers. */
    private void startEvents(SocketChannel connection, long bytes, String label) throws IOException {
        send(connection, head("Transfer-Encoding: chunked"));
        for (long sent = 0; sent < bytes; sent += 300 + label.length()) {
            chunk(
                    connection,
                    ("{\"Type\":\"container\",\"Action\":\"start\",\"Actor\":{\"ID\":\"%064x\",\"Attributes\":"
                                    + "{\"name\":\"a\",\"image\":\"b\",\"label\":\"%s\"}},\"timeNano\":%d}\n")
                            .formatted(started.getAndIncrement(), label, System.currentTimeMillis() * 1_000_000));
        }
        send(connection, "0\r\n\r\n");
    }

    /** @param row repeated within an array; empty: one text without an end */
    private static void chunked(SocketChannel connection, long bytes, String row) throws IOException {
        send(connection, head("Transfer-Encoding: chunked"));
        String piece = row.isEmpty() ? PIECE : row.repeat(Math.max(1, PIECE.length() / row.length()));
        chunk(connection, row.startsWith("{\"Id") ? "[" : "{\"Name\":\"");
        for (long sent = 0; sent < bytes; sent += piece.length()) {
            chunk(connection, piece);
        }
        chunk(connection, "null]");
        send(connection, "0\r\n\r\n");
    }

    private static void trickle(SocketChannel connection) throws IOException {
        send(connection, head("Content-Length: " + TRICKLE_BYTES));
        for (int i = 0; i < TRICKLE_BYTES; i++) {
            LockSupport.parkNanos(TRICKLE_NS);
            send(connection, " ");
        }
    }

    private static void endlessHeaders(SocketChannel connection) throws IOException {
        send(connection, "HTTP/1.1 200 OK\r\n");
        while (true) {
            send(connection, "X-More: " + PIECE.substring(0, 1000) + "\r\n");
        }
    }

    private static String head(String framing) {
        return "HTTP/1.1 200 OK\r\nDate: "
                + DateTimeFormatter.RFC_1123_DATE_TIME.format(OffsetDateTime.now(ZoneOffset.UTC))
                + "\r\nLibpod-API-Version: 5.4.2\r\nContent-Type: application/json\r\n" + framing + "\r\n\r\n";
    }

    private static void chunk(SocketChannel connection, String text) throws IOException {
        send(connection, Integer.toHexString(text.length()) + "\r\n" + text + "\r\n");
    }

    private static void send(SocketChannel connection, String text) throws IOException {
        ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.ISO_8859_1));
        while (bytes.hasRemaining()) {
            connection.write(bytes);
        }
    }

    /** The next request's; empty if there is none. */
    private static String target(SocketChannel connection) throws IOException {
        StringBuilder head = new StringBuilder();
        ByteBuffer buffer = ByteBuffer.allocate(4096);
        while (head.indexOf("\r\n\r\n") < 0) {
            buffer.clear();
            if (connection.read(buffer) < 0) {
                return "";
            }
            head.append(new String(buffer.array(), 0, buffer.position(), StandardCharsets.ISO_8859_1));
        }
        return head.substring(head.indexOf(" ") + 1, head.indexOf(" HTTP/1.1"));
    }

    private static void thread(Runnable work) {
        Thread thread = new Thread(work, "hostile-host");
        thread.setDaemon(true);
        thread.start();
    }
}
