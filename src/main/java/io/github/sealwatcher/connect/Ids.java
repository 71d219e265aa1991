package io.github.sealwatcher.connect;

import java.util.HexFormat;

/** Container and pod ids inside an offset: 32 bytes if all are 64 hexadecimal digits, else as text. */
final class Ids {

    private static final HexFormat HEX = HexFormat.of();
    private static final int HEX_DIGITS = 64;

    private static final boolean[] IS_HEX = new boolean[128];

    static {
        for (char digit : "0123456789abcdef".toCharArray()) {
            IS_HEX[digit] = true;
        }
    }

    private Ids() {}

    static boolean isHex(String id) {
        if (id.length() != HEX_DIGITS) {
            return false;
        }
        boolean hex = true;
        for (int i = 0; i < HEX_DIGITS; i++) {
            char digit = id.charAt(i);
            hex &= digit < IS_HEX.length && IS_HEX[digit];
        }
        return hex;
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
