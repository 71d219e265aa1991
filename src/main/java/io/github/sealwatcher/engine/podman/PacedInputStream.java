package io.github.sealwatcher.engine.podman;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * A socket's input that can be read in larger pieces than the peer writes. Podman flushes each event by itself; a reader that
 * takes each at once is woken for each, which costs both sides more than the event does. For one thread.
 */
final class PacedInputStream extends FilterInputStream {

    /** What is read at full speed before any pause: most histories are shorter. */
    private static final long PROMPT_BYTES = 64 << 10;
    /** Podman's event log gives some 50 events meanwhile, a third of what a Unix socket holds. */
    private static final long PAUSE_NS = TimeUnit.MILLISECONDS.toNanos(1);

    private final Runnable pause;
    private Runnable beforeReading = () -> {};
    private boolean gathers;
    private boolean emptied;
    private long readBytes;

    PacedInputStream(InputStream socket) {
        this(socket, () -> LockSupport.parkNanos(PAUSE_NS));
    }

    /** @param pause lets a moment pass */
    PacedInputStream(InputStream socket, Runnable pause) {
        super(socket);
        this.pause = pause;
    }

    /** From now on, once much was read, a read that follows one that emptied the socket lets a moment pass first. */
    void gather() {
        this.gathers = true;
    }

    /** From now on this is done before each read from the socket. */
    void beforeReading(Runnable action) {
        this.beforeReading = action;
    }

    @Override
    public int read() throws IOException {
        beforeReading.run();
        return super.read();
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        beforeReading.run();
        if (gathers && emptied && readBytes > PROMPT_BYTES) {
            pause.run();
        }
        int read = super.read(bytes, offset, length);
        readBytes += Math.max(0, read);
        emptied = read < length;
        return read;
    }
}
