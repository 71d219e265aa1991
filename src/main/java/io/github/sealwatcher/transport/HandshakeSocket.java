package io.github.sealwatcher.transport;

import java.io.ByteArrayOutputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.SocketException;
import java.time.Duration;

/**
 * A TCP socket for a TLS handshake: its reads together end at a deadline, and what is written is held until the next read.
 *
 * <p>A host that refuses our certificate sends an alert, and closes. If that happened between two writes of ours, the second
 * would fail and the JDK would never read why. So everything that is sent before an answer goes out in one piece,
 * and the first request together with the end of the handshake.
 *
 * <p>The handshake is for one thread; after it one may read while another writes.
 */
final class HandshakeSocket extends Socket {

    /** Its monitor guards it and {@code holding}. */
    private final ByteArrayOutputStream held = new ByteArrayOutputStream();

    private boolean holding;
    private volatile boolean limited;
    private volatile long deadlineNs;

    /** @param deadline by {@link System#nanoTime} */
    void beginHandshake(long deadline) {
        deadlineNs = deadline;
        limited = true;
        synchronized (held) {
            holding = true;
        }
    }

    /** From now on reads take as long as is set, and writing is done by {@link #sendHeld}. */
    void endHandshake() throws SocketException {
        limited = false;
        setSoTimeout(0);
    }

    /** Sends what is held, and holds nothing any more. */
    void sendHeld() throws IOException {
        synchronized (held) {
            holding = false;
            flushHeld();
        }
    }

    @Override
    public InputStream getInputStream() throws IOException {
        return new FilterInputStream(super.getInputStream()) {
            @Override
            public int read() throws IOException {
                prepareRead();
                return super.read();
            }

            @Override
            public int read(byte[] bytes, int offset, int length) throws IOException {
                prepareRead();
                return super.read(bytes, offset, length);
            }
        };
    }

    @Override
    public OutputStream getOutputStream() throws IOException {
        OutputStream direct = super.getOutputStream();
        return new OutputStream() {
            @Override
            public void write(int oneByte) throws IOException {
                write(new byte[] {(byte) oneByte}, 0, 1);
            }

            @Override
            public void write(byte[] bytes, int offset, int length) throws IOException {
                synchronized (held) {
                    if (holding) {
                        held.write(bytes, offset, length);
                        return;
                    }
                }
                direct.write(bytes, offset, length);
            }
        };
    }

    private void prepareRead() throws IOException {
        flushHeld();
        if (limited) {
            setSoTimeout(Sockets.millis(Duration.ofNanos(Math.max(0, deadlineNs - System.nanoTime()))));
        }
    }

    private void flushHeld() throws IOException {
        synchronized (held) {
            if (held.size() > 0) {
                held.writeTo(super.getOutputStream());
                held.reset();
            }
        }
    }
}
