package io.github.sealwatcher.engine.podman;

import java.nio.charset.StandardCharsets;

/** Shows foreign text in a message: bounded, on one line, without control characters. */
final class Excerpt {

    static final int MAX = 200;

    private Excerpt() {}

    static String of(byte[] bytes, int from, int length) {
        // Cut before decoding: a line may have megabytes.
        String text = new String(bytes, from, Math.min(length, MAX), StandardCharsets.UTF_8);
        return printable(text) + (length > MAX ? "... (" + length + " bytes)" : "");
    }

    static String of(String text) {
        return text.length() > MAX
                ? printable(text.substring(0, MAX)) + "... (" + text.length() + " characters)"
                : printable(text);
    }

    private static String printable(String text) {
        return text.codePoints()
                .map(c -> Character.isISOControl(c) ? ' ' : c)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString()
                .strip();
    }
}
