package io.github.sealwatcher.transport;

import com.jcraft.jsch.Channel;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.SocketException;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** A connection inside an ssh connection. */
@SuppressWarnings("UnsynchronizedOverridesSynchronized") // to close must never wait for a lock
final class SshSocket extends LayeredSocket implements ChannelUser {

    private final Inbox inbox;
    private final SshConnection connection;
    private final CompletableFuture<Void> end = new CompletableFuture<>();
    private @Nullable Channel channel;
    private @Nullable OutputStream out;
    private volatile int timeoutMs;

    SshSocket(SshConnection connection) throws SocketException {
        this.connection = connection;
        this.inbox = new Inbox(connection.flow());
    }

    @Override
    public Inbox inbox() {
        return inbox;
    }

    /** Completes when this is closed. */
    CompletableFuture<Void> end() {
        return end;
    }

    @Override
    public synchronized boolean attach(Channel opened) throws IOException {
        if (isClosed()) {
            return false;
        }
        // Only now does the channel know how much the other side takes.
        out = opened.getOutputStream();
        channel = opened;
        connected();
        return true;
    }

    @Override
    public InputStream getInputStream() {
        return new InputStream() {
            @Override
            public int read() throws IOException {
                byte[] one = new byte[1];
                return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
            }

            @Override
            public int read(byte[] bytes, int from, int length) throws IOException {
                return inbox.read(bytes, from, length, timeoutMs);
            }

            @Override
            public int available() {
                return inbox.available();
            }

            @Override
            public void close() {
                SshSocket.this.close();
            }
        };
    }

    @Override
    public synchronized OutputStream getOutputStream() throws IOException {
        OutputStream under = out;
        if (under == null) {
            throw new SocketException("Socket is not connected");
        }
        return new OutputStream() {
            @Override
            public void write(int oneByte) throws IOException {
                write(new byte[] {(byte) oneByte}, 0, 1);
            }

            @Override
            public void write(byte[] bytes, int from, int length) throws IOException {
                if (isClosed()) {
                    throw new SocketException("Socket is closed");
                }
                connection.flow().needed();
                try {
                    under.write(bytes, from, length);
                    under.flush();
                } finally {
                    connection.flow().answered();
                }
            }

            @Override
            public void close() {
                SshSocket.this.close();
            }
        };
    }

    @Override
    public void setSoTimeout(int ms) {
        timeoutMs = ms;
    }

    @Override
    public int getSoTimeout() {
        return timeoutMs;
    }

    /** Returns at once: notifying the other side can take time, and isn't done here. */
    @Override
    public void close() {
        if (markClosed()) {
            inbox.discard();
            end.complete(null);
            Channel opened;
            synchronized (this) {
                opened = channel;
            }
            connection.leave(opened);
        }
    }
}
