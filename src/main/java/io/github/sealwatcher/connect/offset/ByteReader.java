package io.github.sealwatcher.connect.offset;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Reads what {@link ByteWriter} wrote. All methods throw IllegalArgumentException if that isn't there. */
final class ByteReader {

    private final byte[] bytes;
    private int at;

    ByteReader(byte[] bytes) {
        this.bytes = bytes;
    }

    long fixed(int width) {
        int from = advance(width);
        long value = 0;
        for (int i = from; i < from + width; i++) {
            value = value << 8 | (bytes[i] & 0xff);
        }
        return value;
    }

    long number() {
        long value = 0;
        for (int shift = 0; shift < 64; shift += 7) {
            byte next = bytes[advance(1)];
            value |= (next & 0x7fL) << shift;
            if (next >= 0) {
                return value;
            }
        }
        throw new IllegalArgumentException("it has a number without an end");
    }

    long signed() {
        long value = number();
        return value >>> 1 ^ -(value & 1);
    }

    /** A count of things that take at least {@code minBytes} each: a garbled one must not make anybody allocate much. */
    int count(int minBytes) {
        long count = number();
        if (count < 0 || count > (bytes.length - at) / minBytes) {
            throw new IllegalArgumentException("it is cut off");
        }
        return (int) count;
    }

    String text() {
        int length = count(1);
        return new String(bytes, advance(length), length, StandardCharsets.UTF_8);
    }

    byte[] raw(int length) {
        int from = advance(length);
        return Arrays.copyOfRange(bytes, from, from + length);
    }

    int left() {
        return bytes.length - at;
    }

    void end() {
        if (at != bytes.length) {
            throw new IllegalArgumentException("it has more at its end than it should");
        }
    }

    private int advance(int count) {
        if (count > bytes.length - at) {
            throw new IllegalArgumentException("it is cut off");
        }
        at += count;
        return at - count;
    }
}
