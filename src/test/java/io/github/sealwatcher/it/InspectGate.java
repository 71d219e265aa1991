package io.github.sealwatcher.it;

import io.github.sealwatcher.model.ContainerId;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A socket in front of Podman's that passes everything on, but stops at the inspects of some containers until it is opened:
 * so a snapshot stands still in its midst.
 */
final class InspectGate implements AutoCloseable {

    private static final Pattern INSPECT = Pattern.compile("/containers/([0-9a-f]{64})/json");
    private static final int PIECE = 64 << 10;

    private final UnixDomainSocketAddress address;
    private final UnixDomainSocketAddress podman;
    private final ServerSocketChannel server;
    private final CountDownLatch opened = new CountDownLatch(1);
    private final Set<ContainerId> stopped;

    /**
     * @param stopped whose inspects are stopped; which, and not how many pass before: several are on their way at once, and can
     *     overtake each other
     */
    InspectGate(Path socket, Path podman, Set<ContainerId> stopped) {
        this.address = UnixDomainSocketAddress.of(socket);
        this.podman = UnixDomainSocketAddress.of(podman);
        this.stopped = Set.copyOf(stopped);
        try {
            server = ServerSocketChannel.open(StandardProtocolFamily.UNIX).bind(address);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        background(this::accept);
    }

    String uri() {
        return "unix://" + address.getPath();
    }

    void open() {
        opened.countDown();
    }

    @Override
    public void close() {
        open();
        try {
            server.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void accept() throws IOException {
        while (true) {
            SocketChannel client = server.accept();
            SocketChannel engine = SocketChannel.open(podman);
            background(() -> pass(client, engine, true));
            background(() -> pass(engine, client, false));
        }
    }

    private void pass(SocketChannel from, SocketChannel to, boolean requests) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate(PIECE);
        try (from;
                to) {
            while (from.read(buffer) >= 0) {
                buffer.flip();
                // A request is small and comes in one piece.
                if (requests && isStopped(StandardCharsets.ISO_8859_1.decode(buffer.duplicate()))) {
                    opened.await();
                }
                while (buffer.hasRemaining()) {
                    to.write(buffer);
                }
                buffer.clear();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private boolean isStopped(CharSequence request) {
        Matcher inspect = INSPECT.matcher(request);
        return inspect.find() && stopped.contains(new ContainerId(inspect.group(1)));
    }

    private static void background(Work work) {
        Thread thread = new Thread(
                () -> {
                    try {
                        work.run();
                    } catch (IOException e) {
                        // One side is gone, and the other learns it by the closing of its channel.
                        return;
                    }
                },
                "inspect-gate");
        thread.setDaemon(true);
        thread.start();
    }

    private interface Work {
        void run() throws IOException;
    }
}
