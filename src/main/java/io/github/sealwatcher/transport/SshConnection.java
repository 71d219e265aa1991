package io.github.sealwatcher.transport;

import com.jcraft.jsch.Channel;
import com.jcraft.jsch.ChannelDirectStreamLocal;
import com.jcraft.jsch.JSchException;
import com.jcraft.jsch.Session;
import io.github.sealwatcher.transport.DialException.Reason;
import java.io.IOException;
import java.net.Socket;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** One ssh connection, as long as somebody uses it. Thread-safe. */
final class SshConnection {

    private static final String FORWARDING = "direct-streamlocal@openssh.com";
    /** How much may be under way without an acknowledgement: 20 MB/s at a round trip of 50 ms. */
    private static final int WINDOW_BYTES = 1 << 20;

    private static final long DIAGNOSIS_NS = TimeUnit.SECONDS.toNanos(3);

    private final Address.Ssh address;
    private final SshOptions options;
    private final SshThreads threads;
    private final Flow flow = new Flow();
    private final Socket tcp = new Socket();
    private final CompletableFuture<Connected> connected = new CompletableFuture<>();
    // Guarded by this.
    private int users;
    private boolean over;

    /** @param path of the socket there */
    private record Connected(Session session, String path) {}

    SshConnection(Address.Ssh address, SshOptions options, SshThreads threads) {
        this.address = address;
        this.options = options;
        this.threads = threads;
    }

    Address.Ssh address() {
        return address;
    }

    Flow flow() {
        return flow;
    }

    /** One user more; false if it is over, and another link is needed. */
    synchronized boolean join() {
        if (!over && connected.isDone() && !isConnected()) {
            over = true;
        }
        if (over) {
            return false;
        }
        users++;
        return true;
    }

    /**
     * One user less; the last one ends the connection.
     *
     * @param channel what it used; null if it got that far not
     */
    void leave(@Nullable Channel channel) {
        boolean last;
        synchronized (this) {
            users--;
            last = users == 0;
            over |= last;
        }
        if (last) {
            Sockets.closeQuietly(tcp);
        } else if (channel != null) {
            threads.execute(channel::disconnect);
        }
    }

    boolean isConnected() {
        return !isOver()
                && connected.isDone()
                && !connected.isCompletedExceptionally()
                && connected.join().session().isConnected();
    }

    private synchronized boolean isOver() {
        return over;
    }

    /** Ends it for all its users, if it has got as far as being connected. */
    void closeIfConnected() {
        if (connected.isDone()) {
            end();
        }
    }

    /** Begins to connect. */
    void connect(Duration timeout) {
        threads.execute(() -> {
            try {
                connected.complete(connected(timeout));
            } catch (DialException | RuntimeException | Error e) {
                // An Error too: whoever dials would join a link that never becomes one.
                end();
                connected.completeExceptionally(e);
            }
        });
    }

    /** Opens a connection to the socket for {@code user}, once there is an ssh connection. */
    CompletableFuture<Void> open(ChannelUser user, long deadlineNs) {
        return connected.thenAcceptAsync(
                link -> {
                    flow.needed();
                    try {
                        open(link, user, deadlineNs);
                    } catch (IOException e) {
                        throw new CompletionException(e);
                    } finally {
                        flow.answered();
                    }
                },
                threads);
    }

    private void end() {
        synchronized (this) {
            over = true;
        }
        Sockets.closeQuietly(tcp);
    }

    private Connected connected(Duration timeout) throws DialException {
        Session session = SshLogin.connect(address, options, tcp, threads, timeout);
        String path = address.path();
        return new Connected(session, path != null ? path : RemoteSocket.ask(session, address, timeout));
    }

    private void open(Connected link, ChannelUser user, long deadlineNs) throws IOException {
        if (user.isClosed()) {
            return;
        }
        Channel channel = null;
        try {
            channel = link.session().openChannel(FORWARDING);
            if (!(channel instanceof ChannelDirectStreamLocal forwarding)) {
                throw new JSchException("session is down");
            }
            forwarding.setLocalWindowSizeMax(WINDOW_BYTES);
            forwarding.setSocketPath(link.path());
            forwarding.setOutputStream(user.inbox());
            forwarding.connect(Sockets.millis(left(deadlineNs)));
        } catch (JSchException e) {
            throw refused(link, channel, deadlineNs, e);
        }
        if (!user.attach(channel)) {
            channel.disconnect();
        }
    }

    private DialException refused(Connected link, @Nullable Channel channel, long deadlineNs, JSchException e) {
        if (channel == null || !link.session().isConnected()) {
            // The library can take it for connected for a moment longer.
            end();
            return new DialException(Reason.FAILED, address.uri() + ": the ssh connection broke", e);
        }
        Duration limit =
                Duration.ofNanos(Math.min(DIAGNOSIS_NS, left(deadlineNs).toNanos() / 2));
        return RemoteSocket.refused(link.session(), address, link.path(), channel.getExitStatus(), limit, e);
    }

    private static Duration left(long deadlineNs) {
        return Duration.ofNanos(Math.max(0, deadlineNs - System.nanoTime()));
    }
}
