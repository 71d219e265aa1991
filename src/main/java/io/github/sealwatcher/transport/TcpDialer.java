package io.github.sealwatcher.transport;

import io.github.sealwatcher.transport.DialException.Reason;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.function.Consumer;

/** Dials TCP. */
final class TcpDialer {

    private TcpDialer() {}

    static Socket dial(Address.Tcp address, Duration timeout, Consumer<Socket> opening) throws DialException {
        Socket socket = new Socket();
        boolean connected = false;
        try {
            opening.accept(socket);
            connect(socket, address.host(), address.port(), timeout);
            connected = true;
            return socket;
        } catch (IOException | RuntimeException e) {
            throw explained(address, "Podman's service", timeout, e);
        } finally {
            if (!connected) {
                Sockets.closeQuietly(socket);
            }
        }
    }

    /** Connects a socket as every connection over a network should be. */
    static void connect(Socket socket, String host, int port, Duration timeout) throws IOException {
        // Requests are one small write each, and an idle event stream shows a dead peer in no other way.
        socket.setTcpNoDelay(true);
        socket.setKeepAlive(true);
        socket.connect(new InetSocketAddress(host, port), Sockets.millis(timeout));
    }

    /**
     * What it means that no TCP connection came about.
     *
     * @param expected what should listen there
     */
    static DialException explained(Address address, String expected, Duration timeout, Exception e) {
        String at = address.uri() + ": ";
        if (e instanceof SocketTimeoutException) {
            return new DialException(
                    Reason.TIMED_OUT,
                    at + "no connection within " + timeout.toMillis() + " ms; is the host up, is a firewall between?",
                    e);
        }
        if (e instanceof ConnectException) {
            return new DialException(
                    Reason.NOT_LISTENING,
                    at + "nobody listens there (" + e.getMessage() + "); is " + expected + " started?",
                    e);
        }
        if (e instanceof UnknownHostException) {
            return new DialException(Reason.FAILED, at + "the host name can't be resolved", e);
        }
        return new DialException(Reason.FAILED, at + "no connection: " + e.getMessage(), e);
    }
}
