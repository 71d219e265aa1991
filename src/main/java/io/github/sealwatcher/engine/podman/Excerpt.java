package io.github.sealwatcher.engine.podman;

import java.nio.charset.StandardCharsets;

/**
 * Shows foreign text in a message: bounded, on one line, without control characters, and without those that turn the
 * direction of writing or are invisible, by which a line of a log could be made to look like another.
 */
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

    private static boolean isHarmless(int codePoint) {
        return switch (Character.getType(codePoint)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR,
                    Character.SURROGATE,
                    Character.PRIVATE_USE,
                    Character.UNASSIGNED -> false;
            default -> true;
        };
    }

    private static String printable(String text) {
        return text.codePoints()
                .map(c -> isHarmless(c) ? c : ' ')
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString()
                .strip();
    }
}
