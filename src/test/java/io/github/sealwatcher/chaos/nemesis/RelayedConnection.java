package io.github.sealwatcher.chaos.nemesis;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** One connection through the relay: two threads, one for each direction. */
final class RelayedConnection {
    private static final int PIECE = 16 << 10;

    private final Relay relay;
    private final SocketChannel client;
    private final SocketChannel server;
    /** The last request is one for the endless stream of events. */
    private volatile boolean stream;
    /** A request was swallowed: no answer may follow. */
    private volatile boolean swallowed;

    RelayedConnection(Relay relay, SocketChannel client, SocketChannel server) {
        this.relay = relay;
        this.client = client;
        this.server = server;
    }

    void start() {
        Relay.thread("relay-requests", () -> pump(client, this::request));
        Relay.thread("relay-answers", () -> pump(server, this::answer));
    }

    void close() {
        relay.ended(this);
        try {
            client.close();
            server.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Takes a piece on; false ends the connection. */
    private interface Passage {
        boolean pass(byte[] piece) throws IOException, InterruptedException;
    }

    private void pump(SocketChannel from, Passage passage) {
        ByteBuffer buffer = ByteBuffer.allocate(PIECE);
        try {
            while (from.read(buffer) >= 0) {
                byte[] piece = Arrays.copyOf(buffer.array(), buffer.position());
                buffer.clear();
                if (!passage.pass(piece)) {
                    break;
                }
            }
        } catch (IOException e) {
            // One side has gone: so shall the other.
            return;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            close();
        }
    }

    private boolean request(byte[] piece) throws IOException {
        if (relay.isHanging()) {
            swallowed = true;
            return true;
        }
        String text = new String(piece, StandardCharsets.US_ASCII);
        if (text.startsWith("GET ")) {
            stream = text.contains("/events?") && !text.contains("stream=false");
        }
        write(server, piece);
        return true;
    }

    private boolean answer(byte[] piece) throws IOException, InterruptedException {
        relay.awaitRelease();
        if (swallowed) {
            return false;
        }
        Spoiling spoiling = relay.take(piece, stream);
        if (spoiling == null) {
            write(client, piece);
            return true;
        }
        write(client, spoiling.spoil(piece));
        return !spoiling.isLast();
    }

    private static void write(SocketChannel to, byte[] piece) throws IOException {
        ByteBuffer rest = ByteBuffer.wrap(piece);
        while (rest.hasRemaining()) {
            to.write(rest);
        }
    }
}
