package io.github.sealwatcher.engine.podman;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/**
 * A JSON document with its strings cut to a length, without ever holding one of them: a container with a label of a
 * hundred megabytes must not hide the others in the list. For one thread.
 */
final class ShortStrings extends FilterInputStream {

    private static final int UNICODE_DIGITS = 4;

    private final int maxBytes;
    private boolean inString;
    private boolean cut;
    private boolean afterBackslash;
    private int digitsLeft;
    private int length;

    ShortStrings(InputStream in, int maxBytes) {
        super(in);
        this.maxBytes = maxBytes;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        int read = super.read(bytes, offset, length);
        int kept = keep(bytes, offset, read);
        while (read > 0 && kept == 0) {
            read = super.read(bytes, offset, length);
            kept = keep(bytes, offset, read);
        }
        return read < 0 ? -1 : kept;
    }

    @Override
    public boolean markSupported() {
        return false;
    }

    private int keep(byte[] bytes, int offset, int count) {
        int kept = offset;
        for (int i = offset; i < offset + count; i++) {
            if (isKept(bytes[i])) {
                bytes[kept++] = bytes[i];
            }
        }
        return kept - offset;
    }

    private boolean isKept(byte next) {
        if (!inString) {
            inString = next == '"';
            length = 0;
            return true;
        }
        length++;
        if (afterBackslash) {
            afterBackslash = false;
            digitsLeft = next == 'u' ? UNICODE_DIGITS : 0;
            return !cut;
        }
        if (digitsLeft > 0) {
            digitsLeft--;
            return !cut;
        }
        if (next == '"') {
            inString = false;
            cut = false;
            return true;
        }
        // Only here may a string end: not within an escape, and not within the bytes of one character.
        cut |= length > maxBytes && (next & 0xC0) != 0x80;
        afterBackslash = next == '\\';
        return !cut;
    }
}
