package io.github.sealwatcher.transport;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.TimeUnit;

/**
 * What one connection inside an ssh connection has received and not read yet. Written by the ssh connection's thread, read
 * by whoever uses the connection.
 *
 * <p>A writer waits when {@link #ENOUGH} lies unread: that is how a slow reader slows the host. But it doesn't wait while
 * another connection needs an answer, which would come behind it; so more can gather, up to {@link #MAX_BYTES}, at which this
 * connection is given up.
 */
final class Inbox extends OutputStream {

    static final int ENOUGH = 256 << 10;
    static final int MAX_BYTES = 64 << 20;

    private final Flow flow;
    // All guarded by flow.
    private final Deque<byte[]> chunks = new ArrayDeque<>();
    private int offset;
    private int size;
    private boolean overflowed;
    private boolean ended;
    private boolean closed;

    Inbox(Flow flow) {
        this.flow = flow;
    }

    @Override
    public void write(int oneByte) throws IOException {
        write(new byte[] {(byte) oneByte}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int from, int length) throws IOException {
        // A copy: the ssh library uses its buffer again.
        byte[] chunk = new byte[length];
        System.arraycopy(bytes, from, chunk, 0, length);
        synchronized (flow) {
            while (size >= ENOUGH && !closed && !flow.isNeeded()) {
                await(0);
            }
            if (closed) {
                throw new SocketException("Socket is closed");
            }
            if (size > MAX_BYTES - length) {
                overflowed = true;
                ended = true;
                flow.notifyAll();
                throw new IOException("nobody reads what comes");
            }
            if (length > 0) {
                chunks.add(chunk);
                size += length;
                flow.notifyAll();
            }
        }
    }

    /** Nothing more comes; what there is can still be read. */
    @Override
    public void close() {
        synchronized (flow) {
            ended = true;
            flow.notifyAll();
        }
    }

    /** Nothing more is read. */
    void discard() {
        synchronized (flow) {
            closed = true;
            chunks.clear();
            size = 0;
            flow.notifyAll();
        }
    }

    /**
     * Waits for something to read.
     *
     * @param timeoutMs in milliseconds; 0 for as long as it takes
     * @return how many bytes were read; -1 at the end
     * @throws SocketTimeoutException if nothing came in time; what comes later isn't lost
     */
    int read(byte[] into, int from, int length, int timeoutMs) throws IOException {
        if (length == 0) {
            return 0;
        }
        synchronized (flow) {
            awaitSomething(timeoutMs);
            if (closed) {
                throw new SocketException("Socket is closed");
            }
            byte[] chunk = chunks.peek();
            if (chunk == null) {
                if (overflowed) {
                    throw new IOException("more than " + MAX_BYTES + " bytes came while others had to be answered");
                }
                return -1;
            }
            int read = Math.min(length, chunk.length - offset);
            System.arraycopy(chunk, offset, into, from, read);
            offset += read;
            if (offset == chunk.length) {
                chunks.remove();
                offset = 0;
            }
            boolean wasEnough = size >= ENOUGH;
            size -= read;
            if (wasEnough && size < ENOUGH) {
                flow.notifyAll();
            }
            return read;
        }
    }

    int available() {
        synchronized (flow) {
            return size;
        }
    }

    private void awaitSomething(int timeoutMs) throws IOException {
        if (isReady()) {
            return;
        }
        if (timeoutMs == 0) {
            // Who waits for as long as it takes needs no answer: it follows a stream, and there may be none for hours.
            while (!isReady()) {
                await(0);
            }
            return;
        }
        long deadlineNs = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(timeoutMs);
        flow.needed();
        try {
            while (!isReady()) {
                long leftNs = deadlineNs - System.nanoTime();
                if (leftNs <= 0) {
                    throw new SocketTimeoutException("Read timed out");
                }
                await(TimeUnit.NANOSECONDS.toMillis(leftNs) + 1);
            }
        } finally {
            flow.answered();
        }
    }

    private boolean isReady() {
        return size > 0 || ended || closed;
    }

    @SuppressWarnings("WaitNotInLoop") // every caller is one
    private void await(long ms) throws InterruptedIOException {
        try {
            flow.wait(ms);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted");
        }
    }
}
