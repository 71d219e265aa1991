package io.github.sealwatcher.engine.podman;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;

/**
 * Cuts a stream into lines without ever holding more than one line and its limit. After {@link #next} the line lies in
 * {@link #buffer} until the next call. For one thread.
 */
final class LineReader {

    private static final int INITIAL_BYTES = 2 << 10;
    /** A buffer that grew beyond this for one line is given back after it. */
    private static final int KEPT_BYTES = 256 << 10;

    private final InputStream in;
    private final int maxLineBytes;
    private byte[] buffer = new byte[INITIAL_BYTES];
    private int lineStart;
    private int lineLength;
    private boolean tooLong;
    /** Where unread bytes begin and end. */
    private int start;

    private int end;

    LineReader(InputStream in, int maxLineBytes) {
        this.in = in;
        this.maxLineBytes = maxLineBytes;
    }

    /**
     * Goes to the next line; what stands after the last line end is a line too.
     *
     * @return false at a clean end of the stream
     * @throws IOException if the stream broke: what was read of a line is dropped
     */
    boolean next() throws IOException {
        tooLong = false;
        int scanned = start;
        while (true) {
            for (int i = scanned; i < end; i++) {
                if (buffer[i] == '\n') {
                    line(i - start);
                    start = i + 1;
                    return true;
                }
            }
            if (end - start > maxLineBytes) {
                return skipRest();
            }
            makeRoom();
            scanned = end;
            int read = in.read(buffer, end, buffer.length - end);
            if (read < 0) {
                line(end - start);
                start = end;
                return lineLength > 0;
            }
            end += read;
        }
    }

    byte[] buffer() {
        return buffer;
    }

    int lineStart() {
        return lineStart;
    }

    int lineLength() {
        return lineLength;
    }

    /** Whether the line is longer than allowed: then only its beginning is in the buffer. */
    boolean isTooLong() {
        return tooLong;
    }

    private void line(int length) {
        lineStart = start;
        lineLength = length;
        tooLong = length > maxLineBytes;
    }

    /** Reads on to the end of a line that is too long, keeping its first bytes to be shown. */
    private boolean skipRest() throws IOException {
        line(end - start);
        byte[] shown = Arrays.copyOfRange(buffer, start, start + Math.min(lineLength, Excerpt.MAX + 1));
        byte[] rest = new byte[INITIAL_BYTES];
        int read = in.read(rest);
        int lineEnd = find(rest, read);
        while (read >= 0 && lineEnd < 0) {
            read = in.read(rest);
            lineEnd = find(rest, read);
        }
        int kept = lineEnd < 0 ? 0 : read - lineEnd - 1;
        buffer = new byte[INITIAL_BYTES + shown.length];
        System.arraycopy(shown, 0, buffer, 0, shown.length);
        lineStart = 0;
        lineLength = shown.length;
        start = shown.length;
        end = start + kept;
        if (kept > 0) {
            System.arraycopy(rest, lineEnd + 1, buffer, start, kept);
        }
        return true;
    }

    private static int find(byte[] bytes, int length) {
        for (int i = 0; i < length; i++) {
            if (bytes[i] == '\n') {
                return i;
            }
        }
        return -1;
    }

    private void makeRoom() {
        int unread = end - start;
        if (buffer.length > KEPT_BYTES && unread < INITIAL_BYTES) {
            moveTo(new byte[INITIAL_BYTES]);
        } else if (end == buffer.length) {
            // Half full or more: growing now saves copying the same bytes again and again.
            moveTo(unread > buffer.length / 2 ? new byte[buffer.length * 2] : buffer);
        }
    }

    private void moveTo(byte[] target) {
        System.arraycopy(buffer, start, target, 0, end - start);
        buffer = target;
        end -= start;
        start = 0;
    }
}
