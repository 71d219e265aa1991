package io.github.sealwatcher.transport;

import java.net.Socket;
import java.net.SocketException;
import java.net.SocketImpl;
import org.jspecify.annotations.Nullable;

/**
 * A socket whose bytes go through something that is more than a kernel's socket. Reading and closing behave as every
 * {@link Dialer} promises; it is connected by its dialer and by nobody else.
 */
@SuppressWarnings("UnsynchronizedOverridesSynchronized") // to close must never wait for a lock
abstract class LayeredSocket extends Socket {

    private volatile boolean connected;
    private volatile boolean closed;

    /** Without a kernel's socket of its own. */
    LayeredSocket() throws SocketException {
        super((@Nullable SocketImpl) null);
    }

    final void connected() {
        connected = true;
    }

    /** True the first time. */
    final synchronized boolean markClosed() {
        boolean first = !closed;
        closed = true;
        return first;
    }

    @Override
    public final boolean isConnected() {
        return connected;
    }

    @Override
    public final boolean isClosed() {
        return closed;
    }

    @Override
    public final boolean isBound() {
        return connected;
    }

    @Override
    public abstract void close();
}
