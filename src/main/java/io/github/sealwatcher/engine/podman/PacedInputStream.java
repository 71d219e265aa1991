package io.github.sealwatcher.engine.podman;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * A socket's input that can be read in larger pieces than the peer writes. Podman flushes each event by itself; a reader that
 * takes each at once is woken for each, which costs both sides more than the event does. For one thread.
 */
final class PacedInputStream extends FilterInputStream {

    /** What is read at full speed before any pause: most histories are shorter. */
    private static final long PROMPT_BYTES = 64 << 10;
    /** Podman's event log gives some 50 events meanwhile, a third of what a Unix socket holds. */
    private static final long PAUSE_NS = TimeUnit.MILLISECONDS.toNanos(1);

    /** What is read at once then. */
    private static final int GATHERED_BYTES = 32 << 10;
    /** What is read at once where more waits than the reader asked for. */
    private static final int PIECE_BYTES = 8 << 10;

    private final Runnable pause;
    private Runnable beforeReading = () -> {};
    private boolean gathers;
    /** Whether the last read took all that there was. */
    private boolean emptied = true;

    private long readBytes;
    /** What was read and not taken yet; null while nothing is worth its memory, as on all connections that are idle. */
    private byte @Nullable [] piece;

    private int pieceStart;
    private int pieceEnd;

    PacedInputStream(InputStream socket) {
        this(socket, () -> LockSupport.parkNanos(PAUSE_NS));
    }

    /** @param pause lets a moment pass */
    PacedInputStream(InputStream socket, Runnable pause) {
        super(socket);
        this.pause = pause;
    }

    /**
     * From now on, once much was read, all that the socket holds is read at once, and a read that follows one that emptied it
     * lets a moment pass first.
     */
    void gather() {
        this.gathers = true;
    }

    /** From now on this is done before each read from the socket. */
    void beforeReading(Runnable action) {
        this.beforeReading = action;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        if (pieceStart == pieceEnd) {
            boolean gathering = gathers && readBytes > PROMPT_BYTES;
            if (gathering && emptied) {
                pause.run();
            }
            if (emptied && !gathering) {
                piece = null;
                return readSocket(bytes, offset, length);
            }
            piece = pieceOf(gathering ? GATHERED_BYTES : PIECE_BYTES);
            pieceStart = 0;
            pieceEnd = 0;
            pieceEnd = Math.max(0, readSocket(piece, 0, piece.length));
        }
        byte[] waiting = piece;
        if (waiting == null || pieceStart == pieceEnd) {
            return -1;
        }
        int taken = Math.min(length, pieceEnd - pieceStart);
        System.arraycopy(waiting, pieceStart, bytes, offset, taken);
        pieceStart += taken;
        return taken;
    }

    private byte[] pieceOf(int bytes) {
        byte[] last = piece;
        return last != null && last.length == bytes ? last : new byte[bytes];
    }

    @Override
    public int available() throws IOException {
        return pieceEnd - pieceStart + super.available();
    }

    private int readSocket(byte[] bytes, int offset, int length) throws IOException {
        beforeReading.run();
        int read = super.read(bytes, offset, length);
        readBytes += Math.max(0, read);
        emptied = read < length;
        return read;
    }
}
