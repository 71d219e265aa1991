package io.github.sealwatcher.engine;

import io.github.sealwatcher.model.EngineEvent;
import org.jspecify.annotations.Nullable;

/** Events in the order in which the engine wrote them, which isn't always the order of their time stamps. */
public interface EventStream extends AutoCloseable {

    /**
     * Waits for the next event. Lines that can't be understood are skipped and counted; they never cost a neighbour.
     *
     * @return null at a clean end of the stream
     * @throws EngineException if the stream breaks, or if the engine sends an error in it
     */
    @Nullable
    EngineEvent next() throws EngineException;

    /** Ends the stream at once, from any thread; idempotent. */
    @Override
    void close();
}
