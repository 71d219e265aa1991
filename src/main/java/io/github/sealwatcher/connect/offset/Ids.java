package io.github.sealwatcher.connect.offset;

import java.util.Arrays;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/** Container and pod ids inside an offset: 32 bytes if all are 64 hexadecimal digits, else as text. */
final class Ids {

    private static final HexFormat HEX = HexFormat.of();
    private static final int HEX_DIGITS = 64;

    private static final byte[] VALUES = new byte[128];

    static {
        Arrays.fill(VALUES, (byte) -1);
        for (int value = 0; value < 16; value++) {
            VALUES[Character.forDigit(value, 16)] = (byte) value;
        }
    }

    private Ids() {}

    static boolean isHex(String id) {
        return bytes(id) != null;
    }

    /** The id's 32 bytes; null if it is not of 64 lower-case hexadecimal digits. */
    static byte @Nullable [] bytes(String id) {
        if (id.length() != HEX_DIGITS) {
            return null;
        }
        byte[] bytes = new byte[HEX_DIGITS / 2];
        int wrong = 0;
        for (int i = 0; i < bytes.length; i++) {
            int high = value(id.charAt(2 * i));
            int low = value(id.charAt(2 * i + 1));
            wrong |= high | low;
            bytes[i] = (byte) (high << 4 | low);
        }
        return wrong < 0 ? null : bytes;
    }

    private static int value(char digit) {
        return digit < VALUES.length ? VALUES[digit] : -1;
    }

    static void write(ByteWriter out, String id, boolean hex) {
        if (hex) {
            out.raw(HEX.parseHex(id));
        } else {
            out.text(id);
        }
    }

    /** @throws IllegalArgumentException if there is none */
    static String read(ByteReader in, boolean hex) {
        return hex ? HEX.formatHex(in.raw(HEX_DIGITS / 2)) : in.text();
    }
}
