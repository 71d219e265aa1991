package io.github.sealwatcher.fuzz;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/** Makes inputs out of inputs; the same seed makes the same ones. */
final class Mutator {

    private static final int MAX_BYTES = 1 << 14;

    private static final List<String> PIECES = List.of(
            "{",
            "}",
            "[",
            "]",
            "\"",
            "\\",
            "\\u0000",
            "\\ud800",
            ":",
            ",",
            "null",
            "true",
            "-1",
            "0",
            "1e999",
            "-0.0",
            "9223372036854775807",
            "-9223372036854775808",
            "18446744073709551616",
            "\n",
            "\r\n",
            "\r\n\r\n",
            "\0",
            "\u001b[2J",
            "\u202e",
            "\u2028",
            "\ufeff",
            "HTTP/1.1 ",
            "100",
            "000",
            "Content-Length: ",
            "Transfer-Encoding: chunked\r\n",
            "ffffffffffffffff",
            "Libpod-API-Version: ",
            "://",
            "@",
            "%",
            "%2C",
            "%FF",
            "#",
            "?",
            "*",
            "!",
            "|1|",
            "@revoked ",
            "ssh-rsa ",
            "(",
            ")*",
            "{1000}",
            "podman.host.",
            ".",
            "=",
            " ");

    private final SplittableRandom random;
    private final List<byte[]> seeds;

    Mutator(long seed, List<byte[]> seeds) {
        this.random = new SplittableRandom(seed);
        this.seeds = seeds;
    }

    /** Another input. */
    byte[] next() {
        byte[] bytes = seed();
        for (int left = 1 + random.nextInt(6); left > 0; left--) {
            bytes = mutated(bytes);
        }
        return bytes.length > MAX_BYTES ? Arrays.copyOf(bytes, MAX_BYTES) : bytes;
    }

    private byte[] seed() {
        return seeds.get(random.nextInt(seeds.size())).clone();
    }

    private byte[] mutated(byte[] bytes) {
        int at = random.nextInt(bytes.length + 1);
        int end = at + random.nextInt(Math.min(64, bytes.length - at) + 1);
        return switch (random.nextInt(7)) {
            case 0 -> flipped(bytes, at);
            case 1 ->
                joined(bytes, at, at, PIECES.get(random.nextInt(PIECES.size())).getBytes(StandardCharsets.UTF_8));
            case 2 ->
                joined(bytes, at, end, PIECES.get(random.nextInt(PIECES.size())).getBytes(StandardCharsets.UTF_8));
            case 3 -> joined(bytes, at, end, new byte[0]);
            case 4 -> joined(bytes, at, at, repeated(Arrays.copyOfRange(bytes, at, end), 1 + random.nextInt(40)));
            case 5 -> joined(bytes, at, end, piece(seed()));
            default -> Arrays.copyOf(bytes, at);
        };
    }

    private byte[] piece(byte[] other) {
        int at = random.nextInt(other.length + 1);
        return Arrays.copyOfRange(other, at, at + random.nextInt(Math.min(200, other.length - at) + 1));
    }

    private byte[] flipped(byte[] bytes, int at) {
        if (at < bytes.length) {
            bytes[at] = (byte) random.nextInt(256);
        }
        return bytes;
    }

    private static byte[] repeated(byte[] piece, int times) {
        byte[] all = new byte[piece.length * times];
        for (int i = 0; i < times; i++) {
            System.arraycopy(piece, 0, all, i * piece.length, piece.length);
        }
        return all;
    }

    /** With what stands from {@code at} to {@code end} replaced. */
    private static byte[] joined(byte[] bytes, int at, int end, byte[] piece) {
        byte[] all = new byte[at + piece.length + bytes.length - end];
        System.arraycopy(bytes, 0, all, 0, at);
        System.arraycopy(piece, 0, all, at, piece.length);
        System.arraycopy(bytes, end, all, at + piece.length, bytes.length - end);
        return all;
    }
}
