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

    /**
     * What {@link #next} does on its thread before it may have to wait for the engine: whoever collects events hands them over
     * then. To be set before the first event is taken.
     */
    void beforeWaiting(Runnable action);

    /** Ends the stream at once, from any thread; idempotent. */
    @Override
    void close();
}
