package io.github.sealwatcher.transport;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;

/** Sends back what it receives, to one connection after the other. */
final class Echo {

    private Echo() {}

    static void serve(ServerSocketChannel server) {
        Thread thread = new Thread(() -> run(server), "echo");
        thread.setDaemon(true);
        thread.start();
    }

    private static void run(ServerSocketChannel server) {
        try {
            while (true) {
                try (SocketChannel channel = server.accept()) {
                    ByteBuffer buffer = ByteBuffer.allocate(1024);
                    while (channel.read(buffer.clear()) >= 0) {
                        channel.write(buffer.flip());
                    }
                }
            }
        } catch (IOException e) {
            // the test is over
            return;
        }
    }
}
