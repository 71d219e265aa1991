package io.github.sealwatcher.chaos.nemesis;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.SplittableRandom;
import java.util.regex.Pattern;

/**
 * What is done to one piece of an answer.
 *
 * @param onStream only the endless stream of events will do
 * @param seed of what is drawn at random
 */
record Spoiling(Kind kind, boolean onStream, long seed) {
    private static final int LONGEST = 200;
    private static final Pattern CHUNKS = Pattern.compile("(?s)[0-9a-f]{1,4}\r\n\\{.*\r\n");

    enum Kind {
        /** The answer breaks off within the piece, and the connection with it. */
        TRUNCATED,
        /** A line that is no JSON comes between others, well framed. */
        GARBAGE_LINE,
        /** Bytes of any kind come within the piece, which breaks its framing too. */
        GARBAGE_BYTES
    }

    boolean suits(byte[] piece, boolean ofStream) {
        return piece.length > 1
                && (ofStream || !onStream)
                && (kind != Kind.GARBAGE_LINE
                        || (ofStream && CHUNKS.matcher(text(piece)).matches()));
    }

    /** Whether the connection ends with the piece. */
    boolean isLast() {
        return kind == Kind.TRUNCATED;
    }

    byte[] spoil(byte[] piece) {
        SplittableRandom random = new SplittableRandom(seed);
        int cut = random.nextInt(1, piece.length);
        ByteArrayOutputStream spoiled = new ByteArrayOutputStream();
        switch (kind) {
            case TRUNCATED -> spoiled.write(piece, 0, cut);
            case GARBAGE_LINE -> {
                spoiled.writeBytes(chunk("{\"Type\": garbage " + random.nextLong() + "\n"));
                spoiled.writeBytes(piece);
            }
            case GARBAGE_BYTES -> {
                spoiled.write(piece, 0, cut);
                byte[] garbage = new byte[random.nextInt(1, LONGEST)];
                random.nextBytes(garbage);
                spoiled.writeBytes(garbage);
                spoiled.write(piece, cut, piece.length - cut);
            }
        }
        return spoiled.toByteArray();
    }

    private static byte[] chunk(String line) {
        return (Integer.toHexString(line.length()) + "\r\n" + line + "\r\n").getBytes(StandardCharsets.US_ASCII);
    }

    private static String text(byte[] piece) {
        return new String(piece, StandardCharsets.ISO_8859_1);
    }
}
