package io.github.sealwatcher.connect.offset;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Bytes as text, four to five characters: a sixteenth shorter than base 64, which 5,000 container ids need to fit. None
 * of its characters is changed by JSON, a shell's quotes or a properties file's {@code ${}}.
 */
final class Base85 {

    private static final String DIGITS =
            "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz!#%()*+-./:;=?@[]^_|~,}";
    private static final int BASE = 85;
    private static final int HIGHEST = BASE * BASE * BASE * BASE;
    private static final int[] VALUES = new int[128];

    static {
        Arrays.fill(VALUES, -1);
        for (int digit = 0; digit < BASE; digit++) {
            VALUES[DIGITS.charAt(digit)] = digit;
        }
    }

    private Base85() {}

    static String encode(byte[] bytes) {
        byte[] text = new byte[bytes.length / 4 * 5 + (bytes.length % 4 == 0 ? 0 : bytes.length % 4 + 1)];
        int to = 0;
        for (int from = 0; from < bytes.length; from += 4) {
            int length = Math.min(4, bytes.length - from);
            long word = 0;
            for (int i = 0; i < 4; i++) {
                word = word << 8 | (i < length ? bytes[from + i] & 0xff : 0);
            }
            // The highest digit first; what is left fits into an int, which divides much faster.
            text[to++] = digit((int) (word / HIGHEST));
            int rest = (int) (word % HIGHEST);
            for (int place = HIGHEST / BASE, i = 1; i <= length; place /= BASE, i++) {
                text[to++] = digit(rest / place % BASE);
            }
        }
        return new String(text, StandardCharsets.ISO_8859_1);
    }

    /** @throws IllegalArgumentException if {@code text} wasn't written by {@link #encode} */
    static byte[] decode(String text) {
        int rest = text.length() % 5;
        if (rest == 1) {
            throw new IllegalArgumentException("it is cut off");
        }
        byte[] bytes = new byte[text.length() / 5 * 4 + Math.max(0, rest - 1)];
        int to = 0;
        for (int from = 0; from < text.length(); from += 5) {
            int length = Math.min(5, text.length() - from);
            long word = 0;
            for (int i = 0; i < 5; i++) {
                // A short last group was cut off a zero-padded one: the highest digit restores it.
                word = word * BASE + (i < length ? valueOf(text, from + i) : BASE - 1);
            }
            if (word >>> 32 != 0) {
                throw new IllegalArgumentException("it has an impossible group at character " + (from + 1));
            }
            for (int i = 0; i < length - 1; i++) {
                bytes[to++] = (byte) (word >>> (24 - 8 * i));
            }
        }
        return bytes;
    }

    private static byte digit(int value) {
        return (byte) DIGITS.charAt(value);
    }

    private static int valueOf(String text, int index) {
        char digit = text.charAt(index);
        int value = digit < VALUES.length ? VALUES[digit] : -1;
        if (value < 0) {
            throw new IllegalArgumentException("it has an unexpected character at " + (index + 1));
        }
        return value;
    }
}
