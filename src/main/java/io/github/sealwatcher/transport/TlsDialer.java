package io.github.sealwatcher.transport;

import io.github.sealwatcher.transport.DialException.Reason;
import java.io.IOException;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Dials TCP and speaks TLS. Thread-safe. */
final class TlsDialer {

    private final TlsSource source;
    private @Nullable TlsSettings loaded;

    TlsDialer(TlsSource source) {
        this.source = source;
    }

    Socket dial(Address.Tls address, Duration timeout, Consumer<Socket> opening) throws DialException {
        TlsSettings settings = settings(address);
        @Nullable TlsSocket socket = null;
        boolean connected = false;
        try {
            socket = new TlsSocket(address, settings);
            opening.accept(socket);
            socket.connect(timeout);
            connected = true;
            return socket;
        } catch (IOException | RuntimeException e) {
            throw explained(address, settings, socket, timeout, e);
        } finally {
            if (socket != null && !connected) {
                socket.close();
            }
        }
    }

    private synchronized TlsSettings settings(Address.Tls address) throws DialException {
        TlsSettings settings = loaded;
        if (settings == null) {
            try {
                settings = source.load();
            } catch (IOException | GeneralSecurityException | RuntimeException e) {
                throw new DialException(
                        Reason.FAILED, address.uri() + ": the TLS settings can't be used: " + e.getMessage(), e);
            }
            loaded = settings;
        }
        return settings;
    }

    private static DialException explained(
            Address.Tls address, TlsSettings settings, @Nullable TlsSocket socket, Duration timeout, Exception e) {
        if (socket == null || !socket.hasTcp()) {
            return TcpDialer.explained(address, "Podman's service", timeout, e);
        }
        if (e instanceof SocketTimeoutException) {
            return new DialException(
                    Reason.TIMED_OUT,
                    address.uri() + ": no TLS handshake within " + timeout.toMillis() + " ms; does the service hang?",
                    e);
        }
        return TlsFailure.explained(address, settings.hasCertificate(), e);
    }
}
