package io.github.sealwatcher.engine.podman;

import io.github.sealwatcher.engine.EngineException;
import io.github.sealwatcher.model.EngineEvent;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.List;
import java.util.function.Predicate;

/** Reads events from bytes as an event stream does, without a connection. For one thread. */
public final class EventBytes {

    private static final int MAX_LINE_BYTES = 4 << 20;

    private final LineReader lines;
    private final EventDecoder decoder;

    /** @param described the actions whose attributes are asked for */
    public EventBytes(byte[] bytes, Predicate<String> described) {
        BadLines unexpected = new BadLines() {
            @Override
            public void skipped(Kind kind) {
                throw new IllegalStateException("a line was skipped: " + kind);
            }

            @Override
            public void first(Kind kind, String excerpt) {}
        };
        this.lines = new LineReader(new ByteArrayInputStream(bytes), MAX_LINE_BYTES);
        this.decoder = new EventDecoder(new BadLineReport(unexpected), "the benchmark", described);
    }

    /** Adds up to so many events to {@code events}; fewer only at the end. */
    public void next(int count, List<EngineEvent> events) {
        try {
            while (events.size() < count && lines.next()) {
                EngineEvent event = decoder.decode(lines.buffer(), lines.lineStart(), lines.lineLength());
                if (event != null) {
                    events.add(event);
                }
            }
        } catch (IOException | EngineException e) {
            throw new IllegalStateException(e);
        }
    }
}
