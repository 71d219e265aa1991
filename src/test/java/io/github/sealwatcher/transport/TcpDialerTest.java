package io.github.sealwatcher.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.sealwatcher.transport.DialException.Reason;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class TcpDialerTest extends DialerContract {

    private static final InetAddress LOOPBACK = InetAddress.getLoopbackAddress();

    @Override
    Address echo() throws IOException {
        ServerSocketChannel server = listen(0);
        Echo.serve(server);
        return address(server);
    }

    @Override
    Address deserted() throws IOException {
        ServerSocketChannel server = listen(0);
        Address address = address(server);
        server.close();
        return address;
    }

    @Override
    Address hanging() throws IOException {
        ServerSocketChannel server = listen(1);
        // Linux queues one more than it is told.
        for (int i = 0; i < 2; i++) {
            opened.add(SocketChannel.open(server.getLocalAddress()));
        }
        return address(server);
    }

    @Test
    void unresolvableHostIsReported() {
        assertThatThrownBy(() -> dial(new Address.Tcp("no-such-host.invalid", 1)))
                .isInstanceOfSatisfying(
                        DialException.class, e -> assertThat(e.reason()).isEqualTo(Reason.FAILED))
                .hasMessage("tcp://no-such-host.invalid:1: the host name can't be resolved");
    }

    @Test
    void processAtTheOtherEndIsUnknown() throws IOException {
        try (Socket socket = dial(echo())) {
            assertThat(Peers.pid(socket)).isNull();
        }
    }

    @Test
    void keepAliveDetectsADeadPeer() throws IOException {
        try (Socket socket = dialer().dial(echo(), Duration.ofSeconds(5), s -> {})) {
            assertThat(socket.getKeepAlive()).isTrue();
        }
    }

    private ServerSocketChannel listen(int backlog) throws IOException {
        ServerSocketChannel server = ServerSocketChannel.open();
        server.bind(new InetSocketAddress(LOOPBACK, 0), backlog);
        opened.add(server);
        return server;
    }

    private static Address address(ServerSocketChannel server) throws IOException {
        InetSocketAddress local = (InetSocketAddress) server.getLocalAddress();
        return new Address.Tcp(LOOPBACK.getHostAddress(), local.getPort());
    }
}
