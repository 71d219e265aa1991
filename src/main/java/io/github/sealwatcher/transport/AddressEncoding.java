package io.github.sealwatcher.transport;

import java.nio.charset.StandardCharsets;

/** Writes the parts of an address as a URI has them. */
final class AddressEncoding {

    /** What may stand in a path as it is. The comma and the braces may too, but not in a configuration. */
    private static final String PLAIN = "/-_.~:@!&'()*+;=";

    private AddressEncoding() {}

    /**
     * The URI form of a path: read back, it is the same path. What means something to the comma lists and the variables of
     * a Connect configuration is escaped too, for these are how an address gets from a connector to its tasks.
     */
    static String encodePath(String path) {
        return encode(path, PLAIN);
    }

    /** The URI form of a user's name. */
    static String encodeUser(String user) {
        return encode(user, "-_.~");
    }

    private static String encode(String text, String plain) {
        StringBuilder encoded = new StringBuilder();
        for (byte each : text.getBytes(StandardCharsets.UTF_8)) {
            char c = (char) (each & 0xFF);
            boolean usual = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
            if (usual || plain.indexOf(c) >= 0) {
                encoded.append(c);
            } else {
                encoded.append('%')
                        .append(Character.toUpperCase(Character.forDigit(c >> 4, 16)))
                        .append(Character.toUpperCase(Character.forDigit(c & 0xF, 16)));
            }
        }
        return encoded.toString();
    }
}
