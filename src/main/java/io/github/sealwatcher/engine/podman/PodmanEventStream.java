package io.github.sealwatcher.engine.podman;

import io.github.sealwatcher.engine.EngineException;
import io.github.sealwatcher.engine.EventStream;
import io.github.sealwatcher.engine.podman.PodmanHttp.Exchange;
import io.github.sealwatcher.model.EngineEvent;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Podman's events: one JSON object per line in a chunked response, one flush per event. {@link #next} is for one thread,
 * {@link #close} for any.
 *
 * <p>A service that is stopped or killed breaks off without the final chunk, so a clean end really is the end of what was
 * asked for, or, with Podman 4, a rotation of the event log.
 */
final class PodmanEventStream implements EventStream {

    private final PodmanHttp http;
    private final String target;
    private final Exchange exchange;
    private final LineReader lines;
    private final EventDecoder decoder;
    private final BadLineReport badLines;
    private boolean ended;

    PodmanEventStream(PodmanHttp http, String target, Exchange exchange, EngineOptions options, BadLineReport badLines)
            throws IOException {
        this.http = http;
        this.target = target;
        this.exchange = exchange;
        this.lines = new LineReader(exchange.body(), options.maxLineBytes());
        this.decoder = new EventDecoder(badLines, http.tried(target), options.described());
        this.badLines = badLines;
    }

    @Override
    public @Nullable EngineEvent next() throws EngineException {
        if (ended) {
            return null;
        }
        boolean usable = false;
        try {
            while (lines.next()) {
                EngineEvent event = decode();
                if (event != null) {
                    usable = true;
                    return event;
                }
            }
            if (exchange.connection().isClosed() || !HttpConnection.isFramed(exchange.response())) {
                throw new IOException("the stream was cut off");
            }
            ended = true;
            return null;
        } catch (IOException e) {
            throw exchange.connection().isClosed()
                    ? new EngineException.Unreachable(http.tried(target) + ": closed", e)
                    : http.failure(target, e);
        } finally {
            if (!usable) {
                close();
            }
        }
    }

    /** From now on larger pieces are worth a moment's wait: nobody waits for a single event of these. */
    void gather() {
        exchange.connection().pace().gather();
    }

    @Override
    public void beforeWaiting(Runnable action) {
        exchange.connection().pace().beforeReading(action);
    }

    private @Nullable EngineEvent decode() throws EngineException {
        if (lines.isTooLong()) {
            badLines.skipped(BadLines.Kind.TOO_LONG, lines.buffer(), lines.lineStart(), lines.lineLength());
            return null;
        }
        return decoder.decode(lines.buffer(), lines.lineStart(), lines.lineLength());
    }

    @Override
    public void close() {
        exchange.connection().close();
    }
}
