package io.github.sealwatcher.chaos.nemesis;

import io.github.sealwatcher.chaos.world.Commands;
import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;

/** Fills Podman's event log with what the connector doesn't ask for, until it is cut: volumes cost next to nothing. */
public final class Flood {
    private static final Duration LIMIT = Duration.ofSeconds(8);
    private static final int ANSWER = 4096;

    private final Path socket;

    public Flood(Path socket) {
        this.socket = socket;
    }

    /** Makes and removes up to so many volumes. */
    public void pour(int volumes) {
        long deadline = System.nanoTime() + LIMIT.toNanos();
        try {
            for (int i = 0; i < volumes && System.nanoTime() < deadline; i++) {
                String name = Commands.PREFIX + "volume" + i;
                call("POST", "/v4.0.0/libpod/volumes/create", "{\"Name\": \"" + name + "\"}");
                call("DELETE", "/v4.0.0/libpod/volumes/" + name, "");
            }
        } catch (IOException e) {
            throw new IllegalStateException("the service went away", e);
        }
    }

    private void call(String method, String path, String body) throws IOException {
        String request = method + " " + path + " HTTP/1.1\r\nHost: d\r\nConnection: close\r\n"
                + "Content-Type: application/json\r\nContent-Length: " + body.length() + "\r\n\r\n" + body;
        try (SocketChannel channel = SocketChannel.open(UnixDomainSocketAddress.of(socket))) {
            channel.write(ByteBuffer.wrap(request.getBytes(StandardCharsets.US_ASCII)));
            ByteBuffer answer = ByteBuffer.allocate(ANSWER);
            while (channel.read(answer) >= 0) {
                answer.clear();
            }
        }
    }
}
