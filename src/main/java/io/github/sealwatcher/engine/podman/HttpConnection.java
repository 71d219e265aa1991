package io.github.sealwatcher.engine.podman;

import io.github.sealwatcher.transport.Peers;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.HttpStatus;
import org.apache.hc.core5.http.Method;
import org.apache.hc.core5.http.config.Http1Config;
import org.apache.hc.core5.http.impl.DefaultConnectionReuseStrategy;
import org.apache.hc.core5.http.impl.io.DefaultBHttpClientConnection;
import org.apache.hc.core5.http.impl.io.SocketHolder;
import org.apache.hc.core5.http.message.BasicClassicHttpRequest;
import org.apache.hc.core5.http.protocol.HttpCoreContext;
import org.jspecify.annotations.Nullable;

/**
 * One HTTP/1.1 connection: a request, its whole response, and so on. Used by one thread at a time, but for {@link #close},
 * which any thread may call to end what the other is doing.
 */
final class HttpConnection implements Closeable {

    /**
     * A connection has three of them and an idle host two connections. Bodies hardly need them: reads of more than 512 bytes
     * go past an empty buffer, and of a long history {@link PacedInputStream} has larger pieces.
     */
    private static final int BUFFER_BYTES = 1 << 10;

    private static final int MAX_INTERIM = 20;

    private static final Http1Config LIMITS = Http1Config.custom()
            .setBufferSize(BUFFER_BYTES)
            .setMaxLineLength(64 << 10)
            .setMaxHeaderCount(200)
            .build();

    private final Socket socket;
    private final PacedInputStream pace;
    private final DeadlineInputStream limit;
    private final DefaultBHttpClientConnection http;
    private final Runnable onClose;
    private volatile boolean closed;
    private @Nullable BasicClassicHttpRequest request;
    private @Nullable ClassicHttpResponse response;

    /** @param onClose called by each {@link #close} */
    HttpConnection(Socket connected, Runnable onClose) throws IOException {
        this.socket = connected;
        this.onClose = onClose;
        this.pace = new PacedInputStream(connected.getInputStream());
        this.limit = new DeadlineInputStream(connected, pace);
        this.http = new Bound(connected, limit);
    }

    /** How long reads may take; to be set before each request. */
    DeadlineInputStream limit() {
        return limit;
    }

    /** In which pieces the socket is read. */
    PacedInputStream pace() {
        return pace;
    }

    /** The engine's process, if the socket has it. */
    @Nullable
    Integer peerPid() {
        return Peers.pid(socket);
    }

    /** Sends a request and returns with the response's header; the body has still to be read. */
    ClassicHttpResponse get(String target) throws IOException, HttpException {
        BasicClassicHttpRequest get = new BasicClassicHttpRequest(Method.GET, target);
        // Go's server wants a host; over a Unix socket there is none, and Podman's own clients send this.
        get.setHeader("Host", "d");
        http.sendRequestHeader(get);
        http.flush();
        ClassicHttpResponse answer = finalHeader();
        http.receiveResponseEntity(answer);
        request = get;
        response = answer;
        return answer;
    }

    /** The header of the answer itself: interim ones (100 Continue, 103 Early Hints) may come before it. */
    private ClassicHttpResponse finalHeader() throws IOException, HttpException {
        for (int interim = 0; interim <= MAX_INTERIM; interim++) {
            ClassicHttpResponse answer = received();
            if (answer.getCode() >= HttpStatus.SC_OK) {
                return answer;
            }
            if (answer.getCode() == HttpStatus.SC_SWITCHING_PROTOCOLS) {
                throw new HttpException("expected a response, found a switch to another protocol (status 101)");
            }
        }
        throw new HttpException("expected a response, found more than " + MAX_INTERIM + " interim ones (status 1xx)");
    }

    private ClassicHttpResponse received() throws IOException, HttpException {
        try {
            return http.receiveResponseHeader();
        } catch (IllegalArgumentException | IllegalStateException e) {
            // httpcore throws this for a status such as 000.
            throw new HttpException("expected a response, found an impossible one: " + e.getMessage(), e);
        }
    }

    /** The response's body. */
    static InputStream body(ClassicHttpResponse response) throws IOException {
        HttpEntity entity = response.getEntity();
        return entity == null ? InputStream.nullInputStream() : entity.getContent();
    }

    /** Whether the response is framed: a body that lasts until the connection closes may be cut anywhere. */
    static boolean isFramed(ClassicHttpResponse response) {
        HttpEntity entity = response.getEntity();
        return entity == null || entity.isChunked() || entity.getContentLength() >= 0;
    }

    /** Reads what is left of the response; then returns whether another request can follow. */
    boolean finish() throws IOException {
        if (request == null || response == null) {
            return false;
        }
        body(response).close();
        return DefaultConnectionReuseStrategy.INSTANCE.keepAlive(request, response, HttpCoreContext.create());
    }

    boolean isClosed() {
        return closed;
    }

    /** Closes the socket under the codec, whose own close would wait for the thread that uses it. Idempotent. */
    @Override
    @SuppressWarnings("EmptyCatch") // nothing is lost with a connection that is given up
    public void close() {
        closed = true;
        try {
            socket.close();
        } catch (IOException e) {
            // it is gone all the same
        }
        onClose.run();
    }

    /** httpcore over a socket whose reads are limited. */
    private static final class Bound extends DefaultBHttpClientConnection {
        Bound(Socket socket, InputStream in) throws IOException {
            super(LIMITS);
            bind(new SocketHolder(socket) {
                @Override
                protected InputStream getInputStream(Socket ignored) {
                    return in;
                }

                @Override
                protected OutputStream getOutputStream(Socket connected) throws IOException {
                    return connected.getOutputStream();
                }
            });
        }
    }
}
