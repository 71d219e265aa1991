package io.github.sealwatcher.testkit;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;

/** Asks a Unix socket for {@code _ping}; never blocks longer than told, even by a service that hangs. */
public final class UnixPing {
    private static final byte[] REQUEST =
            "GET /_ping HTTP/1.1\r\nHost: d\r\nConnection: close\r\n\r\n".getBytes(StandardCharsets.US_ASCII);
    private static final int LONGEST_ANSWER = 4096;

    private UnixPing() {}

    /** Whether a Podman service answers there. */
    public static boolean answers(Path socket, Duration limit) {
        try (SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX);
                Selector selector = Selector.open()) {
            channel.configureBlocking(false);
            if (!channel.connect(UnixDomainSocketAddress.of(socket))) {
                return false;
            }
            channel.write(ByteBuffer.wrap(REQUEST));
            channel.register(selector, SelectionKey.OP_READ);
            return isPodman(answer(channel, selector, limit));
        } catch (IOException e) {
            return false;
        }
    }

    private static String answer(SocketChannel channel, Selector selector, Duration limit) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate(LONGEST_ANSWER);
        long deadline = System.nanoTime() + limit.toNanos();
        while (buffer.hasRemaining()) {
            long millis = Duration.ofNanos(deadline - System.nanoTime()).toMillis();
            if (millis <= 0 || selector.select(millis) == 0 || channel.read(buffer) < 0) {
                break;
            }
            selector.selectedKeys().clear();
        }
        return new String(buffer.array(), 0, buffer.position(), StandardCharsets.US_ASCII);
    }

    private static boolean isPodman(String answer) {
        return answer.startsWith("HTTP/1.1 200 ")
                && answer.toLowerCase(Locale.ROOT).contains("\nlibpod-api-version:");
    }
}
