package io.github.sealwatcher.transport;

import java.io.FilterInputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.SocketAddress;
import java.net.SocketException;
import java.time.Duration;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;

/**
 * TLS over a TCP socket. Unlike the JDK's own it is closed by closing the TCP socket, without TLS's close_notify: that would
 * wait for a thread that is stuck in writing to a host that hangs.
 */
@SuppressWarnings("UnsynchronizedOverridesSynchronized") // to close must never wait for a lock
final class TlsSocket extends LayeredSocket {

    private final Address.Tls address;
    private final HandshakeSocket tcp = new HandshakeSocket();
    private final TlsSettings settings;
    private volatile @Nullable SSLSocket tls;

    TlsSocket(Address.Tls address, TlsSettings settings) throws SocketException {
        this.address = address;
        this.settings = settings;
    }

    /** Connects within the time limit. */
    void connect(Duration timeout) throws IOException {
        long deadlineNs = System.nanoTime() + timeout.toNanos();
        TcpDialer.connect(tcp, address.host(), address.port(), timeout);
        tcp.beginHandshake(deadlineNs);
        SSLSocket layered = (SSLSocket)
                settings.context().getSocketFactory().createSocket(tcp, address.host(), address.port(), true);
        layered.setUseClientMode(true);
        layered.setSSLParameters(settings.parameters());
        tls = layered;
        layered.startHandshake();
        tcp.endHandshake();
        connected();
    }

    /** Whether there is a TCP connection at least. */
    boolean hasTcp() {
        return tls != null;
    }

    @Override
    public InputStream getInputStream() throws IOException {
        return new FilterInputStream(tls().getInputStream()) {
            @Override
            public int read() throws IOException {
                try {
                    return super.read();
                } catch (SSLException e) {
                    throw TlsFailure.explained(address, settings.hasCertificate(), e);
                }
            }

            @Override
            public int read(byte[] bytes, int offset, int length) throws IOException {
                try {
                    return super.read(bytes, offset, length);
                } catch (SSLException e) {
                    throw TlsFailure.explained(address, settings.hasCertificate(), e);
                }
            }

            @Override
            public void close() {
                TlsSocket.this.close();
            }
        };
    }

    @Override
    public OutputStream getOutputStream() throws IOException {
        return new FilterOutputStream(tls().getOutputStream()) {
            @Override
            public void write(byte[] bytes, int offset, int length) throws IOException {
                out.write(bytes, offset, length);
                tcp.sendHeld();
            }

            @Override
            public void write(int oneByte) throws IOException {
                out.write(oneByte);
                tcp.sendHeld();
            }

            @Override
            public void close() {
                TlsSocket.this.close();
            }
        };
    }

    @Override
    public void setSoTimeout(int ms) throws SocketException {
        tcp.setSoTimeout(ms);
    }

    @Override
    public int getSoTimeout() throws SocketException {
        return tcp.getSoTimeout();
    }

    @Override
    public boolean getKeepAlive() throws SocketException {
        return tcp.getKeepAlive();
    }

    @Override
    public @Nullable InetAddress getInetAddress() {
        return tcp.getInetAddress();
    }

    @Override
    public SocketAddress getRemoteSocketAddress() {
        return tcp.getRemoteSocketAddress();
    }

    @Override
    public void close() {
        if (markClosed()) {
            Sockets.closeQuietly(tcp);
        }
    }

    private SSLSocket tls() throws SocketException {
        SSLSocket layered = tls;
        if (layered == null || isClosed()) {
            throw new SocketException(isClosed() ? "Socket is closed" : "Socket is not connected");
        }
        return layered;
    }
}
