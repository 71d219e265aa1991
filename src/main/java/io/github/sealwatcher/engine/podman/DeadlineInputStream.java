package io.github.sealwatcher.engine.podman;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * A socket's input with a time limit. A socket's own limit is for a single read, so a peer that sends a byte now and then
 * could hold a request for ever; here a limit can also be for everything together. For one thread.
 */
final class DeadlineInputStream extends FilterInputStream {

    private static final int NONE = 0;

    private final Socket socket;
    private boolean overall;
    private long deadlineNs;
    private int readMs = NONE;
    private int setMs = -1;

    /** @param in reads from the socket */
    DeadlineInputStream(Socket socket, InputStream in) {
        super(in);
        this.socket = socket;
    }

    /** From now on all reads together end at {@code System.nanoTime() == deadlineNs}. */
    void until(long deadlineNs) {
        this.overall = true;
        this.deadlineNs = deadlineNs;
    }

    /** From now on each read may last that long. */
    void eachFor(Duration limit) {
        this.overall = false;
        this.readMs = (int) Math.max(1, Math.min(Integer.MAX_VALUE, limit.toMillis()));
    }

    /** From now on a read may wait for ever: only closing the socket ends it. */
    void none() {
        this.overall = false;
        this.readMs = NONE;
    }

    @Override
    public int read() throws IOException {
        apply();
        return super.read();
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        apply();
        return super.read(bytes, offset, length);
    }

    private void apply() throws IOException {
        int limit = readMs;
        if (overall) {
            long leftNs = deadlineNs - System.nanoTime();
            if (leftNs <= 0) {
                throw new SocketTimeoutException("time is up");
            }
            limit = (int) Math.min(Integer.MAX_VALUE, TimeUnit.NANOSECONDS.toMillis(leftNs) + 1);
        }
        if (limit != setMs) {
            socket.setSoTimeout(limit);
            setMs = limit;
        }
    }
}
