package io.github.sealwatcher.engine.podman;

import com.fasterxml.jackson.core.JacksonException;
import io.github.sealwatcher.engine.ClockedAnswer;
import io.github.sealwatcher.engine.EngineException;
import io.github.sealwatcher.transport.DialException;
import io.github.sealwatcher.transport.Dialer;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.net.SocketTimeoutException;
import java.util.Optional;
import java.util.function.Consumer;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpException;
import org.jspecify.annotations.Nullable;

/** GET requests to one Podman, and what can go wrong with them as {@link EngineException}s. Thread-safe. */
final class PodmanHttp implements Closeable {

    private static final int OK = 200;
    private static final int NOT_FOUND = 404;
    private static final int MAX_ERROR_BYTES = 64 << 10;

    private final EngineOptions options;
    private final Connections connections;

    PodmanHttp(Dialer dialer, EngineOptions options) {
        this.options = options;
        this.connections = new Connections(dialer, options);
    }

    /** Makes something of a response with status 200. */
    @FunctionalInterface
    interface Reader<T> {
        T read(Exchange exchange) throws IOException, EngineException;
    }

    /** A response whose header has arrived, and the connection that its body comes from. */
    record Exchange(HttpConnection connection, ClassicHttpResponse response, long askedTicks, long answeredTicks) {

        /** Sends a request and waits for the header of the response. */
        static Exchange of(HttpConnection connection, String target) throws IOException, HttpException {
            long askedTicks = System.nanoTime();
            ClassicHttpResponse response = connection.get(target);
            return new Exchange(connection, response, askedTicks, System.nanoTime());
        }

        /** With what the host's clock showed meanwhile. */
        <T> ClockedAnswer<T> dated(T value) {
            Header date = response.getFirstHeader("Date");
            return new ClockedAnswer<>(
                    value, Timestamps.httpDate(date == null ? null : date.getValue()), askedTicks, answeredTicks);
        }

        InputStream body() throws IOException {
            return HttpConnection.body(response);
        }
    }

    /**
     * Asks for something and reads the whole answer within the request's time limit.
     *
     * @return empty if Podman answers that it doesn't exist
     */
    <T> Optional<T> get(String target, Reader<T> reader) throws EngineException {
        long deadlineNs = System.nanoTime() + options.requestTimeout().toNanos();
        @Nullable HttpConnection used = null;
        boolean reusable = false;
        try {
            Exchange exchange = send(target, limit -> limit.until(deadlineNs));
            used = exchange.connection();
            Optional<T> result;
            if (exchange.response().getCode() == OK) {
                result = Optional.of(reader.read(exchange));
            } else {
                checkNotFound(target, exchange);
                result = Optional.empty();
            }
            reusable = used.finish();
            return result;
        } catch (IOException | HttpException e) {
            throw failure(target, e);
        } finally {
            if (used != null && reusable) {
                connections.keep(used);
            } else if (used != null) {
                used.close();
            }
        }
    }

    /**
     * Asks for a stream, on a connection of its own that is the caller's to close.
     *
     * @param reading the time limit once the response has begun
     */
    Exchange open(String target, Consumer<DeadlineInputStream> reading) throws EngineException {
        long deadlineNs = System.nanoTime() + options.requestTimeout().toNanos();
        @Nullable HttpConnection used = null;
        boolean opened = false;
        try {
            used = connections.dial();
            used.limit().until(deadlineNs);
            Exchange exchange = Exchange.of(used, target);
            if (exchange.response().getCode() != OK) {
                throw errorReply(exchange)
                        .toException(tried(target), exchange.response().getCode());
            }
            reading.accept(used.limit());
            opened = true;
            return exchange;
        } catch (IOException | HttpException e) {
            throw failure(target, e);
        } finally {
            if (used != null && !opened) {
                used.close();
            }
        }
    }

    /** What to call a request in a message. */
    String tried(String target) {
        int query = target.indexOf('?');
        return options.address().uri() + ": GET " + (query < 0 ? target : target.substring(0, query));
    }

    /** What an error means while a request is answered. */
    EngineException failure(String target, Exception e) {
        String tried = tried(target);
        if (connections.isClosed()) {
            return new EngineException.Unreachable(tried + ": closed", e);
        }
        if (e instanceof DialException dial) {
            String found = String.valueOf(dial.getMessage());
            return switch (dial.reason()) {
                case NO_PERMISSION, UNTRUSTED, REJECTED -> new EngineException.Refused(found, dial);
                case MISSING, NOT_LISTENING, TIMED_OUT, FAILED -> new EngineException.Unreachable(found, dial);
            };
        }
        if (e instanceof SocketTimeoutException) {
            return new EngineException.Unreachable(
                    tried + ": no answer within " + options.requestTimeout().toMillis() + " ms; does the service hang?",
                    e);
        }
        if (e instanceof HeapShare.TooLarge) {
            return new EngineException.Garbled(tried + ": the answer is too large: " + e.getMessage(), e);
        }
        if (e instanceof HttpException || e instanceof JacksonException || e instanceof UnexpectedJsonException) {
            return new EngineException.Garbled(
                    tried + ": the answer can't be understood: " + Excerpt.of(String.valueOf(e.getMessage())), e);
        }
        return new EngineException.Unreachable(
                tried + ": the connection broke: " + Excerpt.of(String.valueOf(e.getMessage())), e);
    }

    boolean isClosed() {
        return connections.isClosed();
    }

    @Override
    public void close() {
        connections.close();
    }

    private Exchange send(String target, Consumer<DeadlineInputStream> limit) throws IOException, HttpException {
        HttpConnection idle = connections.idle();
        if (idle != null) {
            try {
                return send(idle, target, limit);
            } catch (SocketTimeoutException e) {
                throw e;
            } catch (IOException e) {
                // The service closes idle connections when it likes or was restarted: a GET can simply be repeated.
                if (connections.isClosed()) {
                    throw e;
                }
            }
        }
        return send(connections.dial(), target, limit);
    }

    private static Exchange send(HttpConnection connection, String target, Consumer<DeadlineInputStream> limit)
            throws IOException, HttpException {
        boolean answered = false;
        try {
            limit.accept(connection.limit());
            Exchange exchange = Exchange.of(connection, target);
            answered = true;
            return exchange;
        } finally {
            if (!answered) {
                connection.close();
            }
        }
    }

    /** @throws EngineException unless it is Podman itself that answers that something doesn't exist */
    private void checkNotFound(String target, Exchange exchange) throws IOException, EngineException {
        int status = exchange.response().getCode();
        ErrorReply error = errorReply(exchange);
        if (status != NOT_FOUND || !error.json()) {
            throw error.toException(tried(target), status);
        }
    }

    private static ErrorReply errorReply(Exchange exchange) throws IOException {
        byte[] body = exchange.body().readNBytes(MAX_ERROR_BYTES);
        return ErrorReply.parse(body, 0, body.length);
    }
}
